"""Paths to a value in a policy: the keys and list positions that lead there, and how people read them."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["KeyPath", "read_key", "written_key"]

KeyPath = tuple[str | int, ...]
"""For example ``("criteria", 2, "bands", 0, "when")``."""

_PLAIN: Final = re.compile(r"[^.\[\]\"\s]+")
_SEGMENT: Final = re.compile(
    r'\[(?P<position>\d+)\]|\.?(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<plain>[^.\[\]"\s]+))', re.DOTALL
)


def written_key(path: KeyPath) -> str:
    """Return a path as people read it: ``criteria[2].bands[0].when``."""
    written = ""
    for part in path:
        if isinstance(part, int):
            written += f"[{part}]"
            continue
        if not _PLAIN.fullmatch(part):
            part = '"' + re.sub(r'(["\\])', r"\\\1", part) + '"'
        written += f".{part}" if written else part
    return written


def read_key(written: str) -> KeyPath:
    """Return the path a written key stands for: the inverse of ``written_key``."""
    path: list[str | int] = []
    at = 0
    while found := _SEGMENT.match(written, at):
        at = found.end()
        if found["position"] is not None:
            path.append(int(found["position"]))
        elif found["plain"] is not None:
            path.append(found["plain"])
        else:
            path.append(re.sub(r"\\(.)", r"\1", found["quoted"], flags=re.DOTALL))
    return tuple(path)

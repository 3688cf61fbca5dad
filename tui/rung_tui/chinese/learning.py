"""Makes the tables of characters from pypinyin and OpenCC, once for each of their versions, and keeps them.

What a filter needs of their dictionaries is small, and read in a moment.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

__all__ = ["characters"]

_MAKING: Final = "rung_tui.chinese.making"
_PATIENCE: Final = 120.0
# Seconds; it takes one or two.


def characters(kept: Path | None) -> tuple[dict[str, str], dict[int, str]]:
    """Return letter → simplified characters whose pinyin begins with it, and traditional → simplified.

    ``kept``: the file they are kept in, made anew where it is none, or of other versions. Without one of the
    packages nothing is known of the characters.
    """
    from importlib.metadata import PackageNotFoundError, version

    try:
        head = f"pypinyin {version('pypinyin')} OpenCC {version('opencc')}"
    except PackageNotFoundError:
        return {}, {}
    text = _read(kept, head) if kept is not None else ""
    if not text:
        text = _made(head)
        if not text:
            return {}, {}
        if kept is not None:
            _keep(text, kept)
    return _parsed(text)


def _parsed(text: str) -> tuple[dict[str, str], dict[int, str]]:
    initials: dict[str, str] = {}
    simple: dict[int, str] = {}
    for row in text.splitlines()[1:]:
        kind, key, value = row.split("\t")
        if kind == "initial":
            initials[key] = value
        else:
            simple = {ord(char): other for char, other in zip(key, value, strict=True)}
    return initials, simple


def _read(file: Path, head: str) -> str:
    try:
        text = file.read_text(encoding="utf-8")
        _parsed(text)
    except (OSError, ValueError):
        return ""
    return text if text.partition("\n")[0] == head else ""


def _keep(text: str, file: Path) -> None:
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with NamedTemporaryFile("w", encoding="utf-8", dir=file.parent, delete=False) as part:
            part.write(text)
        Path(part.name).replace(file)


def _made(head: str) -> str:
    """Return what a program of its own makes of the dictionaries; empty where it cannot."""
    command = [sys.executable, "-m", _MAKING]
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=_PATIENCE)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return "" if done.returncode else f"{head}\n{done.stdout.decode('utf-8')}"

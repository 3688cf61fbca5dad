"""Entry points as claims: a distribution claims an id or a verb, known from metadata without importing it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from rung.hooks import GROUP
from rung.text import _

if TYPE_CHECKING:
    from importlib.metadata import Distribution, EntryPoint

__all__ = ["Claim", "claims_installed", "claims_of"]

_ENTRY_POINTS: Final = "entry_points.txt"
_METADATA: Final = ("METADATA", "PKG-INFO")
_HEAD_END: Final = re.compile(r"\r?\n\r?\n")
_NAME: Final = re.compile(r"^Name:[ \t]*(.*?)[ \t\r]*$", re.MULTILINE | re.IGNORECASE)
_VERSION: Final = re.compile(r"^Version:[ \t]*(.*?)[ \t\r]*$", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Claim:
    """One distribution's entry point: the name it claims and what the name stands for."""

    name: str
    distribution: str
    version: str
    entry_point: EntryPoint

    @property
    def group(self) -> str:
        """The group of entry points, which says what the name stands for."""
        return self.entry_point.group

    def load(self) -> object:
        """Import what the entry point names; whatever the import raises comes through."""
        return self.entry_point.load()


def claims_of(entry_points: Iterable[EntryPoint]) -> tuple[Claim, ...]:
    """Return entry points as claims, by name and distribution."""
    # A distribution's METADATA is a long text: read once, however many entry points the distribution has.
    told = cache(_told)
    return _once(Claim(point.name, *told(point.dist), point) for point in entry_points)


def claims_installed() -> tuple[Claim, ...]:
    """Return what every installed distribution claims of Rung, by name and distribution; imports none of it.

    Files are read as text, and forgivingly: a distribution whose files are broken costs at most itself.
    """
    # Reading the metadata costs as much as everything else here: only when it is wanted.
    from importlib.metadata import distributions

    claims: list[Claim] = []
    seen: set[str] = set()
    for distribution in distributions():
        text = _read(distribution, _ENTRY_POINTS)
        points = list(_points(text)) if f"[{GROUP}" in text else []
        if not points:
            continue
        name, version = _told(distribution)
        same = re.sub(r"[-_.]+", "-", name).lower()
        # The first on the path is the one that is imported; those after it are hidden by it.
        if same not in seen:
            claims += (Claim(point.name, name, version, point) for point in points)
        if name != _unknown():
            seen.add(same)
    return _once(claims)


def _once(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Return claims in order; a distribution that writes the same line twice claims once."""
    found = {
        (claim.name, claim.distribution, claim.group, claim.entry_point.value): claim for claim in claims
    }
    return tuple(claim for __, claim in sorted(found.items(), key=lambda item: item[0]))


def _points(text: str) -> Iterator[EntryPoint]:
    from importlib.metadata import EntryPoint

    group = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("[") and line.endswith("]"):
            group = line[1:-1].strip()
        elif (group == GROUP or group.startswith(f"{GROUP}.")) and line and line[0] not in "#;":
            name, _sign, value = line.partition("=")
            yield EntryPoint(name.strip(), value.strip(), group)


def _told(distribution: Distribution | None) -> tuple[str, str]:
    """Return the name and the version a distribution goes by."""
    texts = (_read(distribution, file) for file in _METADATA) if distribution is not None else ()
    head = _HEAD_END.split(next(filter(None, texts), ""), maxsplit=1)[0]
    name, version = _NAME.search(head), _VERSION.search(head)
    # A broken METADATA file has neither; the plugin may still work.
    return (name[1] if name else "") or _unknown(), version[1] if version else ""


def _unknown() -> str:
    return _("unknown distribution")


def _read(distribution: Distribution, file: str) -> str:
    try:
        return distribution.read_text(file) or ""
    except UnicodeDecodeError as error:
        return error.object.decode("utf-8", "replace")
    except Exception:  # whatever somebody's finder of distributions does
        return ""

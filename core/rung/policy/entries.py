"""What stands on the shelf, file by file: readable or not, and whether files of one id get on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rung.errors import Problem
from rung.policy.heading import Heading, clashes
from rung.policy.reader import LoadedPolicy

__all__ = ["Entry", "contested"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One policy file, readable or not."""

    heading: Heading
    """Id, version and days, as far as the file tells them."""
    source: Path
    plugin: str | None
    """The plugin that brings it; ``None`` for a file of the user's own."""
    loaded: LoadedPolicy | None = None
    """``None`` where it cannot be read."""
    problems: tuple[Problem, ...] = ()

    @property
    def id(self) -> str:
        """The policy's id as far as the file tells it, else the file's name."""
        return self.heading.id


def contested(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Yield the entries, files that cannot stand side by side with that among their problems."""
    told: dict[Path, list[Problem]] = {}
    by_id: dict[str, list[Heading]] = {}
    for entry in entries:
        if not entry.heading.is_published:
            by_id.setdefault(entry.id, []).append(entry.heading)
    for headings in by_id.values():
        for one, other, problem in clashes(headings):
            told.setdefault(one.source, []).append(problem)
            told.setdefault(other.source, []).append(problem)
    for entry in entries:
        yield replace(entry, problems=(*entry.problems, *told.get(entry.source, ())))

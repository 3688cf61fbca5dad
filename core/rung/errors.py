"""Problems a person can mend: what is wrong, where, what was found and what would be right."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rung.text import _, inert

__all__ = ["Place", "Problem", "RungError", "Severity", "did_you_mean"]


class Severity(StrEnum):
    """How much a problem costs: an error stops the work, a warning is shown, a note is worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem stands: a file, its line if known (1-based), and the key within it if any."""

    file: str
    line: int | None = None
    key: str = ""

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place} [{self.key}]" if self.key else place


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, in words a person can act on."""

    message: str
    hint: str = ""
    place: Place | None = None
    severity: Severity = Severity.ERROR

    def at(self, place: Place) -> Problem:
        """Return the same problem at ``place``."""
        return replace(self, place=place)

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        hint = f" {self.hint}" if self.hint else ""
        return inert(f"{where}{self.message}{hint}")


class RungError(Exception):
    """Base of every error Rung raises on purpose; carries every problem found, never just the first."""

    def __init__(self, *problems: Problem) -> None:
        self.problems: tuple[Problem, ...] = problems
        super().__init__(*problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)

    @classmethod
    def of(cls, message: str, hint: str = "", place: Place | None = None) -> RungError:
        """Return an error with a single problem."""
        return cls(Problem(message, hint, place))

    @classmethod
    def all(cls, problems: Iterable[Problem]) -> RungError:
        """Return one error that reports every problem given."""
        return cls(*problems)


def did_you_mean(found: str, known: Sequence[str]) -> str:
    """Return a hint naming the nearest of ``known``, or the first few where none is near; may be empty."""
    if not known:
        return ""
    near = difflib.get_close_matches(found, known, n=1, cutoff=0.6)
    if near:
        return _("Did you mean “{name}”?").format(name=near[0])
    shown = ", ".join(known[:12]) + (" …" if len(known) > 12 else "")
    return _("Known: {names}.").format(names=shown)

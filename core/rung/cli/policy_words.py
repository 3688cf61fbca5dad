"""What the verbs about policies share: which policies are meant, and problems in words and in JSON."""

from __future__ import annotations

from collections import Counter
from datetime import date

from rung.cli.session import Session
from rung.errors import Problem, Severity
from rung.text import _

__all__ = ["counted", "named", "plain", "severity"]


def named(names: tuple[str, ...], surroundings: Session, as_of: date | None = None) -> tuple[str, ...]:
    """Return the policies a verb is about: those named, else every file of one's own and every ready id.

    A day picks the version of those named by id.
    """
    if names:
        return tuple(_on_day(name, surroundings, as_of) for name in names)
    entries = surroundings.shelf.entries()
    counted_ids = Counter(entry.id for entry in entries)
    return tuple(
        str(entry.source) if entry.plugin is None or counted_ids[entry.id] > 1 else entry.id
        for entry in entries
    )


def _on_day(name: str, surroundings: Session, as_of: date | None) -> str:
    return name if as_of is None else str(surroundings.shelf.path_of(name, as_of))


def counted(errors: int, warnings: int, notes: int = 0) -> str:
    """Return how many errors, warnings and notes there are, in words."""
    counts: list[str] = []
    if errors or warnings:
        counts.append(_("1 error") if errors == 1 else _("{n} errors").format(n=errors))
        counts.append(_("1 warning") if warnings == 1 else _("{n} warnings").format(n=warnings))
    else:
        counts.append(_("sound"))
    if notes:
        counts.append(_("1 note") if notes == 1 else _("{n} notes").format(n=notes))
    return _(", ").join(counts)


def severity(problem: Problem) -> str:
    """Return how much a problem costs, as a word."""
    words = {Severity.ERROR: _("error"), Severity.WARNING: _("warning"), Severity.NOTE: _("note")}
    return words[problem.severity]


def plain(problem: Problem) -> dict[str, object]:
    """Return a problem as it stands in JSON."""
    return {
        "severity": problem.severity.value,
        "message": problem.message,
        "hint": problem.hint,
        "file": problem.place.file if problem.place else None,
        "line": problem.place.line if problem.place else None,
        "key": problem.place.key if problem.place else None,
    }

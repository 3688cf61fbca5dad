"""A problem of a policy known by its key; the file and line are added where the text is at hand."""

from __future__ import annotations

from collections.abc import Sequence

from rung.errors import Place, Problem, Severity, did_you_mean
from rung.policy.keys import KeyPath, written_key
from rung.text import _

__all__ = ["found_at", "unknown_grade"]


def found_at(path: KeyPath, message: str, hint: str = "", severity: Severity = Severity.ERROR) -> Problem:
    """Return a problem whose place carries the dotted key, such as ``criteria[2].weight``, and no file."""
    return Problem(message, hint, Place("", key=written_key(path)), severity)


def unknown_grade(path: KeyPath, found: str, grades: Sequence[str]) -> Problem:
    """Return the problem of a word that should be a grade."""
    return found_at(
        path, _("“{found}” is no grade of this policy.").format(found=found), did_you_mean(found, grades)
    )

"""What the grade before did to a grade, and which segment cut-offs are of, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.text import Text, _

if TYPE_CHECKING:
    from rung.grading.explanation import HeldLine

__all__ = ["held_words", "of_segment"]


def held_words(held: HeldLine | None) -> str | None:
    """Return what the grade before did; ``None`` where there is none, or nothing moved."""
    if held is None or held.previous == held.kept == held.unheld:
        return None
    if held.is_held:
        words = _("Grade before: {previous}. Without it: {unheld}; held at {kept}: {because}.")
    else:
        words = _("Grade before: {previous}. Now {kept}: {because}.")
    return words.format(previous=held.previous, unheld=held.unheld, kept=held.kept, because=held.because)


def of_segment(segment: Text | None) -> str:
    """Return what follows a list of cut-offs that are of one segment."""
    return "" if segment is None else _(" ({segment})").format(segment=segment)

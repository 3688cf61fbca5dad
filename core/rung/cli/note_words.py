"""Notes about customers in words, as lists of them and explanations show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung import moments
from rung.ledger.notes import Audience
from rung.text import _

if TYPE_CHECKING:
    from rung.ledger import People
    from rung.ledger.notes import Note

__all__ = ["audience_words", "note_words"]


def note_words(note: Note, people: People) -> str:
    """Return a note on one line: its number, when and by whom, for whom, and what it says."""
    day = moments.day_of(note.made_at).isoformat()
    audience = "" if note.visible_to is Audience.ALL else f" ({audience_words(note)})"
    text = " ".join(note.text.split())
    return f"N{note.number}  {day}  {people.name(note.maker)}{audience}: {text}"


def audience_words(note: Note) -> str:
    """Return for whom a note is; a team by its name."""
    if note.visible_to is Audience.TEAM:
        return _("team {name}").format(name=note.team)
    return str(note.visible_to.words)

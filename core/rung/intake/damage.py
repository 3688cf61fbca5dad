"""Bytes of a text table that are no text: noted with their lines, and refused where they are many."""

from __future__ import annotations

from typing import Final

from rung.errors import Place, RungError
from rung.intake.source import Notes
from rung.text import _

__all__ = ["check_damage", "note_damage"]

_FEW: Final = 16
_SHARE: Final = 200
# Unreadable characters a file may hold: 16, or one in 200.
_SHOWN_LINES: Final = 5


def note_damage(notes: Notes, text: str, line: int) -> None:
    """Count the characters of ``text``, which begins on ``line``, that could not be decoded."""
    found = text.count("\ufffd")
    if not found:
        return
    notes.replaced += found
    room = _SHOWN_LINES - len(notes.replaced_lines)
    if room > 0:
        damaged = [at for at, each in enumerate(text.split("\n"), line) if "\ufffd" in each]
        notes.replaced_lines += damaged[:room]


def check_damage(notes: Notes, characters: int, file: str) -> None:
    """Raise RungError for a file of so many ``characters`` of which too many could not be decoded."""
    if notes.replaced > max(_FEW, characters // _SHARE):
        raise RungError.of(
            _("The file is not {encoding}: {n} characters cannot be read.").format(
                encoding=notes.encoding, n=notes.replaced
            ),
            _('Name its encoding in a mapping file: [source] encoding = "…".'),
            Place(file, notes.replaced_lines[0]),
        )

"""Every key of a screen, and what the signs mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rung_tui.acts import Act, acts_on, key_name
from rung_tui.drawn import Line, line, padded, wrap
from rung_tui.language import _
from rung_tui.scroll_text import ReadingScreen

if TYPE_CHECKING:
    from textual.screen import Screen

__all__ = ["HelpScreen"]


class HelpScreen(ReadingScreen):
    """The keys of the screen it was opened from, and of the program."""

    def __init__(self, about: Screen[Any]) -> None:
        super().__init__()
        self._about = about

    def heading(self) -> str:
        """Return the title."""
        return _("Keys and signs")

    def lines(self, width: int) -> list[Line]:
        """Return keys, then signs."""
        lines: list[Line] = []
        for act in (*acts_on(self._about), *acts_on(self.app)):
            lines += _key(act, width)
        letters = getattr(self._about, "help_lines", None)
        for letter, meaning in letters() if letters is not None else ():
            lines += wrap(line(padded(letter, 16, "key"), meaning), width, 16)
        lines += [(), *_moving(width), ()]
        for sign, meaning in _signs():
            lines += wrap(line(padded(sign, 6, "key"), meaning), width, 6)
        return lines


def _key(act: Act, width: int) -> list[Line]:
    keys = " ".join(key_name(key) for key in act.pressed.split())
    about = act.about() if act.about else ""
    return wrap(
        line(padded(keys, 16, "key"), act.title(), (f"  {about}" if about else "", "muted")), width, 16
    )


def _moving(width: int) -> list[Line]:
    words = _("Arrows, PgUp, PgDn, Home and End move; Tab goes to the next pane; the mouse does it all too.")
    dialog = _("While overriding: ← → or the grade itself picks a grade, ↑ ↓ a reason, Tab goes on.")
    return wrap(line((words, "muted")), width) + wrap(line((dialog, "muted")), width)


def _signs() -> list[tuple[str, str]]:
    return [
        ("▲ ▼", _("beside a grade: a person set it higher or lower than the model")),
        ("◆", _("beside a grade: a person set it, and better or worse has no meaning")),
        ("◇", _("beside a grade: judgements or corrections gave another than the model")),
        ("", _("beside a score: it is computed with them")),
        ("?", _("something awaits approval, or its maker's answer")),
        ("!", _("stale or suspended: the computed grade has changed since the override")),
        ("✓ ✗ ?", _("a condition holds, does not, or is left open by missing data")),
        ("○", _("did not hold, and did not need to: another way led there")),
        ("░", _("points lost against the best of the criterion")),
    ]

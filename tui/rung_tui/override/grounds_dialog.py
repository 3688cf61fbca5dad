"""The part of a dialog in which one says why: a reason, one's own words, the evidence, until when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from textual.containers import Horizontal
from textual.widget import Widget

from rung.text import Text
from rung_tui.dialog import Dialog
from rung_tui.drawn import line
from rung_tui.language import _
from rung_tui.lines import Lines
from rung_tui.override.narrative import Narrative
from rung_tui.override.pickers import ReasonPicker
from rung_tui.prompt import Prompt

__all__ = ["GroundsDialog"]


class GroundsDialog(Dialog[Any]):
    """Gives what was recorded, None where nothing was; subclasses say what is recorded, and do it."""

    ALLOWS_HELP: ClassVar[bool] = True
    """Keys and palette may be opened over it."""
    DEFAULT_CSS = """
    GroundsDialog > Vertical { width: 92; max-height: 100%; padding: 0 1; }
    GroundsDialog VerticalScroll { height: auto; max-height: 100%; scrollbar-size-vertical: 1; }
    GroundsDialog #objections { dock: bottom; }
    GroundsDialog Horizontal { height: auto; }
    GroundsDialog Lines { background: $surface; }
    GroundsDialog .label { width: 12; height: 1; }
    GroundsDialog Prompt { width: 1fr; background: $background; }
    """
    _recorded: object | None = None

    def longest(self) -> str:
        """Return until when it is in force where no day is given."""
        raise NotImplementedError

    @staticmethod
    def reasons(titles: Sequence[Text], ids: Sequence[str], reason: str | None) -> Iterator[Widget]:
        """Return what a reason is picked in."""
        yield Lines(lambda _width: [line((_("Reason"), "muted"))])
        place = ids.index(reason) if reason in ids else None
        yield ReasonPicker(list(titles), place, widget_id="reason")

    def grounds(self, narrative: str, evidence: str, expires: str) -> Iterator[Widget]:
        """Return the fields for one's own words, the evidence and the last day, as begun before."""
        yield Lines(lambda _width: [line((_("What you know, in your words"), "muted"))])
        yield Narrative(narrative, id="narrative", soft_wrap=True, tab_behavior="focus")
        yield Horizontal(
            Lines(lambda _width: [line((_("Evidence"), "muted"))], classes="label"),
            Prompt(evidence, id="evidence", placeholder=_("file number or link"), select_on_focus=False),
        )
        yield Horizontal(
            Lines(lambda _width: [line((_("Until"), "muted"))], classes="label"),
            Prompt(expires, id="expires", placeholder=self.longest(), select_on_focus=False),
        )

    def relabel(self) -> None:
        """Write everything anew, in the language of now."""
        self.query_one("#evidence", Prompt).placeholder = _("file number or link")
        self.query_one("#expires", Prompt).placeholder = self.longest()
        super().relabel()

    def has_recorded(self, recorded: object) -> None:
        """Give what was recorded, at the latest when no other screen lies over this one."""
        if self.app.screen is self:
            self.dismiss(recorded)
        else:
            self._recorded = recorded

    def on_screen_resume(self) -> None:
        """Close now if it was recorded while another screen lay over this one."""
        if self._recorded is not None:
            recorded, self._recorded = self._recorded, None  # a screen may resume more than once
            self.dismiss(recorded)

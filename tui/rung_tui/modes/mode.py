"""The modes there are: each one key and one palette entry away, and none loaded before it is opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from rung_tui.language import _

__all__ = ["MODES", "QUEUE", "Mode", "mode_of"]


@dataclass(frozen=True, slots=True)
class Mode:
    """One mode."""

    id: str
    title: Callable[[], str]
    """In the current language."""
    keys: str
    """Separated by blanks; capitals are the program's everywhere."""
    about: Callable[[], str]
    made_by: str = ""
    """Module and function that make its screen for the program, parted by a colon."""

    @property
    def action(self) -> str:
        """The program's action that goes to it."""
        return f"app.mode('{self.id}')"


QUEUE: Final = Mode("queue", lambda: _("Queue"), "Q alt+q", lambda: _("every customer of the run"))
MODES: Final = (
    QUEUE,
    Mode(
        "approvals",
        lambda: _("Approvals"),
        "A alt+a",
        lambda: _("what awaits a decision: approve, return, reject"),
        "rung_tui.approvals.opening:approvals_screen",
    ),
    Mode(
        "due",
        lambda: _("Due"),
        "D d alt+d",
        lambda: _("what is due to whom; log contacts"),
        "rung_tui.due.opening:due_screen",
    ),
    Mode(
        "records",
        lambda: _("Records"),
        "R alt+r",
        lambda: _("visits, complaints, files and alarms: write, work on, close"),
        "rung_tui.records.opening:records_screen",
    ),
    Mode(
        "policy",
        lambda: _("Policy"),
        "P alt+p",
        lambda: _("what grades; change it and see whom that moves"),
        "rung_tui.policy.opening:policy_screen",
    ),
    Mode(
        "monitor",
        lambda: _("Monitor"),
        "M alt+m",
        lambda: _("distribution, migration, overrides, what came of it"),
        "rung_tui.monitor.opening:monitor_screen",
    ),
    Mode(
        "journal",
        lambda: _("Runs and audit"),
        "J alt+j",
        lambda: _("every run, and everything on record"),
        "rung_tui.journal.opening:journal_screen",
    ),
    Mode(
        "plugins",
        lambda: _("Plugins"),
        "X alt+x",
        lambda: _("what is installed, what is wrong with it"),
        "rung_tui.plugins.opening:plugins_screen",
    ),
)
"""All of them, in the order they are shown."""


def mode_of(mode_id: str) -> Mode:
    """Return a mode by its id; raises KeyError for one that does not exist."""
    return {mode.id: mode for mode in MODES}[mode_id]

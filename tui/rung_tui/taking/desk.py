"""Where customers are written to a file beside the screen: how far that is, and that it is to stop."""

from __future__ import annotations

from dataclasses import dataclass, field

from rung_tui.beside import StoppedError
from rung_tui.language import _
from rung_tui.modes.desk import Desk

__all__ = ["ExportDesk"]


@dataclass
class ExportDesk(Desk):
    """One export at a time; it ends where it next tells how far it is, and only then is it said to have."""

    is_writing: bool = field(default=False, init=False)
    is_stopped: bool = field(default=False, init=False)
    told: str = field(default="", init=False)
    """How far it is, in words."""

    def begin(self, told: str) -> None:
        """Note that an export begins."""
        self.is_writing, self.is_stopped, self.told = True, False, told

    def stop(self) -> None:
        """Have the export end without a file."""
        self.is_stopped, self.told = True, _("Stopping…")

    def report(self, stage: str, done: int, whole: int | None) -> None:
        """Take down how far it is; raises StoppedError where it is to stop."""
        if self.is_stopped:
            raise StoppedError
        far = "" if not done else f" {done:,}" if whole is None else f" {done:,}/{whole:,}"
        self.told = f"{stage}{far}"

    def close(self) -> None:
        """End what is under way without a file."""
        self.is_stopped = True
        super().close()

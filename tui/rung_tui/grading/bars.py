"""How far long work beside the screen is, for the right end of a status line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from rung_tui.bar import Piece
from rung_tui.grading.desk import GradingDesk
from rung_tui.language import _

if TYPE_CHECKING:
    from textual.app import App

    from rung_tui.beside import Beside

__all__ = ["grading_under_way", "work_pieces"]


def grading_under_way(app: App[Any]) -> Beside[Any] | None:
    """Return the grading under way, None where there is none."""
    desk = getattr(app, "desks", {}).get("grading")
    return desk.under_way if isinstance(desk, GradingDesk) else None


def work_pieces(beside: Beside[Any] | None, told: str = "") -> Iterable[Piece]:
    """Return what is worked at and how far it is, else ``told``; nothing where that is nothing."""
    if beside is not None:
        far = f"{beside.done:,}" if beside.whole is None else f"{beside.done:,}/{beside.whole:,}"
        told = f"{beside.stage or _('Working…')} {far if beside.done else ''}"
    if told:
        yield Piece(f"{told.strip()} ", "pending", "stop")
        yield Piece(_("Esc stops") + " ", "muted", "stop")

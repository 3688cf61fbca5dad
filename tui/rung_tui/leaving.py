"""The question before the program ends while something was begun and not recorded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.app import App

from rung_tui.chooser import Choice, Chooser
from rung_tui.language import _

__all__ = ["confirm"]


def confirm(app: App[Any], begun: int, besides: Sequence[str] = ()) -> None:
    """Ask whether to end, unless that is what is being asked: then asking once more means yes."""
    if isinstance(app.screen, _Leaving):
        app.exit(0)
        return

    def leave(chosen: str | None) -> None:
        if chosen == "leave":
            app.exit(0)

    app.push_screen(_Leaving(lambda: _told(begun, besides), _ways), leave)


def _told(begun: int, besides: Sequence[str]) -> str:
    told = []
    if begun:
        told.append(_("Overrides begun and not saved: {count}").format(count=begun))
    return _("; ").join([*told, *besides])


class _Leaving(Chooser):
    """The question itself."""


def _ways() -> list[Choice]:
    return [
        Choice("stay", _("Go on working"), _("what was typed is there when the dialog is opened again")),
        Choice("leave", _("Quit without saving"), role="warning"),
    ]

"""Every action of the screen and of the program, to be found by typing a few letters of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import App

from rung_tui.acts import Act, acts_on, key_name, offered_by
from rung_tui.chooser import Choice, Chooser
from rung_tui.language import _

if TYPE_CHECKING:
    from textual.screen import Screen

__all__ = ["open_palette"]


def open_palette(app: App[Any]) -> None:
    """Show the actions there are, and run the one chosen on the screen it was opened from."""
    screen = app.screen
    offered = [act for act in (*_offered(screen), *offered_by(app, screen)) if act.action != "app.palette"]

    def run(action: str | None) -> None:
        if action:
            app.call_later(screen.run_action, action)

    app.push_screen(Chooser(lambda: _("All actions"), lambda: [_choice(act) for act in offered]), run)


def _offered(screen: Screen[Any]) -> list[Act]:
    return [act for act in acts_on(screen) if screen.check_action(act.action.partition("(")[0], ())]


def _choice(act: Act) -> Choice:
    keys = " ".join(key_name(key) for key in act.keys.split())
    about = f"{act.about()}  {keys}" if act.about else keys
    return Choice(act.action, act.title(), about)

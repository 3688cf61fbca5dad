"""Says what is wrong in the file of preferences, once the screen is there; nothing of it is fatal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any

from rung.errors import Place, Problem, did_you_mean
from rung_tui.acts import acts_on
from rung_tui.language import _, spoken
from rung_tui.preferences.places import preferences_file

if TYPE_CHECKING:
    from rung_tui.preferences.wishes import Wishes

__all__ = ["known_acts", "problems_of"]


def problems_of(wishes: Wishes, app: object) -> tuple[Problem, ...]:
    """Return what is wrong, acts nobody knows included; for a worker, because it looks into every mode."""
    spoken()
    problems = list(wishes.problems)
    if wishes.keys:
        known = known_acts(app)
        for act in wishes.keys:
            if act not in known:
                message = _("There is no act “{act}”.").format(act=act)
                hint = did_you_mean(act, sorted(known))
                problems.append(Problem(message, hint, Place(str(preferences_file()), None, f"keys.{act}")))
    return tuple(problems)


def known_acts(app: object) -> frozenset[str]:
    """Return the names of every act of the program and its screens."""
    from rung_tui.modes.mode import MODES

    others = ("customer.screen", "override.dialog", "bulk.dialog", "panes.jump", "scroll_text", "asking")
    modules = [f"rung_tui.{name}" for name in others]
    modules += [mode.made_by.partition(":")[0] for mode in MODES if mode.made_by]
    for module in modules:
        with suppress(ImportError):
            import_module(module)
    return frozenset(act.action for holder in (app, *_screens()) for act in acts_on(holder))


def _screens() -> Iterator[type[Any]]:
    from textual.screen import Screen

    waiting: list[type[Any]] = [Screen]
    while waiting:
        found = waiting.pop()
        yield found
        waiting += [each for each in found.__subclasses__() if re.match(r"rung_tui|textual", each.__module__)]

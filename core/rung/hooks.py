"""The hooks a plugin may implement. They register data and do no work, but for the one told of alarms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pluggy

from rung.vocabulary import Sector

__all__ = ["ALARM_GROUP", "API_EDITION", "GROUP", "VERB_GROUP", "hookimpl", "hookspec"]

GROUP: Final = "rung"
"""Entry-point group of plugins; the entry point's name is the plugin's id and its sector's."""

VERB_GROUP: Final = "rung.commands"
"""Entry-point group of extra verbs of the command line; each names a click command."""

ALARM_GROUP: Final = "rung.alarms"
"""Entry-point group of those told of every alarm; each a module with ``rung_alarm_raised``."""

API_EDITION: Final = 1
"""Edition of the hooks and of ``rung.sdk``; a plugin states the one it was written for as ``RUNG_API``."""

hookspec = pluggy.HookspecMarker("rung")
hookimpl = pluggy.HookimplMarker("rung")


@hookspec
def rung_sector() -> Sector | None:
    """Return the one sector this plugin supplies; its id must be the plugin's entry-point name."""


@hookspec
def rung_alarm_raised(alarm: Mapping[str, Any]) -> str | None:
    """Tell somebody of an alarm, and return what came of it in a few words, if anything.

    ``alarm`` is what a command and a webhook are told, see docs/alarms.md. Raise what goes wrong: it is
    tried again later, so the same alarm may come twice. Called for plugins of ``ALARM_GROUP`` alone.
    """

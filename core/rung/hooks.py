"""The hooks a plugin may implement. They register data and do no work."""

from __future__ import annotations

from typing import Final

import pluggy

from rung.vocabulary import Sector

__all__ = ["API_EDITION", "GROUP", "VERB_GROUP", "hookimpl", "hookspec"]

GROUP: Final = "rung"
"""Entry-point group of plugins; the entry point's name is the plugin's id and its sector's."""

VERB_GROUP: Final = "rung.commands"
"""Entry-point group of extra verbs of the command line; each names a click command."""

API_EDITION: Final = 1
"""Edition of the hooks and of ``rung.sdk``; a plugin states the one it was written for as ``RUNG_API``."""

hookspec = pluggy.HookspecMarker("rung")
hookimpl = pluggy.HookimplMarker("rung")


@hookspec
def rung_sector() -> Sector | None:
    """Return the one sector this plugin supplies; its id must be the plugin's entry-point name."""

"""What a plugin did wrong at its work, with where it comes from: its distribution and version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.errors import Problem
from rung.plugins.faults import described
from rung.plugins.known import origin_words
from rung.text import _

if TYPE_CHECKING:
    from rung.plugins.host import PluginHost

__all__ = ["failed_at_work", "origin_of"]


def origin_of(host: PluginHost, kind: str, name: str) -> str:
    """Return the distributions, with their versions, that supply what has the name, of one kind."""
    return ", ".join(origin_words(each) for each in host.everything() if (each.kind, each.id) == (kind, name))


def failed_at_work(name: str, origin: str, error: BaseException) -> Problem:
    """Return what a plugin raised while it did its work as a problem that names it."""
    return Problem(
        _("Plugin “{plugin}” ({distribution}) failed: {message}").format(
            plugin=name, distribution=origin, message=described(error)
        ),
        _("Report it to the plugin's author."),
    )

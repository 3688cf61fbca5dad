"""The hooks a plugin may implement. They register data and do no work, but for the one told of alarms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import pluggy

if TYPE_CHECKING:
    from rung.supplies import DataSource, Exporter, Panel
    from rung.vocabulary import Sector

__all__ = [
    "ALARM_GROUP",
    "API_EDITION",
    "EXPORTER_GROUP",
    "GROUP",
    "PANEL_GROUP",
    "SOURCE_GROUP",
    "SUPPORTED_EDITIONS",
    "VERB_GROUP",
    "hookimpl",
    "hookspec",
]

GROUP: Final = "rung"
"""Entry-point group of sectors; each a module with ``rung_sector``, its name the sector's id."""

VERB_GROUP: Final = "rung.commands"
"""Entry-point group of extra verbs of the command line; each names a click command."""

ALARM_GROUP: Final = "rung.alarms"
"""Entry-point group of those told of every alarm; each a module with ``rung_alarm_raised``."""

SOURCE_GROUP: Final = "rung.sources"
"""Entry-point group of data sources; each a module with ``rung_source``, its name the source's id."""

EXPORTER_GROUP: Final = "rung.exporters"
"""Entry-point group of exporters; each a module with ``rung_exporter``, its name the exporter's id."""

PANEL_GROUP: Final = "rung.panels"
"""Entry-point group of panels; each a module with ``rung_panel``, its name the panel's id."""

API_EDITION: Final = 1
"""Edition of the hooks and of ``rung.sdk``; a plugin states the one it was written for as ``RUNG_API``."""

SUPPORTED_EDITIONS: Final = tuple(edition for edition in (API_EDITION, API_EDITION - 1) if edition > 0)
"""Editions whose plugins are loaded: this one, and the one before it."""

hookspec = pluggy.HookspecMarker("rung")
"""Marks what is specified here; for Rung alone."""

hookimpl = pluggy.HookimplMarker("rung")
"""Marks a function of a plugin as its implementation of the hook of that name: ``@hookimpl``."""


@hookspec
def rung_sector() -> Sector | None:
    """Return the one sector this plugin supplies; its id must be the plugin's entry-point name."""


@hookspec
def rung_alarm_raised(alarm: Mapping[str, Any]) -> str | None:
    """Tell somebody of an alarm, and return what came of it in a few words, if anything.

    ``alarm`` is what a command and a webhook are told, see docs/alarms.md. Raise what goes wrong: it is
    tried again later, so the same alarm may come twice. Called for plugins of ``ALARM_GROUP`` alone.
    """


@hookspec
def rung_source() -> DataSource | None:
    """Return the one data source this plugin supplies; called for plugins of ``SOURCE_GROUP`` alone."""


@hookspec
def rung_exporter() -> Exporter | None:
    """Return the one exporter this plugin supplies; called for plugins of ``EXPORTER_GROUP`` alone."""


@hookspec
def rung_panel() -> Panel | None:
    """Return the one panel this plugin supplies; called for plugins of ``PANEL_GROUP`` alone."""

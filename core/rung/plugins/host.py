"""The plugin host: knows every plugin from its metadata, imports one when asked, contains its faults."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from rung.errors import RungError, did_you_mean
from rung.hooks import ALARM_GROUP, GROUP, VERB_GROUP
from rung.plugins.group import Group
from rung.plugins.loading import TellsOfAlarms, load_alarm_hook, load_sector, load_verb
from rung.plugins.resources import resource_folder
from rung.text import _

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint
    from pathlib import Path

    from rung.plugins.faults import Fault
    from rung.vocabulary import Sector

__all__ = ["PluginHost", "PluginInfo", "State"]


class State(StrEnum):
    """What has become of a plugin so far."""

    NOT_LOADED = "not loaded"
    LOADED = "loaded"
    FAULTY = "faulty"


@dataclass(frozen=True, slots=True)
class PluginInfo:
    """One installed plugin, as known without importing it."""

    id: str
    distribution: str
    version: str
    state: State
    load_ms: float | None = None
    """Milliseconds its loading or failing took; ``None`` while it was not tried."""


class PluginHost:
    """The installed plugins and their verbs, each loaded when asked for, tried once, its faults contained.

    ``entry_points`` replaces what is installed, for tests; those of all groups may be among them.
    """

    def __init__(self, entry_points: Iterable[EntryPoint] | None = None) -> None:
        given = None if entry_points is None else tuple(entry_points)
        self._sectors: Final = Group(GROUP, given, load_sector)
        self._verbs: Final = Group(VERB_GROUP, given, load_verb)
        self._alarm_hooks: Final = Group(ALARM_GROUP, given, load_alarm_hook)

    def ids(self) -> tuple[str, ...]:
        """Return the id of every plugin installed, sorted, faulty ones included."""
        return self._sectors.names()

    def listing(self) -> tuple[PluginInfo, ...]:
        """Return every plugin installed, by id; an id two distributions claim stands once for each.

        Imports nothing.
        """
        return tuple(
            PluginInfo(
                claim.name,
                claim.distribution,
                claim.version,
                self._state(claim.name),
                self._sectors.load_ms(claim.name),
            )
            for claim in self._sectors.claims
        )

    def _state(self, plugin_id: str) -> State:
        if self._sectors.faults(plugin_id):
            return State.FAULTY
        return State.LOADED if self._sectors.is_loaded(plugin_id) else State.NOT_LOADED

    def sector(self, plugin_id: str) -> Sector:
        """Return one plugin's sector, importing that plugin alone.

        Raises RungError for an id no plugin has, and with the faults of a plugin that fails.
        """
        if plugin_id not in self.ids():
            raise RungError.of(
                _("There is no sector “{name}”: no plugin of that name is installed.").format(name=plugin_id),
                did_you_mean(plugin_id, self.ids()),
            )
        return self._sectors.get(plugin_id)

    def policies_folder(self, plugin_id: str) -> Path | None:
        """Return the folder of a plugin's ready policies; ``None`` where its sector names none.

        Loads that plugin alone. Raises RungError as ``sector`` does, and where the folder is not there.
        """
        dotted = self.sector(plugin_id).policies
        return None if dotted is None else resource_folder(dotted)

    def load_all(self) -> tuple[Sector, ...]:
        """Return every sector that loads, by id; what does not load stands in ``faults``."""
        sectors = []
        for plugin_id in self.ids():
            try:
                sectors.append(self._sectors.get(plugin_id))
            except RungError:
                continue  # on record in the group
        return tuple(sectors)

    def faults(self) -> tuple[Fault, ...]:
        """Return the faults known so far; of what was not yet asked for, only contested names."""
        groups = (self._sectors, self._verbs, self._alarm_hooks)
        return tuple(fault for group in groups for fault in group.all_faults())

    def verbs(self) -> Mapping[str, EntryPoint]:
        """Return the extra verbs of the command line, importing none; contested names are left out."""
        return {
            claim.name: claim.entry_point
            for claim in self._verbs.claims
            if not self._verbs.is_contested(claim.name)
        }

    def verb(self, name: str) -> object:
        """Return what a verb's entry point names: a click command, if its author kept the rules.

        Raises RungError for a verb no plugin has, and with the fault of one that cannot be imported.
        """
        if name not in self._verbs.names():
            raise RungError.of(
                _("No plugin supplies the verb “{name}”.").format(name=name),
                did_you_mean(name, self._verbs.names()),
            )
        return self._verbs.get(name)

    def alarm_hooks(self) -> tuple[str, ...]:
        """Return the names of the plugins told of alarms, importing none."""
        return self._alarm_hooks.names()

    def alarm_hook(self, name: str) -> TellsOfAlarms:
        """Return what tells a plugin, which must be among ``alarm_hooks``, of an alarm.

        Raises RungError with the faults of one that cannot be loaded.
        """
        return self._alarm_hooks.get(name)

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

__all__ = ["Extra", "PluginExtra", "PluginHost", "PluginInfo", "State"]


class State(StrEnum):
    """What has become of a plugin so far."""

    NOT_LOADED = "not loaded"
    LOADED = "loaded"
    FAULTY = "faulty"
    DISABLED = "disabled"
    """The workspace does without it; it is not loaded."""


@dataclass(frozen=True, slots=True)
class PluginInfo:
    """One installed plugin, as known without importing it."""

    id: str
    distribution: str
    version: str
    state: State
    load_ms: float | None = None
    """Milliseconds its loading or failing took; ``None`` while it was not tried."""


class Extra(StrEnum):
    """What a distribution may supply besides sectors."""

    VERB = "verb"
    ALARM = "alarm"


@dataclass(frozen=True, slots=True)
class PluginExtra:
    """A verb of the command line, or a hook told of alarms."""

    name: str
    kind: Extra
    distribution: str
    version: str
    is_disabled: bool = False


class PluginHost:
    """The installed plugins and their verbs, each loaded when asked for, tried once, its faults contained.

    ``entry_points`` replaces what is installed, for tests; those of all groups may be among them.
    """

    def __init__(self, entry_points: Iterable[EntryPoint] | None = None) -> None:
        given = None if entry_points is None else tuple(entry_points)
        self._sectors: Final = Group(GROUP, given, load_sector)
        self._verbs: Final = Group(VERB_GROUP, given, load_verb)
        self._alarm_hooks: Final = Group(ALARM_GROUP, given, load_alarm_hook)
        self._disabled: frozenset[str] = frozenset()

    @property
    def disabled(self) -> frozenset[str]:
        """The plugins done without, by the workspace's choice."""
        return self._disabled

    def disable(self, names: Iterable[str]) -> None:
        """Do from here on without the plugins of those names, and with all others again.

        Their sectors are refused and nobody tells them of alarms; verbs belong to no workspace and stay.
        """
        self._disabled = frozenset(names)

    def ids(self) -> tuple[str, ...]:
        """Return the id of every plugin installed, sorted, faulty and disabled ones included."""
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

    def extras(self) -> tuple[PluginExtra, ...]:
        """Return the verbs and the hooks told of alarms there are, of every distribution; imports nothing."""
        verbs = (
            PluginExtra(each.name, Extra.VERB, each.distribution, each.version) for each in self._verbs.claims
        )
        alarms = (
            PluginExtra(each.name, Extra.ALARM, each.distribution, each.version, each.name in self._disabled)
            for each in self._alarm_hooks.claims
        )
        return (*verbs, *alarms)

    def _state(self, plugin_id: str) -> State:
        if plugin_id in self._disabled:
            return State.DISABLED
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
        if plugin_id in self._disabled:
            raise RungError.of(
                _("The plugin “{name}” is disabled in this workspace.").format(name=plugin_id),
                _("Enable it again: rung plugins enable {name}.").format(name=plugin_id),
            )
        return self._sectors.get(plugin_id)

    def policies_folder(self, plugin_id: str) -> Path | None:
        """Return the folder of a plugin's ready policies; ``None`` where its sector names none.

        Loads that plugin alone. Raises RungError as ``sector`` does, and where the folder is not there.
        """
        dotted = self.sector(plugin_id).policies
        return None if dotted is None else resource_folder(dotted)

    def load_all(self) -> tuple[Sector, ...]:
        """Return every sector that loads, by id; what does not load stands in ``faults``.

        Disabled ones are left out.
        """
        sectors = []
        for plugin_id in (each for each in self.ids() if each not in self._disabled):
            try:
                sectors.append(self._sectors.get(plugin_id))
            except RungError:
                continue  # on record in the group
        return tuple(sectors)

    def faults(self) -> tuple[Fault, ...]:
        """Return the faults known so far; of what was not yet asked for, only contested names."""
        found = [*self._verbs.all_faults()]
        for group in (self._alarm_hooks, self._sectors):
            found[:0] = [fault for fault in group.all_faults() if fault.plugin not in self._disabled]
        return tuple(found)

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
        return tuple(name for name in self._alarm_hooks.names() if name not in self._disabled)

    def alarm_hook(self, name: str) -> TellsOfAlarms:
        """Return what tells a plugin, which must be among ``alarm_hooks``, of an alarm.

        Raises RungError with the faults of one that cannot be loaded.
        """
        return self._alarm_hooks.get(name)

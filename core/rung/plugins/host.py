"""The plugin host: knows every plugin from its metadata, imports one when asked, contains its faults."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeVar

from rung.errors import RungError, did_you_mean
from rung.hooks import ALARM_GROUP, EXPORTER_GROUP, GROUP, PANEL_GROUP, SOURCE_GROUP, VERB_GROUP
from rung.plugins import loaders
from rung.plugins.claims import Claim, claims_installed, claims_of
from rung.plugins.group import Group
from rung.plugins.known import SECTOR, Extra, PluginInfo, State, kind_words, secret_variable
from rung.plugins.loading import TellsOfAlarms, load_alarm_hook, load_verb
from rung.plugins.resources import resource_folder
from rung.text import _

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint
    from pathlib import Path

    from rung.plugins.faults import Fault
    from rung.supplies import DataSource, Exporter, Panel
    from rung.vocabulary import Sector

__all__ = ["PluginHost"]

T = TypeVar("T")


class PluginHost:
    """The installed plugins and their verbs, each loaded when asked for, tried once, its faults contained.

    ``entry_points`` replaces what is installed, for tests; those of all groups may be among them.
    """

    def __init__(self, entry_points: Iterable[EntryPoint] | None = None) -> None:
        self._given: Final = None if entry_points is None else tuple(entry_points)
        every = self.claims
        self._sectors: Final = Group(SECTOR, GROUP, every, loaders.sector)
        self._verbs: Final = Group(Extra.VERB.value, VERB_GROUP, every, load_verb)
        self._alarm_hooks: Final = Group(Extra.ALARM.value, ALARM_GROUP, every, load_alarm_hook)
        self._sources: Final = Group(Extra.SOURCE.value, SOURCE_GROUP, every, loaders.source, _secrets_of)
        self._exporters: Final = Group(Extra.EXPORTER.value, EXPORTER_GROUP, every, loaders.exporter)
        self._panels: Final = Group(Extra.PANEL.value, PANEL_GROUP, every, loaders.panel)
        self._extras: Final[Mapping[Extra, Group[Any]]] = {
            Extra.VERB: self._verbs,
            Extra.ALARM: self._alarm_hooks,
            Extra.SOURCE: self._sources,
            Extra.EXPORTER: self._exporters,
            Extra.PANEL: self._panels,
        }
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

    @cached_property
    def _claims(self) -> tuple[Claim, ...]:
        return claims_installed() if self._given is None else claims_of(self._given)

    def claims(self) -> tuple[Claim, ...]:
        """Return every entry point of Rung's groups, and of groups called like them; imports none."""
        return self._claims

    def listing(self) -> tuple[PluginInfo, ...]:
        """Return every plugin installed that supplies a sector, by id.

        An id two distributions claim stands once for each. Imports nothing.
        """
        return self._listed(self._sectors)

    def everything(self) -> tuple[PluginInfo, ...]:
        """Return every plugin installed, of whatever kind: sectors first, verbs last; imports nothing."""
        return tuple(info for group in self._groups() for info in self._listed(group))

    def _groups(self) -> tuple[Group[Any], ...]:
        extras = (each for each in self._extras.values() if each is not self._verbs)
        return (self._sectors, *extras, self._verbs)

    def _listed(self, group: Group[Any]) -> tuple[PluginInfo, ...]:
        return tuple(
            PluginInfo(
                claim.name,
                claim.distribution,
                claim.version,
                self._state(group, claim.name),
                group.load_ms(claim.name),
                group.kind,
                group.hooks(claim.name),
            )
            for claim in group.claims
        )

    def try_to_load(self, kind: str, name: str) -> None:
        """Load a plugin of a kind unless it is disabled; what is wrong with it stands in ``faults``."""
        group = self._sectors if kind == SECTOR else self._extras[Extra(kind)]
        if not self._is_off(group, name):
            with suppress(RungError):
                group.get(name)

    def _is_off(self, group: Group[Any], name: str) -> bool:
        return group is not self._verbs and name in self._disabled

    def _state(self, group: Group[Any], name: str) -> State:
        if self._is_off(group, name):
            return State.DISABLED
        if group.faults(name):
            return State.FAULTY
        return State.LOADED if group.is_loaded(name) else State.NOT_LOADED

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
            raise _is_disabled(plugin_id)
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
        return tuple(
            fault
            for group in self._groups()
            for fault in group.all_faults()
            if not self._is_off(group, fault.plugin)
        )

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

    def names(self, kind: Extra) -> tuple[str, ...]:
        """Return the names of what there is of one kind, importing none; disabled ones are left out."""
        return tuple(
            name for name in self._extras[kind].names() if kind is Extra.VERB or name not in self._disabled
        )

    def alarm_hook(self, name: str) -> TellsOfAlarms:
        """Return what tells a plugin of an alarm; raises RungError as ``source`` does."""
        return self._supplied(Extra.ALARM, self._alarm_hooks, name)

    def source(self, name: str) -> DataSource:
        """Return a data source, importing that plugin alone.

        Raises RungError for a name no plugin has or a disabled one, and with the faults of one that fails.
        """
        return self._supplied(Extra.SOURCE, self._sources, name)

    def exporter(self, name: str) -> Exporter:
        """Return an exporter; raises RungError as ``source`` does."""
        return self._supplied(Extra.EXPORTER, self._exporters, name)

    def panel(self, name: str) -> Panel:
        """Return a panel; raises RungError as ``source`` does."""
        return self._supplied(Extra.PANEL, self._panels, name)

    def _supplied(self, kind: Extra, group: Group[T], name: str) -> T:
        if name not in group.names():
            message = _("No plugin supplies the {kind} “{name}”.")
            raise RungError.of(
                message.format(kind=kind_words(kind), name=name),
                did_you_mean(name, self.names(kind)) or _("What is installed: rung plugins list."),
            )
        if name in self._disabled:
            raise _is_disabled(name)
        return group.get(name)


def _secrets_of(source: str) -> str:
    return secret_variable(source, "")


def _is_disabled(name: str) -> RungError:
    return RungError.of(
        _("The plugin “{name}” is disabled in this workspace.").format(name=name),
        _("Enable it again: rung plugins enable {name}.").format(name=name),
    )

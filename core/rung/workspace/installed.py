"""The plugins installed, as a workspace sees them: what they supply, what is wrong, what it does without."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from rung.errors import Problem, RungError, did_you_mean
from rung.plugins import Extra, State
from rung.text import Text, _
from rung.workspace.disabled import disabled_in, write_disabled

if TYPE_CHECKING:
    from rung.plugins import PluginInfo
    from rung.vocabulary import Sector
    from rung.workspace.workspace import Workspace

__all__ = [
    "InstalledPlugin",
    "PluginFault",
    "Report",
    "Supplied",
    "installed_plugins",
    "objection",
    "switch_plugin",
]

Report = Callable[[str, int, int | None], None]


@dataclass(frozen=True, slots=True)
class Supplied:
    """What a plugin's sector brings, by ids."""

    title: Text
    about: Text
    fields: tuple[str, ...]
    events: tuple[str, ...]
    features: tuple[str, ...]
    measures: tuple[str, ...]
    outcomes: tuple[str, ...]
    records: tuple[str, ...]
    policies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PluginFault:
    """One thing wrong with a plugin."""

    stage: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class InstalledPlugin:
    """One plugin, as far as it was looked at."""

    id: str
    kind: str
    """``sector``, ``verb`` or ``alarm``: what its entry point is for."""
    distribution: str
    version: str
    state: str
    """``not loaded``, ``loaded``, ``faulty``, ``disabled``; of verbs and alarm hooks "" where all is well."""
    load_ms: float | None
    supplied: Supplied | None
    """None where it is not loaded."""
    faults: tuple[PluginFault, ...]


def installed_plugins(
    workspace: Workspace, *, load: bool = False, report: Report | None = None
) -> tuple[InstalledPlugin, ...]:
    """Return every plugin, by id; with ``load`` each is tried first, faults contained."""
    if load:
        works = tuple(_loading(workspace))
        for done, (name, loaded) in enumerate(works):
            if report is not None:
                report(_("Loading {plugin}").format(plugin=name), done, len(works))
            with suppress(RungError):  # its faults stand in the host
                loaded()
    return (*(_sectoral(workspace, each) for each in workspace.host.listing()), *_extras(workspace))


def _loading(workspace: Workspace) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield the name of everything that is not disabled, and what loads it."""
    host = workspace.host
    for plugin in host.ids():
        if plugin not in host.disabled:
            yield plugin, partial(host.sector, plugin)
    for each in host.extras():
        if each.kind is Extra.VERB:
            yield each.name, partial(host.verb, each.name)
        elif not each.is_disabled:
            yield each.name, partial(host.alarm_hook, each.name)


def _faults(workspace: Workspace, plugin: str, distribution: str) -> tuple[PluginFault, ...]:
    return tuple(
        PluginFault(each.stage.value, each.message, each.hint)
        for each in workspace.host.faults()
        if (each.plugin, each.distribution) == (plugin, distribution)
    )


def _sectoral(workspace: Workspace, info: PluginInfo) -> InstalledPlugin:
    sector = workspace.host.sector(info.id) if info.state is State.LOADED else None
    return InstalledPlugin(
        info.id,
        "sector",
        info.distribution,
        info.version,
        info.state.value,
        info.load_ms,
        None if sector is None else _supplied(workspace, sector),
        _faults(workspace, info.id, info.distribution),
    )


def _supplied(workspace: Workspace, sector: Sector) -> Supplied:
    return Supplied(
        title=sector.title,
        about=sector.about,
        fields=tuple(each.id for each in sector.fields),
        events=tuple(each.id for each in sector.events),
        features=tuple(each.id for each in sector.features),
        measures=tuple(each.id for each in sector.measures),
        outcomes=tuple(each.id for each in sector.outcomes),
        records=tuple(each.id for each in sector.records),
        policies=_policies(workspace, sector.id),
    )


def _policies(workspace: Workspace, plugin: str) -> tuple[str, ...]:
    """Return the ids of a plugin's ready policies, as far as their files tell them."""
    from rung.policy.heading import read_heading
    from rung.policy.library import LIBRARY_FILE

    try:
        folder = workspace.host.policies_folder(plugin)
    except RungError:
        return ()
    files = () if folder is None else sorted(folder.glob("*.toml"))
    return tuple(dict.fromkeys(read_heading(file).id for file in files if file.name != LIBRARY_FILE))


def _extras(workspace: Workspace) -> Iterator[InstalledPlugin]:
    for each in workspace.host.extras():
        faults = _faults(workspace, each.name, each.distribution)
        state = State.DISABLED.value if each.is_disabled else State.FAULTY.value if faults else ""
        yield InstalledPlugin(
            each.name, each.kind.value, each.distribution, each.version, state, None, None, faults
        )


def objection(workspace: Workspace) -> Problem | None:
    """Return what speaks against disabling and enabling plugins for whoever works here, None for nothing."""
    human = workspace.human_input
    actor = human.actor()
    if not human.people.listed or actor.role.reaches("owner"):
        return None
    message = _("{name} ({account}) may not say which plugins are used.")
    return Problem(
        message.format(name=actor.name, account=actor.account), _("The owner of the policies may.")
    )


def switch_plugin(workspace: Workspace, name: str, *, off: bool) -> bool:
    """Disable a plugin in a workspace, or enable it again; return whether that changed anything.

    It holds at once for everybody who opens the workspace from here on. Raises RungError for a name no
    plugin has, for whom that is not, and where the disk refuses.
    """
    known = (
        *workspace.host.ids(),
        *(each.name for each in workspace.host.extras() if each.kind is Extra.ALARM),
    )
    before = disabled_in(workspace.folder)
    if name not in known and (off or name not in before):
        raise RungError.of(_("No plugin “{name}” is installed.").format(name=name), did_you_mean(name, known))
    problem = objection(workspace)
    if problem is not None:
        raise RungError.all([problem])
    after = before | {name} if off else before - {name}
    if after != before:
        write_disabled(workspace.folder, after)
    workspace.host.disable(after)
    return after != before

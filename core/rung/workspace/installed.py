"""The plugins installed, of every kind: what they supply, what is wrong, what a workspace does without."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rung.errors import Problem, RungError, did_you_mean
from rung.plugins import SECTOR, Extra, PluginHost, State, kind_words, origin_words
from rung.progress import Progress
from rung.text import Text, _
from rung.workspace.disabled import disabled_in, switch

if TYPE_CHECKING:
    from rung.plugins import PluginInfo
    from rung.vocabulary import Sector
    from rung.workspace.workspace import Workspace

__all__ = [
    "InstalledPlugin",
    "PluginFault",
    "Supplied",
    "installed_plugins",
    "kind_words",
    "objection",
    "origin_words",
    "state_words",
    "switch_plugin",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplied:
    """What a plugin brings, by ids: of a sector its parts, of other kinds what there is to say of them."""

    title: Text
    about: Text | None = None
    fields: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    """Of a data source."""
    endings: tuple[str, ...] = ()
    """Of an exporter: endings of its files."""
    sectors: tuple[str, ...] = ()
    """Of a panel: the sectors it is for; none for all."""


@dataclass(frozen=True, slots=True)
class PluginFault:
    """One thing wrong with a plugin."""

    stage: str
    """In the current language."""
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class InstalledPlugin:
    """One plugin, as far as it was looked at."""

    id: str
    kind: str
    """``sector``, ``source``, ``exporter``, ``panel``, ``alarm`` or ``verb``: what its entry point is for."""
    distribution: str
    version: str
    state: str
    """``not loaded``, ``loaded``, ``faulty``, ``disabled``; a verb is never disabled."""
    load_ms: float | None
    """Milliseconds until it was loaded, or had failed; ``None`` where that was not tried."""
    hooks: tuple[str, ...]
    """The hooks it implements; none where it is not loaded, and none of a verb."""
    supplied: Supplied | None
    """None where it is not loaded, of a verb, and of who is told of alarms."""
    faults: tuple[PluginFault, ...]


def installed_plugins(
    host: PluginHost, *, load: bool = False, name: str | None = None, report: Progress | None = None
) -> tuple[InstalledPlugin, ...]:
    """Return every plugin, sectors first and verbs last; with ``load`` each is tried, faults contained.

    ``name``: only those of this name, or of the distribution of this name. Disabled ones are among them,
    and are not loaded.
    """
    if load:
        _load(host, [each for each in host.everything() if _is_meant(each, name)], report)
    return tuple(_looked_at(host, info) for info in host.everything() if _is_meant(info, name))


def _is_meant(info: PluginInfo, name: str | None) -> bool:
    return name in (None, info.id, info.distribution)


def _load(host: PluginHost, wanted: Iterable[PluginInfo], report: Progress | None) -> None:
    # The first plugin would else be charged with what Rung itself needs to take it.
    from rung import sdk  # noqa: F401 - imported beforehand, for the time
    from rung.policy import binding, conditions, facts  # noqa: F401 - the same

    works = tuple(dict.fromkeys((each.kind, each.id) for each in wanted))
    for done, (kind, name) in enumerate(works):
        if report is not None:
            report(_("Loading {plugin}").format(plugin=name), done, len(works))
        host.try_to_load(kind, name)


def _looked_at(host: PluginHost, info: PluginInfo) -> InstalledPlugin:
    faults = tuple(
        PluginFault(each.stage.words, each.message, each.hint)
        for each in host.faults()
        if (each.kind, each.plugin, each.distribution) == (info.kind, info.id, info.distribution)
    )
    supplied = _supplied(host, info) if info.state is State.LOADED else None
    return InstalledPlugin(
        info.id,
        info.kind,
        info.distribution,
        info.version,
        info.state.value,
        info.load_ms,
        info.hooks,
        supplied,
        faults,
    )


def _supplied(host: PluginHost, info: PluginInfo) -> Supplied | None:
    match info.kind:
        case kind if kind == SECTOR:
            return _of_sector(host, host.sector(info.id))
        case Extra.SOURCE:
            source = host.source(info.id)
            options = tuple(each.id for each in source.options)
            return Supplied(title=source.title, about=source.about, options=options)
        case Extra.EXPORTER:
            exporter = host.exporter(info.id)
            return Supplied(title=exporter.title, endings=exporter.endings)
        case Extra.PANEL:
            panel = host.panel(info.id)
            return Supplied(title=panel.title, sectors=panel.sectors)
    return None


def _of_sector(host: PluginHost, sector: Sector) -> Supplied:
    return Supplied(
        title=sector.title,
        about=sector.about,
        fields=tuple(each.id for each in sector.fields),
        events=tuple(each.id for each in sector.events),
        features=tuple(each.id for each in sector.features),
        measures=tuple(each.id for each in sector.measures),
        outcomes=tuple(each.id for each in sector.outcomes),
        records=tuple(each.id for each in sector.records),
        policies=_policies(host, sector.id),
    )


def _policies(host: PluginHost, plugin: str) -> tuple[str, ...]:
    """Return the ids of a plugin's ready policies, as far as their files tell them."""
    from rung.policy.heading import read_heading
    from rung.policy.library import LIBRARY_FILE

    try:
        folder = host.policies_folder(plugin)
    except RungError:
        return ()
    files = () if folder is None else sorted(folder.glob("*.toml"))
    return tuple(dict.fromkeys(read_heading(file).id for file in files if file.name != LIBRARY_FILE))


def state_words(state: str) -> str:
    """Return what has become of a plugin, in the current language."""
    return {
        State.NOT_LOADED.value: _("not loaded"),
        State.LOADED.value: _("loaded"),
        State.FAULTY.value: _("faulty"),
        State.DISABLED.value: _("disabled"),
    }.get(state, state)


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

    Whatever has the name is meant: a sector, a data source, a panel, of every distribution. It holds at
    once for everybody who opens the workspace from here on. Raises RungError for a name no plugin has, for
    whom that is not, and where the disk refuses.
    """
    before = disabled_in(workspace.folder)
    if off or name not in before:
        _check_name(workspace.host, name)
    problem = objection(workspace)
    if problem is not None:
        raise RungError.all([problem])
    changes = (name in before) is not off
    workspace.host.disable(switch(workspace.folder, name, off=off) if changes else before)
    return changes


def _check_name(host: PluginHost, name: str) -> None:
    plugins = host.everything()
    known = {each.id for each in plugins if each.kind != Extra.VERB}
    if name in known:
        return
    if any(each.id == name for each in plugins):
        raise RungError.of(
            _("“{name}” is a verb, and verbs belong to no workspace.").format(name=name),
            _("To do without it, uninstall its distribution."),
        )
    brought = sorted({each.id for each in plugins if each.distribution == name} & known)
    hint = _("The distribution {distribution} brings: {names}.").format(
        distribution=name, names=_(", ").join(brought)
    )
    raise RungError.of(
        _("No plugin “{name}” is installed.").format(name=name),
        hint if brought else did_you_mean(name, tuple(sorted(known))),
    )

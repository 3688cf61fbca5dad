"""``rung plugins``: which plugins are installed, what is wrong with them, and which one does without."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rung.cli.options import json_option, workspace_option
from rung.cli.session import session
from rung.cli.terminal import console, grid, line, print_json
from rung.errors import RungError, did_you_mean
from rung.plugins import PluginHost, State
from rung.text import _
from rung.workspace import Workspace
from rung.workspace.installed import switch_plugin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rung.plugins import Fault, PluginInfo

__all__ = ["plugins"]


@click.group(help=_("List the plugins, look for their faults, and do without one."))
def plugins() -> None:
    """Group the verbs about plugins."""


@plugins.command("list", help=_("List the installed plugins, their sectors and their faults."))
@workspace_option
@json_option
def list_(workspace: Path | None, as_json: bool) -> int:
    """List every plugin; return 1 where one is faulty."""
    host = _host(workspace)
    titles = {sector.id: sector.title for sector in host.load_all()}
    found, faults = host.listing(), host.faults()
    if as_json:
        print_json({"plugins": found, "sectors": titles, "faults": faults})
        return 1 if faults else 0
    headers = (_("plugin"), _("sector"), _("distribution"), _("state"))
    rows = ((info.id, titles.get(info.id, ""), _origin(info), _state(info)) for info in found)
    screen = console()
    screen.print(grid(headers, rows))
    for part in _told(faults):
        screen.print(part)
    return 1 if faults else 0


@plugins.command(help=_("Load a plugin, or every one, and tell what is wrong with it."))
@click.argument("name", required=False)
@workspace_option
@json_option
def doctor(name: str | None, workspace: Path | None, as_json: bool) -> int:
    """Look for faults; return 1 where there are some."""
    host = _host(workspace)
    if name is not None and name not in host.ids():
        raise RungError.of(
            _("No plugin “{name}” is installed.").format(name=name), did_you_mean(name, host.ids())
        )
    host.load_all()
    faults = tuple(fault for fault in host.faults() if name in (None, fault.plugin))
    looked_at = [info for info in host.listing() if name in (None, info.id)]
    if as_json:
        print_json({"plugins": looked_at, "faults": faults})
        return 1 if faults else 0
    screen = console()
    headers = (_("plugin"), _("distribution"), _("state"), _("loaded in"))
    rows = (
        (
            info.id,
            _origin(info),
            _state(info),
            "" if info.load_ms is None else f"{info.load_ms:.0f} ms",
        )
        for info in looked_at
    )
    screen.print(grid(headers, rows, right=(3,)))
    for part in _told(faults) if faults else [line(_("No faults."))]:
        screen.print(part)
    return 1 if faults else 0


@plugins.command(
    help=_(
        "Do without a plugin in this workspace: it is not loaded, and nobody can grade with it. "
        "Its runs stay as they are; why their grades are what they are cannot be told until it is enabled "
        "again. Verbs it brings stay, for they belong to no workspace."
    )
)
@click.argument("name")
@workspace_option
def disable(name: str, workspace: Path | None) -> None:
    """Disable a plugin."""
    changed = switch_plugin(session(workspace).in_workspace(), name, off=True)
    words = _("“{name}” is disabled here.") if changed else _("“{name}” was disabled already.")
    console().print(line(words.format(name=name)))


@plugins.command(help=_("Use a plugin again that was disabled in this workspace."))
@click.argument("name")
@workspace_option
def enable(name: str, workspace: Path | None) -> None:
    """Enable a plugin."""
    changed = switch_plugin(session(workspace).in_workspace(), name, off=False)
    words = _("“{name}” is enabled here.") if changed else _("“{name}” was not disabled.")
    console().print(line(words.format(name=name)))


def _host(folder: Path | None) -> PluginHost:
    """Return the plugins, some of them disabled by the workspace around, if there is one that can be read."""
    host = PluginHost()
    if folder is not None:
        Workspace.open(folder, host, check=False)
    else:
        with suppress(RungError):
            Workspace.find(Path(), host, check=False)
    return host


def _state(info: PluginInfo) -> str:
    return {
        State.NOT_LOADED: _("not loaded"),
        State.LOADED: _("loaded"),
        State.FAULTY: _("faulty"),
        State.DISABLED: _("disabled"),
    }[info.state]


def _origin(info: PluginInfo) -> str:
    return f"{info.distribution} {info.version}".strip()


def _told(faults: tuple[Fault, ...]) -> Iterator[object]:
    for fault in faults:
        yield line(str(fault), "bold red")

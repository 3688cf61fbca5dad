"""``rung plugins``: which plugins are installed, and what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rung.cli.options import json_option
from rung.cli.terminal import console, grid, line, print_json
from rung.errors import RungError, did_you_mean
from rung.plugins import PluginHost, State
from rung.text import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rung.plugins import Fault, PluginInfo

__all__ = ["plugins"]


@click.group(help=_("List the plugins and look for their faults."))
def plugins() -> None:
    """Group the verbs about plugins."""


@plugins.command("list", help=_("List the installed plugins, their sectors and their faults."))
@json_option
def list_(as_json: bool) -> int:
    """List every plugin; return 1 where one is faulty."""
    host = PluginHost()
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
@json_option
def doctor(name: str | None, as_json: bool) -> int:
    """Look for faults; return 1 where there are some."""
    host = PluginHost()
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


def _state(info: PluginInfo) -> str:
    return {
        State.NOT_LOADED: _("not loaded"),
        State.LOADED: _("loaded"),
        State.FAULTY: _("faulty"),
    }[info.state]


def _origin(info: PluginInfo) -> str:
    return f"{info.distribution} {info.version}".strip()


def _told(faults: tuple[Fault, ...]) -> Iterator[object]:
    for fault in faults:
        yield line(str(fault), "bold red")

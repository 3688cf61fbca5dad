"""``rung plugins list``: every plugin of every kind, where it comes from, what it supplies, what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from rung.cli.options import json_option, workspace_option
from rung.cli.plugins_at_hand import milliseconds, plugin_host
from rung.cli.terminal import console, grid, line, print_json
from rung.text import _
from rung.workspace.installed import (
    InstalledPlugin,
    Supplied,
    installed_plugins,
    kind_words,
    origin_words,
    state_words,
)

__all__ = ["list_", "supplied_words"]


@click.command(
    "list",
    help=_(
        "List the installed plugins, disabled and faulty ones too: what each is for, its distribution, what "
        "it supplies and how long it takes to load."
    ),
)
@click.option(
    "--no-load",
    is_flag=True,
    help=_("Tell only what is known without loading them; quicker, but finds no fault."),
)
@workspace_option
@json_option
def list_(no_load: bool, workspace: Path | None, as_json: bool) -> int:
    """List every plugin; return 1 where one is faulty."""
    found = installed_plugins(plugin_host(workspace), load=not no_load)
    faulty = [each for each in found if each.faults]
    if as_json:
        print_json({"plugins": found})
        return 1 if faulty else 0
    screen = console()
    headers = (_("plugin"), _("kind"), _("distribution"), _("state"), _("loaded in"), _("supplies"))
    rows = (
        (
            each.id,
            kind_words(each.kind),
            origin_words(each),
            state_words(each.state),
            milliseconds(each),
            supplied_words(each.supplied),
        )
        for each in found
    )
    screen.print(grid(headers, rows, right=(4,)))
    for part in _faults(faulty):
        screen.print(line(part, "bold red"))
    return 1 if faulty else 0


def supplied_words(supplied: Supplied | None) -> str:
    """Return what a plugin brings, in one line."""
    if supplied is None:
        return ""
    counted = (
        (len(supplied.fields), _("fields: {n}")),
        (len(supplied.measures) + len(supplied.features), _("measures: {n}")),
        (len(supplied.policies), _("policies: {n}")),
    )
    parts = [words.format(n=count) for count, words in counted if count]
    for ids in (supplied.options, supplied.endings, supplied.sectors):
        parts += [_(", ").join(ids)] if ids else []
    told = _(", ").join(parts)
    return f"{supplied.title}; {told}" if told else str(supplied.title)


def _faults(plugins: Sequence[InstalledPlugin]) -> list[str]:
    return [
        f"{each.id} ({origin_words(each)}), {fault.stage}: {fault.message} {fault.hint}".rstrip()
        for each in plugins
        for fault in each.faults
    ]

"""``rung init``: an empty workspace."""

from __future__ import annotations

from pathlib import Path

import click

from rung.cli.options import json_option
from rung.cli.terminal import console, line, print_json
from rung.text import _
from rung.workspace import Workspace

__all__ = ["init"]


@click.command(help=_("Make an empty workspace of DIR, of the current folder if left out."))
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), default=Path())
@json_option
def init(folder: Path, as_json: bool) -> None:
    """Make a workspace."""
    made = Workspace.create(folder)
    if as_json:
        print_json({"workspace": str(made.folder)})
        return
    screen = console()
    screen.print(line(_("A workspace is made in {folder}.").format(folder=made.folder.resolve())))
    screen.print(line(_("Its settings stand in rung.toml; your own policies go into policies/."), "dim"))
    screen.print(line(_("Next: rung policy list, then rung grade SOURCE --policy ID"), "dim"))

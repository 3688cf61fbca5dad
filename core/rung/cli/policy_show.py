"""``rung policy show``: what one policy says, in words, as a table, or with the source of each value."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from rung.cli.options import as_of_option, json_option, workspace_option
from rung.cli.session import session
from rung.cli.terminal import console, print_json
from rung.errors import RungError
from rung.text import _

__all__ = ["show"]


@click.command(help=_("Show what POLICY, an id, id@version or a file, says."))
@click.argument("name", metavar="POLICY")
@click.option("--version", metavar="VERSION", help=_("The version meant; that in force if left out."))
@click.option(
    "--sources",
    "is_by_source",
    is_flag=True,
    help=_("Show each value with the file and line that set it, and what it overrode there."),
)
@as_of_option
@workspace_option
@json_option
def show(
    name: str,
    version: str | None,
    is_by_source: bool,
    as_of: date | None,
    workspace: Path | None,
    as_json: bool,
) -> None:
    """Show one policy."""
    from rung.cli.render_policy import render_policy
    from rung.cli.render_sources import plain_sources, render_sources
    from rung.pipeline import compiled_policy

    if version is not None and ("@" in name or name.endswith(".toml")):
        raise RungError.of(
            _("--version goes with a policy's id; “{name}” says already what is meant.").format(name=name)
        )
    surroundings = session(workspace)
    loaded = surroundings.policy(name if version is None else f"{name}@{version}", as_of)
    if as_json:
        print_json(plain_sources(loaded) if is_by_source else loaded.table)
        return
    if is_by_source:
        parts = render_sources(loaded)
    else:
        parts = render_policy(compiled_policy(loaded, surroundings.host))
    screen = console()
    for part in parts:
        screen.print(part)

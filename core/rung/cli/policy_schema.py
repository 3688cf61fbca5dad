"""``rung policy schema``: what a policy file may say, for editors that complete and check TOML."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rung.cli.options import STANDARD, workspace_option
from rung.cli.session import Session, session
from rung.cli.terminal import console, line, show_problems
from rung.errors import RungError
from rung.text import _

if TYPE_CHECKING:
    from rung.policy.schema import Names

__all__ = ["schema"]


@click.command(
    help=_(
        "Print the JSON Schema (2020-12) of policy files. With “#:schema ./policy.schema.json” as the first "
        "line of a policy, editors complete its keys and the names of fields, and mark mistakes."
    )
)
@click.option(
    "--sector", metavar="ID", help=_("Offer the names of this sector only; of every one if left out.")
)
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path, allow_dash=True),
    help=_("The file to write, such as policy.schema.json; standard output if left out."),
)
@workspace_option
def schema(sector: str | None, out: Path | None, workspace: Path | None) -> None:
    """Write the schema."""
    from rung.policy.schema import policy_schema
    from rung.runs.atomic import whole_file

    written = json.dumps(policy_schema(_names(sector, session(workspace))), ensure_ascii=False, indent=1)
    if out is None or str(out) == STANDARD:
        click.echo(written)
        return
    with whole_file(out) as part:
        part.write_text(f"{written}\n", encoding="utf-8")
    screen = console()
    screen.print(line(_("Written: {file}").format(file=out)), soft_wrap=True)
    told = _("First line of a policy beside it, for editors: {line}").format(line=f"#:schema ./{out.name}")
    screen.print(line(told, "dim"), soft_wrap=True)


def _names(sector: str | None, surroundings: Session) -> Names:
    """Return the names of one sector, or of every one that can be loaded; the others are told."""
    from rung.policy.schema import Names

    host = surroundings.host
    sectors = host.load_all() if sector is None else (host.sector(sector),)
    if sector is None:
        show_problems(host.faults())
    libraries: dict[str, tuple[str, ...]] = {}
    for each in sectors:
        with suppress(RungError):  # a sector may have no library
            libraries[each.id] = tuple(surroundings.shelf.library(each.id).criteria)
    return Names(sectors, libraries)

"""``rung policy export``: a policy's rules and bands as a workbook to be changed and read back."""

from __future__ import annotations

from pathlib import Path

import click

from rung.cli.options import workspace_option
from rung.cli.session import session
from rung.cli.terminal import console, line
from rung.errors import RungError
from rung.text import _

__all__ = ["export"]


@click.command(
    help=_(
        "Write the rules, bands, levels and cut-offs of POLICY to a workbook; “rung policy import” reads "
        "it back."
    )
)
@click.argument("name", metavar="POLICY")
@click.option(
    "--out",
    required=True,
    metavar="FILE.xlsx",
    type=click.Path(dir_okay=False, path_type=Path),
    help=_("The workbook to write."),
)
@workspace_option
def export(name: str, out: Path, workspace: Path | None) -> None:
    """Write one policy's tables."""
    from rung.policy.sheets import sheets_of
    from rung.policy.workbook import write_workbook
    from rung.runs.atomic import whole_file

    loaded = session(workspace).policy(name)
    if not sheets_of(loaded.table):
        raise RungError.of(
            _("The policy has neither rules nor bands nor cut-offs: nothing would stand in the workbook.")
        )
    with whole_file(out) as part:
        sheets = write_workbook(part, loaded)
    console().print(line(_("Written: {file}").format(file=out)), soft_wrap=True)
    console().print(line(_("Sheets: {names}").format(names=", ".join(sheets)), "dim"))

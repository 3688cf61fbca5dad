"""``rung policy import``: a workbook of rules and bands read back, as a layer over its policy."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rung import moments
from rung.cli.options import workspace_option
from rung.cli.session import session
from rung.cli.terminal import console, line, show_problems
from rung.errors import Place, Problem, RungError, Severity
from rung.text import _

if TYPE_CHECKING:
    from rung.policy.reader import LoadedPolicy
    from rung.policy.sheet_reading import SheetChanges
    from rung.policy.shelf import Shelf

__all__ = ["import_"]


@click.command(
    help=_(
        "Read a workbook that “rung policy export” wrote and people changed, and write what changed as a "
        "policy laid over the one it came from. Nothing is written while a cell cannot be read back."
    )
)
@click.argument("file", metavar="FILE.xlsx", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out",
    required=True,
    metavar="OVERLAY.toml",
    type=click.Path(dir_okay=False, path_type=Path),
    help=_("The policy file to write."),
)
@click.option(
    "--policy", "name", metavar="POLICY", help=_("The policy it came from; the workbook's if left out.")
)
@click.option("--id", "own_id", metavar="ID", help=_("The new policy's id; own.NAME if left out."))
@click.option("--version", "version", default="1", show_default=True, help=_("The new policy's version."))
@click.option("--reason", default="", metavar="TEXT", help=_("Why it is changed."))
@workspace_option
def import_(
    file: Path,
    out: Path,
    name: str | None,
    own_id: str | None,
    version: str,
    reason: str,
    workspace: Path | None,
) -> int:
    """Write the layer; return 1 where the workbook changes nothing."""
    from rung.policy.changes import layer_between
    from rung.policy.model import Change
    from rung.policy.overlay import write_overlay
    from rung.policy.sheet_reading import read_sheets

    surroundings = session(workspace)
    told = _told(file)
    base = surroundings.policy(name or _named(told, file))
    if name is None and told.get("sha256") not in (None, base.sha256):
        show_problems([_moved_on(file)])
    changes = read_sheets(file, base.table)
    problems = [*changes.problems, *_judged(changes, base, surroundings.shelf)]
    if problems:
        raise RungError.all(problems)
    layer = layer_between(base.table, changes.table)
    if not layer:
        console().print(line(_("The workbook says what the policy says; nothing was written.")))
        return 1
    own = own_id or f"own.{base.policy.id.rpartition('.')[2]}"
    written = {"id": own, "version": version, "title": base.table["title"], **layer}
    write_overlay(
        out, base.policy.id, written, Change(author=getpass.getuser(), date=moments.today(), reason=reason)
    )
    console().print(line(_("Written: {file}").format(file=out)), soft_wrap=True)
    changed = ", ".join(sorted(layer))
    console().print(
        line(_("Changed against {base}: {keys}").format(base=base.policy.id, keys=changed), "dim")
    )
    return 0


def _told(file: Path) -> dict[str, str]:
    from rung.policy.grid import read_grid
    from rung.policy.sheet_reading import sheet_names
    from rung.policy.workbook import ABOUT

    rows = read_grid(file, ABOUT).rows if ABOUT in sheet_names(file) else ()
    return {row.cells.get("key", ""): row.cells.get("value", "") for row in rows}


def _named(told: dict[str, str], file: Path) -> str:
    if told.get("policy"):
        return told["policy"]
    raise RungError.of(
        _("The workbook does not say which policy it came from."),
        _("Name it: --policy ID-or-FILE."),
        Place(str(file)),
    )


def _moved_on(file: Path) -> Problem:
    return Problem(
        _("The policy has changed since the workbook was written; what changed there is undone here."),
        _("Compare with “rung policy diff”, or export anew."),
        Place(str(file)),
        Severity.WARNING,
    )


def _judged(changes: SheetChanges, base: LoadedPolicy, shelf: Shelf) -> list[Problem]:
    """Return what is wrong with the policy as changed, each problem at the cell that wrote it."""
    from pydantic import ValidationError

    from rung.grading.check import check
    from rung.policy.keys import read_key
    from rung.policy.mistakes import mistakes_in
    from rung.policy.model import Policy

    table: dict[str, Any] = changes.table
    try:
        policy = Policy.model_validate(table)
    except ValidationError as error:
        return [
            each.problem.at(place)
            for each in mistakes_in(error, table)
            if (place := changes.place(each.path)) is not None
        ]
    found: list[Problem] = []
    for problem in check(policy.model_copy(update={"tests": ()}), shelf.vocabulary(policy)):
        if problem.severity is Severity.ERROR:
            key = problem.place.key if problem.place else ""
            found.append(problem.at(changes.place(read_key(key)) or base.located(problem).place or Place("")))
    return found

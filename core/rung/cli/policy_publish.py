"""``rung policy publish``: freezes a version of a policy that is sound and passes its tests."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from rung import moments
from rung.cli.options import Day, json_option, workspace_option
from rung.cli.session import session
from rung.cli.terminal import console, line, print_json, show_problems
from rung.text import _

__all__ = ["publish"]


@click.command(
    help=_(
        "Publish POLICY, an id, id@version or a file: its version is frozen, complete in itself, "
        "in policies/published, and from then on only published versions of it are in force.\n\n"
        "Refused while “rung policy check” or “rung policy test” finds an error."
    )
)
@click.argument("name", metavar="POLICY")
@click.option(
    "--effective-from",
    type=Day(),
    metavar="DATE",
    help=_("The first day it holds; what the file says if left out."),
)
@click.option("--reason", metavar="TEXT", help=_("Why it is published; the file's own if left out."))
@workspace_option
@json_option
def publish(
    name: str, effective_from: date | None, reason: str | None, workspace: Path | None, as_json: bool
) -> None:
    """Publish one version."""
    from rung.workspace.publishing import publish_policy, publisher

    surroundings = session(workspace)
    place = surroundings.in_workspace()
    publisher(place)
    file = surroundings.shelf.working_copy(name)
    made = publish_policy(place, file, moments.today(), effective_from, reason)
    if as_json:
        print_json({"published": made.is_new, "file": str(made.path), **made.record.plain()})
        return
    told = (
        _("Published: {name} {version}, {hash}.")
        if made.is_new
        else _("Published before with the same content: {name} {version}, {hash}. Nothing was written.")
    )
    record = made.record
    told = told.format(name=record.id, version=record.version, hash=record.sha256[:12])
    console().print(line(told, "green"))
    console().print(line(str(made.path)), soft_wrap=True)
    show_problems(made.notices)

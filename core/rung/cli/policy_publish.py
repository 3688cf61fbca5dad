"""``rung policy publish``: freezes a version of a policy that is sound and passes its tests."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rung.cli.clock import today_here
from rung.cli.options import Day, json_option, workspace_option
from rung.cli.session import Session, session
from rung.cli.terminal import console, line, print_json, show_problems
from rung.errors import Problem, RungError, Severity
from rung.text import _
from rung.workspace.places import POLICIES

if TYPE_CHECKING:
    from rung.policy.reader import LoadedPolicy

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
    from rung.policy.model import Change
    from rung.policy.publish import publish as publish_version

    surroundings = session(workspace)
    place = surroundings.in_workspace()
    author = _author(surroundings)
    file = surroundings.shelf.working_copy(name)
    loaded = _passed(file, surroundings)
    why = reason or (loaded.policy.change.reason if loaded.policy.change else "")
    made = publish_version(
        loaded,
        place.folder / POLICIES,
        Change(author=author, date=today_here(), reason=why),
        effective_from,
    )
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


def _passed(file: Path, surroundings: Session) -> LoadedPolicy:
    """Return the policy if it is sound and passes its tests; raises RungError with all against it."""
    from rung.grading.check import examine
    from rung.grading.policy_tests import run_policy_tests

    loaded = surroundings.policy(str(file), is_told=False)
    problems = [each for each in examine(file, surroundings.shelf) if each.severity is Severity.ERROR]
    report = run_policy_tests(loaded, surroundings.shelf.vocabulary(loaded.policy))
    problems += [problem for outcome in report.failed for problem in report.problems(outcome)]
    if problems:
        raise RungError(
            Problem(_("Only a policy that is sound and passes its tests can be published.")), *problems
        )
    return loaded


def _author(surroundings: Session) -> str:
    from rung.ledger import Role

    human = surroundings.in_workspace().human_input
    actor = human.actor()
    if human.people.listed and actor.role is not Role.OWNER:
        raise RungError.of(
            _("{name} may not publish policies: that takes the role “owner”.").format(name=actor.name),
            _("The people of a workspace are listed in its rung.toml, under [people]."),
        )
    return actor.name

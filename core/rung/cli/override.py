"""``rung override``: overrules a grade on the record, takes that back, and lists what is overruled."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from rung.cli.options import Day, json_option, workspace_option
from rung.cli.override_words import marks, notches_words, outcome_words
from rung.cli.session import session
from rung.cli.terminal import console, grid, line, print_json, show_problems
from rung.text import _

if TYPE_CHECKING:
    from rung.ledger import Override
    from rung.workspace.human_input import HumanInput, Standing

__all__ = ["override"]

_LATEST: Final = "latest"


@click.group(help=_("Overrule a grade on the record, and list what is overruled."))
def override() -> None:
    """Group the verbs about overrides."""


@override.command(
    help=_(
        "Give CUSTOMER, by id or name, GRADE instead of the model's, for a reason on the policy's list.\n\n"
        "It takes effect at once or awaits approval, as the policy says. The model's grade is kept beside it."
    )
)
@click.argument("customer")
@click.argument("grade")
@click.option("--reason", required=True, metavar="CODE", help=_("Code of one of the policy's reasons."))
@click.option("--narrative", default="", metavar="TEXT", help=_("What you know, in a sentence or two."))
@click.option("--evidence", default="", metavar="TEXT", help=_("Where the evidence is kept."))
@click.option(
    "--expires",
    type=Day(),
    metavar="DATE",
    help=_("The last day it shall be in force; as long as the policy allows if left out."),
)
@click.option(
    "--supersede",
    multiple=True,
    metavar="ID",
    help=_("Another person's open override it takes the place of; may be repeated."),
)
@click.option("--run", "run_id", metavar="ID", help=_("The run to look in; the latest if left out."))
@workspace_option
@json_option
def propose(
    customer: str,
    grade: str,
    reason: str,
    narrative: str,
    evidence: str,
    expires: date | None,
    supersede: tuple[str, ...],
    run_id: str | None,
    workspace: Path | None,
    as_json: bool,
) -> None:
    """Propose one override."""
    from rung.ledger import Proposal

    wanted = Proposal(
        grade=grade,
        reason=reason,
        narrative=narrative,
        evidence=evidence,
        expires_at=expires,
        supersedes=supersede,
    )
    human_input = session(workspace).in_workspace().human_input
    now = _now()
    made = human_input.propose(customer, wanted, now, run_id or _LATEST)
    if as_json:
        print_json({"override": _plain(made, now.date())})
        return
    screen = console()
    for words in outcome_words(made):
        screen.print(line(words))
    screen.print(line(_("Take it back with: rung override withdraw {id}").format(id=made.id), "dim"))


@override.command(help=_("Take back the override ID, one of your own that is open."))
@click.argument("override_id", metavar="ID")
@workspace_option
@json_option
def withdraw(override_id: str, workspace: Path | None, as_json: bool) -> None:
    """Withdraw one override."""
    now = _now()
    made = session(workspace).in_workspace().human_input.withdraw(override_id, now)
    if as_json:
        print_json({"override": _plain(made, now.date())})
        return
    words = _("Override {id} of {customer} is withdrawn.").format(id=made.id, customer=made.customer_id)
    console().print(line(words))


@override.command("list", help=_("List the overrides that are in effect or await approval."))
@click.option("--customer", metavar="ID", help=_("Only those of one customer."))
@click.option("--policy", metavar="ID", help=_("Only those under one policy."))
@click.option("--all", "closed_too", is_flag=True, help=_("Withdrawn, expired and superseded ones too."))
@workspace_option
@json_option
def list_(
    customer: str | None, policy: str | None, closed_too: bool, workspace: Path | None, as_json: bool
) -> int:
    """List overrides; return 1 where they could not be laid over a run."""
    today = _now().date()
    human_input = session(workspace).in_workspace().human_input
    overrides = human_input.overrides(customer_id=customer, policy_id=policy)
    standings = human_input.standings(today, overrides)
    shown = [each for each in standings.found if closed_too or each.status.is_open]
    if as_json:
        listed = [_standing(each, today) for each in shown]
        print_json({"overrides": listed, "problems": list(map(str, standings.problems))})
    elif shown:
        console().print(_table(shown, human_input))
    else:
        words = _("No override.") if closed_too else _("No open override. Those that were: --all")
        console().print(line(words))
    if not as_json:
        show_problems(standings.problems)
    return 1 if standings.problems else 0


def _now() -> datetime:
    return datetime.now().astimezone()


def _table(standings: list[Standing], human_input: HumanInput) -> Any:
    headers = (
        _("id"),
        _("customer"),
        _("policy"),
        _("overruled"),
        _("notches"),
        _("effective"),
        _("status"),
        _("reason"),
        _("by"),
        _("until"),
    )
    rows = (
        (
            made.id,
            made.customer_id,
            made.policy_id,
            f"{made.model_grade or '–'} → {made.proposed_grade}",
            notches_words(made.notches),
            "" if each.effective is None else each.effective.grade or "–",
            marks(each),
            made.reason,
            human_input.people.name(made.maker),
            made.expires_at.isoformat(),
        )
        for each in standings
        for made in [each.override]
    )
    return grid(headers, rows, right=(4,))


def _plain(made: Override, today: date) -> dict[str, Any]:
    plain = {item.name: getattr(made, item.name) for item in fields(made)}
    return {**plain, "status": made.status(today)}


def _standing(each: Standing, today: date) -> dict[str, Any]:
    found = each.effective
    return {
        **_plain(each.override, today),
        "model_grade_now": found.model_grade if found else None,
        "effective_grade": found.grade if found else None,
        "is_stale": found.is_stale if found else None,
        "suspended": found.suspended if found else None,
        "is_gone": each.is_gone,
    }

"""``rung explain``: why a customer has its grade, from a kept run or straight from a table."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rung.cli.grade import graded_run
from rung.cli.options import json_option, policy_option, source_options, workspace_option
from rung.cli.population import SourceGiven, request_of
from rung.cli.progress import progress
from rung.cli.session import Session, session
from rung.cli.terminal import console, print_json
from rung.errors import RungError
from rung.text import _

if TYPE_CHECKING:
    from rung.cli.service_words import Roles
    from rung.grading.explanation import Explanation
    from rung.ledger import Effective
    from rung.runs import Run

__all__ = ["explain"]


@click.command(
    help=_(
        "Say why CUSTOMER, by id or name, has its grade, what would change it and what was promised.\n\n"
        "In a workspace it is looked up in the latest run, or in the one named with --run. Elsewhere name "
        "the table with --source and the policy with --policy."
    )
)
@click.argument("customer")
@click.option("--run", "run_id", metavar="ID", help=_("The run to look in; the latest if left out."))
@click.option("--source", metavar="FILE", help=_("A table to grade and explain from, keeping nothing."))
@policy_option
@source_options
@workspace_option
@json_option
def explain(
    customer: str,
    run_id: str | None,
    source: str | None,
    policy: str | None,
    workspace: Path | None,
    as_json: bool,
    **given: Any,
) -> None:
    """Explain one grade."""
    surroundings = session(workspace)
    if source is not None:
        if run_id is not None:
            raise RungError.of(_("--run and --source exclude each other."))
        without = Session(surroundings.host, None)
        asked = SourceGiven(source=source, **given)
        request = request_of(asked, surroundings.policy(policy), surroundings)
        with progress() as report, graded_run(request, without, report) as run:
            _explain(run, customer, without, as_json)
        return
    with surroundings.in_workspace().run(run_id or "latest") as run:
        _explain(run, customer, surroundings, as_json)


def _explain(run: Run, customer: str, surroundings: Session, as_json: bool) -> None:
    """Print why; outside of a workspace no ledger is laid over the grade."""
    from rung.grading.explaining import service_of
    from rung.pipeline import explain as explain_grade
    from rung.pipeline import scorecard_of

    scorecard = scorecard_of(run, surroundings.host)
    told = explain_grade(run, customer, scorecard)
    policy = scorecard.compiled.policy
    effective = _effective(run, told.customer_id, surroundings)
    if effective is not None and effective.is_overridden:
        measured = run.find(told.customer_id).measured
        told = replace(told, service=service_of(scorecard, measured, effective.grade))
    if as_json:
        origin = {"run": run.manifest.run_id, "as_of": run.manifest.as_of}
        print_json({**_plain(told, policy.roles), **_plain_effective(effective), **origin})
        return
    from rung.cli.override_words import effective_words
    from rung.cli.render_explanation import render_explanation

    screen = console()
    for part in render_explanation(told, policy, effective_words(effective) if effective else ()):
        screen.print(part)


def _effective(run: Run, customer_id: str, surroundings: Session) -> Effective | None:
    """Return what people laid over the grade; None where there is no ledger."""
    workspace = surroundings.workspace
    if workspace is None or not workspace.human_input.is_begun:
        return None
    return workspace.human_input.effective(run, customer_id, datetime.now().astimezone().date())


def _plain_effective(found: Effective | None) -> dict[str, Any]:
    if found is None:
        return {}
    return {
        "effective_grade": found.grade,
        "override": found.override,
        "pending_override": found.pending,
        "is_stale": found.is_stale,
        "suspended": found.suspended,
    }


def _plain(told: Explanation, roles: Roles) -> dict[str, Any]:
    from dataclasses import fields

    from rung.cli.service_words import terms_words

    plain = {item.name: getattr(told, item.name) for item in fields(told)}
    plain["service"] = [
        {
            "source": each.source,
            "in_force": each.terms.is_in_force,
            "promises": terms_words(each.terms, roles),
        }
        for each in told.service
    ]
    return plain

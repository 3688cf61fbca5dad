"""``rung judge`` and ``rung correct``: a person's answer or datum, and the grade there is with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from rung import moments
from rung.cli.chosen_runs import run_meant
from rung.cli.options import Day, json_option, workspace_option
from rung.cli.record_words import outcome_words, plain_record
from rung.cli.session import session
from rung.cli.terminal import console, line, print_json
from rung.ledger.grades.value_texts import NOT_KNOWN, check_written
from rung.text import _
from rung.words import fold

if TYPE_CHECKING:
    from rung.vocabulary import Quantity

__all__ = ["TakesNegative", "correct", "judge", "why_options"]

_Verb = TypeVar("_Verb", bound=Callable[..., Any])


class TakesNegative(click.Command):
    """A command to which “-500” is a number, no option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments, negative numbers among them."""
        rest = super().parse_args(ctx, [_NEGATIVE.sub(_MARK + "-", each) for each in args])
        for name, value in ctx.params.items():
            if isinstance(value, str):
                ctx.params[name] = value.replace(_MARK, "")
        return rest


_NEGATIVE: Final = re.compile(r"^-(?=[0-9.])")
_MARK: Final = "\x00"
# No argument of a process can hold it.


def why_options(verb: _Verb) -> _Verb:
    """Give a verb the options that say why, with what evidence and until when."""
    for option in reversed(_why_options()):
        verb = option(verb)
    return verb


def _why_options() -> tuple[Callable[[_Verb], _Verb], ...]:
    return (
        click.option("--reason", default="", metavar="CODE", help=_("Code of one of the policy's reasons.")),
        click.option(
            "--narrative", default="", metavar="TEXT", help=_("What you know, in a sentence or two.")
        ),
        click.option("--evidence", default="", metavar="TEXT", help=_("Where the evidence is kept.")),
        click.option(
            "--expires",
            type=Day(),
            metavar="DATE",
            help=_("The last day it shall be in force; as long as the policy allows if left out."),
        ),
        click.option(
            "--supersede",
            multiple=True,
            metavar="ID",
            help=_("Another person's open input it takes the place of; may be repeated."),
        ),
        click.option("--run", "run_id", metavar="ID", help=_("The run to look in; the latest if left out.")),
        click.option("--policy", metavar="ID-or-FILE", help=_("Look in the last run by this policy.")),
    )


@click.command(
    help=_(
        "Answer the judged criterion CRITERION about CUSTOMER, by id or name, with one of its levels.\n\n"
        "The customer is graded anew with the answer at once, or once others approve, as the policy says."
    )
)
@click.argument("customer")
@click.argument("criterion")
@click.argument("answer")
@why_options
@workspace_option
@json_option
def judge(customer: str, criterion: str, answer: str, **given: Any) -> None:
    """Record a judgement."""
    _supply("judgement", customer, criterion, answer, **given)


@click.command(
    help=_(
        "Replace what the source says of FIELD of CUSTOMER, by id or name, with VALUE.\n\n"
        "The customer is graded anew with it at once, or once others approve, as the policy says. What the "
        "source has is kept beside it. “missing” or “-” as VALUE says that it is not known."
    ),
    cls=TakesNegative,
)
@click.argument("customer")
@click.argument("field")
@click.argument("value")
@why_options
@workspace_option
@json_option
def correct(customer: str, field: str, value: str, **given: Any) -> None:
    """Record a correction."""
    _supply("correction", customer, field, value, **given)


def _supply(
    kind: str,
    customer: str,
    subject: str,
    value: str,
    *,
    reason: str,
    narrative: str,
    evidence: str,
    expires: date | None,
    supersede: tuple[str, ...],
    run_id: str | None,
    policy: str | None,
    workspace: Path | None,
    as_json: bool,
) -> None:
    from rung.ledger import InputKind, Supply

    surroundings = session(workspace).in_workspace()
    human_input = surroundings.human_input
    now = moments.now()
    run = run_meant(surroundings, run_id, policy)
    check_written(value)
    quantities = human_input.quantities(run)
    wanted = Supply(
        kind=InputKind(kind),
        subject=_meant(subject, quantities),
        value=None if value.strip() in NOT_KNOWN else value,
        reason=reason,
        narrative=narrative,
        evidence=evidence,
        expires_at=expires,
        supersedes=supersede,
    )
    supplied = human_input.supply(customer, wanted, now, run)
    # Who gives a value knows it; what the source has is for who may read it, by “rung explain”.
    made = replace(surroundings.confidential.listed(supplied), value=supplied.value)
    if as_json:
        print_json({kind: plain_record(made, now.date())})
        return
    screen = console()
    for words in outcome_words(made, quantities):
        screen.print(line(words))
    screen.print(line(_("Take it back with: rung override withdraw {id}").format(id=made.id), "dim"))


def _meant(written: str, quantities: Mapping[str, Quantity]) -> str:
    """Return the id of the quantity meant by its id or one of its names; as written where there is none."""
    if written in quantities:
        return written
    word = fold(written)
    found = [name for name, each in quantities.items() if word in map(fold, each.names())]
    return found[0] if len(found) == 1 else written

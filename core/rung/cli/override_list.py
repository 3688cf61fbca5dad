"""``rung override list``: what people gave, what awaits whose decision, and what is to be looked at again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from rung import moments
from rung.cli.options import json_option, workspace_option
from rung.cli.record_words import plain_record
from rung.cli.session import session
from rung.cli.status_option import StatusOption
from rung.cli.terminal import console, grid, line, print_json, show_problems
from rung.errors import RungError
from rung.text import _
from rung.workspace.named_customer import customer_meant, policy_meant
from rung.workspace.named_person import maker_meant
from rung.workspace.record_titles import Titles
from rung.workspace.record_words import marks, moment_words, record_words

if TYPE_CHECKING:
    from rung.ledger import InputFilter, InputRecord
    from rung.workspace import Workspace
    from rung.workspace.human_input import HumanInput, Standing
    from rung.workspace.reviews_due import Due

__all__ = ["list_"]

_KINDS: Final = ("override", "judgement", "correction")
_SOON: Final = 30
_FAR: Final = 36_500
# A century: further no input lasts.


@click.command(
    "list",
    help=_(
        "List the overrides, judgements and corrections that are in effect or await approval.\n\n"
        "--waiting shows what awaits a decision, and why some of it is not yours; --due what ought to be "
        "looked at again, and until when."
    ),
)
@click.option("--waiting", is_flag=True, help=_("Only what awaits approval, and whether you may decide."))
@click.option("--due", is_flag=True, help=_("Only what is stale, suspended or about to expire, and when."))
@click.option(
    "--within",
    type=click.IntRange(min=0, max=_FAR),
    metavar="DAYS",
    help=_("With --due: what expires within so many days; 30 if left out."),
)
@click.option("--mine", is_flag=True, help=_("Only your own."))
@click.option("--person", metavar="NAME", help=_("Only those of one person, by account or name."))
@click.option("--kind", "kinds", multiple=True, type=click.Choice(_KINDS), help=_("Only those of a kind."))
@click.option(
    "--status",
    "statuses",
    multiple=True,
    type=StatusOption(),
    metavar="STATUS",
    help=_("Only those that stand so, such as “awaiting approval”; may be repeated."),
)
@click.option("--customer", metavar="ID", help=_("Only those of one customer."))
@click.option("--policy", metavar="ID", help=_("Only those under one policy."))
@click.option("--batch", metavar="ID", help=_("Only those proposed together with the one of that id."))
@click.option(
    "--all", "closed_too", is_flag=True, help=_("Rejected, withdrawn, expired and superseded ones too.")
)
@workspace_option
@json_option
def list_(
    waiting: bool,
    due: bool,
    within: int | None,
    mine: bool,
    person: str | None,
    kinds: tuple[str, ...],
    statuses: tuple[str, ...],
    customer: str | None,
    policy: str | None,
    batch: str | None,
    closed_too: bool,
    workspace: Path | None,
    as_json: bool,
) -> int:
    """List human input; return 1 where it could not be laid over a run."""
    surroundings = session(workspace).in_workspace()
    human_input = surroundings.human_input
    _check(waiting, due, within, mine, person)
    wanted = _Wanted(
        kinds=frozenset(kinds),
        statuses=frozenset(statuses),
        maker=_maker(human_input, person, mine=mine),
        customer=None if customer is None else customer_meant(customer, surroundings),
        policy=None if policy is None else policy_meant(policy, surroundings),
        batch=_batch(human_input, batch),
    )
    if waiting:
        return _waiting(surroundings, wanted, as_json=as_json)
    if due:
        return _due(surroundings, wanted, _SOON if within is None else within, as_json=as_json)
    return _every(surroundings, wanted, closed_too=closed_too or bool(statuses), as_json=as_json)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """Which inputs are to be listed."""

    kinds: frozenset[str]
    statuses: frozenset[str]
    maker: str | None
    customer: str | None
    policy: str | None
    batch: str | None

    def filter(self) -> InputFilter:
        """Return what the ledger is asked for."""
        from rung.ledger import InputFilter, InputKind

        return InputFilter(
            customer_id=self.customer,
            policy_id=self.policy,
            kinds=tuple(InputKind(each) for each in sorted(self.kinds)),
            maker=self.maker,
            batch=self.batch,
        )

    def holds(self, record: InputRecord, today: date) -> bool:
        """Whether an input is wanted."""
        return (
            (not self.kinds or record.kind.value in self.kinds)
            and (not self.statuses or record.status(today).value in self.statuses)
            and self.maker in (None, record.maker)
            and self.customer in (None, record.customer_id)
            and self.policy in (None, record.policy_id)
            and self.batch in (None, record.batch)
        )


def _check(waiting: bool, due: bool, within: int | None, mine: bool, person: str | None) -> None:
    if waiting and due:
        raise RungError.of(_("--waiting and --due exclude each other."))
    if within is not None and not due:
        raise RungError.of(_("--within goes with --due only."))
    if mine and person is not None:
        raise RungError.of(_("--mine and --person exclude each other."))


def _maker(human_input: HumanInput, person: str | None, *, mine: bool) -> str | None:
    if mine:
        return human_input.actor().account
    return None if person is None else maker_meant(person, human_input)


def _batch(human_input: HumanInput, given: str | None) -> str | None:
    """Return the batch of the input of that id; raises RungError where it was proposed alone."""
    if given is None:
        return None
    record = human_input.input(given)
    if not record.batch:
        raise RungError.of(_("“{id}” was proposed alone, in no batch.").format(id=record.id))
    return record.batch


def _every(surroundings: Workspace, wanted: _Wanted, *, closed_too: bool, as_json: bool) -> int:
    today = moments.today()
    human_input = surroundings.human_input
    records = [each for each in human_input.inputs(wanted.filter()) if wanted.holds(each, today)]
    standings = human_input.standings(today, tuple(records))
    shown = [each for each in standings.found if closed_too or each.status.is_open]
    if as_json:
        listed = [_standing(each, today, surroundings) for each in shown]
        print_json({"inputs": listed, "problems": list(map(str, standings.problems))})
        return 1 if standings.problems else 0
    if shown:
        console().print(_table(shown, surroundings))
    else:
        words = _("Nothing on record.") if closed_too else _("Nothing is open. What was: --all")
        console().print(line(words))
    show_problems(standings.problems)
    return 1 if standings.problems else 0


def _table(standings: Sequence[Standing], surroundings: Workspace) -> Any:
    people = surroundings.human_input.people
    titles = Titles(surroundings.human_input)
    policies = {each.record.policy_id for each in standings}
    rows = (
        (
            made.id,
            made.customer_id,
            *([made.policy_id] if len(policies) > 1 else []),
            record_words(made, titles.quantity(made)),
            "" if each.effective is None else each.effective.grade or "–",
            marks(each),
            titles.reason(made),
            people.name(made.maker),
            made.expires_at.isoformat(),
        )
        for each in standings
        for made in [surroundings.confidential.listed(each.record)]
    )
    return grid(
        (
            _("id"),
            _("customer"),
            *([_("policy")] if len(policies) > 1 else []),
            _("what"),
            _("effective"),
            _("status"),
            _("reason"),
            _("by"),
            _("until"),
        ),
        rows,
        whole=(0,),
    )


def _standing(each: Standing, today: date, surroundings: Workspace) -> dict[str, Any]:
    found = each.effective
    return {
        **plain_record(surroundings.confidential.listed(each.record), today),
        "model_grade_now": found.model_grade if found else None,
        "computed_grade_now": found.computed_grade if found else None,
        "effective_grade": found.grade if found else None,
        "is_stale": _is_stale(each),
        "suspended": found.suspended if found else None,
        "is_gone": each.is_gone,
        "doubt": each.datum.doubt if each.datum else None,
    }


def _is_stale(standing: Standing) -> bool | None:
    """Return whether what an input was made on has changed since; None where nothing tells."""
    from rung.ledger import Override

    if standing.datum is not None:
        return standing.datum.doubt == "stale"
    if standing.effective is None or not isinstance(standing.record, Override):
        return None
    return standing.record.model_grade != standing.effective.computed_grade


def _waiting(surroundings: Workspace, wanted: _Wanted, *, as_json: bool) -> int:
    now = moments.now()
    human_input = surroundings.human_input
    found = [each for each in human_input.waiting(now) if wanted.holds(each.record, now.date())]
    # First what one may decide on, then the rest, each oldest first.
    found.sort(key=lambda each: not each.may_decide)
    listed = surroundings.confidential.listed
    if as_json:
        print_json(
            {
                "waiting": [
                    {
                        **plain_record(listed(each.record), now.date()),
                        "may_decide": each.may_decide,
                        "obstacles": [str(problem) for problem in each.obstacles],
                    }
                    for each in found
                ]
            }
        )
        return 0
    if not found:
        console().print(line(_("Nothing awaits approval.")))
        return 0
    people = human_input.people
    titles = Titles(human_input)
    rows = (
        (
            made.id,
            made.customer_id,
            record_words(made, titles.quantity(made)),
            titles.reason(made),
            people.name(made.maker),
            moment_words(made.made_at),
            f"{len(made.approvals)}/{made.approvals_needed}",
            _("yes") if each.may_decide else " ".join(problem.message for problem in each.obstacles),
        )
        for each in found
        for made in [listed(each.record)]
    )
    headers = (
        _("id"),
        _("customer"),
        _("what"),
        _("reason"),
        _("by"),
        _("proposed"),
        _("approvals"),
        _("may I decide"),
    )
    console().print(grid(headers, rows, right=(6,), whole=(0,)))
    mine = sum(each.may_decide for each in found)
    words = _("{n} of {whole} await your decision: rung override approve|reject|return ID").format(
        n=f"{mine:,}", whole=f"{len(found):,}"
    )
    if mine:
        console().print(line(words, "dim"))
    console().print(line(_("What was written, and each decision: rung override show ID"), "dim"))
    return 0


def _due(surroundings: Workspace, wanted: _Wanted, soon_days: int, *, as_json: bool) -> int:
    from rung.workspace.reviews_due import reviews_due

    today = moments.today()
    reviews = reviews_due(surroundings.human_input, today, soon_days)
    found = [each for each in reviews.due if wanted.holds(each.record, today)]
    listed = surroundings.confidential.listed
    if as_json:
        due = [
            {
                **plain_record(listed(each.record), today),
                "cause": each.cause,
                "due_by": each.by,
                "is_late": each.is_late(today),
                "computed_grade_now": each.grade_now,
            }
            for each in found
        ]
        print_json({"due": due, "problems": list(map(str, reviews.problems))})
        return 1 if reviews.problems else 0
    if found:
        console().print(_due_table(found, surroundings, today))
    else:
        console().print(line(_("Nothing is to be looked at again.")))
    show_problems(reviews.problems)
    return 1 if reviews.problems else 0


def _due_table(found: Iterable[Due], surroundings: Workspace, today: date) -> Any:
    people = surroundings.human_input.people
    titles = Titles(surroundings.human_input)
    rows = (
        (
            made.id,
            made.customer_id,
            record_words(made, titles.quantity(made)),
            each.grade_now or "–",
            each.cause.words,
            people.name(made.maker),
            made.expires_at.isoformat(),
            _("{day} (overdue)").format(day=each.by) if each.is_late(today) else each.by.isoformat(),
        )
        for each in found
        for made in [surroundings.confidential.listed(each.record)]
    )
    headers = (
        _("id"),
        _("customer"),
        _("what"),
        _("computed now"),
        _("why"),
        _("by"),
        _("until"),
        _("look at it by"),
    )
    return grid(headers, rows, whole=(0,))

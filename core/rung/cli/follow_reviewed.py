"""``rung follow reviewed``: grades that were looked at anew go on record, or are taken back."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rung import moments
from rung.cli.asking import Stopped, ask, is_yes
from rung.cli.chosen_runs import run_meant
from rung.cli.options import Day, json_option, workspace_option
from rung.cli.session import session
from rung.cli.terminal import console, line, print_json
from rung.errors import RungError
from rung.text import _

if TYPE_CHECKING:
    from rung.ledger.service.reviews import ReviewDone
    from rung.workspace import Workspace

__all__ = ["reviewed"]


@click.command(
    help=_(
        "Put on record that the grades of CUSTOMERS were looked at anew and left as they are; the next "
        "review counts from then.\n\n"
        "With --undo take reviews back that were put on record by mistake, by their ids: V12, or V12..V40."
    )
)
@click.argument("customers", nargs=-1, metavar="[CUSTOMER]...")
@click.option("--due", "is_due", is_flag=True, help=_("All those whose review is due."))
@click.option("--grade", "grades", multiple=True, metavar="GRADE", help=_("Customers of that grade."))
@click.option(
    "--where",
    multiple=True,
    metavar="FIELD=CELL",
    help=_("Customers whose value fits, such as “route=East”; may be repeated."),
)
@click.option(
    "--reason", "because", default="", metavar="TEXT", help=_("What was found, or why it is taken back.")
)
@click.option("--on", type=Day(), metavar="DATE", help=_("The day it was done; today if left out."))
@click.option(
    "--policy", metavar="ID-or-FILE", help=_("Grades by this policy; that of the last run if left out.")
)
@click.option("--dry-run", is_flag=True, help=_("Show what would go on record, and record nothing."))
@click.option("--yes", "-y", is_flag=True, help=_("Record many without being asked."))
@click.option("--undo", is_flag=True, help=_("Take reviews back: the arguments are their ids."))
@workspace_option
@json_option
def reviewed(
    customers: tuple[str, ...],
    is_due: bool,
    grades: tuple[str, ...],
    where: tuple[str, ...],
    because: str,
    on: date | None,
    policy: str | None,
    dry_run: bool,
    yes: bool,
    undo: bool,
    workspace: Path | None,
    as_json: bool,
) -> int:
    """Record reviews, or take them back."""
    place = session(workspace).in_workspace()
    now = moments.now()
    if undo:
        if is_due or grades or where or on or dry_run:
            raise RungError.of(_("--undo takes ids of reviews and --reason, and nothing else."))
        return _undone(place, customers, because, now, as_json=as_json)
    if not (customers or is_due or grades or where):
        raise RungError.of(_("Name customers, or choose them: --due, --grade, --where."))
    from rung.workspace.grade_reviews import drawn_up
    from rung.workspace.grade_reviews import reviewed as recorded

    run_id = run_meant(place, None, policy)
    chosen = _chosen(place, customers, grades, where, now, run_id, is_due=is_due)
    if not chosen:
        raise RungError.of(_("No customer of the run is meant."), _("Nothing was recorded."))
    wanted = drawn_up(place, chosen, because, on, now, run_id)
    is_many = is_due or bool(grades) or bool(where)
    if dry_run or (is_many and not yes):
        _preview(wanted, as_json=as_json and dry_run)
        if dry_run:
            return 0
        _confirm(len(wanted))
    made = recorded(place, wanted)
    if as_json:
        print_json({"reviews": [_plain(each) for each in made]})
        return 0
    first, last = made[0].id, made[-1].id
    words = _("On record as reviewed: {n} ({ids}).")
    ids = first if len(made) == 1 else f"{first}..{last}"
    console().print(line(words.format(n=f"{len(made):,}", ids=ids)))
    console().print(
        line(_("Take it back with: rung follow reviewed --undo {ids} --reason TEXT").format(ids=ids), "dim")
    )
    return 0


def _chosen(
    place: Workspace,
    customers: Sequence[str],
    grades: tuple[str, ...],
    where: tuple[str, ...],
    now: datetime,
    run_id: str,
    *,
    is_due: bool,
) -> tuple[str, ...]:
    from rung.workspace.customers_meant import CustomersWanted, read_where
    from rung.workspace.grade_reviews import customers_due

    wanted = CustomersWanted(
        customers=tuple(customers) or None, grades=grades, where=tuple(map(read_where, where))
    )
    if is_due:
        return customers_due(place, wanted, now, run_id)
    from rung.pipeline import scorecard_of

    with place.run(run_id) as run:
        compiled = scorecard_of(run, place.host).compiled
    hidden = place.confidential.clearance(compiled).hidden if where else frozenset[str]()
    return tuple(place.human_input.customers(wanted, now.date(), run_id, hidden=hidden))


def _preview(wanted: Sequence[ReviewDone], *, as_json: bool) -> None:
    if as_json:
        print_json({"reviews": [_plain(each) for each in wanted]})
        return
    counts = Counter(each.grade or "–" for each in wanted)
    words = _("To be put on record as reviewed: {n} ({grades}).")
    grades = _(", ").join(f"{grade} {count:,}" for grade, count in sorted(counts.items()))
    console(stderr=True).print(line(words.format(n=f"{len(wanted):,}", grades=grades), "bold"))


def _confirm(count: int) -> None:
    if not (sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()):
        raise RungError.of(
            _("To be recorded: {n}; and nobody is there to be asked.").format(n=f"{count:,}"),
            _("Say --yes to record them, or --dry-run to look only. Nothing was recorded."),
        )
    try:
        answer = ask(_("Record them ({n})? yes or no").format(n=f"{count:,}"))
    except Stopped:
        answer = ""
    if not is_yes(answer):
        raise RungError.of(_("Nothing was recorded."))


def _undone(place: Workspace, ids: Sequence[str], because: str, now: datetime, *, as_json: bool) -> int:
    from rung.workspace.grade_reviews import taken_back

    if not ids:
        raise RungError.of(_("Name the reviews to take back, such as V12."))
    made = taken_back(place, ids, because, now)
    if as_json:
        print_json({"withdrawn": [_plain(each) for each in made]})
        return 0
    named = made[0].id if len(made) == 1 else f"{made[0].id}..{made[-1].id}"
    words = _("Taken back: {n} ({ids}). The next review counts from what was before.")
    console().print(line(words.format(n=f"{len(made):,}", ids=named)))
    return 0


def _plain(each: ReviewDone) -> dict[str, Any]:
    return {
        "id": each.id if each.number else None,
        "customer_id": each.customer_id,
        "policy": each.policy_id,
        "grade": each.grade or None,
        "at": each.at,
        "because": each.because,
        "maker": each.maker,
    }

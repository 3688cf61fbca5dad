"""``rung pool``: customers nobody has cared for, who takes them, and who gets whom."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rung import moments
from rung.cli.asking import Stopped, ask, is_yes
from rung.cli.chosen_runs import run_meant
from rung.cli.listing import the_rest
from rung.cli.options import json_option, run_options, workspace_option
from rung.cli.progress import progress
from rung.cli.session import session
from rung.cli.terminal import console, grid, line, print_json, show_problems
from rung.errors import RungError
from rung.text import _
from rung.workspace.named_person import account_meant

if TYPE_CHECKING:
    from rung.workspace import Workspace
    from rung.workspace.pool import Free, Moved

__all__ = ["pool"]

_SHOWN = 50


@click.group(
    help=_(
        "Let customers nobody cares for go to a public pool, take them from it, give them to somebody.\n\n"
        "How long a customer may go without a contact, when a warning comes and how long whoever lost them "
        "may not take them back, is what their grade's policy says."
    )
)
def pool() -> None:
    """Group the verbs of the pool."""


@pool.command(
    "list",
    help=_("List who goes to the pool unless somebody contacts them; with --free who is in it already."),
)
@click.option("--free", is_flag=True, help=_("Those in the pool, free to be taken."))
@click.option("--over", is_flag=True, help=_("Only those whose time is over, whom “release --due” lets go."))
@click.option(
    "--for", "name", metavar="NAME", help=_("Only what is for a role, a person or a team; your own: “me”.")
)
@run_options
@click.option(
    "--limit", type=click.IntRange(min=1), default=_SHOWN, metavar="N", help=_("How many are shown.")
)
@workspace_option
@json_option
def list_(
    free: bool,
    over: bool,
    name: str | None,
    run_id: str | None,
    policy: str | None,
    limit: int,
    workspace: Path | None,
    as_json: bool,
) -> None:
    """List neglected or free customers."""
    if free and (over or name):
        raise RungError.of(_("--free goes with neither --over nor --for: who is in the pool is nobody's."))
    place = session(workspace).in_workspace()
    run = run_meant(place, run_id, policy)
    if free:
        _list_free(place, run, limit, as_json=as_json)
        return

    from rung.cli.due_words import plain_due, render_due, silence_words
    from rung.service.due import Chosen
    from rung.workspace.whose import whose

    meant = whose(place, (run,), name)
    chosen = Chosen(roles=meant.roles, portfolios=meant.portfolios, holders=meant.holders)
    found = place.pool.neglected(moments.now(), (run,), is_over=over, chosen=chosen)
    show_problems([*meant.notices, *silence_words(found), *found.notices])
    if as_json:
        print_json(plain_due(found, None))
        return
    for part in render_due(found, limit, in_batches=False):
        console().print(part)


def _list_free(place: Workspace, run: str, limit: int, *, as_json: bool) -> None:
    found = place.pool.free(moments.now(), run)
    if as_json:
        print_json({"free": [_plain_free(each) for each in found]})
        return
    if not found:
        console().print(line(_("Nobody is in the pool.")))
        return
    people = place.human_input.people
    headers = (_("customer"), _("name"), _("grade"), _("since"), _("let go by"), _("why"), _("not before"))
    rows = (
        (
            each.holding.customer_id,
            each.customer_name,
            each.grade or "–",
            f"{moments.local(each.holding.since):%Y-%m-%d}",
            people.name(each.holding.cooling_off_account) if each.holding.cooling_off_account else "",
            each.holding.because,
            str(each.holding.cooling_off_until or ""),
        )
        for each in found[:limit]
    )
    console().print(grid(headers, rows, whole=(0,)))
    for part in the_rest(len(found[:limit]), len(found), has_out=False):
        console().print(part)
    console().print(line(_("Take one: rung pool take CUSTOMER"), "dim"))


def _plain_free(each: Free) -> dict[str, Any]:
    holding = each.holding
    return {
        "customer_id": holding.customer_id,
        "customer_name": each.customer_name,
        "grade": each.grade,
        "since": holding.since,
        "because": holding.because,
        "let_go_by": holding.cooling_off_account,
        "cooling_off_until": holding.cooling_off_until,
    }


@pool.command(
    help=_(
        "Let each CUSTOMER, by id or name, go to the pool; with --due all whose time is over.\n\n"
        "What --due would do is shown and asked about first; --yes answers it, --dry-run only shows it. "
        "Assigning a customer to whoever had them undoes it."
    )
)
@click.argument("customers", nargs=-1, metavar="[CUSTOMER]...")
@click.option("--due", "is_due", is_flag=True, help=_("All whose time is over."))
@click.option(
    "--reason", "because", metavar="TEXT", default="", help=_("Why; asked for unless the time is over.")
)
@click.option("--dry-run", is_flag=True, help=_("Show who would go; nothing is recorded."))
@click.option("--yes", is_flag=True, help=_("Do not ask."))
@run_options
@workspace_option
@json_option
def release(
    customers: tuple[str, ...],
    is_due: bool,
    because: str,
    dry_run: bool,
    yes: bool,
    run_id: str | None,
    policy: str | None,
    workspace: Path | None,
    as_json: bool,
) -> int:
    """Release customers."""
    if is_due == bool(customers):
        raise RungError.of(_("Name the customers, or all whose time is over with --due."))
    place = session(workspace).in_workspace()
    run = run_meant(place, run_id, policy)
    if not is_due:
        if dry_run:
            raise RungError.of(_("--dry-run goes with --due."))
        return _told(place, place.pool.release(customers, because, moments.now(), run), as_json=as_json)
    if not _is_wanted(place, run, dry_run=dry_run, yes=yes, as_json=as_json):
        return 0
    why = because or _("Nobody contacted them within the time of their grade.")
    with progress() as report:
        moved = place.pool.release_due(moments.now(), why, run, report=report)
    return _told(place, moved, as_json=as_json)


def _is_wanted(place: Workspace, run: str, *, dry_run: bool, yes: bool, as_json: bool) -> bool:
    """Show who would go and ask whether that is wanted."""
    if yes and not dry_run:
        return True
    from rung.cli.due_words import plain_due, render_due

    found = place.pool.neglected(moments.now(), (run,), is_over=True)
    if as_json:
        if dry_run:
            print_json(plain_due(found, None))
            return False
        raise RungError.of(_("With --json nobody can be asked: add --yes, or --dry-run."))
    for part in render_due(found, _SHOWN, in_batches=False):
        console().print(part)
    if dry_run or not len(found):
        return False
    if not sys.stdin.isatty():
        raise RungError.of(_("Nobody can be asked here: add --yes, or --dry-run."))
    words = _("Let {count} customers go to the pool? [y/N]").format(
        count=f"{found.parts['row'].n_unique():,}"
    )
    try:
        return is_yes(ask(words))
    except Stopped:
        return False


@pool.command(help=_("Take each CUSTOMER, by id or name, from the pool: they are yours from then on."))
@click.argument("customers", nargs=-1, required=True, metavar="CUSTOMER...")
@run_options
@workspace_option
@json_option
def take(
    customers: tuple[str, ...], run_id: str | None, policy: str | None, workspace: Path | None, as_json: bool
) -> int:
    """Take customers."""
    place = session(workspace).in_workspace()
    return _told(
        place, place.pool.take(customers, moments.now(), run_meant(place, run_id, policy)), as_json=as_json
    )


@pool.command(help=_("Give each CUSTOMER, by id or name, to somebody, whosever they are."))
@click.argument("customers", nargs=-1, required=True, metavar="CUSTOMER...")
@click.option("--to", required=True, metavar="NAME", help=_("The account or name of who gets them."))
@click.option("--reason", "because", metavar="TEXT", default="", help=_("Why."))
@run_options
@workspace_option
@json_option
def assign(
    customers: tuple[str, ...],
    to: str,
    because: str,
    run_id: str | None,
    policy: str | None,
    workspace: Path | None,
    as_json: bool,
) -> int:
    """Assign customers."""
    place = session(workspace).in_workspace()
    account = account_meant(to, place.human_input.people)
    moved = place.pool.assign(customers, account, because, moments.now(), run_meant(place, run_id, policy))
    return _told(place, moved, as_json=as_json)


def _told(place: Workspace, moved: Sequence[Moved], *, as_json: bool) -> int:
    if as_json:
        print_json({"moved": moved})
        return 0
    people = place.human_input.people
    for each in moved[:_SHOWN]:
        before = _("nobody's") if each.before is None else people.name(each.before)
        after = _("in the pool") if each.after is None else people.name(each.after)
        words = _("{customer}: {before} → {after}")
        told = words.format(customer=each.customer_id, before=before, after=after)
        if each.cooling_off_until is not None and each.before is not None:
            until = _("{name} may take them back after {day}")
            told += _(", ") + until.format(name=before, day=each.cooling_off_until.isoformat())
        console().print(line(told))
    if len(moved) > _SHOWN:
        console().print(line(_("and {count} more").format(count=f"{len(moved) - _SHOWN:,}"), "dim"))
    words = (
        _("{count} customers have changed hands.") if len(moved) != 1 else _("1 customer has changed hands.")
    )
    console().print(line(words.format(count=f"{len(moved):,}")))
    return 0

"""``rung follow forecast``: what falls due in the weeks to come, and what it takes."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from rung import moments
from rung.cli.chosen_runs import run_meant
from rung.cli.listing import check_list_out, list_out_option, write_list
from rung.cli.options import Day, json_option, workspace_option
from rung.cli.progress import progress
from rung.cli.session import Session, session
from rung.cli.terminal import console, grid, line, print_json, show_problems
from rung.errors import RungError
from rung.text import _

if TYPE_CHECKING:
    from rung.grading.compiled import CompiledPolicy
    from rung.service.kept.forecasting import Forecast, ForecastBy, LoadLine
    from rung.workspace import Workspace

__all__ = ["FORECAST_BY", "forecast"]

FORECAST_BY: Final = ("week", "person", "grade", "channel")
"""Values of ``ForecastBy``, at hand without loading what walks; a test holds them together."""
_WEEKS: Final = 4
_MOST_WEEKS: Final = 104


@click.command(
    help=_(
        "Count the contacts, reviews and answers that fall due in each of the weeks to come, if each is done "
        "on the day it is due, and the hours of contacts whose duration the policy gives.\n\n"
        "What is overdue stands in the first week. With --with FILE the same is counted by a changed policy, "
        "beside it."
    )
)
@click.option(
    "--weeks", type=click.IntRange(1, _MOST_WEEKS), metavar="N", help=_("How many weeks; 4 if left out.")
)
@click.option("--until", type=Day(), metavar="DATE", help=_("The last day, in place of --weeks."))
@click.option(
    "--by",
    multiple=True,
    type=click.Choice(FORECAST_BY),
    help=_("Count by that; may be repeated; by week if left out."),
)
@click.option("--policy", metavar="ID-or-FILE", help=_("The policy meant; that of the last run if left out."))
@click.option(
    "--with", "changed", metavar="ID-or-FILE", help=_("A changed policy: its weeks stand beside the others.")
)
@list_out_option(_("Write it to a .xlsx or .csv file instead."))
@workspace_option
@json_option
def forecast(
    weeks: int | None,
    until: date | None,
    by: tuple[str, ...],
    policy: str | None,
    changed: str | None,
    out: Path | None,
    workspace: Path | None,
    as_json: bool,
) -> int:
    """Forecast the load."""
    from rung.service.kept.forecasting import ForecastBy
    from rung.workspace.forecast import ForecastAsked

    check_list_out(out, as_json=as_json)
    if weeks is not None and until is not None:
        raise RungError.of(_("--weeks and --until exclude each other."))
    surroundings = session(workspace)
    place = surroundings.in_workspace()
    now = moments.now()
    today = place.service.calendar.day_of(now)
    last = until or today + timedelta(days=7 * (weeks or _WEEKS) - 1)
    if not today <= last <= today + timedelta(days=7 * _MOST_WEEKS):
        message = _("{day} is not within the next {n} weeks.")
        raise RungError.of(message.format(day=last, n=_MOST_WEEKS))
    run_id = run_meant(place, None, policy)
    with progress() as report:
        asked = ForecastAsked(
            until=last, run_id=run_id, changed=_candidate(changed, surroundings), report=report
        )
        found = place.service.forecast(asked, now)
    show_problems(found.notices)
    keys = tuple(map(ForecastBy, by)) or (ForecastBy.WEEK,)
    if out is not None:
        _write(found, keys, out, place)
    elif as_json:
        print_json(_plain(found, keys))
    else:
        _show(found, keys, place)
    return 0


def _candidate(changed: str | None, surroundings: Session) -> CompiledPolicy | None:
    if changed is None:
        return None
    from rung.pipeline.cards import grading_policy

    return grading_policy(surroundings.policy(changed, None), surroundings.host)


def _headers(keys: tuple[ForecastBy, ...]) -> tuple[str, ...]:
    named = {"week": _("week from"), "person": _("whose"), "grade": _("grade"), "channel": _("channel")}
    return tuple(named[each.value] for each in keys)


def _show(found: Forecast, keys: tuple[ForecastBy, ...], place: Workspace) -> None:
    screen = console()
    words = _("Falling due from {first} to {until}")
    screen.print(line(words.format(first=found.first, until=found.until), "bold"))
    for policy, by_other in _sides(found):
        if found.other is not None:
            screen.print(line(policy, "bold"))
        lines = found.lines(*keys, by_other=by_other)
        if not lines:
            screen.print(line(_("Nothing falls due.")))
            continue
        whole = found.lines(by_other=by_other)[0]
        rows = [(*_names(keys, each, place), *_counts(each)) for each in lines]
        if len(lines) > 1:
            rows.append((_("all"), *("" for _each in keys[1:]), *_counts(whole)))
        headers = (
            *_headers(keys),
            _("contacts"),
            _("reviews"),
            _("answers"),
            _("of these overdue"),
            _("hours"),
        )
        screen.print(grid(headers, rows, right=range(len(keys), len(keys) + 5)))
        if whole.untimed:
            told = _("{n} contacts have no duration in the policy and count no hours.")
            screen.print(line(told.format(n=f"{whole.untimed:,}"), "dim"))
    screen.print(line(_("Answers: only what waits already; what will arrive is not known."), "dim"))


def _sides(found: Forecast) -> tuple[tuple[str, bool], ...]:
    if found.other_policy is None:
        return ((found.policy, False),)
    changed = _("changed: {policy}").format(policy=found.other_policy)
    return (_("now: {policy}").format(policy=found.policy), False), (changed, True)


def _names(keys: tuple[ForecastBy, ...], each: LoadLine, place: Workspace) -> tuple[str, ...]:
    people = place.human_input.people
    return tuple(
        "–" if name is None else people.name(name) if key.value == "person" else name
        for key, name in zip(keys, each.names, strict=True)
    )


def _counts(each: LoadLine) -> tuple[str, ...]:
    counts = (each.contacts, each.reviews, each.answers, each.overdue)
    hours = f"{each.hours:,.1f}" if each.minutes else "–"
    return (*(f"{n:,}" for n in counts), hours)


def _plain(found: Forecast, keys: tuple[ForecastBy, ...]) -> dict[str, Any]:
    return {
        "first": found.first,
        "until": found.until,
        "by": [each.value for each in keys],
        "policies": [
            {
                "policy": found.other_policy if by_other else found.policy,
                "is_changed": by_other,
                "whole": _plain_counts(found.lines(by_other=by_other)[0]),
                "lines": [
                    {**dict(zip((key.value for key in keys), each.names, strict=True)), **_plain_counts(each)}
                    for each in found.lines(*keys, by_other=by_other)
                ],
            }
            for _policy, by_other in _sides(found)
        ],
        "notices": list(found.notices),
    }


def _plain_counts(each: LoadLine) -> dict[str, Any]:
    return {
        "contacts": each.contacts,
        "reviews": each.reviews,
        "answers": each.answers,
        "overdue": each.overdue,
        "hours": round(each.hours, 2),
        "contacts_without_duration": each.untimed,
    }


def _write(found: Forecast, keys: tuple[ForecastBy, ...], out: Path, place: Workspace) -> None:
    import polars as pl

    names = (_("policy"), *_headers(keys))
    counts = (_("contacts"), _("reviews"), _("answers"), _("of these overdue"))
    rows = [
        (
            found.other_policy if by_other else found.policy,
            *_names(keys, each, place),
            *(each.contacts, each.reviews, each.answers, each.overdue, each.hours, each.untimed),
        )
        for _policy, by_other in _sides(found)
        for each in found.lines(*keys, by_other=by_other)
    ]
    schema = {
        **dict.fromkeys(names, pl.String),
        **dict.fromkeys(counts, pl.Int64),
        _("hours"): pl.Float64,
        _("contacts without duration"): pl.Int64,
    }
    table = pl.DataFrame(rows, schema=schema, orient="row")
    write_list(table, out)

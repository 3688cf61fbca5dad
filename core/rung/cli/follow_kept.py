"""``rung follow kept``: what was kept of what was promised, by person, grade and period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from rung import moments
from rung.cli.listing import check_list_out, list_out_option, write_list
from rung.cli.options import Day, json_option, promised_policies_option, workspace_option
from rung.cli.progress import progress
from rung.cli.session import session
from rung.cli.terminal import console, grid, line, print_json, show_problems
from rung.errors import RungError
from rung.text import _
from rung.workspace.named_customer import policy_id_of
from rung.workspace.whose import whose

if TYPE_CHECKING:
    from fractions import Fraction

    from rung.service.kept.report import By, KeptLine, KeptReport
    from rung.workspace import Workspace

__all__ = ["BY", "kept"]

BY: Final = ("person", "grade", "kind", "week", "month", "maker", "policy")
"""Values of ``By``, at hand without loading what counts; a test holds them together."""
_USUAL: Final = timedelta(days=29)


@click.command(
    help=_(
        "Count what was kept of what was promised: contacts, answers, reviews, alarms and records that fell "
        "due in a period; kept, late, missed and still open.\n\n"
        "It is judged by the grades of the last run as of the period's last day."
    )
)
@click.option(
    "--since", type=Day(), metavar="DATE", help=_("The first day; four weeks before the last if left out.")
)
@click.option("--until", type=Day(), metavar="DATE", help=_("The last day; today if left out."))
@click.option(
    "--by",
    multiple=True,
    type=click.Choice(BY),
    help=_("Count by that; may be repeated; by person and kind if left out."),
)
@click.option(
    "--for", "name", metavar="NAME", help=_("Only customers of a person or a team; your own: “me”.")
)
@click.option("--grade", "grades", multiple=True, metavar="GRADE", help=_("Only customers of that grade."))
@promised_policies_option
@list_out_option(_("Write it to a .xlsx or .csv file instead."))
@workspace_option
@json_option
def kept(
    since: date | None,
    until: date | None,
    by: tuple[str, ...],
    name: str | None,
    grades: tuple[str, ...],
    policies: tuple[str, ...],
    out: Path | None,
    workspace: Path | None,
    as_json: bool,
) -> int:
    """Count what was kept."""
    from rung.service.kept.report import By
    from rung.workspace.kept import KeptAsked

    check_list_out(out, as_json=as_json)
    place = session(workspace).in_workspace()
    now = moments.now()
    last = until or place.service.calendar.day_of(now)
    ids = tuple(policy_id_of(place, each) for each in policies)
    asked = KeptAsked(
        first=since or last - _USUAL,
        until=last,
        policies=ids,
        persons=_persons(place, name, ids),
        grades=frozenset(grades) or None,
    )
    with progress() as report:
        report(_("Counting"), 0, None)
        found = place.service.kept(asked, now)
    keys = tuple(map(By, by)) or (By.PERSON, By.KIND)
    show_problems(found.notices)
    if out is not None:
        _write(found, keys, out, place)
    elif as_json:
        print_json(_plain(found, keys))
    else:
        _show(found, keys, place)
    return 0


def _persons(place: Workspace, name: str | None, policies: Sequence[str]) -> frozenset[str] | None:
    if name is None:
        return None
    runs = tuple(place.latest_by(each) for each in policies) or ("latest",)
    meant = whose(place, runs, name)
    show_problems(meant.notices)
    if meant.roles is not None:
        raise RungError.of(
            _("“{name}” is a role: what is kept is counted by whose customers they are.").format(name=name),
            _("Name a person, a team, or “me”."),
        )
    return (meant.portfolios or frozenset()) | (meant.holders or frozenset())


def _headers(keys: tuple[By, ...]) -> tuple[str, ...]:
    named = {
        "person": _("whose"),
        "grade": _("grade"),
        "kind": _("what"),
        "week": _("week from"),
        "month": _("month"),
        "maker": _("done by"),
        "policy": _("policy"),
    }
    return tuple(named[each.value] for each in keys)


def _show(found: KeptReport, keys: tuple[By, ...], place: Workspace) -> None:
    screen = console()
    words = _("Due from {first} to {until}: {due}")
    head = words.format(first=found.first, until=found.until, due=f"{found.whole.due:,}")
    screen.print(line(head, "bold"))
    lines = found.lines(*keys)
    if lines:
        headers = (*_headers(keys), _("due"), _("kept"), _("late"), _("missed"), _("open"), _("kept in time"))
        rows = [(*_names(keys, each, place), *_counts(each)) for each in lines]
        if len(lines) > 1:
            rows.append((_("all"), *("" for _each in keys[1:]), *_counts(found.whole)))
        screen.print(grid(headers, rows, right=range(len(keys), len(keys) + 6)))
    else:
        screen.print(line(_("Nothing that was promised fell due.")))
    if any(each.is_few for each in lines):
        screen.print(line(_("* fewer than ten are judged: that says little."), "dim"))
    runs = _(", ").join(f"{run} ({day})" for run, day in found.runs)
    screen.print(
        line(_("Judged by the grades of {runs}, with human input as of now.").format(runs=runs), "dim")
    )


def _names(keys: tuple[By, ...], each: KeptLine, place: Workspace) -> tuple[str, ...]:
    from rung.service.due_list import DueKind

    people = place.human_input.people
    told: list[str] = []
    for key, name in zip(keys, each.names, strict=True):
        match key.value:
            case "kind":
                told.append("–" if name is None else str(DueKind(name).words))
            case "person" | "maker":
                told.append("–" if name is None else people.name(name))
            case _:
                told.append(name or "–")
    return tuple(told)


def _counts(each: KeptLine) -> tuple[str, ...]:
    counts = (each.due, each.kept, each.late, each.missed, each.open)
    few = "*" if each.rate is not None and each.is_few else ""
    return (*(f"{n:,}" for n in counts), f"{_percent(each.rate)}{few}")


def _percent(rate: Fraction | None) -> str:
    return "–" if rate is None else f"{float(rate):.0%}"


def _plain(found: KeptReport, keys: tuple[By, ...]) -> dict[str, Any]:
    return {
        "first": found.first,
        "until": found.until,
        "runs": [{"run": run, "as_of": day} for run, day in found.runs],
        "by": [each.value for each in keys],
        "whole": _plain_counts(found.whole),
        "lines": [
            {**dict(zip((key.value for key in keys), each.names, strict=True)), **_plain_counts(each)}
            for each in found.lines(*keys)
        ],
    }


def _plain_counts(each: KeptLine) -> dict[str, Any]:
    rate = None if each.rate is None else round(float(each.rate), 4)
    counts = {"due": each.due, "kept": each.kept, "late": each.late, "missed": each.missed, "open": each.open}
    return {**counts, "rate": rate, "is_few": each.is_few}


def _write(found: KeptReport, keys: tuple[By, ...], out: Path, place: Workspace) -> None:
    import polars as pl

    names = _headers(keys)
    counts = (_("due"), _("kept"), _("late"), _("missed"), _("open"), _("kept in time"))
    rows = [
        (
            *_names(keys, each, place),
            *(each.due, each.kept, each.late, each.missed, each.open),
            None if each.rate is None else float(each.rate),
        )
        for each in found.lines(*keys)
    ]
    schema = {
        **dict.fromkeys(names, pl.String),
        **dict.fromkeys(counts[:5], pl.Int64),
        counts[5]: pl.Float64,
    }
    table = pl.DataFrame(rows, schema=schema, orient="row")
    write_list(table, out)

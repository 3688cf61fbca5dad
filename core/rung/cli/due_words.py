"""What is due, in words: on the screen, as plain data, as a table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rung import moments
from rung.cli.listing import the_rest
from rung.cli.terminal import Grid, grid, line
from rung.service.due_words import late_words, what_words
from rung.text import _

if TYPE_CHECKING:
    import polars as pl
    from rich.console import RenderableType

    from rung.service.due_list import DueList, DueRow

__all__ = ["due_table", "plain_due", "render_due", "silence_words"]


def render_due(found: DueList, limit: int, *, in_batches: bool) -> Iterator[RenderableType]:
    """Yield the parts to print, in the current language."""
    yield line(_head(found), "bold")
    if not len(found):
        words = _("Nothing is due.") if found.day == found.until else _("Nothing comes due until then.")
        yield line(words)
        return
    rows = found.rows(0, limit)
    several = len({each.policy for each in found.duties}) > 1
    if in_batches:
        for (policy, grade), batch in groupby(rows, lambda each: (each.policy, each.grade)):
            named = f"{policy} {grade}" if several else str(grade)
            yield line(_("Worked in one batch: {grade}").format(grade=named), "bold")
            yield _grid(list(batch), found.day, several=several)
    else:
        yield _grid(list(rows), found.day, several=several)
    owed = {str(each.by_title or each.by) for each in rows}
    if len({each.by for each in rows}) == 1 and rows[0].by is not None:
        yield line(_("Owed by: {role}").format(role=owed.pop()), "dim")
    yield from the_rest(len(rows), len(found), has_out=True)


def _head(found: DueList) -> str:
    counts = _(", ").join(f"{_kind_words(kind)} {n:,}" for kind, n in found.counts().items())
    if found.day == found.until:
        words = _("Due on {day}: {count}, late {late}")
    else:
        words = _("Due from {day} to {until}: {count}, late {late}")
    told = words.format(
        day=found.day.isoformat(),
        until=found.until.isoformat(),
        count=f"{len(found):,}",
        late=f"{found.late:,}",
    )
    return f"{told} ({counts})" if counts else told


def _kind_words(kind: str) -> str:
    from rung.service.due_list import DueKind

    return str(DueKind(kind).words)


def _grid(rows: list[DueRow], today: date, *, several: bool) -> Grid:
    has_whose = any(each.holder or each.portfolio for each in rows)
    has_by = len({each.by for each in rows}) > 1
    has_kind = len({each.kind for each in rows}) > 1
    headers = [_("due"), _("late"), _("customer"), _("name"), _("grade")]
    headers += [_("policy")] if several else []
    headers += [_("what")] + ([_("owed by")] if has_by else []) + ([_("whose")] if has_whose else [])
    cells = (
        (
            _due_words(each),
            late_words(each, today),
            each.customer_id,
            each.customer_name,
            each.grade or "–",
            *([each.policy] if several else []),
            what_words(each, has_kind=has_kind),
            *([each.by_title or each.by] if has_by else []),
            *([each.holder or each.portfolio] if has_whose else []),
        )
        for each in rows
    )
    return grid(headers, cells, whole=(0, 2))


def _due_words(row: DueRow) -> str:
    return row.due.isoformat() if row.at is None else f"{moments.local(row.at):%Y-%m-%d %H:%M}"


def silence_words(found: DueList) -> Iterator[str]:
    """Yield why nothing of a policy can come due, and what to do about it."""
    for each in found.silences:
        if each.is_suggested:
            told = _(
                "What the policy “{name}” says of service is only suggested; accept it with "
                "rung policy adopt."
            )
        else:
            told = _(
                "The policy “{name}” promises nothing that comes due. Another: --policy ID; "
                "all: --all-policies."
            )
        yield told.format(name=each.policy)


def plain_due(found: DueList, limit: int | None) -> dict[str, Any]:
    """Return the list as plain data, all of it where no limit is given."""
    return {
        "day": found.day,
        "until": found.until,
        "count": len(found),
        "late": found.late,
        "kinds": found.counts(),
        "due": found.rows(0, limit),
        "notices": [*silence_words(found), *found.notices],
    }


def due_table(found: DueList) -> pl.DataFrame:
    """Return the whole list as a table with headers in the current language."""
    import polars as pl

    duties = pl.DataFrame(
        {
            "kind": [str(each.kind.words) for each in found.duties],
            "what": [str(each.what) for each in found.duties],
            "by": [str(each.by_title or each.by or "") for each in found.duties],
            "code": [each.code for each in found.duties],
            "policy": [each.policy for each in found.duties],
        },
        schema=dict.fromkeys(("kind", "what", "by", "code", "policy"), pl.String),
    )
    whole = found.frame
    whole = whole.hstack(duties[whole["duty"]]).with_columns(pl.coalesce("note", "code").alias("code"))
    return whole.select(
        pl.col("due").alias(_("due")),
        pl.col("late_days").alias(_("days late")),
        pl.col("customer_id").alias(_("customer")),
        pl.col("customer_name").alias(_("name")),
        pl.col("grade").alias(_("grade")),
        pl.col("kind").alias(_("kind")),
        pl.col("what").alias(_("what")),
        pl.col("by").alias(_("owed by")),
        pl.coalesce("holder", "portfolio").alias(_("whose")),
        pl.col("first").alias(_("not before")),
        pl.col("latest").alias(_("not later than")),
        pl.col("policy").alias(_("policy")),
        pl.col("code").alias(_("promise")),
    )

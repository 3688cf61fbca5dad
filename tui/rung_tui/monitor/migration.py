"""Draws who moved from which grade to which: the heat map, the cell at hand, and how much moves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rung.workspace.monitor_words import per_cent
from rung_tui.charts import Heat, HeatGrid
from rung_tui.customer.layout import paragraph, title
from rung_tui.drawn import Line
from rung_tui.language import _, spoken
from rung_tui.roles import grade_role
from rung_tui.scale import called, scale_of_run

if TYPE_CHECKING:
    from rung.monitor.migration import Migration, Stand
    from rung.monitor.rates import Rate
    from rung.workspace.grades_watched import MigrationWatched

__all__ = ["HEAD", "cell_words", "grid_of", "migration_lines", "stand_words"]

HEAD = 1
"""Lines above the heat map."""


def stand_words(stand: Stand, side: int, scale: Sequence[str]) -> str:
    """Return what a row (0) or a column (1) is called; ``scale``: the grades of that run."""
    from rung.monitor.migration import Aside

    if stand is Aside.NOT_GRADED:
        return _("ungraded")
    if stand is Aside.ABSENT:
        return _("lost") if side else _("new")
    return called(str(stand), scale)


def grid_of(found: MigrationWatched, width: int) -> HeatGrid:
    """Return the heat map at a width."""
    migration = found.migration
    ranks = [named.id for named in found.before.grades] if migration.is_ordered else []
    heat = Heat(
        rows=tuple(stand_words(each, 0, scale_of_run(found.before)) for each in migration.before),
        columns=tuple(stand_words(each, 1, scale_of_run(found.after)) for each in migration.after),
        cells=migration.matrix(),
        total=_("all"),
        row_roles=_roles(migration.before, found),
        column_roles=_roles(migration.after, found),
        is_square=tuple(each.id for each in found.before.grades)
        == tuple(each.id for each in found.after.grades),
        ordered=len(ranks),
    )
    return HeatGrid(heat, width)


def _roles(stands: tuple[Stand, ...], found: MigrationWatched) -> tuple[str, ...]:
    grades = [named.id for named in found.after.grades]
    return tuple(
        grade_role(grades.index(each), len(grades)) if isinstance(each, str) and each in grades else "muted"
        for each in stands
    )


def migration_lines(found: MigrationWatched, width: int, place: tuple[int, int]) -> list[Line]:
    """Return the heat map with a cell marked, what that cell says, and the figures."""
    grid = grid_of(found, width)
    heading = _("Grade before (down) and now (across)")
    lines = [title(heading, width), *grid.lines(place), ()]
    lines += paragraph([(cell_words(found, place), "strong")], width)
    return [*lines, (), *_figures(found.migration, width)]


def cell_words(found: MigrationWatched, place: tuple[int, int]) -> str:
    """Return what a cell says: how many, and which part of those who stood there before."""
    migration = found.migration
    before, after = migration.before[place[0]], migration.after[place[1]]
    count = migration.counts.get((before, after), 0)
    row = sum(n for (one, _other), n in migration.counts.items() if one == before)
    told = _("{before} → {after}: {n} ({share} of {before})")
    return told.format(
        before=stand_words(before, 0, scale_of_run(found.before)),
        after=stand_words(after, 1, scale_of_run(found.after)),
        n=f"{count:,}",
        share=per_cent(count / row if row else None),
    )


def _figures(migration: Migration, width: int) -> list[Line]:
    told = [_rate(_("stayed"), migration.stayed)]
    if migration.up is not None and migration.down is not None:
        told += [_rate(_("▲ up"), migration.up), _rate(_("▼ down"), migration.down)]
    whole = _("Graded both times: {n}. {rates}").format(n=f"{migration.stayed.n:,}", rates=" · ".join(told))
    lines = paragraph([whole], width)
    if migration.stayed.is_small and migration.stayed.n:
        lines += paragraph([(_("So few are shown, not judged."), "muted")], width)
    lines += paragraph(
        [_("New: {new} · lost: {lost}").format(new=f"{migration.new:,}", lost=f"{migration.lost:,}")], width
    )
    mobility = migration.mobility
    if mobility is None:
        lines += paragraph(
            [(_("The grades are no ranks, or not the same: no move is up or down."), "muted")], width
        )
        return lines
    spoken()
    words = _(
        "Weighted bandwidth of moves down {down}, up {up} (0: none to 1: all the way); Shorrocks {index}"
    )
    lines += paragraph(
        [
            (
                words.format(
                    down=_figure(mobility.upper),
                    up=_figure(mobility.lower),
                    index=_figure(mobility.shorrocks),
                ),
                "muted",
            )
        ],
        width,
    )
    return lines


def _rate(what: str, rate: Rate) -> str:
    return f"{what} {rate.events:,} ({per_cent(rate.share)})"


def _figure(found: float | None) -> str:
    return "–" if found is None else f"{found:.3f}"

"""Lays out how grades are spread, who moved and who holds a value: for a terminal, and as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rung.cli.rate_cells import bar, rate_cell, set_cells, small_words
from rung.cli.render_method import heading
from rung.cli.terminal import grid, line
from rung.monitor.migration import Aside, Stand
from rung.runs.plain import to_plain
from rung.text import _
from rung.workspace.monitor_words import per_cent, points_words

if TYPE_CHECKING:
    from rich.console import RenderableType

    from rung.monitor.concentration import Holding
    from rung.monitor.distribution import Distribution
    from rung.runs.manifest import Manifest, MeasuredColumn
    from rung.workspace.grades_watched import ConcentrationWatched, DistributionWatched, MigrationWatched

__all__ = [
    "plain_concentration",
    "plain_distribution",
    "plain_migration",
    "render_concentration",
    "render_distribution",
    "render_migration",
]


def _head(manifest: Manifest, before: Manifest | None = None) -> Iterator[RenderableType]:
    yield line(f"{manifest.policy.title}  ({manifest.policy.id} {manifest.policy.version})", "bold")
    words = _("Run {run} as of {day}, customers: {n}")
    yield line(words.format(run=manifest.run_id, day=manifest.as_of, n=f"{manifest.rows:,}"), "dim")
    if before is not None:
        words = _("Beside it run {run} as of {day}, customers: {n}")
        yield line(words.format(run=before.run_id, day=before.as_of, n=f"{before.rows:,}"), "dim")


def _grade(grade: str | None) -> str:
    return _("not graded") if grade is None else grade


def _amount(scaled: int, column: MeasuredColumn) -> str:
    return f"{scaled / 10**column.decimals:,.0f} {column.unit}".strip()


def render_distribution(found: DistributionWatched) -> Iterator[RenderableType]:
    """Yield the parts to print."""
    yield from _head(found.manifest, found.before_manifest)
    yield line("")
    before = {} if found.before is None else {each.grade: each for each in found.before.grades}
    most = max((each.share for each in found.now.grades), default=0)
    rows = []
    for each in found.now.grades:
        old = before.get(each.grade)
        row = [_grade(each.grade), f"{each.count:,}", per_cent(each.share)]
        if found.before is not None:
            row.append(points_words(each.share - (old.share if old else 0)))
        if found.effective is not None:
            row.append(f"{found.effective.get(each.grade, 0):,}")
        if found.value is not None:
            row += [_amount(each.value, found.value), per_cent(each.value_share)]
        rows.append([*row, bar(round(each.share * 1000), round(most * 1000))])
    headers = [_("grade"), _("customers"), _("share")]
    headers += [_("change, points")] * (found.before is not None)
    headers += [_("effective")] * (found.effective is not None)
    headers += [] if found.value is None else [str(found.value.title), _("share")]
    yield grid((*headers, ""), rows, right=range(1, len(headers)))
    if found.now.herfindahl is not None:
        words = _("Concentration of the grades, Σ s²: {now}").format(now=f"{found.now.herfindahl:.3f}")
        yield line(words, "dim")


def plain_distribution(found: DistributionWatched) -> dict[str, Any]:
    """Return the figures as plain values."""
    effective = found.effective
    return {
        "policy": found.manifest.policy.id,
        "run": found.manifest.run_id,
        "before": None if found.before_manifest is None else found.before_manifest.run_id,
        "value": None if found.value is None else found.value.id,
        "decimals": None if found.value is None else found.value.decimals,
        "now": _plain_side(found.now),
        "earlier": None if found.before is None else _plain_side(found.before),
        "effective": None
        if effective is None
        else [{"grade": grade, "count": count} for grade, count in effective.items()],
    }


def _plain_side(found: Distribution) -> dict[str, Any]:
    plain: dict[str, Any] = to_plain(found)
    return plain


def _stand(stand: Stand, *, is_before: bool) -> str:
    if stand is Aside.ABSENT:
        return _("new") if is_before else _("lost")
    return _("not graded") if stand is Aside.NOT_GRADED else str(stand)


def render_migration(found: MigrationWatched) -> Iterator[RenderableType]:
    """Yield the parts to print."""
    migration = found.migration
    yield from _head(found.after, found.before)
    yield from heading(_("Grade before (down) and now (across)"))
    rows = [
        (
            _stand(stand, is_before=True),
            *(f"{each:,}" if each else "·" for each in row),
            f"{sum(row):,}",
        )
        for stand, row in zip(migration.before, migration.matrix(), strict=True)
    ]
    headers = ("", *(_stand(each, is_before=False) for each in migration.after), _("all"))
    yield grid(headers, rows, right=range(1, len(headers)))
    rates = [(_("stayed"), migration.stayed)]
    if migration.up is not None and migration.down is not None:
        rates += [(_("up"), migration.up), (_("down"), migration.down)]
    yield line("")
    yield set_cells(("", _("of those graded both times")), [(name, rate_cell(each)) for name, each in rates])
    if migration.stayed.is_small:
        yield line(small_words(migration.minimum), "dim")
    mobility = migration.mobility
    if mobility is None:
        yield line(_("The grades are no ranks, or not the same: no move is up or down."))
        return
    words = _(
        "Weighted bandwidth of moves down {down}, up {up} (0: none to 1: all the way); Shorrocks {index}"
    )
    told = words.format(
        down=_figure(mobility.upper), up=_figure(mobility.lower), index=_figure(mobility.shorrocks)
    )
    yield line(told, "dim")


def _figure(found: float | None) -> str:
    return "–" if found is None else f"{found:.3f}"


def plain_migration(found: MigrationWatched) -> dict[str, Any]:
    """Return the figures as plain values; a stand is a grade, ``not_graded`` or ``absent``."""
    migration = found.migration
    names = [
        [{"grade": each} if isinstance(each, str) else {"aside": each.value} for each in side]
        for side in (migration.before, migration.after)
    ]
    return {
        "policy": found.after.policy.id,
        "run": found.after.run_id,
        "before": found.before.run_id,
        "is_ordered": migration.is_ordered,
        "rows": names[0],
        "columns": names[1],
        "matrix": [list(row) for row in migration.matrix()],
        "stayed": to_plain(migration.stayed),
        "up": to_plain(migration.up),
        "down": to_plain(migration.down),
        "new": migration.new,
        "lost": migration.lost,
        "mobility": to_plain(migration.mobility),
    }


def render_concentration(found: ConcentrationWatched) -> Iterator[RenderableType]:
    """Yield the parts to print."""
    pareto = found.pareto
    yield from _head(found.manifest)
    yield from heading(_("Who holds {value}").format(value=found.value.title))
    if not pareto.curve:
        yield line(_("Nobody holds anything of it."))
    else:
        rows = [_holding(_("the first"), each) for each in pareto.tops]
        rows += [_holding(_("it takes"), each) for each in pareto.reached]
        headers = ("", _("customers"), _("of them"), _("hold"), "")
        yield grid(headers, rows, right=(1, 2, 3))
        words = _("{sum} in all, {n} customers")
        told = words.format(sum=_amount(pareto.total, found.value), n=f"{pareto.customers:,}")
        yield line(told)
        if pareto.gini is not None and pareto.equals is not None:
            words = _("Gini {gini}; as concentrated as among {n} equals (Σ s² = {index})")
            equals = f"{pareto.equals:,.0f}"
            yield line(words.format(gini=f"{pareto.gini:.3f}", n=equals, index=f"{pareto.herfindahl:.2g}"))
    if pareto.missing:
        yield line(_("Without the value, and left out: {n}.").format(n=f"{pareto.missing:,}"), "dim")
    if pareto.negative:
        words = _("Below nothing, and counted as nothing: {n}.")
        yield line(words.format(n=f"{pareto.negative:,}"), "dim")


def _holding(what: str, each: Holding) -> tuple[str, ...]:
    shares = (per_cent(each.customers_share), per_cent(each.value_share))
    return (what, f"{each.customers:,}", *shares, bar(round(each.value_share * 1000), 1000))


def plain_concentration(found: ConcentrationWatched) -> dict[str, Any]:
    """Return the figures as plain values."""
    plain: dict[str, Any] = to_plain(found.pareto)
    return {
        "policy": found.manifest.policy.id,
        "run": found.manifest.run_id,
        "value": found.value.id,
        "decimals": found.value.decimals,
        **plain,
        "equals": found.pareto.equals,
    }

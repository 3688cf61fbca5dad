"""Draws how the overruled fared beside the others, and who ranked them better: the model or people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rung.workspace.monitor_words import interval_words, left_words, per_cent, verdict_words
from rung_tui.acts import key_of
from rung_tui.charts import BarRow, bar_chart
from rung_tui.customer.layout import paragraph, title
from rung_tui.drawn import Line
from rung_tui.language import _
from rung_tui.scale import called

if TYPE_CHECKING:
    from rung.monitor import OverridesWatched, Performance, Rate
    from rung.monitor.performance import GradeOutcome

__all__ = ["turned_out"]


def turned_out(found: OverridesWatched, width: int, scale: Sequence[str] = ()) -> list[Line]:
    """Return the lines; how to get them where no outcomes were given."""
    performance = found.performance
    if performance is None:
        from rung_tui.monitor.screen import MonitorScreen

        told = _("How it turned out: {key} takes a table of what became of the customers.").format(
            key=key_of(MonitorScreen.ACTS, "outcomes")
        )
        return [(), *paragraph([(told, "muted")], width)]
    told = _("How it turned out: “{header}” in {file}").format(
        header=performance.header, file=performance.source
    )
    lines: list[Line] = [(), title(told, width)]
    rates = [(_("overruled"), performance.overruled)]
    if found.subject.is_ordered:
        rates += [(_("  upward"), performance.up), (_("  downward"), performance.down)]
    rates.append((_("not overruled"), performance.others))
    lines += bar_chart([_row(name, rate) for name, rate in rates], width, heads=_heads(), top=_top(rates))
    if performance.overruled.n or performance.others.n:
        lines += [
            (),
            title(_("By the model's grade"), width),
            *_by_grade(performance.by_model_grade, width, scale),
        ]
    lines += _ranking(found, performance, width)
    small = [rate for _name, rate in rates if rate.is_small and rate.n]
    if small:
        told = _("* fewer than {n}: shown, not judged").format(n=found.limits.minimum)
        lines += paragraph([(told, "muted")], width)
    for each in left_words(performance, with_options=False):
        lines += paragraph([(each, "muted")], width)
    return lines


def _heads() -> tuple[str, ...]:
    return "", _("outcome"), _("customers"), _("95 % interval")


def _top(rates: list[tuple[str, Rate]]) -> float:
    return max((rate.share or 0.0 for _name, rate in rates), default=0.0) or 1.0


def _row(name: str, rate: Rate) -> BarRow:
    star = "*" if rate.is_small and rate.n else ""
    numbers = (f"{per_cent(rate.share)}{star}", f"{rate.events:,}/{rate.n:,}", interval_words(rate))
    return BarRow(name, rate.share or 0.0, None, numbers, "muted" if rate.is_small else "bar")


def _by_grade(found: tuple[GradeOutcome, ...], width: int, scale: Sequence[str]) -> list[Line]:
    rates: list[tuple[str, Rate]] = []
    for each in found:
        grade = _("not graded") if each.grade is None else called(each.grade, scale)
        if each.overruled.n:
            rates.append((_("{grade} overruled").format(grade=grade), each.overruled))
        if each.others.n:
            rates.append((grade, each.others))
    return bar_chart([_row(name, rate) for name, rate in rates], width, heads=_heads(), top=_top(rates))


def _ranking(found: OverridesWatched, performance: Performance, width: int) -> list[Line]:
    lines: list[Line] = [(), title(_("Were people right, among the overruled?"), width)]
    ranking = performance.ranking
    if ranking is None:
        told = _("The policy's grades are no ranks: who ranked better has no meaning.")
        return lines + paragraph([told], width)
    lines += paragraph([(verdict_words(ranking, found.limits.minimum), "strong")], width)
    if ranking.model is not None and ranking.people is not None:
        told = _("AUC of the model's grades {model}, of the grades people gave {people}, n = {n}")
        said = told.format(model=f"{ranking.model:.3f}", people=f"{ranking.people:.3f}", n=f"{ranking.n:,}")
        lines += paragraph([(said, "muted")], width)
    return lines

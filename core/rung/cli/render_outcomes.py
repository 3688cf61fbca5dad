"""Lays out how the overruled fared against the others, and who ranked them better: the model or people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rung.cli.rate_cells import rate_cell, rate_style, set_cells, small_words
from rung.cli.render_method import heading
from rung.cli.terminal import line
from rung.text import _
from rung.workspace.monitor_words import interval_words, left_words, verdict_words

if TYPE_CHECKING:
    from rich.console import RenderableType

    from rung.monitor import OverridesWatched, Performance
    from rung.monitor.performance import GradeOutcome

__all__ = ["render_outcomes"]


def render_outcomes(found: OverridesWatched) -> Iterator[RenderableType]:
    """Yield the parts to print; nothing where no outcomes were given."""
    performance = found.performance
    if performance is None:
        return
    title = _("How it turned out: “{header}” in {file}")
    yield from heading(title.format(header=performance.header, file=performance.source))
    rates = [
        (_("overruled"), performance.overruled),
        *(
            ((_("  upward"), performance.up), (_("  downward"), performance.down))
            if found.subject.is_ordered
            else ()
        ),
        (_("not overruled"), performance.others),
    ]
    rows = ((title, rate_cell(rate), line(interval_words(rate), rate_style(rate))) for title, rate in rates)
    yield set_cells(("", _("outcome"), _("95 % interval")), rows, right=(1, 2))
    if performance.overruled.n:
        yield from _grades(_("By the model's grade"), performance.by_model_grade)
        yield from _grades(_("By the effective grade"), performance.by_effective_grade)
        yield from _ranking(found, performance)
    yield line("")
    shown = [performance.overruled, performance.others]
    shown += [rate for each in performance.by_effective_grade for rate in (each.overruled, each.others)]
    if any(rate.is_small and rate.n for rate in shown):
        yield line(small_words(found.limits.minimum), "dim")
    for words in left_words(performance):
        yield line(words, "dim")


def _grades(title: str, found: tuple[GradeOutcome, ...]) -> Iterator[RenderableType]:
    yield line("")
    rows = (
        (
            _("not graded") if each.grade is None else each.grade,
            rate_cell(each.overruled),
            line(interval_words(each.overruled), rate_style(each.overruled)),
            rate_cell(each.others),
            line(interval_words(each.others), rate_style(each.others)),
        )
        for each in found
    )
    headers = (title, _("overruled"), _("95 % interval"), _("not overruled"), _("95 % interval"))
    yield set_cells(headers, rows, right=range(1, 5))


def _ranking(found: OverridesWatched, performance: Performance) -> Iterator[RenderableType]:
    yield from heading(_("Were people right, among the overruled?"))
    ranking = performance.ranking
    if ranking is None:
        yield line(_("The policy's grades are no ranks: who ranked better has no meaning."))
        return
    rows = [
        (_("model grade"), _auc(ranking.model), _order(performance.model_is_monotone)),
        (
            _("effective grade"),
            _auc(ranking.people),
            _order(performance.effective_is_monotone),
        ),
    ]
    yield set_cells((_("ranked by"), "AUC", _("each worse grade fares")), rows, right=(1,))
    words = verdict_words(ranking, found.limits.minimum)
    if ranking.model is not None and ranking.people is not None and ranking.margin is not None:
        facts = _("difference {difference} ± {margin}").format(
            difference=f"{ranking.people - ranking.model:+.3f}", margin=f"{ranking.margin:.3f}"
        )
        words = f"{words} ({facts}, n = {ranking.n:,})"
    yield line(words, "bold")


def _auc(found: float | None) -> str:
    return "–" if found is None else f"{found:.3f}"


def _order(is_monotone: bool | None) -> str:
    if is_monotone is None:
        return "–"
    if not is_monotone:
        return _("not always worse")
    return _("worse or alike")

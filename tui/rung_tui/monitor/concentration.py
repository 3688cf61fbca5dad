"""Draws how a value is held: the Pareto curve, and what the first so many customers have of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rung.workspace.monitor_words import per_cent
from rung_tui.charts import Axis, Series, line_chart
from rung_tui.customer.layout import paragraph, title
from rung_tui.drawn import Line, Span, padded
from rung_tui.language import _, words
from rung_tui.monitor.written import amount, side_by_side

if TYPE_CHECKING:
    from rung.monitor.concentration import Holding
    from rung.workspace.grades_watched import ConcentrationWatched

__all__ = ["concentration_lines"]

_BESIDE: Final = 72
# Columns from which the figures stand beside the curve.
_FIGURES: Final = 41
_LEAST: Final = 8


def concentration_lines(found: ConcentrationWatched, width: int, height: int) -> list[Line]:
    """Return the curve and the figures."""
    head = title(_("Who holds {value}").format(value=words(found.value.title)), width)
    if not found.pareto.curve:
        told = _("Nobody holds anything of it.")
        return [head, *paragraph([told], width), *_left_out(found, width)]
    if width >= _BESIDE:
        room = max(_LEAST, min(height - 2, 30))
        chart = _curve(found, width - _FIGURES - 3, room)
        return [head, *side_by_side(chart, _figures(found, _FIGURES), width, _FIGURES)]
    figures = _figures(found, width)
    return [head, *_curve(found, width, max(_LEAST, min(height - len(figures) - 2, 20))), (), *figures]


def _curve(found: ConcentrationWatched, width: int, height: int) -> list[Line]:
    return line_chart(
        [
            Series(_("held"), found.pareto.curve, "bar"),
            Series(_("even split"), ((0, 0), (1, 1)), "muted"),
        ],
        width,
        height,
        across=Axis(_("customers, the largest first"), 0, 1, _whole),
        up=Axis(_("share"), 0, 1, _whole),
    )


def _whole(share: float) -> str:
    return f"{100 * share:.0f}%"


def _figures(found: ConcentrationWatched, width: int) -> list[Line]:
    pareto = found.pareto
    lines: list[Line] = [_cells("", _("customers"), _("of them"), _("hold"), "muted")]
    lines += [_holding(_("the first"), each) for each in pareto.tops]
    lines += [_holding(_("it takes"), each) for each in pareto.reached]
    lines.append(())
    whole = _("{sum} in all, {n} customers").format(
        sum=amount(pareto.total, found.value), n=f"{pareto.customers:,}"
    )
    lines += paragraph([(whole, "strong")], width)
    if pareto.gini is not None and pareto.equals is not None:
        told = _("Gini {gini}; as concentrated as among {n} equals (Σ s² = {index})")
        lines += paragraph(
            [
                told.format(
                    gini=f"{pareto.gini:.3f}", n=f"{pareto.equals:,.0f}", index=f"{pareto.herfindahl:.2g}"
                )
            ],
            width,
        )
    return lines + _left_out(found, width)


def _holding(what: str, each: Holding) -> Line:
    return _cells(what, f"{each.customers:,}", per_cent(each.customers_share), per_cent(each.value_share), "")


def _cells(what: str, customers: str, of_them: str, hold: str, role: str) -> Line:
    return (
        padded(what, 10, "muted"),
        padded(customers, 11, role, right=True),
        padded(of_them, 9, role, right=True),
        Span(" "),
        padded(hold, 9, role or "strong", right=True),
    )


def _left_out(found: ConcentrationWatched, width: int) -> list[Line]:
    lines: list[Line] = []
    if found.pareto.missing:
        told = _("Without the value, and left out: {n}.").format(n=f"{found.pareto.missing:,}")
        lines += paragraph([(told, "muted")], width)
    if found.pareto.negative:
        told = _("Below nothing, and counted as nothing: {n}.").format(n=f"{found.pareto.negative:,}")
        lines += paragraph([(told, "muted")], width)
    return lines

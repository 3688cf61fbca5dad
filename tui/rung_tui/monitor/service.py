"""Draws what was kept of what was promised, and what falls due in the weeks to come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rung_tui.charts import BarRow, bar_chart
from rung_tui.customer.layout import paragraph, title
from rung_tui.drawn import Line
from rung_tui.language import _, words
from rung_tui.monitor.desk import ServiceWatched
from rung_tui.monitor.written import two_columns

if TYPE_CHECKING:
    from rung.service.kept.forecasting import LoadLine
    from rung.service.kept.report import KeptLine

__all__ = ["service_lines"]


def service_lines(found: ServiceWatched, width: int) -> list[Line]:
    """Return what was kept by kind and by grade, and the load week by week."""
    return two_columns(lambda room: _past(found, room), lambda room: _load(found, room), width)


def _past(found: ServiceWatched, width: int) -> list[Line]:
    report = found.kept
    told = _("Kept in time, due from {first} to {until}").format(first=report.first, until=report.until)
    lines = [title(told, width)]
    if found.by_kind:
        lines += _kept(_("what"), found.by_kind, lambda name: words(found.kinds.get(name)) or name, width)
        lines += [(), *_kept(_("grade"), found.by_grade, found.scale.called, width)]
    else:
        lines += paragraph([_("Nothing that was promised fell due.")], width)
    if any(each.is_few for each in (*found.by_kind, *found.by_grade)):
        lines += paragraph([(_("* fewer than ten are judged: that says little."), "muted")], width)
    runs = _(", ").join(f"{run} ({day})" for run, day in report.runs)
    told = _("Judged by the grades of {runs}, with human input as of now.").format(runs=runs)
    lines += paragraph([(told, "muted")], width)
    for each in (*report.notices, *found.forecast.notices):
        lines += paragraph([("! ", "warning"), (each, "muted")], width)
    return lines


def _kept(head: str, found: Sequence[KeptLine], named: Callable[[str], str], width: int) -> list[Line]:
    heads = (head, _("in time"), _("due"), _("late"), _("missed"), _("open"))
    rows = []
    for each in found:
        name = each.names[0]
        rate = "–" if each.rate is None else f"{float(each.rate):.0%}{'*' if each.is_few else ''}"
        numbers = (rate, *(f"{n:,}" for n in (each.due, each.late, each.missed, each.open)))
        share = 0.0 if each.rate is None else float(each.rate)
        rows.append(
            BarRow(
                "–" if name is None else named(name), share, None, numbers, "muted" if each.is_few else "bar"
            )
        )
    return bar_chart(rows, width, heads=heads, top=1)


def _load(found: ServiceWatched, width: int) -> list[Line]:
    lines = [title(_("What falls due, week by week"), width)]
    if not found.weeks:
        return [*lines, *paragraph([_("Nothing comes due until then.")], width)]
    heads = (_("week from"), _("all"), _("hours"), _("contacts"), _("reviews"), _("answers"), _("overdue"))
    rows = [
        BarRow(
            each.names[0] or "–",
            _whole(each),
            None,
            (f"{_whole(each):,}", f"{each.hours:,.0f}", *_parts(each)),
        )
        for each in found.weeks
    ]
    lines += bar_chart(rows, width, heads=heads)
    untimed = sum(each.untimed for each in found.weeks)
    if untimed:
        told = _("Contacts without a duration in the policy, not in the hours: {n}.").format(n=f"{untimed:,}")
        lines += paragraph([(told, "muted")], width)
    told = _("As if each were done on the day it is due; what is overdue stands in the first week.")
    return lines + paragraph([(told, "muted")], width)


def _whole(each: LoadLine) -> int:
    return each.contacts + each.reviews + each.answers


def _parts(each: LoadLine) -> tuple[str, ...]:
    return tuple(f"{n:,}" for n in (each.contacts, each.reviews, each.answers, each.overdue))

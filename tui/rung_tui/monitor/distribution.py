"""Draws how customers, and a value of theirs, are spread over the grades, beside the run before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.workspace.monitor_words import per_cent, points_words
from rung_tui.charts import BarRow, bar_chart, signs_of_now
from rung_tui.customer.layout import paragraph, title
from rung_tui.drawn import Line
from rung_tui.language import _, words
from rung_tui.monitor.written import amount, grade_label, two_columns
from rung_tui.roles import grade_role

if TYPE_CHECKING:
    from rung.monitor.distribution import Distribution, GradeCount
    from rung.workspace.grades_watched import DistributionWatched

__all__ = ["distribution_lines"]


def distribution_lines(found: DistributionWatched, width: int) -> list[Line]:
    """Return the grades as bars, and under them the value they hold where one is followed."""
    if found.value is None:
        return [*_by_customers(found, width), (), *_notes(found, width)]
    both = two_columns(lambda room: _by_customers(found, room), lambda room: _by_value(found, room), width)
    return [*both, (), *_notes(found, width)]


def _by_customers(found: DistributionWatched, width: int) -> list[Line]:
    return [title(_("Customers by grade"), width), *_customers(found, width)]


def _by_value(found: DistributionWatched, width: int) -> list[Line]:
    assert found.value is not None
    lines = [
        title(_("{value} by grade").format(value=words(found.value.title)), width),
        *_values(found, width),
    ]
    if found.now.missing:
        told = _("Without that value: {n} customers.").format(n=f"{found.now.missing:,}")
        lines += paragraph([(told, "muted")], width)
    return lines


def _customers(found: DistributionWatched, width: int) -> list[Line]:
    before = _by_grade(found.before)
    heads = [_("grade"), _("customers"), _("share")]
    heads += [_("change")] * (found.before is not None) + [_("effective")] * (found.effective is not None)
    rows = []
    for each in found.now.grades:
        old = before.get(each.grade)
        numbers = [f"{each.count:,}", per_cent(each.share)]
        if found.before is not None:
            numbers.append(points_words(each.share - (0 if old is None else old.share)))
        if found.effective is not None:
            numbers.append(f"{found.effective.get(each.grade, 0):,}")
        was = None if found.before is None else 0.0 if old is None else old.share
        rows.append(_row(found, each, each.share, was, numbers))
    return bar_chart(rows, width, heads=tuple(heads))


def _values(found: DistributionWatched, width: int) -> list[Line]:
    column = found.value
    assert column is not None
    before = _by_grade(found.before)
    can_compare = found.before is not None and found.before.value > 0
    heads = [_("grade"), _("sum"), _("share"), *([_("change")] if can_compare else [])]
    rows = []
    for each in found.now.grades:
        old = before.get(each.grade)
        was = None if not can_compare else 0.0 if old is None else old.value_share or 0.0
        numbers = [amount(each.value, column), per_cent(each.value_share)]
        if was is not None:
            numbers.append(points_words((each.value_share or 0.0) - was))
        rows.append(_row(found, each, each.value_share or 0.0, was, numbers))
    return bar_chart(rows, width, heads=tuple(heads))


def _by_grade(found: Distribution | None) -> dict[str | None, GradeCount]:
    return {} if found is None else {each.grade: each for each in found.grades}


def _row(
    found: DistributionWatched, each: GradeCount, share: float, was: float | None, numbers: list[str]
) -> BarRow:
    grades = [named.id for named in found.manifest.grades]
    role = "muted" if each.grade is None else grade_role(grades.index(each.grade), len(grades))
    return BarRow(grade_label(each.grade, found.manifest), share, was, tuple(numbers), role)


def _notes(found: DistributionWatched, width: int) -> list[Line]:
    lines: list[Line] = []
    signs = signs_of_now()
    if found.before is None:
        told = _("There is no run before this one to compare with.")
        if found.before_manifest is None:
            lines += paragraph([(told, "muted")], width)
    else:
        told = _("{more} more than before, {less} less; change in percentage points")
        lines += paragraph([(told.format(more=signs.gained, less=signs.lost), "muted")], width)
    if found.effective is not None:
        told = _("Effective: the grades that count, with what people corrected and overruled as of now.")
        lines += paragraph([(told, "muted")], width)
    if found.now.herfindahl is not None:
        now = f"{found.now.herfindahl:.3f}"
        told = _("Concentration of the grades, Σ s²: {now}").format(now=now)
        if found.before is not None and found.before.herfindahl is not None:
            then = f"{found.before.herfindahl:.3f}"
            told = _("Concentration of the grades, Σ s²: {now} (before {then})").format(now=now, then=then)
        lines += paragraph([(told, "muted")], width)
    return lines

"""The rules that hold and what they give or add up to, and the gates and flags beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from rung.grading.condition_words import effect_words, found_words
from rung.grading.explanation import RuleLine
from rung.html import Markup, element, text
from rung.policy.model import RulesGrading
from rung.sheet.parts import Column, plain, remark, section, small, starred, table
from rung.sheet.sheet import Sheet
from rung.sheet.waterfall import Scale, axis, bars, cut_lines, drawn, total_bar
from rung.text import _

__all__ = ["conditions", "rules"]


def rules(sheet: Sheet) -> Iterator[Markup]:
    """Yield the rules that hold, what they add up to, and those that missing data leave open."""
    told = sheet.explanation.rules
    standing = [(number, each) for number, each in enumerate(told) if each.held]
    if standing:
        yield _standing(sheet, standing)
    open_ones = [str(each.reason) for each in told if each.held is None]
    if open_ones:
        words = _("Left open by missing data: {rules}.")
        yield small(words.format(rules=_("; ").join(dict.fromkeys(open_ones))))
    others = len(told) - len(standing) - len(open_ones)
    words = _("Rules: {n}; not holding: {others}; → decided.")
    yield small(words.format(n=len(told), others=others))


def _standing(sheet: Sheet, standing: Sequence[tuple[int, RuleLine]]) -> Markup:
    grading = sheet.policy.grading
    rows = list(_told(sheet, standing))
    if not isinstance(grading, RulesGrading) or grading.hit != "collect":
        columns = (
            Column("", 4),
            Column(_("reason"), 32),
            Column(_("conditions"), 48),
            Column(_("grade"), 16),
        )
        grades = (each.grade for _number, each in standing)
        titles = [text("" if each is None else sheet.policy.grade_title(each)) for each in grades]
        return table(columns, [(*row, title) for row, title in zip(rows, titles, strict=True)])
    points = [each.points or Decimal(0) for _number, each in standing]
    if grading.collect == "sum":
        return _summed(sheet, rows, points)
    columns = (Column("", 4), Column(_("reason"), 35), Column(_("conditions"), 53), _points())
    return table(columns, [(*row, plain(each)) for row, each in zip(rows, points, strict=True)])


def _told(sheet: Sheet, standing: Sequence[tuple[int, RuleLine]]) -> Iterator[tuple[Markup, Markup, Markup]]:
    asked = {each.id: each.when for each in sheet.policy.rules}
    for number, each in standing:
        yield (
            text("→" if each.decided else ""),
            starred(each.reason, sheet.is_assumed("rules", number)),
            text(found_words(asked[each.id], each.conditions)),
        )


def _summed(sheet: Sheet, rows: Sequence[tuple[Markup, Markup, Markup]], points: Sequence[Decimal]) -> Markup:
    """Return the rules with the way from 0 to the points together."""
    cuts, steps = cut_lines(sheet.explanation), bars((each, Decimal(0)) for each in points)
    total = sum(points, Decimal(0))
    scale = Scale.over(steps, cuts, total)
    columns = (
        Column("", 4),
        Column(_("reason"), 28),
        Column(_("conditions"), 32),
        Column("", 28, drawing=axis(scale, cuts)),
        _points(),
    )
    told = [
        (*row, drawn(step, scale, cuts), plain(each))
        for row, step, each in zip(rows, steps, points, strict=True)
    ]
    name = element("b", text(_("Points together")))
    told.append((text(""), name, text(""), total_bar(total, scale, cuts), element("b", plain(total))))
    return table(columns, told, "fall")


def _grade() -> Column:
    return Column(_("grade"), 16)


def _points() -> Column:
    return Column(_("points"), 8, is_number=True)


def conditions(sheet: Sheet) -> Markup:
    """Return the gates that fired or are open, and the flags that stand or are open."""
    told, policy = sheet.explanation, sheet.policy
    gated = {each.id: each.when for each in policy.gates}
    flagged = {each.id: each.when for each in policy.flags}
    rows = [
        (
            text(_("Gate")),
            starred(gate.reason, sheet.is_assumed("gates", number)),
            text(found_words(gated[gate.id], gate.conditions)),
            text(effect_words(gate) if gate.fired else _("open: data missing")),
        )
        for number, gate in enumerate(told.gates)
        if gate.fired is not False
    ]
    rows += [
        (
            text(_("Flag")),
            starred(flag.title, sheet.is_assumed("flags", number)),
            text(found_words(flagged[flag.id], flag.conditions)),
            text(_("stands") if flag.held else _("open: data missing")),
        )
        for number, flag in enumerate(told.flags)
        if flag.held is not False
    ]
    words = _("gates: {gates}, flags: {flags}; none holds.")
    if not rows:
        return remark(_("Gates and flags"), words.format(gates=len(told.gates), flags=len(told.flags)))
    columns = (Column("", 9), Column(_("reason"), 31), Column(_("conditions"), 40), Column(_("effect"), 20))
    return section(_("Gates and flags"), table(columns, rows))

"""Decision tables: rules that never decide, that conflict, that repeat one another, under each hit policy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Final

from rung.errors import Severity
from rung.grading.analysis.axis import pieces_in
from rung.grading.analysis.finding import Finding, FindingKind
from rung.grading.analysis.precedence import Precedence
from rung.grading.analysis.regions import Regions
from rung.grading.analysis.search import OutOfBudgetError
from rung.grading.analysis.space import Box
from rung.grading.analysis.study import Study
from rung.grading.compiled import CompiledRule, Table
from rung.grading.row import Assessment
from rung.policy.binding import All
from rung.text import _

__all__ = ["table_findings"]

_TOLD_APART: Final = 5
# Partners of one rule told in a finding each; more are told in one.


def table_findings(study: Study, table: Table, regions: Regions) -> Iterator[Finding]:
    """Yield what is to be said of the rules of a table, one by one and pair by pair; gaps come apart."""
    yield from _Rules(study, table, regions).findings()


class _Rules:
    def __init__(self, study: Study, table: Table, regions: Regions) -> None:
        self._study: Final = study
        self._table: Final = table
        self._regions: Final = regions
        self._precedence: Final = Precedence.of(table)
        self._unsearched: list[int] = []

    def findings(self) -> Iterator[Finding]:
        for place in range(len(self._table.rules)):
            if not self._regions.boxes(place):
                continue  # told of, or found impossible, with all other conditions
            if self._table.hit in {"unique", "any"}:
                yield from self._rivals(place)
            else:
                yield from self._decides(place)
        if self._unsearched:
            yield self._not_searched()

    def _decides(self, place: int) -> Iterator[Finding]:
        """Yield that a rule never decides, or what its overlaps come to where it does."""
        before = self._precedence.before(place)
        try:
            if self._regions.left(place, before, self._precedence.refusing(place)) is None:
                yield self._never(place, before)
                return
        except OutOfBudgetError:
            self._unsearched.append(place)
        if self._table.collecting is not None:
            yield from self._twice(place)
            return
        yield from self._needless(place)
        yield from self._overlaps(place, before)

    def _never(self, place: int, before: int) -> Finding:
        rule = self._rule(place)
        regions, table = self._regions, self._table
        holding = list(pieces_in(regions.holding(place, before)))
        same = next((other for other in holding if regions.are_equal(place, other)), None)
        if same is not None:
            return self._same(place, same)
        example = self._study.example(regions.boxes(place), lambda told: rule.id not in told.decided)
        if holding:
            other = holding[0]
            agrees = table.rules[other].grade == rule.grade
            message = _("Rule “{name}” never decides: “{other}” holds wherever it does, and goes before it.")
            return Finding.at(
                FindingKind.SHADOWED,
                self._gravity(agrees=agrees),
                ("rules", place),
                message.format(name=rule.id, other=table.rules[other].id),
                _("Take it out.") if agrees else _("Put it before the other, or narrow the other."),
                others=(("rules", other),),
                example=example,
                inside=rule.condition,
            )
        involved = list(pieces_in(regions.overlapping(place) & before))
        agrees = all(table.rules[other].grade == rule.grade for other in involved)
        others = _names([table.rules[other] for other in involved])
        message = _(
            "Rule “{name}” never decides: for every customer it holds for, another goes before it: {others}."
        )
        if not involved:
            message = _(
                "Rule “{name}” never decides: where it holds, missing values leave another rule open."
            )
        return Finding.at(
            FindingKind.SHADOWED,
            self._gravity(agrees=agrees and bool(involved)),
            ("rules", place),
            message.format(name=rule.id, others=others),
            _("Put it before them, or take it out.")
            if involved
            else _('Say missing = "no_match" in [grading].'),
            others=tuple(("rules", other) for other in involved),
            example=example,
            inside=rule.condition,
        )

    def _gravity(self, *, agrees: bool) -> Severity:
        if self._table.hit == "rule_order":
            return Severity.NOTE  # it still names a reason
        return Severity.WARNING if agrees else Severity.ERROR

    def _same(self, place: int, other: int) -> Finding:
        """Return that two rules ask the same, and whether they agree."""
        rule, first = self._rule(place), self._rule(other)
        agrees = rule.grade == first.grade
        words = {"name": rule.id, "other": first.id, "grade": self._grade(rule), "first": self._grade(first)}
        if agrees:
            message = _("Rule “{name}” asks the same as “{other}” and gives the same grade.")
            hint = _("Take one of them out.")
        else:
            message = _(
                "Rule “{name}” asks the same as “{other}”, yet gives {grade} where that gives {first}."
            )
            hint = _("Only one of them can be meant.")
        is_conflict = self._table.hit in {"unique", "any"}
        return Finding.at(
            FindingKind.DUPLICATE if agrees else FindingKind.CONTRADICTION,
            Severity.WARNING if agrees and self._table.hit != "unique" else Severity.ERROR,
            ("rules", place),
            message.format(**words),
            hint,
            others=(("rules", other),),
            example=self._study.example(
                self._regions.both(place, other),
                lambda told: told.not_graded == "conflict" if is_conflict and not agrees else True,
            ),
            inside=rule.condition,
        )

    def _needless(self, place: int) -> Iterator[Finding]:
        """Yield a later rule that holds wherever this one does and gives the same grade."""
        rule = self._rule(place)
        after = self._precedence.after(place) & self._precedence.alike(place)
        for other in pieces_in(self._regions.holding(place, after)):
            message = _("Rule “{other}” holds wherever “{name}” does, and gives the same grade.")
            yield Finding.at(
                FindingKind.SUBSUMED,
                Severity.NOTE,
                ("rules", place),
                message.format(name=rule.id, other=self._rule(other).id),
                _("It is only needed for its own reason."),
                others=(("rules", other),),
                example=self._study.example([*self._deciding(place)], _decided_by(rule)),
                inside=rule.condition,
            )
            return

    def _deciding(self, place: int) -> Iterator[Box]:
        """Yield customers of whom a rule decides."""
        before, refusing = self._precedence.before(place), self._precedence.refusing(place)
        with suppress(OutOfBudgetError):
            found = self._regions.left(place, before, refusing)
            yield from [found] if found is not None else []

    def _overlaps(self, place: int, before: int) -> Iterator[Finding]:
        """Yield the rules of other grades that come first for some of the customers a rule holds for."""
        rule = self._rule(place)
        others = list(pieces_in(self._regions.overlapping(place) & before & ~self._precedence.alike(place)))
        if not others:
            return
        first = self._rule(others[0])
        message = _("Rule “{name}” ({grade}) also holds for customers of {others}, which go before it.")
        yield Finding.at(
            FindingKind.OVERLAP,
            Severity.NOTE,
            ("rules", place),
            message.format(
                name=rule.id, grade=self._grade(rule), others=_names([self._rule(other) for other in others])
            ),
            others=tuple(("rules", other) for other in others),
            example=self._study.example(
                self._regions.both(place, others[0]), lambda told: rule.id not in told.decided
            ),
            inside=All((rule.condition, first.condition)),
        )

    def _rivals(self, place: int) -> Iterator[Finding]:
        """Yield the later rules that hold together with one, where none may or they must agree."""
        regions, table = self._regions, self._table
        met = regions.overlapping(place)
        if table.hit == "any":
            yield from self._needless(place)
            met &= ~self._precedence.alike(place)
        later = [other for other in pieces_in(met) if other > place]
        same = [other for other in later if regions.are_equal(place, other)]
        for other in same:
            yield self._same(other, place)
        partners = [other for other in later if other not in same]
        if len(partners) <= _TOLD_APART:
            for other in partners:
                yield self._conflict(place, [other])
        else:
            yield self._conflict(place, partners)

    def _conflict(self, place: int, partners: list[int]) -> Finding:
        rule, others = self._rule(place), [self._rule(other) for other in partners]
        message = _("Rules “{name}” and {others} hold for the same customers, who are not graded then.")
        ids = {rule.id, others[0].id}

        def names_both(told: Assessment) -> bool:
            return told.not_graded == "conflict" and {f"rule:{name}" for name in ids} <= set(told.reasons)

        return Finding.at(
            FindingKind.CONFLICT,
            Severity.ERROR,
            ("rules", place),
            message.format(name=rule.id, others=_names(others)),
            _("Narrow one of them, or choose another hit policy."),
            others=tuple(("rules", other) for other in partners),
            example=self._study.example(self._regions.both(place, partners[0]), names_both),
            inside=All((rule.condition, others[0].condition)),
        )

    def _twice(self, place: int) -> Iterator[Finding]:
        """Yield an earlier rule that asks the same, where the points of both are collected."""
        rule, regions = self._rule(place), self._regions
        for other in pieces_in(regions.holding(place, (1 << place) - 1)):
            if regions.are_equal(place, other):
                message = _("Rule “{name}” asks the same as “{other}”: who meets one collects from both.")
                yield Finding.at(
                    FindingKind.DUPLICATE,
                    Severity.WARNING,
                    ("rules", place),
                    message.format(name=rule.id, other=self._rule(other).id),
                    _("Write one rule with the points meant."),
                    others=(("rules", other),),
                    example=self._study.example(
                        regions.both(place, other), lambda told: rule.id in told.decided
                    ),
                    inside=rule.condition,
                )
                return

    def _not_searched(self) -> Finding:
        message = _("Whether these rules ever decide was not found out, there are too many cases: {names}.")
        return Finding.at(
            FindingKind.NOT_SEARCHED,
            Severity.NOTE,
            ("rules",),
            message.format(names=_names([self._rule(place) for place in self._unsearched])),
            _("Each was compared with every other by itself, only not with several together."),
            others=tuple(("rules", place) for place in self._unsearched),
        )

    def _rule(self, place: int) -> CompiledRule:
        return self._table.rules[place]

    def _grade(self, rule: CompiledRule) -> str:
        return "" if rule.grade is None else self._study.compiled.grades[rule.grade]


def _decided_by(rule: CompiledRule) -> Callable[[Assessment], bool]:
    return lambda told: rule.id in told.decided


def _names(rules: list[CompiledRule]) -> str:
    shown = [f"“{rule.id}”" for rule in rules[:_TOLD_APART]]
    if len(rules) > _TOLD_APART:
        return _("{names} and {n} more").format(names=_(", ").join(shown), n=len(rules) - _TOLD_APART)
    return _(", ").join(shown)

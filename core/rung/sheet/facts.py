"""What stands around the decision: reasons, evidence, earlier grades, service, assumed values, signatures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rung.grading.explained_values import MISSING
from rung.grading.explanation import ConditionLine, Explanation
from rung.grading.waiting_words import waiting_words
from rung.html import Markup, element, joined, text
from rung.ledger.kinds import InputKind
from rung.moments import day_of
from rung.policy.place_words import place_words
from rung.policy.service_words import terms_words
from rung.sheet.given import person
from rung.sheet.parts import Column, age_words, listed, plain, remark, section, small, starred, table
from rung.sheet.sheet import Sheet, bears_on
from rung.text import _

__all__ = ["assumed", "evidence", "history", "reasons", "service", "signatures"]

_REASONS: Final = 8
"""Reasons told in words; the losses of all stand in the table of criteria."""


def reasons(sheet: Sheet) -> Markup:
    """Return every reason, the most important first."""
    told = sheet.explanation
    found = [text(each.text) for each in told.reasons[:_REASONS]]
    if told.not_graded is not None:
        found.insert(0, text(_("Not graded: {cause}").format(cause=told.not_graded.text)))
    parts = [listed(found, is_numbered=True) if found else small(_("Nothing speaks against the best grade."))]
    if len(told.reasons) > _REASONS:
        parts.append(small(_("And {n} of less weight.").format(n=len(told.reasons) - _REASONS)))
    return section(_("Reasons, the weightiest first"), *parts)


def evidence(sheet: Sheet) -> Markup:
    """Return what the grade rests on: how much is known, what is missing, judged or corrected, how old."""
    words = _("{share} % of the weight rests on real values.")
    told = [text(words.format(share=sheet.explanation.evidence))]
    day = age_words(sheet.manifest.as_of, day_of(sheet.drawn_at))
    told.append(text(_("Values of the source: {age}.").format(age=day)))
    missing = list(_missing(sheet.explanation))
    if missing:
        told.append(_named(_("Missing:"), _("; ").join(missing)))
    told += (_named(_("Judged:"), words) for words in _judged(sheet))
    told += (_named(_("Corrected:"), words) for words in _supplied(sheet, InputKind.CORRECTION))
    return section(_("Evidence"), listed(told))


def _named(name: str, words: str) -> Markup:
    return joined((element("b", text(name)), text(words)), " ")


def _missing(told: Explanation) -> Iterator[str]:
    """Yield the titles of what is missing, each once."""
    found = [each.title for each in told.criteria if each.value == MISSING]
    found += [each.title for each in _conditions(told) if each.found == MISSING]
    yield from dict.fromkeys(map(str, found))


def _conditions(told: Explanation) -> Iterator[ConditionLine]:
    for rule in told.rules:
        yield from rule.conditions
    for gate in told.gates:
        yield from gate.conditions
    for flag in told.flags:
        yield from flag.conditions


def _judged(sheet: Sheet) -> Iterator[str]:
    for line in sheet.explanation.criteria:
        day = sheet.answered.get(line.id)
        if day is not None and line.value != MISSING and sheet.given_for(line) is None:
            words = _("{title}: {value} (answered {age})")
            yield words.format(title=line.title, value=line.value, age=age_words(day, day_of(sheet.drawn_at)))
    yield from _supplied(sheet, InputKind.JUDGEMENT)


def _supplied(sheet: Sheet, kind: InputKind) -> Iterator[str]:
    for each in sheet.inputs:
        if each.record.kind is kind and each.is_in_effect:
            made = day_of(each.record.made_at)
            words = _("{title}: {value} ({id}, {maker}, {age})")
            yield words.format(
                title=each.title,
                value=each.given,
                id=each.record.id,
                maker=person(sheet, each.record.maker),
                age=age_words(made, day_of(sheet.drawn_at)),
            )


def history(sheet: Sheet) -> Markup:
    """Return the model's grade in this and earlier runs by the policy."""
    if not sheet.history:
        return section(_("Grades over time"), small(_("No run is kept.")))
    has_scores = any(each.score is not None for each in sheet.history)
    columns = [Column(_("as of"), 28), Column(_("version"), 30), Column(_("model grade"), 28)]
    if has_scores:
        columns.append(Column(_("score"), 14, is_number=True))
    rows = [
        (
            text(each.as_of.isoformat()),
            text(each.policy_version),
            _emphasised(
                _("not graded") if each.grade is None else str(sheet.policy.grade_title(each.grade)),
                each.is_this_run,
            ),
            *((plain(each.score),) if has_scores else ()),
        )
        for each in sheet.history
    ]
    return section(_("Grades over time"), table(columns, rows))


def _emphasised(words: str, is_this: bool) -> Markup:
    if not is_this:
        return text(words)
    return joined((element("b", text(words)), text(_("this run"))), " · ")


def service(sheet: Sheet) -> Markup:
    """Return what is promised with the effective grade, and with flags that stand."""
    grade = sheet.grades.effective
    is_assumed = grade is not None and sheet.is_assumed("service", grade)
    found = [
        joined((starred(each.source, is_assumed), text(words)), _(": "))
        for each in sheet.explanation.service
        for words in (*waiting_words(each), *terms_words(each.terms, sheet.policy.roles))
    ]
    inside = listed(found) if found else small(_("Nothing is promised."))
    return section(_("Service promised with the grade"), inside)


def assumed(sheet: Sheet) -> Markup:
    """Return the assumed parts that had a say, those chosen for the same cause together."""
    places: dict[str, list[str]] = {}
    for each in sheet.assumed:
        if bears_on(sheet, each.path):
            places.setdefault(str(each.because), []).append(place_words(sheet.policy, each.path))
    if not places:
        return remark(_("Assumed by us"), _("nothing: the practice states every number used here."))
    told = (
        joined((element("b", text(_("; ").join(where))), text(because)), _(": "))
        for because, where in places.items()
    )
    return section(_("* Assumed by us, because …"), listed(told), kind="part fine")


def signatures() -> Markup:
    """Return room for three signatures."""
    boxes = (
        element(
            "div",
            element("b", text(title)),
            element("span", text(_("Name, signature"))),
            element("i", text(_("Date"))),
        )
        for title in (_("Prepared by"), _("Reviewed by"), _("Approved by"))
    )
    return element("section", *boxes, class_="signatures")

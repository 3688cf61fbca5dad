"""The human inputs of a customer: what was given in place of what, why, by whom, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from rung.html import Markup, element, joined, text
from rung.ledger.contact_reasons import REASON_TITLES
from rung.ledger.kinds import Act, InputKind
from rung.ledger.records import Decision, InputRecord
from rung.moments import day_of
from rung.sheet.parts import Column, minute, remark, section, small, table
from rung.sheet.sheet import GivenInput, Sheet
from rung.text import _

__all__ = ["human_inputs", "person"]

_CLOSED_SHOWN: Final = 3
"""Closed inputs told in full; the ledger has them all."""


def human_inputs(sheet: Sheet) -> Markup:
    """Return the judgements, corrections and overrides on record, open ones first."""
    open_ones = [each for each in sheet.inputs if each.status.is_open]
    closed = [each for each in sheet.inputs if not each.status.is_open]
    shown = [*open_ones, *closed[:_CLOSED_SHOWN]]
    if not shown:
        return remark(_("Human input"), _("none on record; nobody judged, corrected or overruled."))
    columns = (
        Column(_("id"), 13),
        Column(_("from → to"), 22),
        Column(_("why"), 33),
        Column(_("who and when"), 32),
    )
    parts = [table(columns, (_row(sheet, each) for each in shown), "given")]
    if len(closed) > _CLOSED_SHOWN:
        words = _("{n} closed ones before these are in the ledger.")
        parts.append(small(words.format(n=len(closed) - _CLOSED_SHOWN)))
    return section(_("Human input"), *parts)


def person(sheet: Sheet, account: str) -> str:
    """Return somebody's name and role, as the workspace lists them; the account where it does not."""
    found = sheet.people.get(account)
    if found is None:
        return account
    return _("{name} ({role})").format(name=found.name, role=found.role.words)


def _row(sheet: Sheet, given: GivenInput) -> tuple[Markup, ...]:
    record = given.record
    name = joined((element("b", text(record.id)), text(record.kind.words)), " ")
    return (
        _lines([name, *map(text, (given.status.words, *given.marks))]),
        _lines(_change(sheet, given)),
        _lines(map(text, _why(sheet, record))),
        _lines(map(text, _who(sheet, record))),
    )


def _lines(parts: Iterable[Markup]) -> Markup:
    return joined(element("div", each) for each in parts)


def _change(sheet: Sheet, given: GivenInput) -> Iterator[Markup]:
    record = given.record
    if given.title is not None:
        yield text(given.title)
        yield element("b", text(f"{given.was} → {given.given}"))
    grades = f"{_grade(sheet, record.model_grade)} → {_grade(sheet, record.proposed_grade)}"
    notches = f" ({record.notches:+d})" if record.notches else ""
    words = text(f"{grades}{notches}")
    if record.kind is InputKind.OVERRIDE:
        yield element("b", words)
    else:
        yield joined((text(_("Grade:")), words), " ")


def _grade(sheet: Sheet, grade: str | None) -> str:
    return _("not graded") if grade is None else str(sheet.policy.grade_title(grade))


def _why(sheet: Sheet, record: InputRecord) -> Iterator[str]:
    rules = {
        InputKind.OVERRIDE: sheet.policy.override,
        InputKind.CORRECTION: sheet.policy.correction,
        InputKind.JUDGEMENT: sheet.policy.judgement,
    }[record.kind]
    if record.reason:
        usual = {reason: str(title) for reason, title in REASON_TITLES.items()}
        titles = {**usual, **{each.id: str(each.title) for each in rules.reasons}}
        yield titles.get(record.reason, record.reason)
    if record.narrative:
        yield record.narrative
    if record.evidence:
        yield _("Evidence: {where}").format(where=record.evidence)


def _who(sheet: Sheet, record: InputRecord) -> Iterator[str]:
    made = {"by": record.maker, "on_behalf_of": record.on_behalf_of}
    yield _act(sheet, Decision(act=Act.PROPOSED, at=record.made_at, **made))
    for decision in record.decisions:
        yield _act(sheet, decision)
    if record.superseded_by is not None and record.superseded_at is not None:
        words = _("superseded by {id}, {moment}")
        yield words.format(id=record.superseded_by, moment=minute(record.superseded_at))
    if record.effective_from is None:
        yield _("approvals: {found} of {needed}").format(
            found=len(record.approvals), needed=record.approvals_needed
        )
    else:
        yield _("in force {start} to {end}").format(
            start=day_of(record.effective_from).isoformat(), end=_end(record).isoformat()
        )


def _end(record: InputRecord) -> date:
    """Return the last day in force: that of its end where it was withdrawn or superseded before."""
    ended = record.withdrawn_at or record.superseded_at
    return record.expires_at if ended is None else min(record.expires_at, day_of(ended))


def _act(sheet: Sheet, decision: Decision) -> str:
    who = person(sheet, decision.by)
    if decision.on_behalf_of:
        who = _("{name} for {other}").format(name=who, other=person(sheet, decision.on_behalf_of))
    words = _("{act}: {name}, {moment}")
    told = words.format(act=decision.act.words, name=who, moment=minute(decision.at))
    return f"{told} – {decision.note}" if decision.note else told

"""May this judgement be given, this datum corrected? Every refusal is explained; without clock or disk."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from rung.errors import Problem, did_you_mean
from rung.ledger.actor import Actor, People
from rung.ledger.canonical import is_writable
from rung.ledger.grades.value_texts import NOT_KNOWN, read_value, written_value
from rung.ledger.kinds import InputKind
from rung.ledger.records import DataInput
from rung.ledger.rules.approvals import Asked, Move, approvals_asked
from rung.ledger.rules.asked import beside, policy_holds, until, who, why
from rung.ledger.rules.customer_ground import Ground, Regraded, Subject, rules_of
from rung.ledger.rules.wanted import Supply
from rung.text import _
from rung.words import fold

if TYPE_CHECKING:
    from rung.values import Value

__all__ = ["drawn_up_value", "latest_day", "objections_to_value", "settled_subject"]


def settled_subject(value: Supply, ground: Ground) -> Supply:
    """Return what is supplied with the quantity's id as its subject, where a judged criterion's was given."""
    if value.kind is InputKind.JUDGEMENT and value.subject not in ground.subjects:
        for name, subject in ground.subjects.items():
            if subject.criterion is not None and subject.criterion.id == value.subject:
                return replace(value, subject=name)
    return value


def objections_to_value(
    value: Supply,
    ground: Ground,
    rivals: Collection[DataInput],
    maker: Actor,
    now: datetime,
    people: People | None = None,
) -> list[Problem]:
    """Return everything that speaks against a judgement or correction; an empty list: it may be made.

    ``rivals`` are the customer's open ones of the same kind and subject under the policy.
    """
    kind, today = value.kind, now.date()
    rules = rules_of(ground.policy, kind)
    problems = [*who(maker, ground, kind), *policy_holds(ground, today)]
    faults = list(_subject(value, ground))
    problems += faults or _value(value, ground)
    problems += why(value, rules)
    if not faults:
        last, span = latest_day(ground.subjects[value.subject], ground, kind, today)
        problems += until(value.expires_at, last, span, today, kind)
    problems += beside(value.supersedes, rivals, maker, kind, now, people or People())
    # Told of what could be recorded alone: else values could be guessed at, by anybody and without a trace.
    return problems or list(_nothing_new(value, ground, rivals))


def drawn_up_value(
    value: Supply, ground: Ground, maker: Actor, now: datetime, input_id: str, batch: str = ""
) -> DataInput:
    """Return the record of a judgement or correction nothing speaks against."""
    subject = ground.subjects[value.subject]
    given = _read(value.value, subject)
    after = _regraded(ground, value.subject, given)
    notches = ground.notches(after.grade)
    asked = _asked(value.kind, ground, after, notches)
    last, _span = latest_day(subject, ground, value.kind, now.date())
    return DataInput(
        id=input_id,
        kind=value.kind,
        subject=value.subject,
        value=written_value(given, subject.quantity),
        was=subject.was,
        customer_id=ground.customer_id,
        policy_id=ground.policy.id,
        policy_version=ground.policy.version,
        policy_hash=ground.policy_hash,
        run_id=ground.run_id,
        model_grade=ground.model_grade,
        proposed_grade=after.grade,
        notches=notches,
        reason=value.reason,
        narrative=value.narrative.strip(),
        evidence=value.evidence.strip(),
        approvals_needed=asked.how_many,
        approver_role=asked.role.value,
        other_line=asked.other_line,
        maker=maker.account,
        on_behalf_of=maker.on_behalf_of,
        made_at=now,
        effective_from=None if asked.how_many else now,
        expires_at=value.expires_at or last,
        supersedes=value.supersedes,
        inputs_hash=ground.inputs_hash,
        batch=batch,
    )


def latest_day(subject: Subject, ground: Ground, kind: InputKind, today: date) -> tuple[date, str]:
    """Return the last day a value given today may be in force, and the span that says so.

    A judgement stands no longer than answers to its criterion do.
    """
    spans = [rules_of(ground.policy, kind).expires_within]
    if kind is InputKind.JUDGEMENT and subject.criterion is not None and subject.criterion.expires_after:
        spans.append(subject.criterion.expires_after)
    nearest = min(spans, key=lambda span: span.after(today))
    return nearest.after(today), str(nearest.text())


def _read(text: str | None, subject: Subject) -> Value | None:
    """Return the value a text stands for; a level of a judged criterion goes by its title too."""
    if text is not None and subject.criterion is not None:
        for level in subject.criterion.levels:
            if fold(text) in map(fold, (level.level, level.title.zh, level.title.en)):
                return read_value(level.level, subject.quantity)
    return read_value(text, subject.quantity)


def _regraded(ground: Ground, subject: str, given: Value | None) -> Regraded:
    if ground.regrade is None:
        return Regraded(ground.model_grade, ground.levels)
    return ground.regrade(subject, given)


def _asked(kind: InputKind, ground: Ground, after: Regraded, notches: int | None) -> Asked:
    """Return the approvals needed; levels are looked at without the value given and with it."""
    # A level counts unless it fails both times: else a corrected exposure would lift itself below it.
    pairs = zip(ground.levels.get(kind, ()), after.levels.get(kind, ()), strict=True)
    holds = [pair != (False, False) for pair in pairs]
    return approvals_asked(rules_of(ground.policy, kind), holds, _move(after, notches))


def _move(after: Regraded, notches: int | None) -> Move:
    """Return where a value takes the grade, also once what hides it now is gone.

    Else whoever lowers a grade freely could give unseen what lifts it, and then take the lowering back.
    """
    move = Move.of(notches)
    if after.lift is None:
        return move.and_up(0)
    return move.and_up(after.lift) if after.lift > 0 else move


def _subject(value: Supply, ground: Ground) -> Iterator[Problem]:
    subject = ground.subjects.get(value.subject)
    if value.kind is InputKind.JUDGEMENT:
        judged = {name: each for name, each in ground.subjects.items() if each.criterion is not None}
        if not judged:
            message = _("The policy “{policy}” has no criterion that people judge.")
            yield Problem(message.format(policy=ground.policy.id), _("To replace a datum, correct it."))
        elif value.subject not in judged:
            message = _("“{subject}” is no criterion that people judge.").format(subject=value.subject)
            yield Problem(message, did_you_mean(value.subject, tuple(judged)))
        elif (refusal := judged[value.subject].refusal) is not None:
            yield refusal
        return
    if subject is None:
        message = _("“{subject}” is no value the policy reads of a customer.").format(subject=value.subject)
        known = [name for name, each in ground.subjects.items() if not each.refusal and not each.criterion]
        yield Problem(message, did_you_mean(value.subject, known))
    elif subject.criterion is not None:
        message = _("“{title}” is judged, not measured.").format(title=subject.criterion.title)
        yield Problem(message, _("Give a judgement: rung judge."))
    elif subject.refusal is not None:
        yield subject.refusal


def _value(value: Supply, ground: Ground) -> Iterator[Problem]:
    subject = ground.subjects[value.subject]
    if value.value is not None and (unkept := _unkept(value.value)):
        yield unkept
        return
    try:
        given = _read(value.value, subject)
    except ValueError as error:
        yield Problem(str(error))
        return
    if given is None and value.value is not None and value.value.strip() not in NOT_KNOWN:
        # What a program leaves where it had no value; nobody who means “not known” writes it.
        message = _("“{found}” is no value.").format(found=value.value.strip())
        yield Problem(message, _("Write “missing” or “-” if you mean that it is not known."))
    elif subject.criterion is not None:
        levels = tuple(level.level for level in subject.criterion.levels)
        if given is None:
            message = _("A judgement names one of the levels: {levels}.").format(levels=", ".join(levels))
            yield Problem(message, _("To end a judgement, withdraw it."))
        elif written_value(given, subject.quantity) not in levels:
            message = _("“{value}” is no level of “{title}”.")
            told = message.format(value=value.value, title=subject.criterion.title)
            yield Problem(told, did_you_mean(str(given), levels))


def _nothing_new(value: Supply, ground: Ground, rivals: Iterable[DataInput]) -> Iterator[Problem]:
    subject = ground.subjects[value.subject]
    if subject.criterion is not None:
        return
    written = written_value(_read(value.value, subject), subject.quantity)
    now_in_force = written_value(ground.measured.get(value.subject), subject.quantity)
    is_renewed = any(rival.effective_from and rival.value == written for rival in rivals)
    if written == now_in_force and not is_renewed:
        shown = _("not known") if written is None else written
        message = _("{value} is the value already: there is nothing to correct.")
        yield Problem(message.format(value=shown), _("To end a correction, withdraw it."))


_LONGEST: Final = 1_000
# Characters of a value: a field of a table, not a document.


def _unkept(text: str) -> Problem | None:
    if not is_writable(text):
        return Problem(_("The value holds bytes that are no text."))
    if len(text) > _LONGEST:
        message = _("The value has {count} characters; {most} are allowed.")
        return Problem(message.format(count=len(text), most=_LONGEST))
    return None

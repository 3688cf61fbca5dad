"""What every proposal must meet, whatever its kind: who makes it, why, until when, beside which others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from rung.errors import Problem, did_you_mean
from rung.ledger.actor import Actor, People
from rung.ledger.canonical import is_writable
from rung.ledger.kinds import InputKind
from rung.ledger.looking import against_looking
from rung.ledger.records import InputRecord, Override
from rung.ledger.rules.customer_ground import Ground
from rung.ledger.rules.wanted import Proposal, Supply
from rung.text import _

if TYPE_CHECKING:
    from rung.policy.model import InputRules

__all__ = [
    "beside",
    "called",
    "day",
    "is_own",
    "moment",
    "policy_holds",
    "texts_kept",
    "until",
    "who",
    "why",
]

_LONGEST: Final = 10_000
# Characters of a narrative or a reference: more is a document, and belongs into the file referred to.


def called(record_id: str, kind: InputKind) -> str:
    """Return what a human input is called where a sentence begins."""
    match kind:
        case InputKind.JUDGEMENT:
            return _("Judgement {id}").format(id=record_id)
        case InputKind.CORRECTION:
            return _("Correction {id}").format(id=record_id)
        case InputKind.OVERRIDE:
            return _("Override {id}").format(id=record_id)


def moment(at: datetime | None, now: datetime) -> str:
    """Return a moment as a person where one acts reads it."""
    return "" if at is None else f"{at.astimezone(now.tzinfo):%Y-%m-%d %H:%M}"


def day(at: datetime | None, now: datetime) -> str:
    """Return the day of a moment where one acts."""
    return "" if at is None else at.astimezone(now.tzinfo).date().isoformat()


def is_own(record: InputRecord, who: Actor) -> bool:
    """Whether a human input is the actor's, or of whom they stand in for."""
    return not who.accounts.isdisjoint((record.maker, record.on_behalf_of))


def who(maker: Actor, ground: Ground, kind: InputKind) -> Iterator[Problem]:
    """Yield what speaks against somebody's proposing at all, or for this customer."""
    if not maker.may_propose:
        message = {
            InputKind.OVERRIDE: _("{name} ({account}) may look, not propose overrides."),
            InputKind.CORRECTION: _("{name} ({account}) may look, not correct data."),
            InputKind.JUDGEMENT: _("{name} ({account}) may look, not judge."),
        }[kind]
        yield from against_looking(maker, message)
    elif maker.only_portfolio and not ground.is_of(maker):
        yield _not_theirs(maker, ground)


def _not_theirs(maker: Actor, ground: Ground) -> Problem:
    own = ", ".join(maker.portfolio) or _("nobody's")
    hint = _("Theirs are the customers of: {portfolio}.").format(portfolio=own)
    if ground.whose is None:
        message = _("{name} may propose for their own customers, and whose {customer} is, is not known.")
        return Problem(message.format(name=maker.name, customer=ground.customer_id), hint)
    message = _("{name} may propose for their own customers, and {customer} is {portfolio}'s.")
    told = {"name": maker.name, "customer": ground.customer_id, "portfolio": ground.whose}
    return Problem(message.format(**told), hint)


def policy_holds(ground: Ground, today: date) -> Iterator[Problem]:
    """Yield what speaks against the policy: it is none of the workspace's, or it has ended."""
    if ground.foreign is not None:
        yield ground.foreign
    ended = ground.policy.effective_to
    if ended is not None and today > ended:
        message = _("The policy “{policy}” {version} ended on {day}.")
        told = {"policy": ground.policy.id, "version": ground.policy.version, "day": ended.isoformat()}
        yield Problem(message.format(**told), _("Grade by the version in force, and propose on that run."))


def why(wanted: Proposal | Supply, rules: InputRules) -> Iterator[Problem]:
    """Yield what speaks against the reason, the narrative and the evidence."""
    option = next((each for each in rules.reasons if each.id == wanted.reason), None)
    if rules.reasons and option is None:
        known = tuple(each.id for each in rules.reasons)
        message = _("“{reason}” is not on the policy's list of reasons.")
        if not wanted.reason:
            message = _("The policy asks for a reason from its list.")
        yield Problem(message.format(reason=wanted.reason), did_you_mean(wanted.reason, known))
    elif not rules.reasons and wanted.reason:
        message = _("The policy has no list of reasons here, so “{reason}” is none of it.")
        yield Problem(message.format(reason=wanted.reason), _("Say it in the narrative."))
    if not wanted.narrative.strip():
        if option is not None and option.needs_narrative:
            message = _("The reason “{reason}” has to be written out.").format(reason=option.title)
            yield Problem(message, _("Say in a sentence or two what you know."))
        elif rules.needs_narrative:
            message = _("The policy asks for a narrative.")
            yield Problem(message, _("Say in a sentence or two what you know."))
    if not wanted.evidence.strip():
        hint = _("Name where it is kept: a file number, a link.")
        if option is not None and option.needs_evidence:
            message = _("The reason “{reason}” needs evidence.").format(reason=option.title)
            yield Problem(message, hint)
        elif rules.needs_evidence:
            yield Problem(_("The policy asks for evidence."), hint)
    yield from texts_kept((wanted.narrative, wanted.evidence))


def texts_kept(texts: Sequence[str]) -> Iterator[Problem]:
    """Yield what speaks against texts that are to be kept."""
    for text in texts:
        if not is_writable(text):
            yield Problem(_("The narrative or the evidence holds bytes that are no text."))
        elif len(text) > _LONGEST:
            message = _("The narrative or the evidence has {count} characters; {most} are allowed.")
            hint = _("Keep the document in the customer's file, and name it as evidence.")
            yield Problem(message.format(count=len(text), most=_LONGEST), hint)


def until(expires: date | None, last: date, span: str, today: date, kind: InputKind) -> Iterator[Problem]:
    """Yield what speaks against the last day; ``last`` is the latest the policy allows, ``span`` away."""
    if expires is None:
        return
    what = _named(kind)
    if expires <= today:
        message = _("{what} would expire on {day}, which is not in the future.")
        hint = _("The policy allows any day up to {day}.").format(day=last.isoformat())
        yield Problem(message.format(what=what, day=expires.isoformat()), hint)
    elif expires > last:
        message = _("{what} would last until {day}; the policy allows {span}, until {last}.")
        told = {"what": what, "day": expires.isoformat(), "span": span, "last": last.isoformat()}
        yield Problem(message.format(**told))


def _named(kind: InputKind) -> str:
    match kind:
        case InputKind.JUDGEMENT:
            return _("The judgement")
        case InputKind.CORRECTION:
            return _("The correction")
        case InputKind.OVERRIDE:
            return _("The override")


def beside(
    supersedes: Sequence[str],
    rivals: Iterable[InputRecord],
    maker: Actor,
    kind: InputKind,
    now: datetime,
    people: People,
) -> Iterator[Problem]:
    """Yield what speaks against a proposal beside the open ones of the same customer and subject."""
    open_ = {rival.id: rival for rival in rivals}
    for rival in open_.values():
        if rival.id not in supersedes:
            hint = (
                _("Withdraw it first, or let the new one supersede it.")
                if is_own(rival, maker)
                else _("If yours is to take its place, say so: --supersede {id}.").format(id=rival.id)
            )
            yield Problem(_rival(rival, now, people), hint)
    for named in supersedes:
        if named not in open_:
            message = _("{what}, which yours is to supersede, is not open for this customer.")
            yield Problem(message.format(what=called(named, kind)), _list_hint(kind))


def _rival(rival: InputRecord, now: datetime, people: People) -> str:
    told = {"id": rival.id, "maker": people.name(rival.maker), "day": day(rival.made_at, now)}
    if isinstance(rival, Override):
        message = _("The customer has an open override already: {id}, to {grade}, by {maker} on {day}.")
        return message.format(grade=rival.proposed_grade, **told)
    if rival.kind is InputKind.JUDGEMENT:
        return _("The customer has an open judgement of it already: {id}, by {maker} on {day}.").format(
            **told
        )
    return _("The customer has an open correction of it already: {id}, by {maker} on {day}.").format(**told)


def _list_hint(kind: InputKind) -> str:
    match kind:
        case InputKind.JUDGEMENT:
            return _("See what is open: rung override list --kind judgement.")
        case InputKind.CORRECTION:
            return _("See what is open: rung override list --kind correction.")
        case InputKind.OVERRIDE:
            return _("See what is open: rung override list.")

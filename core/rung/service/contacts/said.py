"""What a person says of one contact, held against the calendar and the outcomes in effect: pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from rung.durations import Duration, Unit
from rung.errors import Problem, RungError, did_you_mean
from rung.ledger.canonical import is_writable
from rung.text import _
from rung.words import fold

if TYPE_CHECKING:
    from rung.policy.outcome import OutcomeInEffect
    from rung.service.calendars import Calendar

__all__ = ["LONGEST_MINUTES", "ContactSaid", "Settled", "moment_of", "outcome_meant", "settled"]

LONGEST_MINUTES: Final = 1_440
"""Minutes of one contact at most: a day."""
_LONGEST: Final = 10_000
# Characters of a text: more is a document, and belongs into the customer's file.
_SHORT: Final = 100
# Characters of a channel: phone, visit, mail.
_FARTHEST: Final = Duration(10, Unit.YEAR)
# A day agreed beyond is a slip of the pen, and would silence the promise for good.


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactSaid:
    """What a person says of one contact with a customer."""

    outcome: str
    """Id, key or title of one of the outcomes in effect."""
    at: datetime | date | None = None
    """When it took place; None: now. A day without an hour counts at its noon, today at this moment; a
    moment without a time zone is of the calendar's."""
    channel: str = ""
    text: str = ""
    minutes: int | None = None
    next_on: date | None = None
    """The day agreed for the next; None: as the outcome says."""
    next: str = ""
    """The next step."""
    facts: Mapping[str, str | None] = field(default_factory=dict)
    """What was learned besides what the outcome says: value as a person writes it, by a field's id or name.
    None: it is not known any more."""
    supersedes: tuple[str, ...] = ()
    """Other people's open judgements and corrections the facts take the place of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A contact nothing speaks against: its outcome, its moment, and the day of the next."""

    outcome: OutcomeInEffect
    at: datetime
    day: date
    """The day of ``at`` in the calendar's time zone."""
    next_on: date | None
    is_agreed: bool
    """Whether a person said the day of the next, not the outcome."""


def outcome_meant(found: str, outcomes: Sequence[OutcomeInEffect]) -> OutcomeInEffect:
    """Return the outcome meant by id, key or title; raises RungError, listing those there are."""
    word = fold(found)
    for names in (
        lambda each: (each.id,),
        lambda each: (each.key,),
        lambda each: (fold(each.title.zh), fold(each.title.en), fold(each.id)),
    ):
        meant = next((each for each in outcomes if found in names(each) or word in names(each)), None)
        if meant is not None:
            return meant
    known = _(", ").join(
        _("{key} {id} ({title})").format(key=each.key, id=each.id, title=each.title) for each in outcomes
    )
    near = did_you_mean(found, [each.id for each in outcomes])
    hint = _("There are: {outcomes}.").format(outcomes=known)
    raise RungError.of(
        _("“{found}” is no outcome of a contact here.").format(found=found),
        f"{near} {hint}" if "?" in near or "？" in near else hint,
    )


def settled(
    said: ContactSaid, outcomes: Sequence[OutcomeInEffect], now: datetime, calendar: Calendar
) -> Settled:
    """Return a contact settled; raises RungError with everything that speaks against it.

    Refused: an unknown outcome, a contact in the future, no minutes or more than a day's, a next contact
    in the past, or no later than the contact it was agreed in, and texts that cannot be kept.
    """
    problems: list[Problem] = []
    outcome: OutcomeInEffect | None = None
    try:
        outcome = outcome_meant(said.outcome, outcomes)
    except RungError as error:
        problems += error.problems
    at = moment_of(said.at, now, calendar)
    day, today = calendar.day_of(at), calendar.day_of(now)
    problems += _time_problems(said, at, now, calendar)
    if said.next_on is not None:
        problems += _next_problems(said.next_on, day, today, is_reached=outcome is None or outcome.reached)
    problems += _text_problems(said)
    if problems or outcome is None:
        raise RungError.all(problems)
    next_on = said.next_on or _again(outcome.again, at, day, calendar)
    return Settled(outcome=outcome, at=at, day=day, next_on=next_on, is_agreed=said.next_on is not None)


def moment_of(at: datetime | date | None, now: datetime, calendar: Calendar) -> datetime:
    """Return the moment a contact took place, in UTC.

    An hour that comes twice, as summer time ends, is the first of the two; one that the clocks leave out is
    as much later as they are put forward.
    """
    match at:
        case None:
            found = now
        case datetime():
            found = at if at.tzinfo is not None else at.replace(tzinfo=calendar.zone)
        case date():
            if at == calendar.day_of(now):
                found = now
            else:
                found = datetime.combine(at, time(12), tzinfo=calendar.zone)
    return found.astimezone(UTC)


def _time_problems(said: ContactSaid, at: datetime, now: datetime, calendar: Calendar) -> Iterator[Problem]:
    if at > now.astimezone(UTC):
        message = _("The contact would have taken place on {moment}, which is still to come.")
        hint = _("Log it when it has taken place; to plan it, give the day of the next contact.")
        yield Problem(message.format(moment=f"{at.astimezone(calendar.zone):%Y-%m-%d %H:%M}"), hint)
    if said.minutes is not None and not 1 <= said.minutes <= LONGEST_MINUTES:
        message = _("A contact of {minutes} minutes is none: 1 to {most} are counted.")
        hint = _("Leave the minutes out if nobody counted them; less than one is 1.")
        yield Problem(message.format(minutes=said.minutes, most=LONGEST_MINUTES), hint)


def _next_problems(next_on: date, day: date, today: date, *, is_reached: bool) -> Iterator[Problem]:
    if next_on < today:
        message = _("The next contact would be on {day}, which is past.")
        yield Problem(message.format(day=next_on), _("Name a day from {today} on.").format(today=today))
    elif is_reached and next_on <= day:
        message = _("The next contact would be on {day}, the day of this one.")
        yield Problem(message.format(day=next_on), _("Name a later day, or log the next one when it is."))
    elif next_on > _FARTHEST.after(today):
        message = _("The next contact would be on {day}, more than ten years from now.")
        yield Problem(message.format(day=next_on), _("Look at the year again."))


def _text_problems(said: ContactSaid) -> Iterator[Problem]:
    for text, most in ((said.channel, _SHORT), (said.text, _LONGEST), (said.next, _LONGEST)):
        if not is_writable(text):
            yield Problem(_("The contact's text holds bytes that are no text."))
        elif len(text) > most:
            message = _("A text of the contact has {count} characters; {most} are allowed.")
            hint = _("Keep the document in the customer's file, and name it here.")
            yield Problem(message.format(count=len(text), most=most), hint)


def _again(again: Duration | None, at: datetime, day: date, calendar: Calendar) -> date | None:
    """Return the day of the next try: never that of the contact, unless it is a matter of hours."""
    if again is None:
        return None
    if again.unit is Unit.HOUR:
        return calendar.day_of(at + timedelta(hours=again.count))
    return calendar.rolled(again.after(day), day + timedelta(days=1))

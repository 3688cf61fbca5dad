"""One round of calls: shows a customer, takes a key, logs, and goes on to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from rung.cli.asking import Stopped
from rung.cli.call_keys import ENTER, ESCAPE, Keys, Pressed
from rung.cli.terminal import line
from rung.errors import RungError
from rung.service.contacts.written import facts_given, next_day, next_day_given
from rung.service.due_words import late_words
from rung.text import _
from rung.words import fold
from rung.workspace.following.words import contact_line, grade_words, next_words, undone_words

if TYPE_CHECKING:
    from rich.console import Console

    from rung.policy.outcome import OutcomeInEffect
    from rung.service.contacts import ContactSaid
    from rung.workspace.following.call_list import CallCard, CallList
    from rung.workspace.following.made import ContactMade

__all__ = ["Round", "plain_tally", "tally_words"]

_SKIP: Final = ("S", " ")
_UNDO: Final = "U"
_HISTORY: Final = "H"
_STOP: Final = ("Q", ESCAPE)
_HELP: Final = "?"
_PAST: Final = 10
# Entries of the history a caller is shown.


@dataclass(slots=True)
class _Details:
    """What is to be logged besides the outcome."""

    text: str = ""
    minutes: int | None = None
    next_on: Any = None
    facts: dict[str, str | None] = field(default_factory=dict)


class Round:
    """One person's way through a list of calls."""

    def __init__(
        self, calls: CallList, keys: Keys, screen: Console, channel: str, clock: Callable[[], datetime]
    ) -> None:
        self._calls = calls
        self._keys = keys
        self._screen = screen
        self._channel = channel
        self._clock = clock
        self._places: list[int] = []
        self._details = _Details()

    def work(self) -> None:
        """Go through the list until its end, or until the person stops."""
        place = 0
        if not len(self._calls):
            self._say(_("Nobody is to be called."))
        try:
            while place < len(self._calls) or self._is_last_slip():
                if place >= len(self._calls):
                    place = self._places.pop()
                card = self._calls.card(place, self._clock())
                if card.called_meanwhile is not None:
                    self._say_called(card)
                    place += 1
                    continue
                self._details = _Details()
                self._show(place, card)
                place = self._worked(place, card)
        except Stopped:
            self._say("")

    def _is_last_slip(self) -> bool:
        """Whether the last call of the list is taken back, so that its customer is there again."""
        if self._calls.last_logged is None:
            return False
        self._say(_("That was the last. U takes the last call back; any other key ends."), "bold")
        pressed = self._keys.press()
        place = self._undo(pressed) if pressed.key == _UNDO else None
        if place is None:
            return False
        self._places.append(place)
        return True

    def _worked(self, place: int, card: CallCard) -> int:
        """Take keys until the customer at a place is done; return the place to go on from."""
        while True:
            pressed = self._keys.press()
            outcome = next((each for each in card.outcomes if each.key == pressed.key), None)
            if outcome is not None:
                if self._log(place, outcome, pressed):
                    return place + 1
            elif pressed.key in _SKIP:
                self._calls.tally.skipped += 1
                return place + 1
            elif pressed.key == _UNDO:
                gone = self._undo(pressed)
                if gone is not None:
                    return gone
            elif pressed.key == ENTER:
                self._ask_details()
            elif pressed.key == _HISTORY:
                self._show_history(card)
            elif pressed.key == _HELP:
                self._show_keys(card)
            elif pressed.key in _STOP:
                raise Stopped
            else:
                self._refuse(
                    RungError.of(
                        _("No outcome has the key “{key}”.").format(key=pressed.key),
                        _("Keys: {keys}; ? shows what each means.").format(keys=_letters(card)),
                    )
                )

    def _log(self, place: int, outcome: OutcomeInEffect, pressed: Pressed) -> bool:
        try:
            made = self._calls.log(place, self._said(outcome, pressed), self._clock())
        except RungError as error:
            self._refuse(error)
            return False
        self._places.append(place)
        for words in _made_words(made):
            self._say(words, "green" if made.has_moved else "dim")
        return True

    def _said(self, outcome: OutcomeInEffect, pressed: Pressed) -> ContactSaid:
        from rung.service.contacts import ContactSaid

        details = self._details
        return ContactSaid(
            outcome=outcome.id,
            channel=self._channel,
            text=pressed.note or details.text,
            minutes=details.minutes,
            next_on=details.next_on,
            facts=details.facts,
        )

    def _undo(self, pressed: Pressed) -> int | None:
        last = self._calls.last_logged
        if last is None:
            self._say(_("No call of this round is left to take back."), "yellow")
            return None
        usual = _("slip of the key")
        question = _("Why is {id} of {customer} taken back? Enter: {reason}")
        told = question.format(id=last.contact.id, customer=last.contact.customer_id, reason=usual)
        try:
            undone = self._calls.undo(pressed.note or self._keys.ask(told) or usual, self._clock())
        except RungError as error:
            self._refuse(error)
            return None
        for words in undone_words(undone):
            self._say(words, "dim")
        return self._places.pop()

    def _ask_details(self) -> None:
        details = self._details
        details.text = self._keys.ask(_("Note")) or details.text
        given = self._keys.ask(_("Next contact: a day or a span such as 3d; Enter: as the outcome says"))
        minutes = self._keys.ask(_("Minutes; Enter: not counted"))
        fact = self._keys.ask(_("A fact, as FIELD=VALUE; Enter: none"))
        try:
            if given:
                today = self._calls.workspace.contacts.calendar.day_of(self._clock())
                details.next_on = next_day(next_day_given(given), today)
            if minutes:
                details.minutes = _read_minutes(minutes)
            if fact:
                details.facts |= facts_given([fact])
        except RungError as error:
            self._refuse(error)
        self._say(_("Now the key of the outcome."), "dim")

    def _refuse(self, error: RungError) -> None:
        """Say what is wrong; where nobody watches, the keys to come are not to be taken for other calls."""
        if not self._keys.is_watched:
            raise error
        for problem in error.problems:
            self._say(str(problem), "red")

    def _say(self, words: object, style: str = "") -> None:
        self._screen.print(line(words, style))

    # What is shown

    def _show(self, place: int, card: CallCard) -> None:
        row = card.row
        number = f"{place + 1:,}/{len(self._calls):,}"
        grade = "–" if card.grade is None else str(card.grade_title or card.grade)
        head = "  ".join(each for each in (number, row.customer_id, row.customer_name or "", grade) if each)
        today = self._calls.workspace.contacts.calendar.day_of(self._clock())
        self._say("")
        self._say(head, "bold")
        due = _("due {day}").format(day=row.due)
        late = late_words(row, today)
        self._say("  ".join(each for each in (due, late, str(row.what)) if each))
        if card.reasons:
            self._say(_("Why: {reasons}").format(reasons=_("; ").join(map(str, card.reasons))))
        if card.promise is not None and card.promise.script is not None:
            self._say(_("Say: {script}").format(script=card.promise.script), "cyan")
        people = self._calls.workspace.human_input.people
        for each in card.last:
            self._say("  " + contact_line(each, people, card.outcomes), "dim")
        self._say(_keys_line(card), "dim")

    def _say_called(self, card: CallCard) -> None:
        assert card.called_meanwhile is not None
        people = self._calls.workspace.human_input.people
        words = _("{customer} was called meanwhile: {contact}")
        told = contact_line(card.called_meanwhile, people, card.outcomes)
        self._say(words.format(customer=card.row.customer_id, contact=told), "dim")

    def _show_history(self, card: CallCard) -> None:
        from rung.cli.terminal import grid
        from rung.workspace.following.history_words import history_rows

        workspace = self._calls.workspace
        found = workspace.contacts.history(card.row.customer_id, limit=_PAST)
        if not found.entries:
            self._say(_("Nothing is on record about {customer}.").format(customer=card.row.customer_id))
            return
        self._screen.print(grid(*history_rows(workspace, found.entries), whole=(0, 1)))

    def _show_keys(self, card: CallCard) -> None:
        from rung.policy.outcome_words import effect_words, facts_words

        quantities = self._calls.workspace.contacts.quantities(card.run_id)
        for each in card.outcomes:
            effect = [facts_words(each, quantities), effect_words(each)]
            told = _("; ").join(part for part in effect if part)
            self._say(f"{each.key}  {each.title}" + (f"  ({told})" if told else ""))
        for key, words in _commands():
            self._say(f"{key}  {words}", "dim")


def _commands() -> Iterator[tuple[str, str]]:
    yield _("Enter"), _("add a note, the next day, minutes or a fact before the outcome's key")
    yield "S", _("skip the customer; the blank does so too")
    yield "U", _("take the last call back and have its customer again")
    yield "H", _("show the customer's history")
    yield "Q", _("stop; Esc does so too")


def _keys_line(card: CallCard) -> str:
    named = "  ".join(f"{each.key} {each.title}" for each in card.outcomes)
    return f"{named}  |  " + _("Enter note  S skip  U undo  H history  ? keys  Q stop")


def _letters(card: CallCard) -> str:
    return " ".join(each.key for each in card.outcomes)


def _made_words(made: ContactMade) -> Iterator[str]:
    contact = made.contact
    told = [f"{contact.id} {made.outcome.title}.", grade_words(made.before, made.after) + "."]
    told.append(next_words(made.next, is_ended=made.is_ended))
    yield " ".join(told)
    for fact in made.facts:
        if fact.record is not None and fact.record.effective_from is None:
            words = _("{title} awaits approval: {id}.")
            yield words.format(title=fact.title, id=fact.record.id)
    yield from made.notices


def _read_minutes(written: str) -> int:
    try:
        return int(fold(written))
    except ValueError:
        raise RungError.of(_("“{found}” is no number of minutes.").format(found=written)) from None


# How it went


def tally_words(calls: CallList, now: datetime) -> Iterator[str]:
    """Yield how a round went."""
    tally = calls.tally
    words = _("Calls: {calls}, reached {reached}, skipped {skipped}, taken back {undone}.")
    yield words.format(calls=tally.calls, reached=tally.reached, skipped=tally.skipped, undone=tally.undone)
    if tally.minutes:
        yield _("Minutes logged: {n}").format(n=tally.minutes)
    moves = ((_grade(old), _grade(new), n) for (old, new), n in calls.moves().items())
    moved = _(", ").join(f"{old} → {new} {n}" for old, new, n in moves)
    if moved:
        yield _("To another grade: {count} ({moves})").format(count=tally.moved, moves=moved)
    if tally.calls:
        words = _("{minutes} min, {rate} calls an hour.")
        yield words.format(minutes=f"{tally.hours(now) * 60:.0f}", rate=f"{tally.per_hour(now):.0f}")


def plain_tally(calls: CallList, now: datetime) -> dict[str, Any]:
    """Return how a round went as plain data."""
    tally = calls.tally
    return {
        "due": len(calls),
        "calls": tally.calls,
        "reached": tally.reached,
        "skipped": tally.skipped,
        "undone": tally.undone,
        "minutes": tally.minutes,
        "moved": tally.moved,
        "moves": [{"from": old, "to": new, "customers": n} for (old, new), n in calls.moves().items()],
        "hours": round(tally.hours(now), 4),
        "calls_per_hour": round(tally.per_hour(now), 1),
    }


def _grade(grade: str | None) -> str:
    return grade or "–"

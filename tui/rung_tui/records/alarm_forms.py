"""The forms of an alarm: what was done about a duty, and what came of the whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from rung.errors import Problem
from rung_tui.language import _, words
from rung_tui.records.answers import Option
from rung_tui.records.asks import Ask, Work

if TYPE_CHECKING:
    from rung.ledger.service.alarms import AlarmDuty
    from rung_tui.records.desk import AlarmAtHand, RecordsDesk

__all__ = ["answer_form", "close_form", "waiting_duties"]


def waiting_duties(at_hand: AlarmAtHand) -> list[int]:
    """Return the numbers of the duties that wait, what is due first at the front."""
    duties = list(enumerate(at_hand.shown.alarm.duties, 1))
    waiting = [(duty.due, number) for number, duty in duties if duty.answer is None]
    return [number for _due, number in sorted(waiting)]


def answer_form(desk: RecordsDesk, at_hand: AlarmAtHand) -> Work:
    """Return the form in which a duty is answered; the next due stands there at first."""
    alarm, waiting = at_hand.shown.alarm, waiting_duties(at_hand)
    first = str(waiting[0])
    options = tuple(Option(str(each), _duty_title(alarm.duties[each - 1])) for each in waiting)

    def judge(answers: Mapping[str, str]) -> dict[str, Problem]:
        wrong = _needed(answers)
        if not answers["duty"]:
            wrong["duty"] = Problem(_("This is needed."))
        return wrong

    return Work(
        key=f"answer:{alarm.id}",
        heading=_heading(lambda: _("Answer"), at_hand),
        asks=(
            Ask("duty", lambda: _("Duty"), "choice", options, first, is_required=True),
            Ask("note", lambda: _("What was done"), "text", is_required=True),
        ),
        judge=judge,
        record=lambda changed: desk.answer(
            alarm.id, changed.get("note", ""), int(changed.get("duty") or first)
        ),
    )


def close_form(desk: RecordsDesk, at_hand: AlarmAtHand) -> Work:
    """Return the form in which an alarm is closed; duties that wait are asked about."""
    alarm, waiting = at_hand.shown.alarm, waiting_duties(at_hand)
    asks = [
        Ask("outcome", lambda: _("What came of it"), hint=lambda: _("in a word, to be counted by")),
        Ask("note", lambda: _("Note"), "text", is_required=True),
    ]
    if waiting:
        ways = (
            Option("no", lambda: _("no")),
            Option("yes", lambda: _("yes, none is needed"), role="warning"),
        )
        asks.insert(0, Ask("unanswered", lambda: _("Close with duties unanswered"), "choice", ways, "no"))

    def told() -> list[tuple[str, str]]:
        return [
            (_("Waits: {duty}").format(duty=words(alarm.duties[each - 1].text)), "warning")
            for each in waiting
        ]

    def judge(answers: Mapping[str, str]) -> dict[str, Problem]:
        wrong = _needed(answers)
        if waiting and answers["unanswered"] != "yes":
            message = _("Duties that wait to be answered: {count}").format(count=len(waiting))
            wrong["unanswered"] = Problem(message, _("Answer them first, or say that none is needed."))
        return wrong

    return Work(
        key=f"close:{alarm.id}",
        heading=_heading(lambda: _("Close"), at_hand),
        asks=tuple(asks),
        judge=judge,
        record=lambda changed: desk.close_alarm(
            alarm.id,
            changed.get("note", ""),
            changed.get("outcome", ""),
            unanswered=changed.get("unanswered") == "yes",
        ),
        told=told,
    )


def _needed(answers: Mapping[str, str]) -> dict[str, Problem]:
    if answers["note"].strip():
        return {}
    return {"note": Problem(_("This is needed."), _("Write what was done, in a sentence or two."))}


def _duty_title(duty: AlarmDuty) -> Callable[[], str]:
    return lambda: words(duty.text)


def _heading(verb: Callable[[], str], at_hand: AlarmAtHand) -> Callable[[], str]:
    shown = at_hand.shown
    return lambda: f"{verb()} · {shown.alarm.id}  {words(shown.title)}  {shown.alarm.customer_id}"

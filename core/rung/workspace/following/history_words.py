"""What is on record about one customer, in words: a line an act, whoever shows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rung.errors import RungError
from rung.moments import local
from rung.text import _
from rung.workspace.act_words import act_title, act_words

if TYPE_CHECKING:
    from rung.ledger import People
    from rung.policy.outcome import OutcomeInEffect
    from rung.workspace import Workspace
    from rung.workspace.following.timeline import TimelineEntry

__all__ = ["history_rows"]


def history_rows(
    place: Workspace, entries: Sequence[TimelineEntry]
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return headers and rows of a history, in the current language."""
    people, outcomes = place.human_input.people, _outcomes(place, entries)
    headers = (_("when"), _("id"), _("by"), _("what"), _("said"))
    return headers, [_row(each, people, outcomes) for each in entries]


def _row(entry: TimelineEntry, people: People, outcomes: dict[str, OutcomeInEffect]) -> tuple[str, ...]:
    what = act_title(entry.kind)
    if entry.is_withdrawn:
        what = _("{what} (taken back)").format(what=what)
    moment = f"{local(entry.at):%Y-%m-%d %H:%M}"
    return moment, entry.id, people.name(entry.maker), what, _said(entry, people, outcomes)


def _said(entry: TimelineEntry, people: People, outcomes: dict[str, OutcomeInEffect]) -> str:
    payload = entry.payload
    if not isinstance(payload, dict):
        return "?"
    match entry.kind:
        case "contact.logged":
            return _contact_words(payload, outcomes)
        case "contact.withdrawn":
            return str(payload.get("reason", ""))
        case "note.written":
            return " ".join(str(payload.get("text", "")).split())
    return act_words(entry.kind, payload, people)


def _contact_words(payload: dict[str, Any], outcomes: dict[str, OutcomeInEffect]) -> str:
    outcome = str(payload.get("outcome", ""))
    known = outcomes.get(outcome)
    parts = [str(known.title) if known else outcome, str(payload.get("channel") or "")]
    if payload.get("minutes"):
        parts.append(_("{n} min").format(n=payload["minutes"]))
    parts.append(" ".join(str(payload.get("text") or "").split()))
    facts = payload.get("facts")
    if isinstance(facts, dict):
        parts += [f"{name}={_('not known') if value is None else value}" for name, value in facts.items()]
    if payload.get("next_on"):
        parts.append(_("next {day}").format(day=payload["next_on"]))
    parts.append(str(payload.get("next") or ""))
    return "  ".join(each for each in parts if each)


def _outcomes(place: Workspace, entries: Sequence[TimelineEntry]) -> dict[str, OutcomeInEffect]:
    """Return the outcomes of the policies the contacts were logged by, by id; the newest contact's first."""
    found: dict[str, OutcomeInEffect] = {}
    policies = (each.payload.get("policy") for each in entries if each.kind == "contact.logged")
    for policy in dict.fromkeys(each for each in policies if isinstance(each, str)):
        try:
            outcomes = place.contacts.outcomes(place.latest_by(policy))
        except RungError:
            continue  # without a run by it the outcomes' ids stand for their titles
        for each in outcomes:
            found.setdefault(each.id, each)
    return found

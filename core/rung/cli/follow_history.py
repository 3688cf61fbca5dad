"""``rung follow history``: everything on record about one customer, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rung.cli.audit_words import act_title, act_words
from rung.cli.named_customer import customer_meant
from rung.cli.options import json_option, workspace_option
from rung.cli.session import session
from rung.cli.terminal import console, grid, line, print_json
from rung.text import _

if TYPE_CHECKING:
    from rung.ledger import People
    from rung.policy.outcome import OutcomeInEffect
    from rung.workspace import Workspace
    from rung.workspace.following.timeline import TimelineEntry

__all__ = ["history", "history_rows"]

_LIMIT = 50


@click.command(
    help=_(
        "Show everything on record about CUSTOMER, by id or name, newest first: contacts, judgements, "
        "corrections and overrides, events, alarms, records, holders and notes."
    )
)
@click.argument("customer")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    help=_("How many are shown; 50 if left out, in JSON all."),
)
@click.option(
    "--before", type=click.IntRange(min=1), metavar="N", help=_("The page after the one that ends there.")
)
@workspace_option
@json_option
def history(
    customer: str, limit: int | None, before: int | None, workspace: Path | None, as_json: bool
) -> None:
    """Show a customer's history."""
    place = session(workspace).in_workspace()
    customer_id = customer_meant(customer, place)
    limit = limit or (None if as_json else _LIMIT)
    found = place.contacts.history(customer_id, before=before, limit=limit)
    people = place.human_input.people
    if as_json:
        print_json(
            {
                "customer_id": customer_id,
                "count": found.count,
                "next": found.next,
                "entries": [_plain(each, people) for each in found.entries],
            }
        )
        return
    screen = console()
    if not found.entries:
        screen.print(line(_("Nothing is on record about {customer}.").format(customer=customer_id)))
        return
    screen.print(grid(*history_rows(place, found.entries), whole=(0, 1)))
    if found.next is not None:
        words = _("{n} of {count}; more: --before {number}")
        told = words.format(n=len(found.entries), count=found.count, number=found.next)
        screen.print(line(told, "dim"))


def history_rows(
    place: Workspace, entries: Sequence[TimelineEntry]
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return headers and rows of a history, in the current language."""
    people, outcomes = place.human_input.people, _outcomes(place, entries)
    headers = (_("when"), _("id"), _("by"), _("what"), _("said"))
    return headers, [_row(each, people, outcomes) for each in entries]


def _plain(entry: TimelineEntry, people: People) -> dict[str, Any]:
    return {
        "id": entry.id,
        "number": entry.number,
        "kind": entry.kind,
        "at": entry.at,
        "made_at": entry.made_at,
        "maker": entry.maker,
        "maker_name": people.name(entry.maker),
        "policy": entry.policy_id,
        "is_withdrawn": entry.is_withdrawn,
        "payload": entry.payload,
    }


def _row(entry: TimelineEntry, people: People, outcomes: dict[str, OutcomeInEffect]) -> tuple[str, ...]:
    what = act_title(entry.kind)
    if entry.is_withdrawn:
        what = _("{what} (taken back)").format(what=what)
    moment = f"{entry.at.astimezone():%Y-%m-%d %H:%M}"
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
    from rung.errors import RungError

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

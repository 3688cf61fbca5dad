"""``rung audit``: the ledger of human acts as it was written, and whether its chain is whole."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable
from dataclasses import fields
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rung.cli.options import Day, json_option, workspace_option
from rung.cli.progress import progress
from rung.cli.session import session
from rung.cli.terminal import console, grid, line, print_json
from rung.errors import RungError, did_you_mean
from rung.text import _

if TYPE_CHECKING:
    from rung.ledger import Event, People, Verdict
    from rung.workspace.human_input import HumanInput

__all__ = ["audit"]


@click.group(help=_("Show the ledger of human acts, and verify its chain."))
def audit() -> None:
    """Group the verbs about the ledger."""


@audit.command(help=_("Show the acts on record, oldest first."))
@click.option("--customer", metavar="ID", help=_("Only those about one customer."))
@click.option("--person", metavar="ACCOUNT", help=_("Only those of one person, by account."))
@click.option(
    "--kind", "kinds", multiple=True, metavar="KIND", help=_("Only those of a kind; may be repeated.")
)
@click.option("--since", type=Day(), metavar="DATE", help=_("Only those of that day and after."))
@click.option("--until", type=Day(), metavar="DATE", help=_("Only those of that day and before."))
@click.option("--last", type=click.IntRange(min=1), metavar="N", help=_("Only the last N of these."))
@workspace_option
@json_option
def log(
    customer: str | None,
    person: str | None,
    kinds: tuple[str, ...],
    since: date | None,
    until: date | None,
    last: int | None,
    workspace: Path | None,
    as_json: bool,
) -> None:
    """Show events."""
    from rung.ledger import EventFilter

    _check_kinds(kinds)
    wanted = EventFilter(
        customer_id=customer,
        maker=person,
        kinds=kinds,
        since=_midnight(since),
        until=None if until is None else _midnight(until + timedelta(days=1)),
    )
    human_input = session(workspace).in_workspace().human_input
    events: deque[Event] = deque(maxlen=last)
    if human_input.is_begun:
        with human_input.ledger() as store:
            events.extend(store.events(wanted))
    if as_json:
        print_json({"events": [_plain(event) for event in events]})
    elif events:
        console().print(_table(events, human_input.people))
    else:
        console().print(line(_("Nothing on record.")))


@audit.command(
    help=_(
        "Check every act on record against the one before, and name the first that does not fit.\n\n"
        "Keep the hash it ends with outside, on paper or in another system: given back with --head, it "
        "shows that nothing was cut off or written anew since."
    )
)
@click.option("--head", metavar="HASH", help=_("A hash noted earlier."))
@workspace_option
@json_option
def verify(head: str | None, workspace: Path | None, as_json: bool) -> int:
    """Verify the chain; return 1 where it is broken."""
    from rung.ledger import check_head

    head = None if head is None else check_head(head)
    verdict = _verdict(session(workspace).in_workspace().human_input, head)
    if as_json:
        print_json(_found(verdict))
    else:
        _show(verdict)
    return 0 if verdict.is_whole else 1


def _verdict(human_input: HumanInput, head: str | None) -> Verdict:
    from rung.ledger import Break, Head, Misfit, Verdict, verify

    if human_input.is_begun:
        with progress() as report, human_input.ledger() as store:
            return verify(store, head, report)
    # Looking must not begin a ledger; and one that is gone altogether is the shortest cut of all.
    missing = head not in (None, Head().hash)
    return Verdict(Head(), Break(None, Misfit.HEAD, _("there is no ledger")) if missing else None)


def _check_kinds(kinds: Iterable[str]) -> None:
    from rung.ledger import EventKind

    known = tuple(kind.value for kind in EventKind)
    for kind in kinds:
        if kind not in known:
            message = _("“{kind}” is no kind of act.").format(kind=kind)
            raise RungError.of(message, did_you_mean(kind, known))


def _midnight(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time()).astimezone()


def _table(events: Iterable[Event], people: People) -> Any:
    headers = (_("no."), _("when"), _("who"), _("act"), _("customer"), _("policy"), _("what"), _("hash"))
    rows = (
        (
            event.sequence,
            f"{event.made_at.astimezone():%Y-%m-%d %H:%M:%S}",
            people.name(event.maker),
            _kind(event.kind),
            event.customer_id,
            event.policy_id,
            _what(event),
            event.hash[:12],
        )
        for event in events
    )
    return grid(headers, rows, right=(0,))


def _kind(kind: str) -> str:
    from rung.ledger import EventKind

    return str(EventKind(kind).words) if kind in tuple(EventKind) else kind


def _what(event: Event) -> str:
    payload = _payload(event)
    if not isinstance(payload, dict):
        return "?"
    words = [str(payload.get("id", ""))]
    if "proposed_grade" in payload:
        words.append(f"{payload.get('model_grade') or '–'} → {payload['proposed_grade']}")
        words += [str(payload.get(name) or "") for name in ("reason", "narrative", "evidence")]
    return "  ".join(word for word in words if word)


def _payload(event: Event) -> Any:
    try:
        return json.loads(event.payload)
    except ValueError:
        return event.payload.decode("utf-8", "replace")


def _plain(event: Event) -> dict[str, Any]:
    plain = {item.name: getattr(event, item.name) for item in fields(event)}
    return {**plain, "payload": _payload(event)}


def _found(verdict: Verdict) -> dict[str, Any]:
    broken = verdict.broken
    told = (
        None if broken is None else {"event": broken.sequence, "misfit": broken.misfit, "says": str(broken)}
    )
    return {
        "events": verdict.head.sequence,
        "head": verdict.head.hash,
        "whole": verdict.is_whole,
        "broken": told,
        "since_head": verdict.since_head,
    }


def _show(verdict: Verdict) -> None:
    screen = console()
    if verdict.broken is not None:
        screen.print(line(verdict.broken, "bold red"))
        fits = _("The {count} events before it fit.") if verdict.broken.sequence else _("{count} events fit.")
        screen.print(line(fits.format(count=verdict.head.sequence)))
        screen.print(line(_("Keep the ledger as it is, and compare it with a copy."), "dim"))
        return
    screen.print(
        line(_("The chain is whole: {count} events.").format(count=verdict.head.sequence), "bold green")
    )
    screen.print(line(_("Head: {hash}").format(hash=verdict.head.hash)))
    if verdict.since_head is not None:
        words = _("The head given is there; {count} events came since.")
        screen.print(line(words.format(count=verdict.since_head)))

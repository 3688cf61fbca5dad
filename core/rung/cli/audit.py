"""``rung audit``: the ledger of human acts as it was written, and whether its chain is whole."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from rung import moments
from rung.cli.audit_choice import acts_options
from rung.cli.audit_export import export
from rung.cli.options import json_option, workspace_option
from rung.cli.progress import progress
from rung.cli.session import session
from rung.cli.terminal import console, grid, line, print_json
from rung.text import _
from rung.workspace.act_words import act_title, act_words
from rung.workspace.acts_verified import kept_head, verdict_words, verified
from rung.workspace.acts_wanted import ActsGiven
from rung.workspace.record_titles import Titles

if TYPE_CHECKING:
    from rung.ledger import Event, Verdict
    from rung.workspace.confidential import Confidential
    from rung.workspace.human_input import HumanInput

__all__ = ["audit"]

_MOST: Final = 1_000
# Acts shown where nobody says how many: more than a person reads, few enough to lay out as a table.


@click.group(help=_("Show the ledger of human acts, and verify its chain."))
def audit() -> None:
    """Group the verbs about the ledger."""


audit.add_command(export)


@audit.command(help=_("Show the acts on record, oldest first."))
@acts_options
@click.option("--last", type=click.IntRange(min=1), metavar="N", help=_("Only the last N of these."))
@workspace_option
@json_option
def log(last: int | None, workspace: Path | None, as_json: bool, **given: Any) -> None:
    """Show events."""
    surroundings = session(workspace).in_workspace()
    human_input, confidential = surroundings.human_input, surroundings.confidential
    wanted = ActsGiven(**given).wanted(surroundings)
    most = min(last, sys.maxsize) if last else None if as_json else _MOST
    events: deque[Event] = deque(maxlen=most)
    count = 0
    if human_input.is_begun:
        with human_input.ledger() as store:
            for count, event in enumerate(store.events(wanted), 1):  # noqa: B007 - the last count is wanted
                events.append(event)
    if as_json:
        print_json({"events": [_plain(event, confidential) for event in events]})
    elif events:
        console().print(_table(events, human_input, confidential))
        if last is None and count > len(events):
            words = _("The last {n} of {count}; all of them: rung audit export FILE, or --last {count}.")
            console().print(line(words.format(n=len(events), count=count), "dim"))
    else:
        console().print(line(_("Nothing on record.")))


@audit.command(
    help=_(
        "Print how many acts are on record and the hash of the last, on one line.\n\n"
        "Keep it outside, on paper or in another system: rung audit head > head.txt. Later "
        "rung audit verify --head @head.txt shows that nothing was cut off or written anew since."
    )
)
@workspace_option
@json_option
def head(workspace: Path | None, as_json: bool) -> None:
    """Print where the chain ends."""
    from rung.ledger import Head

    human_input = session(workspace).in_workspace().human_input
    found = Head()
    if human_input.is_begun:
        with human_input.ledger() as store:
            found = store.head()
    if as_json:
        print_json({"events": found.sequence, "head": found.hash})
    else:
        click.echo(f"{found.sequence} {found.hash}")


@audit.command(
    help=_(
        "Check every act on record against the one before, and name the first that does not fit.\n\n"
        "Keep the hash it ends with outside, on paper or in another system: given back with --head, it "
        "shows that nothing was cut off or written anew since."
    )
)
@click.option(
    "--head",
    metavar="HASH-or-@FILE",
    help=_("A hash noted earlier, or @ and the file “rung audit head” was kept in."),
)
@workspace_option
@json_option
def verify(head: str | None, workspace: Path | None, as_json: bool) -> int:
    """Verify the chain; return 1 where it is broken."""
    kept = None if head is None else kept_head(head)
    with progress() as report:
        verdict = verified(session(workspace).in_workspace().human_input, kept, report)
    if as_json:
        print_json(_found(verdict))
    else:
        _show(verdict)
    return 0 if verdict.is_whole else 1


def _table(events: Iterable[Event], human_input: HumanInput, confidential: Confidential) -> Any:
    people, titles = human_input.people, Titles(human_input)
    headers = (_("no."), _("when"), _("who"), _("act"), _("customer"), _("policy"), _("what"), _("hash"))
    rows = (
        (
            event.sequence,
            f"{moments.local(event.made_at):%Y-%m-%d %H:%M:%S}",
            people.name(event.maker),
            act_title(event.kind),
            event.customer_id,
            event.policy_id,
            act_words(event.kind, confidential.payload(event), people, titles),
            event.hash[:8],
        )
        for event in events
    )
    return grid(headers, rows, right=(0,))


def _plain(event: Event, confidential: Confidential) -> dict[str, Any]:
    plain = {item.name: getattr(event, item.name) for item in fields(event)}
    return {**plain, "payload": confidential.payload(event)}


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
    for words, role in verdict_words(verdict):
        console().print(line(words, _STYLES[role]))


_STYLES: Final = {"bad": "bold red", "good": "bold green", "muted": "dim", "": ""}

"""``rung override show``: one human input in full, for whoever decides on it or answers for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rung import moments
from rung.cli.options import json_option, workspace_option
from rung.cli.record_words import plain_record
from rung.cli.session import session
from rung.cli.terminal import console, line, print_json
from rung.text import _
from rung.workspace.record_titles import Titles
from rung.workspace.record_words import decision_words, moment_words, person_words, record_words, title_words

if TYPE_CHECKING:
    from rung.ledger import InputRecord, People

__all__ = ["show"]


@click.command(
    help=_(
        "Show the inputs ID, of any kind, in full: what each wants and why, by whom, what others decided "
        "and wrote, and until when it lasts."
    )
)
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@workspace_option
@json_option
def show(ids: tuple[str, ...], workspace: Path | None, as_json: bool) -> None:
    """Show human inputs."""
    surroundings = session(workspace).in_workspace()
    human_input = surroundings.human_input
    today = moments.today()
    found = [surroundings.confidential.listed(human_input.input(each)) for each in ids]
    if as_json:
        print_json({"inputs": [plain_record(each, today) for each in found]})
        return
    screen = console()
    titles = Titles(human_input)
    for place, made in enumerate(found):
        if place:
            screen.print()
        head, *others = _lines(made, titles, human_input.people, today)
        screen.print(line(head, "bold"))
        for words in others:
            screen.print(line(f"  {words}"))


def _lines(made: InputRecord, titles: Titles, people: People, today: date) -> Iterator[str]:
    status = str(made.status(today).words)
    if made.superseded_by is not None:
        status = _("{status} by {id}").format(status=status, id=made.superseded_by)
    yield f"{title_words(made)} · {made.customer_id} · {status}"
    yield record_words(made, titles.quantity(made))
    if made.reason:
        yield _("Reason: {reason}").format(reason=f"{titles.reason(made)} [{made.reason}]")
    if made.narrative:
        yield _("Narrative: {text}").format(text=made.narrative)
    if made.evidence:
        yield _("Evidence: {where}").format(where=made.evidence)
    yield _("Proposed by {who} on {moment}").format(
        who=person_words(made.maker, made.on_behalf_of, people), moment=moment_words(made.made_at)
    )
    for decision in made.decisions:
        yield decision_words(decision, people)
    if made.approvals_needed:
        words = _("Approvals: {found} of {needed}")
        yield words.format(found=len(made.approvals), needed=made.approvals_needed)
    yield _("Last day: {day}").format(day=made.expires_at.isoformat())
    yield _("Policy: {policy}, run {run}").format(
        policy=f"{made.policy_id} {made.policy_version}", run=made.run_id
    )

"""``rung follow log`` and ``undo``: a contact goes on record, or is taken back, and the grade with it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rung import moments
from rung.cli.chosen_runs import run_meant
from rung.cli.contact_options import NextDay, TookPlace
from rung.cli.options import json_option, run_options, workspace_option
from rung.cli.session import session
from rung.cli.terminal import console, line, print_json, show_problems
from rung.text import _

if TYPE_CHECKING:
    from rung.durations import Duration

__all__ = ["log", "undo"]


@click.command(
    help=_(
        "Log a contact with CUSTOMER, by id or name, and what it came to: OUTCOME, by id, key or title.\n\n"
        "What the outcome says is known from then on, and the customer is graded anew with it at once. "
        "The contact's own day counts, not the day it is logged."
    )
)
@click.argument("customer")
@click.argument("outcome")
@click.option(
    "--at",
    type=TookPlace(),
    metavar="MOMENT",
    help=_("When it took place, such as 2026-06-30 or “2026-06-30 14:30”; now if left out."),
)
@click.option("--channel", default="", metavar="TEXT", help=_("How: phone, visit, mail."))
@click.option("--text", default="", metavar="TEXT", help=_("What was said."))
@click.option("--minutes", type=int, metavar="N", help=_("How long it took."))
@click.option(
    "--next-on",
    type=NextDay(),
    metavar="DAY-or-SPAN",
    help=_("The day agreed for the next contact, or how long until then, such as 3d."),
)
@click.option("--next", "next_step", default="", metavar="TEXT", help=_("The next step."))
@click.option(
    "--fact",
    "facts",
    multiple=True,
    metavar="FIELD=VALUE",
    help=_("What was learned besides, “missing” for not known any more; may be repeated."),
)
@click.option(
    "--supersede",
    multiple=True,
    metavar="ID",
    help=_("Another person's open input a fact takes the place of; may be repeated."),
)
@run_options
@workspace_option
@json_option
def log(
    customer: str,
    outcome: str,
    at: datetime | date | None,
    channel: str,
    text: str,
    minutes: int | None,
    next_on: date | Duration | None,
    next_step: str,
    facts: tuple[str, ...],
    supersede: tuple[str, ...],
    run_id: str | None,
    policy: str | None,
    workspace: Path | None,
    as_json: bool,
) -> None:
    """Log one contact."""
    from rung.cli.contact_words import made_words, plain_made
    from rung.service.contacts import ContactSaid
    from rung.service.contacts.written import facts_given, next_day

    place = session(workspace).in_workspace()
    now = moments.now()
    today = place.contacts.calendar.day_of(now)
    said = ContactSaid(
        outcome=outcome,
        at=at,
        channel=channel,
        text=text,
        minutes=minutes,
        next_on=next_day(next_on, today),
        next=next_step,
        facts=facts_given(facts),
        supersedes=supersede,
    )
    made = place.contacts.log(customer, said, now, run_meant(place, run_id, policy))
    if as_json:
        print_json(plain_made(made, today))
        return
    show_problems(made.notices)
    for words in made_words(made):
        console().print(line(words))
    words = _("Take it back with: rung follow undo {id} --reason TEXT")
    console().print(line(words.format(id=made.contact.id), "dim"))


@click.command(
    help=_(
        "Take CONTACT back, such as K12, because it was logged by mistake; it stays on record, so marked.\n\n"
        "The judgements and corrections that came with it are withdrawn, and what they took the place of "
        "counts again. Its maker may, and an owner."
    )
)
@click.argument("contact")
@click.option("--reason", required=True, metavar="TEXT", help=_("Why it is taken back."))
@workspace_option
@json_option
def undo(contact: str, reason: str, workspace: Path | None, as_json: bool) -> None:
    """Take one contact back."""
    from rung.cli.contact_words import plain_undone
    from rung.workspace.following.words import undone_words

    place = session(workspace).in_workspace()
    undone = place.contacts.undo(contact, reason, moments.now())
    if as_json:
        print_json(plain_undone(undone))
        return
    for words in undone_words(undone):
        console().print(line(words))

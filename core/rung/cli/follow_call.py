"""``rung follow call``: works through the calls due one by one, a key a call, and says how the round went."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import click

from rung import moments
from rung.cli.follow_wanted import DueWanted, due_options
from rung.cli.options import json_option, workspace_option
from rung.cli.session import session
from rung.cli.terminal import console, line, print_json, show_problems
from rung.text import _

__all__ = ["call"]

_PHONE: Final = "phone"


@click.command(
    help=_(
        "Work through the contacts due, one customer after the other: who it is, why, what to say, and what "
        "was said before. One key logs what the call came to and shows the next customer.\n\n"
        "Small letters are the outcomes; S skips, U takes the last call back, Enter adds a note, a next day "
        "or a fact first, H shows the history, ? all keys, Q stops. What was logged is on record at once. "
        "Through a pipe each line is a key, with a note behind it."
    )
)
@due_options
@click.option(
    "--channel", default=_PHONE, metavar="TEXT", help=_("How the customers are reached; phone if left out.")
)
@workspace_option
@json_option
def call(channel: str, workspace: Path | None, as_json: bool, **wanted: Any) -> None:
    """Call through what is due."""
    place = session(workspace).in_workspace()
    now = moments.now()

    from rung.cli.call_keys import keys_of
    from rung.cli.call_round import Round, plain_tally, tally_words
    from rung.workspace.following.call_list import CallList

    place.contacts.check_may_log()
    meant = DueWanted(**wanted, kinds=("contact",))
    due, notices = meant.listed(place, now)
    show_problems(notices)
    screen = console(stderr=as_json)
    with CallList(place, meant.runs(place), due, now) as calls:
        Round(calls, keys_of(), screen, channel, moments.now).work()
        if as_json:
            print_json(plain_tally(calls, moments.now()))
            return
        for words in tally_words(calls, moments.now()):
            screen.print(line(words))


# Contacts alone are called for, and today: there is nothing to choose.
call.params = [each for each in call.params if each.name not in ("kinds", "day")]

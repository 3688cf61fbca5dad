"""``rung alarm send``: tells the command, the webhook and the plugins of alarms not delivered yet."""

from __future__ import annotations

from pathlib import Path

import click

from rung import moments
from rung.cli.alarm_words import sent_words
from rung.cli.options import json_option, workspace_option
from rung.cli.progress import progress
from rung.cli.session import session
from rung.cli.terminal import console, print_json
from rung.text import _

__all__ = ["send"]


@click.command(
    help=_(
        "Send the alarms that are not delivered yet, by the command and the webhook of rung.toml and by "
        "plugins. What fails is tried again later, each time after a longer while: call this every few "
        "minutes from a scheduler.\n\nEnds with 1 where something is still to be sent, or was given up."
    )
)
@click.option("--again", is_flag=True, help=_("Do not wait, and try once more what was given up."))
@workspace_option
@json_option
def send(again: bool, workspace: Path | None, as_json: bool) -> int:
    """Send alarms."""
    place = session(workspace).in_workspace()
    place.alarms.look(moments.now())
    with progress() as report:
        sent = place.alarms.send(moments.now, again=again, report=report)
    if as_json:
        print_json({"sent": sent})
    else:
        for words in sent_words(sent, is_asked=True):
            console().print(words)
    return 1 if sent.waiting or sent.given_up else 0

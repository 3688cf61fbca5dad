"""``rung alarm answer`` and ``close``: what was done about an alarm, and what came of it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from rung import moments
from rung.cli.alarm_words import alarm_page, plain_alarm
from rung.cli.options import json_option, workspace_option
from rung.cli.session import session
from rung.cli.terminal import console, line, print_json
from rung.ledger.service.alarms import AlarmState, RaisedAlarm
from rung.text import _
from rung.workspace import Workspace

__all__ = ["answer", "close"]


@click.command(
    help=_(
        "Say what was done about the alarm ID: about its next duty, or about another with --duty.\n\n"
        "The first answer of a duty counts, and stays."
    )
)
@click.argument("alarm_id", metavar="ID")
@click.option("--note", required=True, metavar="TEXT", help=_("What was done, in a sentence or two."))
@click.option(
    "--duty",
    type=click.IntRange(min=1),
    metavar="N",
    help=_("The duty meant, as “rung alarm show” numbers them."),
)
@workspace_option
@json_option
def answer(alarm_id: str, note: str, duty: int | None, workspace: Path | None, as_json: bool) -> None:
    """Answer a duty."""
    place, now = session(workspace).in_workspace(), moments.now()
    place.alarms.look(now)
    _told(place, place.alarms.answer(alarm_id, note, now, duty), now, as_json=as_json)


@click.command(help=_("Close the alarm ID, with what came of it; nothing is due of it any more."))
@click.argument("alarm_id", metavar="ID")
@click.option("--note", required=True, metavar="TEXT", help=_("What came of it, in a sentence or two."))
@click.option(
    "--outcome",
    default="",
    metavar="WORD",
    help=_("The same in one word, to count by: resolved, false alarm."),
)
@click.option(
    "--unanswered", is_flag=True, help=_("Close it though duties of it wait: it was a false alarm.")
)
@workspace_option
@json_option
def close(
    alarm_id: str, note: str, outcome: str, unanswered: bool, workspace: Path | None, as_json: bool
) -> None:
    """Close an alarm."""
    place, now = session(workspace).in_workspace(), moments.now()
    closed = place.alarms.close(alarm_id, note, now, outcome, unanswered=unanswered)
    _told(place, closed, now, as_json=as_json)


def _told(place: Workspace, alarm: RaisedAlarm, now: datetime, *, as_json: bool) -> None:
    (shown,) = place.alarms.shown([alarm], now)
    if as_json:
        print_json({"alarm": plain_alarm(shown)})
        return
    for part in alarm_page(shown, place.human_input.people, place.service.calendar.zone):
        console().print(part)
    if alarm.state is AlarmState.ANSWERED:
        words = _("All is answered. Say what came of it: rung alarm close {id} --note TEXT")
        console().print(line(words.format(id=alarm.id), "dim"))

"""``rung alarm``: what waits for whom by when, answered, closed, and sent to whoever else is told."""

from __future__ import annotations

import click

from rung.cli.alarm_act import answer, close
from rung.cli.alarm_list import list_, show
from rung.cli.alarm_send import send
from rung.text import _

__all__ = ["alarm"]


@click.group(help=_("See what events have set off, answer it, and say what came of it."))
def alarm() -> None:
    """Group the verbs about alarms."""


for _verb in (list_, show, answer, close, send):
    alarm.add_command(_verb)

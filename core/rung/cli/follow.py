"""``rung follow``: keeps what was promised to the customers."""

from __future__ import annotations

import click

from rung.cli.follow_calendar import calendar
from rung.cli.follow_call import call
from rung.cli.follow_due import due
from rung.cli.follow_forecast import forecast
from rung.cli.follow_history import history
from rung.cli.follow_kept import kept
from rung.cli.follow_log import log, undo
from rung.cli.follow_resources import resources
from rung.cli.follow_reviewed import reviewed
from rung.text import _

__all__ = ["follow"]


@click.group(help=_("See what is due to the customers, and to whom first."))
def follow() -> None:
    """Group the verbs of service in motion."""


for _verb in (
    call,
    log,
    undo,
    history,
    resources,
    due,
    calendar,
    reviewed,
    kept,
    forecast,
):
    follow.add_command(_verb)

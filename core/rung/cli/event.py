"""``rung event``: what happened to the customers, brought in from outside."""

from __future__ import annotations

import click

from rung.cli.event_add import add
from rung.cli.event_list import list_
from rung.text import _

__all__ = ["event"]


@click.group(help=_("Bring in what happened to the customers: complaints, survey answers, late payments."))
def event() -> None:
    """Group the verbs about events."""


for _verb in (add, list_):
    event.add_command(_verb)

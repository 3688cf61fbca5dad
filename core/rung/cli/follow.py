"""``rung follow``: keeps what was promised to the customers."""

from __future__ import annotations

import click

from rung.cli.follow_due import due
from rung.text import _

__all__ = ["follow"]


@click.group(help=_("See what is due to the customers, and to whom first."))
def follow() -> None:
    """Group the verbs of service in motion."""


for _verb in (due,):
    follow.add_command(_verb)

"""``rung record``: forms filled in about customers, of the types the sectors declare."""

from __future__ import annotations

import click

from rung.cli.record_analyse import analyse
from rung.cli.record_change import change, withdraw
from rung.cli.record_list import list_
from rung.cli.record_new import new
from rung.cli.record_show import show, timeline
from rung.cli.record_types import types
from rung.text import _

__all__ = ["record"]


@click.group(help=_("Keep records of customers: visits, complaints, surveys, files, as the sector has them."))
def record() -> None:
    """Group the verbs about records."""


for _verb in (types, new, change, withdraw, show, list_, timeline, analyse):
    record.add_command(_verb)

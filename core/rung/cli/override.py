"""``rung override``: overrules a grade on the record, decides on what people propose, and lists all of it."""

from __future__ import annotations

import click

from rung.cli.override_decide import approve, reject, resubmit, return_, withdraw
from rung.cli.override_list import list_
from rung.cli.override_propose import propose
from rung.cli.override_show import show
from rung.text import _

__all__ = ["override"]


@click.group(help=_("Overrule a grade on the record; decide on what people propose, and list it."))
def override() -> None:
    """Group the verbs about human input."""


for _verb in (propose, return_, resubmit, approve, reject, withdraw, list_, show):
    override.add_command(_verb)

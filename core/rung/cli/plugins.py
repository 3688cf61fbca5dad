"""``rung plugins``: which plugins are installed, what is wrong with them, and which one does without."""

from __future__ import annotations

import click

from rung.cli.plugins_doctor import doctor
from rung.cli.plugins_hooks import hooks
from rung.cli.plugins_list import list_
from rung.cli.plugins_new import new
from rung.cli.plugins_switch import disable, enable
from rung.text import _

__all__ = ["plugins"]


@click.group(help=_("List the plugins, look for their faults, and do without one."))
def plugins() -> None:
    """Group the verbs about plugins."""


for _verb in (list_, doctor, hooks, disable, enable, new):
    plugins.add_command(_verb)

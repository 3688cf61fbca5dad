"""Which verbs there are, where each is found, and its line in the help; importing none of them."""

from __future__ import annotations

import importlib
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rung.text import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    import click

__all__ = ["Verb", "load", "own_verbs", "plugin_verbs"]


_METADATA: Final = (".dist-info", ".egg-info")
_GROUP: Final = "rung.commands"
# The same as rung.hooks.VERB_GROUP, whose import the help can do without; a test holds them together.


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb: its line in the help, and the module and name it is found under."""

    summary: str
    module: str
    name: str


def own_verbs() -> dict[str, Verb]:
    """Return Rung's own verbs, in the order a newcomer meets them."""
    return {
        "demo": Verb(
            _("Make a workspace with sample customers of every sector, graded."), "rung.cli.demo", "demo"
        ),
        "init": Verb(_("Make an empty workspace."), "rung.cli.init", "init"),
        "grade": Verb(_("Grade the customers of a table by a policy."), "rung.cli.grade", "grade"),
        "explain": Verb(_("Say why a customer has its grade."), "rung.cli.explain", "explain"),
        "runs": Verb(_("List the runs of the workspace."), "rung.cli.runs", "runs"),
        "policy": Verb(_("List, show, check and test policies."), "rung.cli.policy", "policy"),
        "override": Verb(
            _("Overrule a grade on the record, and list what is overruled."), "rung.cli.override", "override"
        ),
        "audit": Verb(_("Show the ledger of human acts, and verify its chain."), "rung.cli.audit", "audit"),
        "plugins": Verb(_("List the plugins and look for their faults."), "rung.cli.plugins", "plugins"),
        "doctor": Verb(
            _("Check the installation, the terminal and the workspace."), "rung.cli.doctor", "doctor"
        ),
    }


def load(verb: Verb) -> click.Command:
    """Import a verb of Rung's own."""
    command: click.Command = getattr(importlib.import_module(verb.module), verb.name)
    return command


def plugin_verbs() -> Mapping[str, str]:
    """Return the verbs that installed distributions add, each with its origin; imports none of them."""
    if not any(map(_may_add_verbs, sys.path)):
        return {}
    from rung.plugins import PluginHost

    return {
        name: _("From {origin}.").format(origin=point.value) for name, point in PluginHost().verbs().items()
    }


def _may_add_verbs(folder: str) -> bool:
    """Whether a distribution in a folder of the import path may declare verbs.

    The help is asked for often and verbs are added seldom: reading the declarations as text takes a
    tenth of what the plugin host takes to start.
    """
    try:
        with os.scandir(folder or ".") as entries:
            return any(_declares_verbs(entry.path) for entry in entries if entry.name.endswith(_METADATA))
    except NotADirectoryError:
        return True  # an archive: the host looks into it
    except OSError:
        return False


def _declares_verbs(metadata: str) -> bool:
    try:
        with open(f"{metadata}/entry_points.txt", encoding="utf-8") as file:  # noqa: PTH123 - pathlib would cost more
            return f"[{_GROUP}]" in file.read()
    except (OSError, ValueError):
        return False

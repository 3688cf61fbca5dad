"""Which verbs there are, where each is found, and its line in the help; importing none of them."""

from __future__ import annotations

import importlib
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rung.text import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import click

__all__ = ["Verb", "load", "own_verbs", "plugin_verbs"]


_METADATA: Final = (".dist-info", ".egg-info")
_GROUP: Final = "rung.commands"
# The same as rung.hooks.VERB_GROUP, whose import the help can do without; a test holds them together.


_TERMINAL_PROGRAM: Final = "rung_tui.command:review"
# Comes with Rung, though the core does not know it; its line need not cost the import of the screens.


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
        "judge": Verb(
            _("Answer a judged criterion about a customer, on the record."), "rung.cli.data_input", "judge"
        ),
        "correct": Verb(
            _("Replace a wrong datum of a customer, on the record."), "rung.cli.data_input", "correct"
        ),
        "override": Verb(
            _("Overrule a grade on the record; decide on what people propose, and list it."),
            "rung.cli.override",
            "override",
        ),
        "people": Verb(
            _("Say who you are to this workspace, and let somebody stand in for you."),
            "rung.cli.people",
            "people",
        ),
        "note": Verb(_("Write notes about customers, for all or for yourself."), "rung.cli.note", "note"),
        "audit": Verb(_("Show the ledger of human acts, and verify its chain."), "rung.cli.audit", "audit"),
        "ledger": Verb(
            _("Say where the ledger is kept; copy, restore and migrate it."), "rung.cli.ledger", "ledger"
        ),
        "follow": Verb(
            _("See what is due to the customers, and to whom first."), "rung.cli.follow", "follow"
        ),
        "pool": Verb(
            _("Let customers nobody cares for go to a pool, take them, give them."), "rung.cli.pool", "pool"
        ),
        "record": Verb(
            _("Keep records of customers: visits, complaints, surveys, files."),
            "rung.cli.record",
            "record",
        ),
        "event": Verb(
            _("Bring in what happened to the customers: complaints, survey answers, late payments."),
            "rung.cli.event",
            "event",
        ),
        "alarm": Verb(
            _("See what events have set off, answer it, and say what came of it."), "rung.cli.alarm", "alarm"
        ),
        "monitor": Verb(
            _("Watch the grades, what people do to them, and how that ends."), "rung.cli.monitor", "monitor"
        ),
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
    """Return the verbs that installed distributions add, each with its origin; imports none of them.

    The declarations are read as text: the help is asked for often, and the plugin host takes as long to
    start as all the rest of it. A verb that several distributions claim is left out, as the host does.
    """
    claims: dict[str, set[tuple[str, str]]] = {}
    for folder in sys.path:
        for distribution, name, value in _claims(folder):
            claims.setdefault(name, set()).add((distribution, value))
    return {
        name: _summary(value)
        for name, made in sorted(claims.items())
        for _distribution, value in made
        if len(made) == 1
    }


def _summary(origin: str) -> str:
    if origin == _TERMINAL_PROGRAM:
        return _("Look at a run's customers in the terminal program: why each grade, and overrule it.")
    return _("From {origin}.").format(origin=origin)


def _claims(folder: str) -> Iterator[tuple[str, str, str]]:
    """Yield distribution, verb and what it stands for, for each verb declared in a folder."""
    try:
        with os.scandir(folder or ".") as entries:
            found = [entry for entry in entries if entry.name.endswith(_METADATA)]
    except OSError:
        return
    for entry in found:
        for name, value in _declared(f"{entry.path}/entry_points.txt"):
            yield entry.name.partition("-")[0], name, value


def _declared(file: str) -> Iterator[tuple[str, str]]:
    try:
        with open(file, encoding="utf-8") as lines:  # noqa: PTH123 - pathlib would cost more
            text = lines.read()
    except (OSError, ValueError):
        return
    if f"[{_GROUP}]" not in text:
        return
    section = text.partition(f"[{_GROUP}]")[2].partition("\n[")[0]
    for line in section.splitlines():
        name, sign, value = line.partition("=")
        if sign and not line.lstrip().startswith(("#", ";")):
            yield name.strip(), value.strip()

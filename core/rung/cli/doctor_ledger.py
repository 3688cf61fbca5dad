"""What ``rung doctor`` finds of a ledger: whether it can be read and written, and whom it protects."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from rung.errors import RungError
from rung.text import _

if TYPE_CHECKING:
    from rung.ledger.keeping.addresses import PostgresqlAddress
    from rung.workspace import Workspace
    from rung.workspace.human_input import HumanInput

__all__ = ["ledger_findings"]


def ledger_findings(workspace: Workspace) -> Iterator[tuple[str, str, str]]:
    """Yield what each finding is about, what was found, and what to do where it is not well."""
    try:
        human_input = workspace.human_input
        if not human_input.is_begun:
            yield _("ledger"), _("none yet; it is begun with the first act"), ""
        else:
            yield _("ledger"), _begun(human_input), ""
    except RungError as error:
        for problem in error.problems:
            yield _("ledger"), str(problem), _("Mend it.")
        return
    place = human_input.place
    if not isinstance(place, Path):
        if human_input.is_begun and human_input.people.listed:
            yield from _rights(place)
        return
    if not _is_writable(place):
        remedy = _("Have its owner give your group the right to write it and its folder.")
        yield _("ledger"), _("Under your account nothing can be recorded."), remedy
    if len(human_input.people.listed) > 1:
        words = _("a file: whoever may write to it can write under another's name; PostgreSQL prevents that")
        yield _("ledger shared by several"), words, ""


def _rights(place: PostgresqlAddress) -> Iterator[tuple[str, str, str]]:
    """Yield what the login may do to the events that nobody who acts needs."""
    from rung.ledger.keeping.postgresql_rights import rights_at

    rights = rights_at(place)
    remedy = _("Act under a login with the rights docs/ledger.md grants, and no others.")
    if rights.owns:
        words = _("Your login owns the ledger's tables: it could drop what guards the events.")
        yield _("ledger"), words, remedy
    elif rights.may_change:
        words = _("Your login was granted to change events; only the triggers stand against it.")
        yield _("ledger"), words, remedy


def _begun(human_input: HumanInput) -> str:
    with human_input.ledger() as store:
        count = store.head().sequence
    place = human_input.place
    shown = place if isinstance(place, Path) else place.shown
    return _("{place}, events: {count}").format(place=shown, count=f"{count:,}")


def _is_writable(place: Path) -> bool:
    """Whether a file can be written to, and its folder, where SQLite keeps what is not yet in the file."""
    return all(os.access(each, os.W_OK) for each in (place, place.parent) if each.exists())

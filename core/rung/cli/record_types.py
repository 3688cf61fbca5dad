"""``rung record types``: which records can be kept here, and what each of them asks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rung.cli.filed_words import plain_type
from rung.cli.options import json_option, workspace_option
from rung.cli.session import session
from rung.cli.terminal import console, grid, line, print_json
from rung.text import _

if TYPE_CHECKING:
    from rung.workspace.recording.types import DeclaredType

__all__ = ["types"]


@click.command(help=_("List the types of record there are; with TYPE, show what its form asks."))
@click.argument("type", required=False)
@workspace_option
@json_option
def types(type: str | None, workspace: Path | None, as_json: bool) -> None:  # noqa: A002 - the argument's name
    """List types of record."""
    records = session(workspace).in_workspace().records

    from rung.workspace.recording.types import types_meant

    known = records.types if type is None else types_meant(type, records.types)
    if as_json:
        print_json({"types": [plain_type(each) for each in known]})
    elif type is not None:
        for each in known:
            _show(each)
    elif known:
        _list(known)
    else:
        console().print(line(_("The sectors of this workspace declare no types of record.")))


def _list(known: tuple[DeclaredType, ...]) -> None:
    from rung.durations import Duration

    headers = (_("type"), _("title"), _("sector"), _("to be closed within"), _("by"), _("counted by"))
    rows = (
        (
            each.type.id,
            each.type.title,
            each.sector_title,
            Duration.parse(each.type.deadline).text() if each.type.deadline else "",
            each.by_title,
            next((field.title for field in each.type.fields if field.id == each.type.cause), ""),
        )
        for each in known
    )
    console().print(grid(headers, rows, whole=(0,)))
    console().print(line(_("What a form asks: rung record types TYPE"), "dim"))


def _show(declared: DeclaredType) -> None:
    screen, kind = console(), declared.type
    screen.print(line(f"{kind.title}  ({declared.sector}.{kind.id})", "bold"))
    if kind.about is not None:
        screen.print(line(kind.about))
    headers = (_("field"), _("asks"), _("needed"), _("how it is written"))
    rows = (
        (
            each.id,
            each.title,
            _("yes") if each.is_required else "",
            each.how + (f" ({_('sensitive')})" if each.is_sensitive else ""),
        )
        for each in declared.form.fields
    )
    screen.print(grid(headers, rows, whole=(0,)))
    states = (
        f"{each.title} ({each.id})"
        if each.is_open
        else _("{state}, closed").format(state=f"{each.title} ({each.id})")
        for each in kind.states
    )
    screen.print(line(_("States: {states}").format(states=" → ".join(states))))

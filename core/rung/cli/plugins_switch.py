"""``rung plugins disable`` and ``enable``: a workspace does without a plugin, and with it again."""

from __future__ import annotations

from pathlib import Path

import click

from rung.cli.options import workspace_option
from rung.cli.session import session
from rung.cli.terminal import console, line
from rung.text import _
from rung.workspace.installed import kind_words, origin_words, switch_plugin

__all__ = ["disable", "enable"]


@click.command(
    help=_(
        "Do without a plugin in this workspace: nothing of that name is loaded, be it a sector, a data "
        "source, an exporter, a panel or told of alarms. Its runs stay as they are; why their grades are "
        "what they are cannot be told until it is enabled again. Verbs it brings stay, for they belong to "
        "no workspace."
    )
)
@click.argument("name")
@workspace_option
def disable(name: str, workspace: Path | None) -> None:
    """Disable a plugin."""
    place = session(workspace).in_workspace()
    changed = switch_plugin(place, name, off=True)
    words = _("“{name}” is disabled here.") if changed else _("“{name}” was disabled already.")
    console().print(line(words.format(name=name)))
    meant = [each for each in place.host.everything() if each.id == name and each.state == "disabled"]
    if len(meant) > 1:
        for each in meant:
            console().print(line(f"- {kind_words(each.kind)}, {origin_words(each)}"))


@click.command(help=_("Use a plugin again that was disabled in this workspace."))
@click.argument("name")
@workspace_option
def enable(name: str, workspace: Path | None) -> None:
    """Enable a plugin."""
    changed = switch_plugin(session(workspace).in_workspace(), name, off=False)
    words = _("“{name}” is enabled here.") if changed else _("“{name}” was not disabled.")
    console().print(line(words.format(name=name)))

"""``rung plugins hooks``: what a plugin can implement, with its arguments, what it is for, and who does."""

from __future__ import annotations

import inspect
from dataclasses import dataclass

import click

from rung.cli.options import json_option
from rung.cli.terminal import console, line, print_json
from rung.plugins import PluginHost
from rung.text import _

__all__ = ["hooks"]


@dataclass(frozen=True, slots=True)
class _Hook:
    """One hook."""

    name: str
    signature: str
    group: str
    about: str
    used_by: tuple[str, ...]
    """Distributions that announce it."""


@click.command(
    help=_(
        "List the hooks a plugin can implement: arguments, group of entry points, what each is for, and the "
        "distributions that use it. Loads no plugin."
    )
)
@json_option
def hooks(as_json: bool) -> None:
    """List the hooks."""
    from rung.hooks import API_EDITION, SUPPORTED_EDITIONS

    found = _hooks()
    if as_json:
        print_json({"edition": API_EDITION, "supported": SUPPORTED_EDITIONS, "hooks": found})
        return
    screen = console()
    taken = _(" or ").join(map(str, SUPPORTED_EDITIONS))
    words = _("Edition {edition} of the plugin interface; plugins of edition {taken} are taken.")
    screen.print(line(words.format(edition=API_EDITION, taken=taken)))
    for hook in found:
        screen.print(line(""))
        screen.print(line(f"{hook.name}{hook.signature}", "bold"))
        group = _("group: {name}").format(name=hook.group)
        screen.print(line(f"  {group}", "dim"))
        for row in hook.about.splitlines():
            screen.print(line(f"  {row}" if row else ""))
        used = _("used by: {names}").format(names=_(", ").join(hook.used_by) or _("nobody"))
        screen.print(line(f"  {used}", "dim"))


def _hooks() -> tuple[_Hook, ...]:
    from rung import hooks as specified
    from rung.workspace.plugin_remarks import GROUPS

    claims = PluginHost().claims()
    return tuple(
        _Hook(
            name,
            str(inspect.signature(getattr(specified, name))).replace("'", ""),
            group,
            inspect.getdoc(getattr(specified, name)) or "",
            tuple(dict.fromkeys(each.distribution for each in claims if each.group == group)),
        )
        for name, group in GROUPS.items()
    )

"""``rung plugins doctor``: tries every plugin, and tells what is wrong, where, and how it is mended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rung.cli.options import json_option, workspace_option
from rung.cli.plugins_at_hand import milliseconds, plugin_host
from rung.cli.plugins_list import supplied_words
from rung.cli.terminal import console, line, print_json
from rung.errors import Problem, RungError, Severity, did_you_mean
from rung.plugins import Extra, PluginHost, State
from rung.text import _
from rung.workspace.installed import InstalledPlugin, installed_plugins, kind_words, origin_words, state_words
from rung.workspace.plugin_remarks import remarks_on, stray_groups

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["doctor"]


@dataclass(frozen=True, slots=True)
class _Examined:
    """One plugin, and what there is to say of it."""

    plugin: InstalledPlugin
    remarks: tuple[Problem, ...]

    @property
    def is_ailing(self) -> bool:
        return bool(self.plugin.faults) or any(each.severity is Severity.ERROR for each in self.remarks)


@click.command(
    help=_(
        "Load a plugin, or every one, make its sample, try its measures, read its policies, and tell what "
        "is wrong and how it is mended. NAME is a plugin's or a distribution's."
    )
)
@click.argument("name", required=False)
@workspace_option
@json_option
def doctor(name: str | None, workspace: Path | None, as_json: bool) -> int:
    """Look for faults; return 1 where there are some."""
    host = plugin_host(workspace)
    looked_at = installed_plugins(host, load=True, name=name)
    if not looked_at and name is not None:
        known = {part for each in host.everything() for part in (each.id, each.distribution)}
        raise RungError.of(
            _("No plugin “{name}” is installed.").format(name=name), did_you_mean(name, tuple(sorted(known)))
        )
    examined = [_Examined(each, (*remarks_on(host, each), *_verb(host, each))) for each in looked_at]
    strays = stray_groups(host) if name is None else ()
    ailing = any(each.is_ailing for each in examined)
    if as_json:
        print_json(_plain(examined, strays))
        return 1 if ailing else 0
    screen = console()
    for each in examined:
        for part in _told(each):
            screen.print(part)
    for stray in strays:
        screen.print(_remark(stray))
    if not ailing:
        screen.print(line(_("No faults."), "bold green"))
    return 1 if ailing else 0


def _verb(host: PluginHost, plugin: InstalledPlugin) -> Iterator[Problem]:
    from rung.cli.verbs import own_verbs

    if plugin.kind != Extra.VERB:
        return
    if plugin.id in own_verbs():
        yield Problem(
            _("“{name}” is a verb of Rung's own: nobody can reach it.").format(name=plugin.id),
            _("Its author gives it another name."),
        )
    if plugin.state == State.LOADED and not isinstance(host.verb(plugin.id), click.Command):
        message = _("The verb “{name}” is no click command.").format(name=plugin.id)
        yield Problem(message, _("Its author names one in the entry point: module:command."))


def _plain(examined: list[_Examined], strays: tuple[Problem, ...]) -> dict[str, object]:
    def plain(problem: Problem) -> dict[str, object]:
        return {
            "severity": problem.severity.value,
            "message": problem.message,
            "hint": problem.hint,
            "place": None if problem.place is None else str(problem.place),
        }

    return {
        "plugins": [
            {"plugin": each.plugin, "remarks": [plain(problem) for problem in each.remarks]}
            for each in examined
        ],
        "remarks": [plain(problem) for problem in strays],
    }


def _told(examined: _Examined) -> Iterator[RenderableType]:
    plugin = examined.plugin
    facts = [kind_words(plugin.kind), origin_words(plugin), state_words(plugin.state), milliseconds(plugin)]
    head = f"{plugin.id}: {_(', ').join(fact for fact in facts if fact)}"
    yield line(head, "bold red" if examined.is_ailing else "bold")
    if plugin.supplied is not None:
        yield line(f"  {supplied_words(plugin.supplied)}", "dim")
    if plugin.hooks:
        hooks = _("hooks: {names}").format(names=_(", ").join(plugin.hooks))
        yield line(f"  {hooks}", "dim")
    for fault in plugin.faults:
        yield line(f"  ✗ {fault.stage}: {fault.message}", "red")
        if fault.hint:
            yield line(f"    {fault.hint}")
    for problem in examined.remarks:
        yield _remark(problem)


def _remark(problem: Problem) -> RenderableType:
    is_error = problem.severity is Severity.ERROR
    sign = "✗" if is_error else "!"
    return line(f"  {sign} {problem}", "red" if is_error else "yellow")

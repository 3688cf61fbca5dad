"""Loads one plugin step by step: import, edition, hooks, sector; each step's failure ends it with a name."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pluggy

from rung import hooks
from rung.errors import Problem, did_you_mean
from rung.plugins.claims import Claim
from rung.plugins.faults import Stage, described
from rung.plugins.sectors import sector_problems
from rung.text import _
from rung.vocabulary import Sector

__all__ = ["PluginError", "TellsOfAlarms", "load_alarm_hook", "load_sector", "load_verb"]


class PluginError(Exception):
    """A plugin that cannot be used: at which stage, and every reason found there."""

    def __init__(self, stage: Stage, *problems: Problem) -> None:
        self.stage = stage
        self.problems = problems
        super().__init__(stage, *problems)


def load_sector(claim: Claim) -> Sector:
    """Import a claim's plugin and return the sector its hook registers; raises PluginError."""
    plugin = _imported(claim)
    _check_edition(claim, plugin)
    # A manager of its own: a plugin's wrappers and misspelled hooks then reach no other plugin.
    manager = pluggy.PluginManager(hooks.GROUP)
    manager.add_hookspecs(hooks)
    _register(manager, plugin, "rung_sector")
    with _stage(Stage.HOOK_CALL, _("Report it to the plugin's author; hooks only hand over data.")):
        supplied = manager.hook.rung_sector()
    return _sector(claim, supplied)


def load_verb(claim: Claim) -> object:
    """Import what a verb's claim names; raises PluginError."""
    return _imported(claim)


TellsOfAlarms = Callable[[Mapping[str, Any]], str]
"""Is handed an alarm, and returns what came of it; raises whatever the plugin raises."""


def load_alarm_hook(claim: Claim) -> TellsOfAlarms:
    """Import a claim's plugin and return what tells it of alarms; raises PluginError."""
    plugin = _imported(claim)
    _check_edition(claim, plugin)
    manager = pluggy.PluginManager(hooks.GROUP)
    manager.add_hookspecs(hooks)
    _register(manager, plugin, "rung_alarm_raised")
    if not manager.hook.rung_alarm_raised.get_hookimpls():
        message = _("It does not implement “{name}”.").format(name="rung_alarm_raised")
        raise PluginError(
            Stage.NO_HOOK, Problem(message, _("Its author implements it, see docs/plugins.md."))
        )

    def told(alarm: Mapping[str, Any]) -> str:
        said = manager.hook.rung_alarm_raised(alarm=alarm)
        return "; ".join(str(each) for each in said if each is not None)

    return told


@contextmanager
def _stage(stage: Stage, hint: str) -> Iterator[None]:
    try:
        yield
    except (KeyboardInterrupt, PluginError):
        raise
    except BaseException as error:
        # SystemExit and the like too: a plugin must not end the program.
        raise PluginError(stage, Problem(described(error), hint)) from error


def _imported(claim: Claim) -> Any:
    try:
        with _stage(Stage.IMPORT, _("Report it to the plugin's author, or uninstall it.")):
            return claim.load()
    except PluginError as rejected:
        if isinstance(rejected.__cause__, ModuleNotFoundError):
            raise _lacking(claim, rejected.__cause__, rejected) from rejected.__cause__
        raise


def _lacking(claim: Claim, error: ModuleNotFoundError, rejected: PluginError) -> PluginError:
    own = claim.entry_point.value.partition(":")[0].strip()
    lacking = error.name or ""
    if own == lacking or own.startswith(f"{lacking}."):
        hint = _("Its entry point names the module “{module}”, which is not there; reinstall {distribution}.")
    else:
        hint = _("Install the package it needs, or reinstall {distribution}.")
    found = (
        Problem(p.message, hint.format(module=own, distribution=claim.distribution))
        for p in rejected.problems
    )
    return PluginError(Stage.IMPORT, *found)


def _check_edition(claim: Claim, plugin: Any) -> None:
    ours = hooks.API_EDITION
    with _stage(Stage.API, _("Report it to the plugin's author.")):
        module = sys.modules.get(claim.entry_point.module)
        theirs = getattr(plugin, "RUNG_API", getattr(module, "RUNG_API", None))
        if type(theirs) is int and theirs == ours:
            return
        told = {"ours": ours, "theirs": repr(theirs), "distribution": claim.distribution}
        message, hint = _edition_told(theirs, ours)
        raise PluginError(Stage.API, Problem(message.format(**told), hint.format(**told)))


def _edition_told(theirs: object, ours: int) -> tuple[str, str]:
    if theirs is None:
        return (
            _("It does not say for which edition of the plugin interface it was written; ours is {ours}."),
            _("Its author adds RUNG_API = {ours} to the module its entry point names."),
        )
    if type(theirs) is not int:
        return (
            _("Its RUNG_API is {theirs}, which is no whole number; this Rung has edition {ours}."),
            _("Its author writes RUNG_API = {ours}."),
        )
    message = _("It was written for edition {theirs} of the plugin interface; this Rung has edition {ours}.")
    if theirs > ours:
        return message, _("Install a newer Rung, or an older version of {distribution}.")
    return message, _("Install a newer version of {distribution}.")


def _register(manager: pluggy.PluginManager, plugin: Any, wanted: str) -> None:
    known = tuple(vars(manager.hook))
    with _stage(Stage.HOOK_NAMES, _("Its author gives the hook the arguments rung.hooks shows.")):
        manager.register(plugin, name="plugin")
        callers = manager.get_hookcallers(plugin) or []
        misspelled = [caller.name for caller in callers if not caller.has_spec() and not _is_optional(caller)]
        if misspelled:
            told = _("It implements “{name}”, which is no hook of Rung.")
            found = (Problem(told.format(name=name), did_you_mean(name, known)) for name in misspelled)
            raise PluginError(Stage.HOOK_NAMES, *found)
    if not callers:
        with _stage(Stage.NO_HOOK, ""):
            raise PluginError(Stage.NO_HOOK, _hookless(plugin, (wanted,)))


def _is_optional(caller: pluggy.HookCaller) -> bool:
    return all(implementation.optionalhook for implementation in caller.get_hookimpls())


def _hookless(plugin: Any, known: tuple[str, ...]) -> Problem:
    unmarked = next((name for name in known if callable(getattr(plugin, name, None))), None)
    if unmarked is not None:
        return Problem(
            _("Its function “{name}” is not marked as a hook.").format(name=unmarked),
            _("Its author puts @hookimpl from rung.sdk above it."),
        )
    return Problem(
        _("It implements no hook, so it supplies nothing."),
        _("Its author implements one of: {names}.").format(names=", ".join(known)),
    )


def _sector(claim: Claim, supplied: list[Any]) -> Sector:
    if len(supplied) != 1 or not isinstance(supplied[0], Sector):
        found = ", ".join(type(item).__name__ for item in supplied) or "None"
        raise PluginError(
            Stage.SECTOR_DATA,
            Problem(
                _("Its hook rung_sector returned {found}; one Sector is wanted.").format(found=found),
                _('Its author returns rung.sdk.Sector(id="{id}", …).').format(id=claim.name),
            ),
        )
    sector: Sector = supplied[0]
    with _stage(Stage.SECTOR_DATA, _("Report it to the plugin's author.")):
        problems = sector_problems(sector, claim.name)
    if problems:
        raise PluginError(Stage.SECTOR_DATA, *problems)
    return sector

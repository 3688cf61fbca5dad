"""Loads one plugin step by step: import, edition, hooks, data; each failure ends it with a name."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

import pluggy

from rung import hooks
from rung.errors import Problem, did_you_mean
from rung.plugins.claims import Claim
from rung.plugins.faults import Stage, described
from rung.text import _

__all__ = [
    "Loaded",
    "PluginError",
    "TellsOfAlarms",
    "load_alarm_hook",
    "load_supplied",
    "load_verb",
    "stage",
]

T = TypeVar("T")

_PLUGIN: Final = "plugin"
# The name a plugin has in its own manager, where it is the only one.
_TARGET: Final = re.compile(r"[\w.]+\s*(:\s*[\w.]+\s*)?(\[.*\]\s*)?")
# As entry points are specified: a module, an object in it, extras.


class PluginError(Exception):
    """A plugin that cannot be used: at which stage, and every reason found there."""

    def __init__(self, stage: Stage, *problems: Problem) -> None:
        self.stage = stage
        self.problems = problems
        super().__init__(stage, *problems)


@dataclass(frozen=True, slots=True)
class Loaded(Generic[T]):
    """What a plugin supplies, and the hooks it implements."""

    found: T
    hooks: tuple[str, ...] = ()


def load_supplied(claim: Claim, hook: str, kind: type[T]) -> Loaded[T]:
    """Import a claim's plugin, call its one hook and return what it hands over; raises PluginError."""
    manager = _hooks_of(claim, hook)
    with stage(Stage.HOOK_CALL, _("Report it to the plugin's author; hooks only hand over data.")):
        called = getattr(manager.hook, hook)()
    with stage(Stage.DATA, _("Report it to the plugin's author.")):
        # Wrappers may hand on anything at all.
        found = called if isinstance(called, list) else [called]
        if len(found) == 1 and isinstance(found[0], kind):
            return Loaded(found[0], _implemented(manager))
        names = ", ".join(type(item).__name__ for item in found) or "None"
        message = _("Its hook {hook} returned {found}; one {wanted} is wanted.")
        told = _('Its author returns rung.sdk.{wanted}(id="{id}", …).')
        raise PluginError(
            Stage.DATA,
            Problem(
                message.format(hook=hook, found=names, wanted=kind.__name__),
                told.format(wanted=kind.__name__, id=claim.name),
            ),
        )


def _implemented(manager: pluggy.PluginManager) -> tuple[str, ...]:
    callers = manager.get_hookcallers(manager.get_plugin(_PLUGIN)) or []
    return tuple(sorted(caller.name for caller in callers if caller.has_spec()))


def _hooks_of(claim: Claim, wanted: str) -> pluggy.PluginManager:
    plugin = _imported(claim)
    _check_edition(claim, plugin)
    # A manager of its own: a plugin's wrappers and misspelled hooks then reach no other plugin.
    manager = pluggy.PluginManager(hooks.GROUP)
    manager.add_hookspecs(hooks)
    _register(manager, plugin, wanted)
    if not getattr(manager.hook, wanted).get_hookimpls():
        raise _without(wanted)
    return manager


def _without(hook: str) -> PluginError:
    message = _("It does not implement “{name}”.").format(name=hook)
    return PluginError(Stage.NO_HOOK, Problem(message, _("Its author implements it, see docs/plugins.md.")))


def load_verb(claim: Claim) -> Loaded[object]:
    """Import what a verb's claim names; raises PluginError."""
    return Loaded(_imported(claim))


TellsOfAlarms = Callable[[Mapping[str, Any]], str]
"""Is handed an alarm, and returns what came of it; raises whatever the plugin raises."""


def load_alarm_hook(claim: Claim) -> Loaded[TellsOfAlarms]:
    """Import a claim's plugin and return what tells it of alarms; raises PluginError."""
    manager = _hooks_of(claim, "rung_alarm_raised")

    def told(alarm: Mapping[str, Any]) -> str:
        said = manager.hook.rung_alarm_raised(alarm=alarm)
        return "; ".join(str(each) for each in said if each is not None)

    return Loaded(told, _implemented(manager))


@contextmanager
def stage(at: Stage, hint: str) -> Iterator[None]:
    """Turn whatever goes wrong within into a PluginError of that stage."""
    try:
        yield
    except (KeyboardInterrupt, PluginError):
        raise
    except BaseException as error:
        # SystemExit and the like too: a plugin must not end the program.
        raise PluginError(at, Problem(described(error), hint)) from error


def _imported(claim: Claim) -> Any:
    value = claim.entry_point.value
    if not _TARGET.fullmatch(value):
        message = _("Its entry point reads “{line}”, which names no module.")
        raise PluginError(
            Stage.IMPORT,
            Problem(
                message.format(line=f"{claim.name} = {value}"),
                _("Its author writes {name} = module, or {name} = module:object.").format(name=claim.name),
            ),
        )
    try:
        with stage(Stage.IMPORT, _("Report it to the plugin's author, or uninstall it.")):
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
    ours = _(" or ").join(str(edition) for edition in hooks.SUPPORTED_EDITIONS)
    with stage(Stage.API, _("Report it to the plugin's author.")):
        module = sys.modules.get(claim.entry_point.module)
        theirs = getattr(plugin, "RUNG_API", getattr(module, "RUNG_API", None))
        if type(theirs) is int and theirs in hooks.SUPPORTED_EDITIONS:
            return
        told = {
            "ours": ours,
            "newest": hooks.API_EDITION,
            "theirs": repr(theirs),
            "distribution": claim.distribution,
        }
        message, hint = _edition_told(theirs)
        raise PluginError(Stage.API, Problem(message.format(**told), hint.format(**told)))


def _edition_told(theirs: object) -> tuple[str, str]:
    if theirs is None:
        return (
            _("It does not say for which edition of the plugin interface it was written; we take {ours}."),
            _("Its author adds RUNG_API = {newest} to the module its entry point names."),
        )
    if type(theirs) is not int:
        return (
            _("Its RUNG_API is {theirs}, which is no whole number; this Rung takes {ours}."),
            _("Its author writes RUNG_API = {newest}."),
        )
    message = _("It was written for edition {theirs} of the plugin interface; this Rung takes {ours}.")
    if theirs > hooks.API_EDITION:
        return message, _("Install a newer Rung, or an older version of {distribution}.")
    return message, _("Install a newer version of {distribution}.")


def _register(manager: pluggy.PluginManager, plugin: Any, wanted: str) -> None:
    known = tuple(vars(manager.hook))
    with stage(Stage.HOOK_NAMES, _("Its author gives the hook the arguments rung.hooks shows.")):
        manager.register(plugin, name=_PLUGIN)
        callers = manager.get_hookcallers(plugin) or []
        misspelled = [caller.name for caller in callers if not caller.has_spec() and not _is_optional(caller)]
        if misspelled:
            told = _("It implements “{name}”, which is no hook of Rung.")
            found = (Problem(told.format(name=name), did_you_mean(name, known)) for name in misspelled)
            raise PluginError(Stage.HOOK_NAMES, *found)
    if not callers:
        with stage(Stage.NO_HOOK, _("Report it to the plugin's author.")):
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

"""What went wrong with a plugin, kept as data: which plugin, of which distribution, at which stage."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rung.errors import Problem, RungError
from rung.plugins.known import SECTOR, kind_words, origin_words
from rung.text import _, inert

__all__ = ["Fault", "Stage", "described", "without_files"]

_LONGEST: Final = 400
# One line on a screen or two: an exception may carry a whole table.
_FILE: Final = re.compile(r" \((?:/|[A-Za-z]:[\\/])(?:.*?:\d+\)|[^()]*\)|.*…$)")
# As ``described`` writes where it arose, or Python where it looked; it may have been cut off.


class Stage(StrEnum):
    """How far a plugin came before it failed."""

    DUPLICATE_ID = "duplicate id"
    """Two distributions claim one id; neither is loaded."""
    IMPORT = "import"
    """Its module cannot be imported."""
    API = "api"
    """It was written for another edition of the plugin interface, or does not say for which."""
    HOOK_NAMES = "hook names"
    """A function marked as a hook is none, or takes arguments the hook does not have."""
    NO_HOOK = "no hook"
    """Nothing in it is marked as a hook."""
    HOOK_CALL = "hook call"
    """Its hook raised."""
    DATA = "data"
    """What its hook returned is not what was asked for, or contradicts itself."""

    @property
    def words(self) -> str:
        """The stage in a word or two, in the current language."""
        return {
            Stage.DUPLICATE_ID: _("duplicate id"),
            Stage.IMPORT: _("import"),
            Stage.API: _("edition"),
            Stage.HOOK_NAMES: _("hook names"),
            Stage.NO_HOOK: _("no hook"),
            Stage.HOOK_CALL: _("hook call"),
            Stage.DATA: _("data"),
        }[self]


@dataclass(frozen=True, slots=True)
class Fault:
    """One failure of one plugin, contained: it costs that plugin and nothing else."""

    plugin: str
    distribution: str
    version: str
    stage: Stage
    message: str
    hint: str = ""
    kind: str = SECTOR
    """What the plugin was to supply: ``sector``, or one of ``Extra``."""

    def problem(self) -> Problem:
        """Return the fault as a problem, naming plugin, distribution and stage."""
        found = _("Plugin “{plugin}” ({distribution}) is faulty, {stage}: {message}")
        if self.kind != SECTOR:
            found = _("Plugin “{plugin}” ({distribution}), {kind}, is faulty, {stage}: {message}")
        told = found.format(
            plugin=self.plugin,
            kind=kind_words(self.kind),
            distribution=origin_words(self),
            stage=self.stage.words,
            message=self.message,
        )
        return Problem(told, self.hint)

    def __str__(self) -> str:
        return str(self.problem())


def described(error: BaseException, cover: Callable[[str], str] = str) -> str:
    """Return an exception of a plugin in one line: its type, its text, and where in the plugin it arose.

    ``cover`` takes out of the text what nobody may read, before it is shortened.
    """
    text = _text(error, cover)
    place = _place(error)
    return f"{text} ({place})" if place else text


def without_files(told: str) -> str:
    """Return what was told of a fault without where it lies on this machine: for what goes elsewhere."""
    return _FILE.sub("", told)


def _text(error: BaseException, cover: Callable[[str], str]) -> str:
    if isinstance(error, RungError):
        return cover("; ".join(f"{problem.message} {problem.hint}".strip() for problem in error.problems))
    name = type(error).__name__
    try:
        text = inert(" ".join(cover(str(error)).split()))
    except Exception:  # an exception whose own text fails
        return name
    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST]}…"
    return f"{name}: {text}" if text else name


def _place(error: BaseException) -> str:
    if isinstance(error, SyntaxError):
        return ""  # its text already names file and line
    place = ""
    step = error.__traceback__
    while step is not None:
        file = step.tb_frame.f_code.co_filename
        if not _is_machinery(step.tb_frame.f_globals.get("__name__", ""), file):
            place = f"{file}:{step.tb_lineno}"
        step = step.tb_next
    return place


def _is_machinery(module: str, file: str) -> bool:
    # Rung's own frames too: the line an author can mend is the last of the plugin's.
    return file.startswith("<") or module.partition(".")[0] in {"importlib", "pluggy", "rung"}

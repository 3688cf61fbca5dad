"""What is known of an installed plugin without importing it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from rung.text import _

__all__ = ["SECTOR", "Extra", "PluginInfo", "State", "kind_words", "origin_words", "secret_variable"]

SECTOR: Final = "sector"
"""The kind of plugin that supplies a sector; the other kinds are those of ``Extra``."""


class State(StrEnum):
    """What has become of a plugin so far."""

    NOT_LOADED = "not loaded"
    LOADED = "loaded"
    FAULTY = "faulty"
    DISABLED = "disabled"
    """The workspace does without it; it is not loaded."""


@dataclass(frozen=True, slots=True)
class PluginInfo:
    """One installed plugin, as known without importing it."""

    id: str
    distribution: str
    version: str
    state: State
    load_ms: float | None = None
    """Milliseconds its loading or failing took; ``None`` while it was not tried."""
    kind: str = SECTOR
    """``sector``, or one of ``Extra``."""
    hooks: tuple[str, ...] = ()
    """The hooks it implements; none while it is not loaded, and none of a verb."""


class Extra(StrEnum):
    """What a distribution may supply besides sectors."""

    VERB = "verb"
    ALARM = "alarm"
    SOURCE = "source"
    EXPORTER = "exporter"
    PANEL = "panel"


class _Distributed(Protocol):
    """What came with a distribution."""

    @property
    def distribution(self) -> str: ...

    @property
    def version(self) -> str: ...


def secret_variable(source: str, option: str) -> str:
    """Return the environment variable a sensitive option of a data source is read from."""
    return re.sub(r"[^A-Z0-9]", "_", f"RUNG_{source}_{option}".upper())


def origin_words(plugin: _Distributed) -> str:
    """Return where a plugin comes from, as one looks for it: its distribution and that one's version."""
    return f"{plugin.distribution} {plugin.version}".strip()


def kind_words(kind: str) -> str:
    """Return what a plugin of a kind supplies, in a word or two in the current language."""
    known = {
        SECTOR: _("sector"),
        Extra.SOURCE: _("data source"),
        Extra.EXPORTER: _("exporter"),
        Extra.PANEL: _("panel"),
        Extra.ALARM: _("told of alarms"),
        Extra.VERB: _("verb"),
    }
    return known.get(kind, kind)

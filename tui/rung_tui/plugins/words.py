"""What is said of a plugin in a word or two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.workspace import installed
from rung_tui.language import _, spoken, words

if TYPE_CHECKING:
    from rung.workspace.installed import InstalledPlugin

__all__ = ["can_be_switched", "kind_words", "origin_words", "state_role", "state_words", "supplied_words"]


def kind_words(kind: str) -> str:
    """Return what a plugin is for."""
    spoken()
    return installed.kind_words(kind)


def state_words(state: str) -> str:
    """Return what has become of a plugin."""
    spoken()
    return installed.state_words(state)


def state_role(state: str) -> str:
    """Return how that is drawn."""
    return {"faulty": "error", "disabled": "open", "loaded": "good"}.get(state, "muted")


def origin_words(plugin: InstalledPlugin) -> str:
    """Return the distribution and its version."""
    return installed.origin_words(plugin)


def supplied_words(plugin: InstalledPlugin) -> str:
    """Return what a plugin supplies, in one line."""
    found = plugin.supplied
    if found is None:
        return ""
    if plugin.kind != "sector":
        return words(found.title)
    told = _("{title}: {fields} fields, {measures} measures, {policies} policies")
    return told.format(
        title=words(found.title),
        fields=len(found.fields),
        measures=len(found.measures) + len(found.features),
        policies=len(found.policies),
    )


def can_be_switched(plugin: InstalledPlugin) -> bool:
    """Whether a workspace can do without it: verbs belong to none."""
    return plugin.kind != "verb"

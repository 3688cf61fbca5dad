"""The table of plugins: its rows, its columns, in the roles' colours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.style import Style

from rung_tui.language import _
from rung_tui.plugins.words import kind_words, origin_words, state_role, state_words, supplied_words
from rung_tui.roles import role_style
from rung_tui.table import Cell, Column, VirtualTable

if TYPE_CHECKING:
    from rung.workspace.installed import InstalledPlugin

__all__ = ["PluginRows", "PluginsTable", "plugin_columns"]


class PluginsTable(VirtualTable[Any]):
    """Every plugin."""

    DEFAULT_CSS = """
    PluginsTable { width: 1fr; height: 1fr; min-height: 4; }
    """

    @property
    def plugin(self) -> InstalledPlugin | None:
        """The plugin under the cursor."""
        found: InstalledPlugin | None = self.current
        return found

    def role_style(self, role: str) -> Style:
        """Return how the theme draws a role."""
        return role_style(self.app, role)


class PluginRows:
    """A RowSource over the plugins."""

    def __init__(self, plugins: Sequence[InstalledPlugin]) -> None:
        self._plugins = plugins

    def __len__(self) -> int:
        return len(self._plugins)

    def page(self, start: int, count: int) -> Sequence[InstalledPlugin]:
        """Return ``count`` plugins from ``start``."""
        return self._plugins[start : start + count]


def plugin_columns() -> tuple[Column[InstalledPlugin], ...]:
    """Return the columns, left to right."""
    return (
        Column("id", lambda: _("Plugin"), _id, 8, 28),
        Column("state", lambda: _("State"), _state, 10, 14, rank=1),
        Column("faults", lambda: _("Faults"), _faults, 4, 8, rank=1, right=True),
        Column("kind", lambda: _("For"), lambda each: Cell(kind_words(each.kind)), 6, 16, rank=2),
        Column("origin", lambda: _("From"), lambda each: Cell(origin_words(each), "muted"), 8, 32, rank=3),
        Column("supplies", lambda: _("Supplies"), lambda each: Cell(supplied_words(each)), 10, 70, rank=4),
    )


def _id(plugin: InstalledPlugin) -> Cell:
    return Cell(plugin.id, "strong")


def _state(plugin: InstalledPlugin) -> Cell:
    return Cell(state_words(plugin.state), state_role(plugin.state))


def _faults(plugin: InstalledPlugin) -> Cell:
    return Cell(f"✗ {len(plugin.faults)}", "error") if plugin.faults else Cell("–", "muted")

"""The plugins as the verbs about them see them: some disabled by the workspace around, faulty or not."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from rung.errors import RungError
from rung.plugins import PluginHost
from rung.workspace import Workspace

if TYPE_CHECKING:
    from rung.workspace.installed import InstalledPlugin

__all__ = ["milliseconds", "plugin_host"]


def plugin_host(folder: Path | None) -> PluginHost:
    """Return the plugins, some of them disabled by the workspace around, if there is one that can be read."""
    host = PluginHost()
    if folder is not None:
        Workspace.open(folder, host, check=False)
    else:
        with suppress(RungError):
            Workspace.find(Path(), host, check=False)
    return host


def milliseconds(plugin: InstalledPlugin) -> str:
    """Return how long a plugin took to load, nothing where that was not tried."""
    return "" if plugin.load_ms is None else f"{plugin.load_ms:.0f} ms"

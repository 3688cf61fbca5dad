"""What the mode works on beside the screen: the plugins as they were looked at last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rung.progress import Progress
from rung_tui.beside import Beside
from rung_tui.modes.desk import Desk, doors_of

if TYPE_CHECKING:
    from rung.errors import Problem
    from rung.workspace import Workspace
    from rung.workspace.installed import InstalledPlugin

__all__ = ["PluginsDesk"]


@dataclass
class PluginsDesk(Desk):
    """The mode's side beside the screen."""

    plugins: tuple[InstalledPlugin, ...] = ()
    is_checked: bool = False
    """Whether every plugin was tried, and none has faults that are not known."""
    under_way: Beside[tuple[InstalledPlugin, ...]] | None = None

    @classmethod
    def of(cls, workspace: Workspace) -> PluginsDesk:
        """Return a desk with doors of its own; the plugins loaded so far are loaded there too."""
        return cls(doors_of(workspace))

    def give_back(self) -> None:
        """Stop what is under way."""
        if self.under_way is not None:
            self.under_way.leave()

    # For ``work``

    def read(self) -> tuple[InstalledPlugin, ...]:
        """Return the plugins as far as they are known, loading none."""
        from rung.workspace.installed import installed_plugins

        return installed_plugins(self.workspace.host)

    def objection(self) -> Problem | None:
        """Return what speaks against disabling and enabling for whoever is at the screen."""
        from rung.workspace.installed import objection

        return objection(self.workspace)

    def switch(self, name: str, *, off: bool) -> None:
        """Disable or enable a plugin; raises RungError where that may not be."""
        from rung.workspace.installed import switch_plugin

        switch_plugin(self.workspace, name, off=off)

    def runs_with(self, plugin: str) -> int:
        """Return how many runs were made with a plugin."""
        manifests = self.workspace.runs().manifests
        return sum(each.plugin is not None and each.plugin.id == plugin for each in manifests)

    # For ``Beside``

    def check(self, report: Progress) -> tuple[InstalledPlugin, ...]:
        """Load every plugin that is not disabled, and return them with their faults."""
        from rung.workspace.installed import installed_plugins

        return installed_plugins(self.workspace.host, load=True, report=report)

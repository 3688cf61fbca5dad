"""What loads each kind of plugin, itself imported with the first: to list verbs takes none of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rung.plugins.claims import Claim
    from rung.plugins.loading import Loaded
    from rung.supplies import DataSource, Exporter, Panel
    from rung.vocabulary import Sector

__all__ = ["exporter", "panel", "sector", "source"]


def sector(claim: Claim) -> Loaded[Sector]:
    """Load a sector; raises PluginError."""
    from rung.plugins.supplied import load_sector

    return load_sector(claim)


def source(claim: Claim) -> Loaded[DataSource]:
    """Load a data source; raises PluginError."""
    from rung.plugins.supplied import load_source

    return load_source(claim)


def exporter(claim: Claim) -> Loaded[Exporter]:
    """Load an exporter; raises PluginError."""
    from rung.plugins.supplied import load_exporter

    return load_exporter(claim)


def panel(claim: Claim) -> Loaded[Panel]:
    """Load a panel; raises PluginError."""
    from rung.plugins.supplied import load_panel

    return load_panel(claim)

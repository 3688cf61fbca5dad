"""What stands where in a workspace's folder."""

from __future__ import annotations

from typing import Final

__all__ = ["CONFIG", "LEDGER", "PLUGINS", "POLICIES", "RUNS"]

CONFIG: Final = "rung.toml"
POLICIES: Final = "policies"
RUNS: Final = "runs"
LEDGER: Final = "ledger.db"
PLUGINS: Final = "plugins.toml"

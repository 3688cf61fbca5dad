"""Where a person's own files are, as the platform has it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from rung_tui.drafts.store import state_folder

__all__ = ["FILE", "config_folder", "memory_file", "preferences_file"]

FILE: Final = "terminal.toml"


def config_folder() -> Path:
    """Return the folder of what a person has set: ``$RUNG_CONFIG_HOME``, else the platform's."""
    given = os.environ.get("RUNG_CONFIG_HOME")
    if given:
        return Path(given).expanduser()
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming") / "rung"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "rung"


def preferences_file() -> Path:
    """Return the file of preferences, there or not."""
    return config_folder() / FILE


def memory_file() -> Path:
    """Return the file of what the program remembers, there or not."""
    return state_folder() / "terminal.json"

"""Makes ``office`` importable by this folder's tests, and gives them one."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from office import office, office_once

__all__ = ["office", "office_once"]

"""Makes this folder's modules and the confidential office importable, and gives tests their fixtures."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "confidential"))

from laid_down import lay_down, site
from office import office, office_once

__all__ = ["lay_down", "office", "office_once", "site"]

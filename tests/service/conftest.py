"""A workspace with a ready policy and a table of customers, in Chinese time; makes ``places`` importable."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

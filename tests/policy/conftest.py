"""Makes ``layered``, the base policy and what is laid over it, importable by this folder's tests."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

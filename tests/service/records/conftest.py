"""Makes ``places``, of the folder above, importable by these tests."""

from __future__ import annotations

import sys
from pathlib import Path

ABOVE = str(Path(__file__).parents[1])
if ABOVE not in sys.path:  # put in front again it would hide the conftest of another room
    sys.path.insert(0, ABOVE)

"""Reading that waits until it is told to go on."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent))  # at the end: the folder above has a conftest of its own

from watched_runs import Held

from rung_tui.monitor.desk import MonitorDesk


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Held:
    made = Held(MonitorDesk._concentration)
    monkeypatch.setattr(MonitorDesk, "_concentration", lambda *given: made(*given))
    return made

"""The plugin keeps what Rung promises of every plugin: the suites are Rung's own, and inherited whole."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import ClassVar

import pytest
from rung.testing import AlarmSuite, ExporterSuite, PanelSuite, SectorSuite, SourceSuite

from rung_hotel.command import make
from rung_hotel.desk import FILE_VARIABLE

_FOLDER = tempfile.TemporaryDirectory(prefix="rung-hotel-", ignore_cleanup_errors=True)
_PMS = Path(_FOLDER.name) / "pms.sqlite"


class TestHotel(SectorSuite):
    plugin = "hotel"


class TestPMS(SourceSuite):
    plugin = "pms"
    sector = "hotel"
    options: ClassVar = {"file": str(_PMS)}
    failing_options: ClassVar = {"file": str(_PMS.with_name("none.sqlite"))}

    def arrange(self, monkeypatch: pytest.MonkeyPatch) -> None:
        del monkeypatch
        if not _PMS.exists():
            make(_PMS, 200, 1)


class TestKeycards(ExporterSuite):
    plugin = "keycards"
    can_count = True

    def count(self, file: Path) -> int:
        return sum(line.startswith(b"G") for line in file.read_bytes().split(b"\r\n"))


class TestStays(PanelSuite):
    plugin = "stays"


class TestDesk(AlarmSuite):
    plugin = "hotel_desk"

    def arrange(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv(FILE_VARIABLE, str(Path(_FOLDER.name) / "desk.jsonl"))

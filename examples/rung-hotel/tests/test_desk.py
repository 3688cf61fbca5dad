"""The front desk's file has every alarm once, and an alarm that cannot be told stays untold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rung_hotel.desk import FILE_VARIABLE, rung_alarm_raised

_ALARM = {"id": "W4", "alarm": "unhappy_stay", "customer_id": "G1", "customer_name": "王伟", "duties": []}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(FILE_VARIABLE, str(tmp_path / "desk.jsonl"))
    return tmp_path / "desk.jsonl"


def test_an_alarm_is_a_line_of_json(desk: Path) -> None:
    assert rung_alarm_raised(_ALARM) == "on the desk's screen, in desk.jsonl"
    (line,) = desk.read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["customer_name"] == "王伟"


def test_an_alarm_that_comes_again_is_there_once(desk: Path) -> None:
    rung_alarm_raised(_ALARM)
    assert rung_alarm_raised(_ALARM) == "was on the desk's screen already, in desk.jsonl"
    rung_alarm_raised(_ALARM | {"id": "W5"})
    assert [json.loads(line)["id"] for line in desk.read_text(encoding="utf-8").splitlines()] == ["W4", "W5"]


def test_without_a_file_it_says_so_and_comes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(FILE_VARIABLE, raising=False)
    with pytest.raises(LookupError, match="Set RUNG_HOTEL_DESK"):
        rung_alarm_raised(_ALARM)

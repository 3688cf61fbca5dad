"""Sending alarms: whatever fails stays to be sent, is tried later and later, and is on record each time."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from importlib.metadata import EntryPoint, EntryPoints, entry_points
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from desk import MONDAY, bad, graded, opened, told

from rung.hooks import hookimpl
from rung.plugins import PluginHost
from rung.workspace import Workspace


class Clock:
    """A clock that is put forward by hand."""

    def __init__(self) -> None:
        self.now = MONDAY

    def __call__(self) -> datetime:
        return self.now


def with_command(folder: Path, script: str, more: str = "", count: int = 1) -> Workspace:
    (folder / "tell.py").write_text(script, encoding="utf-8")
    said = f'\n[alarms]\nrun = ["{sys.executable}", "{folder / "tell.py"}", "{{file}}"]\n{more}'
    place = opened(folder / "w", said)
    graded(place)
    told(place, *[bad("C1")] * count)
    return place


SENDS = """import json, pathlib, sys
alarm = json.load(open(sys.argv[1], encoding="utf-8"))
with pathlib.Path("sent").open("a") as file:
    file.write(alarm["id"] + chr(10))
"""


def test_what_is_delivered_is_sent_once(tmp_path: Path) -> None:
    place, clock = with_command(tmp_path, SENDS, count=2), Clock()
    sent = place.alarms.send(clock)
    assert (sent.ways, sent.delivered, sent.failed, sent.waiting) == (("command",), 2, 0, 0)
    assert place.alarms.send(clock).delivered == 0
    assert (place.folder / "sent").read_text() == "W3\nW4\n"
    assert place.alarms.alarm("W3").delivered_by == ("command",)


def test_what_fails_is_tried_later_and_later_until_it_is_given_up(tmp_path: Path) -> None:
    place, clock = with_command(tmp_path, "raise SystemExit('no')", "tries = 3\n"), Clock()
    first = place.alarms.send(clock, budget=60)
    assert (first.failed, first.waiting, first.last_problem) == (1, 1, "command: ended with code 1: no")
    assert first.next_at == MONDAY + timedelta(seconds=2)
    assert place.alarms.send(clock, budget=60).failed == 0
    clock.now += timedelta(seconds=2)
    second = place.alarms.send(clock, budget=60)
    assert (second.failed, second.next_at) == (1, clock.now + timedelta(minutes=1))
    clock.now += timedelta(minutes=1)
    third = place.alarms.send(clock, budget=60)
    assert (third.failed, third.waiting, third.given_up) == (1, 0, 1)
    clock.now += timedelta(days=3)
    assert place.alarms.send(clock).given_up == 1
    # The alarm is still there, and may be sent once more.
    (tmp_path / "tell.py").write_text(SENDS, encoding="utf-8")
    assert place.alarms.send(clock, again=True).delivered == 1
    tried = place.alarms.alarm("W2").sendings
    assert [(each.attempt, each.is_delivered) for each in tried] == [
        (1, False),
        (2, False),
        (3, False),
        (4, True),
    ]


def test_a_next_try_that_is_near_is_waited_for_where_there_is_time(tmp_path: Path) -> None:
    once = (
        "import pathlib\nx = pathlib.Path('x')\nif not x.exists():\n    x.touch()\n    raise SystemExit(1)\n"
    )
    place = with_command(tmp_path, once + SENDS)
    sent = place.alarms.send(lambda: datetime.now().astimezone())
    assert (sent.failed, sent.delivered, sent.waiting) == (1, 1, 0)


def test_a_way_that_is_out_of_order_is_left_alone_after_three_alarms(tmp_path: Path) -> None:
    place, clock = with_command(tmp_path, "raise SystemExit(1)", count=10), Clock()
    sent = place.alarms.send(clock, budget=60)
    assert (sent.failed, sent.waiting) == (3, 10)


def test_whoever_brings_events_in_does_not_wait_for_a_command_that_hangs(tmp_path: Path) -> None:
    place = with_command(tmp_path, "import time; time.sleep(30)", 'timeout = "0.5s"\n', count=9)
    began = time.monotonic()
    sent = place.alarms.send(lambda: datetime.now().astimezone(), budget=1)
    assert time.monotonic() - began < 6
    assert sent.waiting == 9
    assert all(each.state == "open" for each in place.alarms.alarms())


def test_an_alarm_closed_meanwhile_is_not_sent(tmp_path: Path) -> None:
    place, clock = with_command(tmp_path, SENDS), Clock()
    place.alarms.close("W2", "a false alarm", MONDAY, unanswered=True)
    assert place.alarms.send(clock).delivered == 0


def test_no_way_is_no_fault(tmp_path: Path) -> None:
    place = opened(tmp_path / "w")
    graded(place)
    told(place, bad())
    assert place.alarms.send(Clock()).ways == ()


def test_the_address_of_a_webhook_is_nowhere_on_record(tmp_path: Path) -> None:
    place = opened(
        tmp_path / "w", '\n[alarms]\nwebhook = "http://127.0.0.1:9/hook?token=s3cret"\ntries = 1\n'
    )
    graded(place)
    told(place, bad())
    sent = place.alarms.send(Clock())
    assert (sent.failed, sent.last_problem) == (1, "webhook: Connection refused")
    with place.human_input.ledger() as store:
        assert not any(b"s3cret" in each.payload for each in store.events())


def plugged(monkeypatch: pytest.MonkeyPatch, hook: Any) -> PluginHost:
    module = ModuleType("rung_crm_alarms")
    module.RUNG_API = 1  # type: ignore[attr-defined]
    module.rung_alarm_raised = hookimpl(hook)  # type: ignore[attr-defined]
    hook.__name__ = "rung_alarm_raised"
    monkeypatch.setitem(sys.modules, "rung_crm_alarms", module)
    point = EntryPoint("crm", "rung_crm_alarms", "rung.alarms")
    return PluginHost(EntryPoints([*entry_points(group="rung"), point]))


def test_a_plugin_is_told_and_what_it_says_is_on_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    came: list[Mapping[str, Any]] = []

    def hook(alarm: Mapping[str, Any]) -> str:
        came.append(alarm)
        return "case 5"

    place = opened(tmp_path / "w", host=plugged(monkeypatch, hook))
    graded(place)
    told(place, bad("C1", key="S1"))
    assert place.alarms.send(Clock()).delivered == 1
    (sending,) = place.alarms.alarm("W2").sendings
    assert (sending.way, sending.said) == ("plugin:crm", "case 5")
    (alarm,) = came
    assert (alarm["id"], alarm["customer_name"], alarm["title"]["zh"]) == ("W2", "甲公司", "大客户不满意")
    assert alarm["event"] == {
        "id": "E1",
        "table": "surveys",
        "at": "2026-03-02T02:00:00+00:00",
        "key": "S1",
        "values": {"score": "30"},
    }
    assert alarm["duties"][0]["due"] == "2026-03-02T04:00:00+00:00"
    assert alarm["escalates_to"] == "chief"


def test_a_plugin_that_cannot_be_loaded_costs_only_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rung_crm_alarms", ModuleType("rung_crm_alarms"))
    point = EntryPoint("crm", "rung_crm_alarms", "rung.alarms")
    host = PluginHost(EntryPoints([*entry_points(group="rung"), point]))
    place = opened(tmp_path / "w", host=host)
    graded(place)
    told(place, bad("C1"))
    sent = place.alarms.send(Clock(), budget=60)
    assert sent.failed == 1
    assert "is faulty" in sent.last_problem
    assert [each.plugin for each in host.faults()] == ["crm"]

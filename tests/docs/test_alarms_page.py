"""docs/alarms.md: its commands run on its table, its Python runs, and it lists every key that is sent."""

from __future__ import annotations

import re
import shlex
from datetime import datetime
from pathlib import Path

import pytest

from rung.cli.program import run
from rung.service.alarms.ways import _PATIENCE
from rung.text import set_language
from rung.workspace import Workspace
from rung.workspace.arrivals.events import LOOKED_AGAIN
from rung.workspace.arrivals.shown import alarm_message

PAGE = (Path(__file__).parents[2] / "docs/alarms.md").read_text(encoding="utf-8")


def _block(kind: str) -> str:
    found: list[str] = re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)
    return found[0]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """The workspace of the page after its commands."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "answers.csv").write_text(_block("csv"), encoding="utf-8")
    for command in _block("sh").splitlines():
        _rung, *arguments = shlex.split(command)
        assert run(arguments) == 0, command
    set_language("en")
    return Workspace.open(tmp_path)


def test_the_commands_lead_to_a_closed_alarm(place: Workspace) -> None:
    assert [(each.id, each.state.value) for each in place.alarms.alarms()] == [
        ("W4", "closed"),
        ("W5", "open"),
    ]


def test_the_python_runs(place: Workspace) -> None:
    exec(compile(_block("python"), "alarms.md", "exec"), {})
    assert [each.id for each in place.alarms.alarms()] == ["W4", "W5", "W10"]


def test_the_page_names_every_key_of_what_is_sent(place: Workspace) -> None:
    (shown,) = place.alarms.shown([place.alarms.alarm("W5")], datetime.now().astimezone())
    message = alarm_message(shown)
    line = next(each for each in PAGE.splitlines() if each.startswith("What is sent:"))
    keys = {*message, *message["event"], *message["duties"][0]}
    assert set(re.findall(r"`(\w+)`", line)) == keys


def test_the_page_says_how_long_one_waits_and_looks_again() -> None:
    assert f"For {LOOKED_AGAIN.days} days" in PAGE
    assert [each.total_seconds() for each in _PATIENCE] == [2, 60, 300, 1800, 7200]
    assert "2 s, 1 min, 5 min, 30 min, then 2 h" in PAGE

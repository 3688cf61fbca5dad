"""What the guides say in numbers and words is what the code does; both languages are held to it."""

from __future__ import annotations

import re
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from guide_pages import Page, installed, text_of

from rung import hooks, sdk
from rung.intake import measures
from rung.pipeline.sources import spool
from rung.plugins import PluginHost, Stage
from rung.plugins.known import secret_variable
from rung.plugins.supplied import _OWN_ENDINGS
from rung.policy.outcome import USUAL
from rung.runs import by_exporter
from rung.service.alarms import ways
from rung.supplies import PanelChart, PanelData
from rung.supplies.shown import PanelDataError, settled
from rung.workspace import panel_calls

BOTH = ("{}.md", "{}.zh.md")


@pytest.mark.parametrize("page", BOTH)
def test_every_stage_at_which_a_plugin_may_fail_has_its_row(page: str) -> None:
    told = re.findall(r"^\| `([\w ]+)`[:：]", text_of(page.format("contained")), re.MULTILINE)
    assert sorted(told) == sorted(stage.value for stage in Stage)


def test_a_panel_has_as_long_as_its_guide_says() -> None:
    assert (panel_calls._PATIENCE, panel_calls._LOADING) == (3, 10)
    assert "It has three seconds, and its plugin ten to be imported" in text_of("panels.md")
    assert "回答时限三秒，首次导入插件时限十秒" in text_of("panels.zh.md")
    assert "up to 60 points" in text_of("panels.md")
    assert "最多60个点" in text_of("panels.zh.md")
    assert chart_limit() == 60


def chart_limit() -> int:
    most = 0
    for count in range(1, 100):
        points = tuple((str(n), 1.0) for n in range(count))
        try:
            settled(PanelData(chart=PanelChart(points)))
        except PanelDataError:
            break
        most = count
    return most


@pytest.mark.parametrize("page", BOTH)
def test_batches_are_as_large_as_said(page: str) -> None:
    assert f"{by_exporter._BATCH:,}" in text_of(page.format("exporters"))
    assert f"{spool._ROWS:,}" in text_of(page.format("sources"))


@pytest.mark.parametrize("page", BOTH)
def test_the_endings_that_cannot_be_taken_are_those_named(page: str) -> None:
    line = next(each for each in text_of(page.format("exporters")).splitlines() if "`.arrow`" in each)
    assert set(re.findall(r"`(\.\w+)`", line)) == _OWN_ENDINGS


@pytest.mark.parametrize("page", BOTH)
def test_a_handler_is_given_as_much_patience_as_said(page: str) -> None:
    assert [each.total_seconds() for each in ways._PATIENCE] == [2, 60, 300, 1800, 7200]
    assert f"{ways._LONGEST}" in text_of(page.format("alarm-handlers"))
    said = {
        "{}.md": "after 2 s, 1 min, 5 min, 30 min, then every 2 h",
        "{}.zh.md": "2秒、1分钟、5分钟、30分钟后再试，此后每2小时一次",
    }
    assert said[page] in text_of(page.format("alarm-handlers"))


def test_measures_are_tried_on_as_many_as_said() -> None:
    assert measures._SAMPLE == 100
    assert "on the first hundred customers" in text_of("contained.md")
    assert "前一百位客户" in text_of("contained.zh.md")


@pytest.mark.parametrize("page", BOTH)
def test_a_secret_comes_from_the_variable_the_guide_sets(page: str) -> None:
    assert secret_variable("crm", "token") == "RUNG_CRM_TOKEN"
    assert "export RUNG_CRM_TOKEN=" in text_of(page.format("sources"))


def test_there_are_four_usual_outcomes() -> None:
    assert len(USUAL) == 4


@pytest.mark.parametrize("edition", [1, 2, 3])
def test_the_plugin_for_two_editions_loads_under_both_and_one_more(
    edition: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hooks, "API_EDITION", edition)
    monkeypatch.setattr(hooks, "SUPPORTED_EDITIONS", (edition, edition - 1))
    monkeypatch.setattr(sdk, "API_EDITION", edition)
    Page("versions.md").lay_down(tmp_path, tmp_path)
    with installed(tmp_path):
        host = PluginHost([EntryPoint("gym", "rung_gym", "rung")])
        assert host.sector("gym").id == "gym"
        assert min(edition, 2) == sys.modules["rung_gym"].RUNG_API


def test_the_plugin_for_two_editions_is_refused_two_editions_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (hooks, sdk):
        monkeypatch.setattr(module, "API_EDITION", 4)
    monkeypatch.setattr(hooks, "SUPPORTED_EDITIONS", (4, 3))
    Page("versions.md").lay_down(tmp_path, tmp_path)
    with installed(tmp_path):
        host = PluginHost([EntryPoint("gym", "rung_gym", "rung")])
        host.load_all()
    (fault,) = host.faults()
    assert fault.stage is Stage.API
    assert {"2", "3", "4"} <= set(re.findall(r"\d", fault.message))

"""Every key has a way round an input method: a function or control key, and its full-width form."""

from __future__ import annotations

import pytest
from textual.binding import Binding

from rung_tui.acts import Act, bindings_of, key_twins
from rung_tui.app import ReviewApp
from rung_tui.approvals.screen import ApprovalsScreen
from rung_tui.customer.screen import CustomerScreen
from rung_tui.due.screen import DueScreen
from rung_tui.journal.screen import JournalScreen
from rung_tui.monitor.screen import MonitorScreen
from rung_tui.override.dialog import OverrideDialog
from rung_tui.override.pickers import GradePicker
from rung_tui.plugins.screen import PluginsScreen
from rung_tui.policy.screen import PolicyScreen
from rung_tui.queue.screen import QueueScreen
from rung_tui.records.screen import RecordsScreen
from rung_tui.scroll_text import ReadingScreen

SCREENS = (
    QueueScreen,
    ApprovalsScreen,
    DueScreen,
    RecordsScreen,
    PolicyScreen,
    MonitorScreen,
    JournalScreen,
    PluginsScreen,
    CustomerScreen,
    OverrideDialog,
    ReadingScreen,
)
ACTS = [(holder.__name__, act) for holder in (ReviewApp, *SCREENS) for act in holder.ACTS]


def keys(act: Act) -> set[str]:
    return {binding.key for binding in Binding.make_bindings(bindings_of([act]))}


@pytest.mark.parametrize(("holder", "act"), ACTS, ids=[f"{holder}.{act.action}" for holder, act in ACTS])
def test_a_letter_has_a_twin_that_an_input_method_lets_through(holder: str, act: Act) -> None:
    del holder
    letters = [key for key in act.keys.split() if len(key) == 1 and key.isalpha() and key.isascii()]
    if letters:
        assert any(len(key) > 1 for key in act.keys.split())
    for letter in letters:
        assert chr(ord(letter) + 0xFEE0) in keys(act)


@pytest.mark.parametrize(
    ("key", "twins"),
    [
        ("o", ("o", "ｏ")),
        ("L", ("L", "Ｌ")),
        ("1", ("1", "１")),
        ("/", ("/", "／", "、")),
        (".", (".", "．", "。")),
        ("?", ("?", "？")),
        ("f4", ("f4",)),
        ("ctrl+p", ("ctrl+p",)),
        ("。", ("。",)),
    ],
)
def test_the_twins_of_a_key(key: str, twins: tuple[str, ...]) -> None:
    assert tuple(dict.fromkeys(key_twins(key))) == twins


def test_thirty_grades_take_several_lines_and_none_is_cut() -> None:
    grades = [f"{place}档" for place in range(1, 31)]
    placed = list(GradePicker(grades, "3档", None, widget_id="grade")._placed(50))
    assert [place for _y, _cells, place in placed] == list(range(30))
    assert max(cells.stop for _y, cells, _place in placed) <= 50
    assert max(y for y, _cells, _place in placed) == 4


OWN = {"stop", "app.help"}
"""In the pane of the mode Due capitals are its own; a dialog names the page of keys again."""


@pytest.mark.parametrize("screen", SCREENS)
def test_no_screen_takes_a_key_of_the_whole_program(screen: type) -> None:
    whole = {key for act in ReviewApp.ACTS for key in keys(act) if act.action != "app.quit"}
    acts = [act for act in screen.ACTS if act.action not in OWN]  # type: ignore[attr-defined]
    assert {key for act in acts for key in keys(act)} & whole == set()

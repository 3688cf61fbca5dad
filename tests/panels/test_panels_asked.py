"""Panels are asked together, none longer than it may; what a plugin does wrong stands in its panel alone."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Thread

import pytest
from laid_down import LayDown, Site, host_of

from rung.supplies import CustomerSeen, Tone
from rung.supplies.shown import PanelShown, RowShown
from rung.text import Text, set_language
from rung.workspace import panel_calls
from rung.workspace.panels import has_panels, panels_of

SEEN = CustomerSeen(
    sector="bank",
    policy="own.policy",
    customer_id="C1",
    customer_name="甲",
    as_of=date(2026, 6, 30),
    model_grade="B",
    effective_grade="A",
    values={"spent": 5},
)
TELLS = """
def show(seen):
    print("a plugin's noise")
    return PanelData(rows=(PanelRow(Text("编号", "Id"), seen.customer_id, None, Tone.GOOD),))
"""


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no panel take longer than a moment."""
    monkeypatch.setattr(panel_calls, "_PATIENCE", 0.3)


def test_a_panel_tells_of_the_customer_and_names_where_it_is_from(
    lay_down: LayDown, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    lay_down("stays", TELLS, kind="panels", zh="入住", en="Stays")
    assert panels_of(host_of(site), SEEN) == (
        PanelShown(
            id="stays",
            title=Text("入住", "Stays"),
            plugin="rung-stays 1.2",
            rows=(RowShown(Text("编号", "Id"), Text.same("C1"), None, Tone.GOOD),),
        ),
    )
    assert capsys.readouterr() == ("", "a plugin's noise\n")


def test_panels_stand_in_the_order_of_their_ids_and_those_without_anything_to_say_do_not(
    lay_down: LayDown, site: Site
) -> None:
    lay_down("b", TELLS, kind="panels")
    lay_down("a", TELLS, kind="panels", distribution="rung-z")
    lay_down("c", "def show(seen):\n    return None\n", kind="panels")
    lay_down("d", "def show(seen):\n    return PanelData()\n", kind="panels")
    assert [each.id for each in panels_of(host_of(site), SEEN)] == ["a", "b"]


@pytest.mark.parametrize(
    ("sectors", "is_asked"), [((), True), (("hotel", "bank"), True), (("hotel",), False)]
)
def test_its_sectors_decide_whether_a_panel_is_asked(
    lay_down: LayDown, site: Site, sectors: tuple[str, ...], is_asked: bool
) -> None:
    lay_down("stays", TELLS, kind="panels", sectors=sectors)
    assert bool(panels_of(host_of(site), SEEN)) is is_asked


def test_whether_there_are_panels_is_known_without_importing_one(lay_down: LayDown, site: Site) -> None:
    assert not has_panels(host_of(site))
    file = lay_down("stays", TELLS, kind="panels")
    assert has_panels(host_of(site))
    assert file.stem not in sys.modules


def test_a_disabled_plugins_panel_is_not_there(lay_down: LayDown, site: Site) -> None:
    lay_down("stays", TELLS, kind="panels")
    lay_down("other", TELLS, kind="panels")
    host = host_of(site)
    host.disable({"stays"})
    assert [each.id for each in panels_of(host, SEEN)] == ["other"]


@pytest.mark.parametrize(
    ("show", "words"),
    [
        (
            "def show(seen):\n    1 / 0\n",
            "Plugin “bad” (rung-bad 1.2) failed: ZeroDivisionError: division by zero (",
        ),
        ("def show(seen):\n    raise SystemExit(3)\n", "Plugin “bad” (rung-bad 1.2) failed: SystemExit: 3 ("),
        ("def show():\n    pass\n", "Plugin “bad” (rung-bad 1.2) failed: TypeError: show() takes 0"),
        (
            "def show(seen):\n    seen.values['spent'] = 9\n    seen.policy = ''\n",
            "Plugin “bad” (rung-bad 1.2) failed: ",
        ),
        (
            "def show(seen):\n    return 7\n",
            "Plugin “bad” (rung-bad 1.2) cannot be shown: it returned int, and PanelData or None is wanted.",
        ),
        ("import nothing_of_that_name\n", "Plugin “bad” (rung-bad 1.2), panel, is faulty, import: "),
    ],
)
def test_a_fault_stands_in_its_panel_in_one_line_and_costs_no_other(
    lay_down: LayDown, site: Site, show: str, words: str
) -> None:
    lay_down("bad", show, kind="panels")
    lay_down("stays", TELLS, kind="panels")
    bad, stays = panels_of(host_of(site), SEEN)
    assert bad.problem.startswith(words)
    assert "\n" not in bad.problem
    assert (bad.rows, bad.chart) == ((), None)
    assert (len(stays.rows), stays.problem) == (1, "")


def test_one_id_from_two_distributions_is_told_in_its_place(lay_down: LayDown, site: Site) -> None:
    lay_down("stays", TELLS, kind="panels", distribution="rung-one")
    lay_down("stays", TELLS, kind="panels", distribution="rung-two")
    (found,) = panels_of(host_of(site), SEEN)
    assert "rung-one 1.2, rung-two 1.2" in found.problem
    assert found.rows == ()


WAITS = """
import time
from pathlib import Path
def show(seen):
    while not Path({flag!r}).exists():
        time.sleep(0.02)
    return PanelData(rows=(PanelRow(Text("编号", "Id"), "late"),))
"""


@pytest.mark.usefixtures("hurried")
def test_who_takes_too_long_is_left_behind_and_asked_again_only_once_it_has_answered(
    lay_down: LayDown, site: Site, tmp_path: Path
) -> None:
    flag = tmp_path / "go on"
    lay_down("slow", WAITS.format(flag=str(flag)), kind="panels")
    lay_down("stays", TELLS, kind="panels")
    host = host_of(site)
    began = time.monotonic()
    slow, stays = panels_of(host, SEEN)
    assert time.monotonic() - began < 3
    assert slow.problem == "Plugin “slow” (rung-slow 1.2) gave no answer within 0.3 s."
    assert stays.problem == ""
    slow, stays = panels_of(host, SEEN)
    assert slow.problem == "Plugin “slow” (rung-slow 1.2) has not answered an earlier question yet."
    assert stays.problem == ""
    flag.touch()
    for _round in range(100):
        time.sleep(0.02)
        slow, _stays = panels_of(host, SEEN)
        if not slow.problem:
            break
    assert [str(each.value) for each in slow.rows] == ["late"]


def test_who_asks_before_the_last_answer_waits_for_it_and_is_answered(
    lay_down: LayDown, site: Site, tmp_path: Path
) -> None:
    flag = tmp_path / "go on"
    code = WAITS.replace('"late"', "seen.customer_id").format(flag=str(flag))
    lay_down("slow", code, kind="panels")
    host, found = host_of(site), dict[str, str]()

    def ask(customer: str) -> None:
        (slow,) = panels_of(host, replace(SEEN, customer_id=customer))
        found[customer] = slow.problem or str(slow.rows[0].value)

    threads = [Thread(target=ask, args=(name,)) for name in ("C1", "C2", "C3")]
    for each in threads:
        each.start()
    time.sleep(0.2)
    flag.touch()
    for each in threads:
        each.join()
    assert found == {"C1": "C1", "C2": "C2", "C3": "C3"}


def test_a_plugin_that_hangs_while_it_is_imported_is_left_behind_too(
    lay_down: LayDown,
    site: Site,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(panel_calls, "_LOADING", 0.3)
    flag = tmp_path / "go on"
    waits = f"import time, pathlib\nwhile not pathlib.Path({str(flag)!r}).exists():\n    time.sleep(0.02)\n"
    shows = "print('imported')\ndef show(seen):\n    print('asked')\n"
    lay_down("slow", waits + shows, kind="panels")
    host = host_of(site)
    (slow,) = panels_of(host, SEEN)
    assert slow.problem == "Plugin “slow” (rung-slow 1.2) was not loaded within 0.3 s."
    assert slow.title == Text.same("slow")
    print("an answer")  # all was turned aside while the plugin was imported
    flag.touch()
    for _round in range(100):
        time.sleep(0.02)
        if not panels_of(host, SEEN):
            break
    assert panels_of(host, SEEN) == ()
    print("another")
    printed = capsys.readouterr()
    assert printed.out == "an answer\nanother\n"
    assert set(printed.err.splitlines()) == {"imported", "asked"}


def test_a_plugin_speaks_the_language_of_whoever_waits(lay_down: LayDown, site: Site) -> None:
    lay_down(
        "lost",
        "import time\ndef show(seen):\n    return PanelData(rows=(Text('一', 'one'),))\n",
        kind="panels",
    )
    says = """
def show(seen):
    return PanelData(rows=(PanelRow(Text("语言", "Language"), str(Text("中文", "English"))),))
"""
    lay_down("says", says, kind="panels")
    set_language("zh")
    try:
        found = panels_of(host_of(site), SEEN)
    finally:
        set_language("en")
    assert found[1].rows[0].value == Text.same("中文")


def test_hostile_titles_are_inert(lay_down: LayDown, site: Site) -> None:
    lay_down("stays", TELLS, kind="panels", zh="\\x1b[2J入住\\n", en="St\\u202eays")
    (found,) = panels_of(host_of(site), SEEN)
    assert found.title == Text("[2J入住", "Stays")

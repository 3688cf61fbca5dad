"""What panels say stands in an explanation, its JSON and the rating sheet, and sees nothing covered."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from laid_down import LayDown
from office import AGE, Office

from rung.errors import RungError
from rung.ledger import LedgerStore
from rung.supplies import CustomerSeen
from rung.workspace import rating_sheet
from rung.workspace.run_review import RunReview

ECHO = """
def show(seen):
    rows = [PanelRow(Text.same(name), repr(value)) for name, value in sorted(seen.values.items())]
    rows.insert(0, PanelRow(Text("等级", "Grades"), f"{seen.model_grade}/{seen.effective_grade}"))
    rows.insert(0, PanelRow(Text("批次", "Run"), f"{seen.policy} {seen.as_of} {seen.sector!r}"))
    return PanelData(rows=tuple(rows), chart=PanelChart(points=(("一月", 3), ("二月", 0.5)), unit="次"))
"""
WATCHED = '[confidentiality]\nfields = ["wealth"]'


@pytest.fixture
def echo(lay_down: LayDown) -> Path:
    """Lay down a panel that shows everything it is handed."""
    return lay_down("echo", ECHO, kind="panels", zh="回声", en="Echo")


def names(office: Office, *options: str) -> list[str]:
    """Return what the panel was handed, by name."""
    found = office("explain", "C1", "--json", *options).json
    return [row["label"]["en"] for row in found["panels"][0]["rows"][2:]]


@pytest.mark.usefixtures("echo")
def test_an_explanation_ends_with_what_plugins_show(office: Office) -> None:
    told = office("explain", "C1").out
    *_before, after = told.partition("Echo · rung-echo 1.2")
    lines = [" ".join(each.split()) for each in after.splitlines()]
    assert "Run own.people 2026-06-30 ''" in lines
    assert "Grades B/B" in lines
    assert "age Decimal('47')" in lines
    assert "income Decimal('81234.56')" in lines
    assert "income_monthly Decimal('6769.55')" in lines
    assert "wealth Decimal('731')" in lines
    assert "一月 3 次 " + "█" * 30 in lines
    assert "二月 0.5 次 " + "█" * 5 in lines


@pytest.mark.usefixtures("echo")
def test_json_has_panels_as_data(office: Office) -> None:
    (panel,) = office("explain", "C1", "--json").json["panels"]
    assert panel["id"] == "echo"
    assert panel["title"] == {"zh": "回声", "en": "Echo"}
    assert panel["plugin"] == "rung-echo 1.2"
    assert panel["rows"][1] == {
        "label": {"zh": "等级", "en": "Grades"},
        "value": {"zh": "B/B", "en": "B/B"},
        "note": None,
        "tone": "",
    }
    assert panel["chart"]["points"] == [
        [{"zh": "一月", "en": "一月"}, 3.0],
        [{"zh": "二月", "en": "二月"}, 0.5],
    ]
    assert panel["problem"] == ""


def test_without_plugins_nothing_is_said_of_panels(office: Office) -> None:
    assert "panels" not in office("explain", "C1", "--json").json


@pytest.mark.usefixtures("echo")
def test_what_is_missing_is_not_there(office: Office) -> None:
    found = office("explain", "C2", "--json").json
    told = {row["label"]["en"] for row in found["panels"][0]["rows"]}
    assert told == {"Run", "Grades", "income", "income_monthly", "wealth"}


@pytest.mark.usefixtures("echo")
def test_outside_of_a_workspace_a_table_is_shown_as_it_is(office: Office) -> None:
    told = office("explain", "C1", "--source", "customers.csv", "--policy", "people.toml").out
    assert "Decimal('81234.56')" in told


def test_a_fault_is_told_where_the_panel_would_stand_and_the_rest_is_there(
    office: Office, lay_down: LayDown
) -> None:
    lay_down("bad", "def show(seen):\n    1 / 0\n", kind="panels", en="Stays")
    ended = office("explain", "C1")
    assert ended.code == 0
    assert "Criteria" in ended.out
    assert "Plugin “bad” (rung-bad 1.2) failed: ZeroDivisionError: division by zero" in " ".join(
        ended.out.split()
    )
    assert office("explain", "C1", "--to", "html").out.count("Plugin “bad” (rung-bad 1.2) failed") == 1


@pytest.mark.usefixtures("echo")
def test_a_disabled_panel_is_on_no_face(office: Office) -> None:
    assert office("plugins", "disable", "echo").code == 0
    assert "Echo" not in office("explain", "C1").out
    assert "panels" not in office("explain", "C1", "--json").json
    assert "Echo" not in office("explain", "C1", "--to", "html").out


# The rating sheet


@pytest.mark.usefixtures("echo")
def test_a_sheet_names_the_plugin_and_draws_its_rows_and_bars(office: Office) -> None:
    sheet = office("explain", "C1", "--to", "html").out
    assert "<h2>Echo · rung-echo 1.2</h2>" in sheet
    assert "Decimal(&#x27;6769.55&#x27;)" in sheet
    assert 'width="100.00%"' in sheet
    assert 'width="16.67%"' in sheet
    assert "0.5 次" in sheet


def test_a_sheet_takes_no_markup_from_a_plugin(office: Office, lay_down: LayDown) -> None:
    show = """
def show(seen):
    evil = "<script>alert(1)</script>"
    points = ((evil, 1), (evil, -5.5), (evil, 2))
    row = PanelRow(Text.same(evil), evil, Text.same(evil), Tone.BAD)
    return PanelData(rows=(row,), chart=PanelChart(points=points, is_line=True, unit=evil))
"""
    lay_down("evil", show, kind="panels", zh="<b>", en="<b>")
    sheet = office("explain", "C1", "--to", "html").out
    assert "<script" not in sheet
    assert "<h2>&lt;b&gt; · rung-evil 1.2</h2>" in sheet
    assert sheet.count('class="curve"') == 2
    assert "least -5.5 &lt;script&gt;" in sheet


# Confidential


@pytest.mark.usefixtures("echo")
@pytest.mark.parametrize("options", [(), ("--json",), ("--to", "html")])
def test_of_what_a_viewer_may_not_read_nothing_reaches_a_panel(
    office: Office, options: tuple[str, ...]
) -> None:
    office.people("viewer", WATCHED)
    ended = office("explain", "C1", *options)
    assert ended.code == 0
    assert "Decimal" not in ended.both
    assert "own.people 2026-06-30" in ended.out
    assert office.events("sensitive.read") == []


@pytest.mark.usefixtures("echo")
def test_who_may_read_has_panels_see_what_is_on_record_as_read_and_nothing_besides(office: Office) -> None:
    office.people("approver", WATCHED)
    assert names(office) == ["age", "income_monthly", "wealth"]
    (read,) = office.payloads("sensitive.read")
    assert read["fields"] == ["age", "income_monthly", "wealth"]


@pytest.mark.usefixtures("echo")
def test_what_cannot_be_put_on_record_reaches_no_panel(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.people("approver", WATCHED)

    def read_only(_store: LedgerStore) -> None:
        raise RungError.of("The ledger may not be written to.")

    monkeypatch.setattr("rung.ledger.keeping.sql_store.SqlStore.appending", read_only)
    assert names(office) == []


@pytest.mark.usefixtures("echo")
def test_a_sheet_taken_out_tells_all_its_fields_panels_included(office: Office) -> None:
    office.people("approver", WATCHED)
    assert (
        AGE
        in office("explain", "C1", "--to", "html", "--out", "sheet.html").out + Path("sheet.html").read_text()
    )
    (taken,) = office.payloads("export.taken")
    assert taken["fields"] == ["age", "income_monthly", "wealth"]
    assert "81234.56" not in Path("sheet.html").read_text(encoding="utf-8")


def test_on_a_screen_a_panel_sees_what_was_uncovered_and_no_more(office: Office) -> None:
    office.people("approver", WATCHED)
    workspace = office.workspace
    with workspace.run() as run:
        review = RunReview(workspace, run)
        now = run.manifest.created_at
        assert dict(review.seen(0, "B", date(2026, 7, 1)).values) == {}
        assert review.uncover(0, frozenset({"age"}), now) == ""
        assert dict(review.seen(0, "B", date(2026, 7, 1)).values) == {"age": Decimal(47)}
        assert dict(review.seen(1, "B", date(2026, 7, 1)).values) == {}


# What people gave


def test_a_correction_in_effect_and_the_effective_grade_are_what_panels_see(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[CustomerSeen] = []
    monkeypatch.setattr(rating_sheet, "panels_of", lambda _host, seen: asked.append(seen) or ())
    office("correct", "C1", "age", "65", "--reason", "other", "--narrative", "看过证件")
    office("explain", "C1", "--to", "html")
    (seen,) = asked
    assert seen.values["age"] == Decimal(65)
    assert (seen.model_grade, seen.effective_grade) == ("B", "B")

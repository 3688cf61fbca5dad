"""The suites of sources, exporters, panels and alarm handlers: sound ones pass, bad ones are found."""

from __future__ import annotations

import re
from typing import Any

import pytest

EXPORTER = """
    from rung.sdk import Exporter, Text, hookimpl

    RUNG_API = 1


    def _write(batches, file, about):
        with file.open("w", encoding="utf-8") as out:
            for batch in batches:
                for row in batch.iter_rows():
                    out.write("|".join(repr(value) for value in row) + chr(10))


    @hookimpl
    def rung_exporter():
        return Exporter(id="bars", title=Text("竖线", "Bars"), endings=(".bars",), write=_write)
"""
EXPORTING = """
    from rung.testing import ExporterSuite


    class TestBars(ExporterSuite):
        plugin = "bars"
        can_count = True

        def count(self, file):
            return len(file.read_text(encoding="utf-8").splitlines())
"""
PANEL = """
    from rung.sdk import Panel, PanelData, PanelRow, Text, hookimpl

    RUNG_API = 1


    def _show(seen):
        years = seen.values.get("cooperation_years")
        if years is None:
            return None
        return PanelData(rows=(PanelRow(Text("合作年数", "Years"), str(years)),))


    @hookimpl
    def rung_panel():
        return Panel(id="years", title=Text("年数", "Years"), sectors=("channel",), show=_show)
"""
PANELLING = """
    from rung.testing import PanelSuite


    class TestYears(PanelSuite):
        plugin = "years"
"""
ALARM = """
    from rung.sdk import hookimpl

    RUNG_API = 1
    CASES = {}


    @hookimpl
    def rung_alarm_raised(alarm):
        return CASES.setdefault(alarm["id"], f"case {len(CASES) + 1}")
"""
ALARMING = """
    from rung.testing import AlarmSuite


    class TestDesk(AlarmSuite):
        plugin = "desk"
"""
SOURCE = """
    from rung.sdk import DataSource, Field, Kind, SourceTables, Text, hookimpl

    RUNG_API = 1


    def _read(options, wanted):
        if options["count"] > 9:
            raise ConnectionError("the server is not there")
        import polars as pl

        key, blank = wanted.sector.key, {name: "" for name in wanted.fields}
        rows = [{**blank, key: f"K{n}"} for n in range(int(options["count"]))]
        events = {
            name: pl.DataFrame(schema=dict.fromkeys(columns, pl.String))
            for name, columns in wanted.events.items()
        }
        return SourceTables(customers=pl.DataFrame(rows), events=events)


    @hookimpl
    def rung_source():
        return DataSource(
            id="crm",
            title=Text("客户系统", "CRM"),
            about=Text("读取客户。", "Reads customers."),
            options=(
                Field(id="count", title=Text("数量", "Count"), kind=Kind.INTEGER, is_required=True),
                Field(id="token", title=Text("令牌", "Token"), kind=Kind.TEXT, is_sensitive=True),
            ),
            read=_read,
        )
"""
SOURCING = r"""
    from rung.testing import SourceSuite


    class TestCrm(SourceSuite):
        plugin = "crm"
        sector = "channel"
        options = {"count": 3}
        secrets = {"token": "hunter'2\"hunter\\2"}
        failing_options = {"count": 10}
"""
TWICE = 'if alarm["id"] in CASES:\n        raise KeyError("twice")\n    return CASES'
KINDS = {
    "exporter": ("rung.exporters", "bars", EXPORTER, EXPORTING),
    "panel": ("rung.panels", "years", PANEL, PANELLING),
    "alarm": ("rung.alarms", "desk", ALARM, ALARMING),
    "source": ("rung.sources", "crm", SOURCE, SOURCING),
}


FAULTS: list[tuple[str, dict[str, str], str, str]] = [
    (
        "exporter",
        {"for batch in batches:": "for batch in list(batches)[:-1]:"},
        "test_a_file_read_back_holds_every_customer",
        "read back — expected",
    ),
    (
        "exporter",
        {"with file.open": "file.with_suffix('.log').touch()\n    with file.open"},
        "test_it_writes_any_number_of_customers",
        "beside the file — expected one file and no other",
    ),
    (
        "exporter",
        {"out.write(": "out.write(row[1] + "},
        "test_it_takes_hostile_and_missing_values",
        "a customer's name is never a reason to fail",
    ),
    (
        "panel",
        {'.get("cooperation_years")': '["cooperation_years"]'},
        "test_it_shows_customers_with_any_value_missing",
        "without cooperation_years: KeyError",
    ),
    (
        "panel",
        {"cooperation_years": "years"},
        "test_it_shows_something_of_somebody",
        "returned None for every",
    ),
    (
        "panel",
        {"cooperation_years": "customer_id"},
        "test_it_shows_something_of_somebody",
        "returned None for every",
    ),
    (
        "panel",
        {'"合作年数", "Years"': '"Years so far", "Years"'},
        "test_its_words_are_in_both_languages",
        "expected Chinese",
    ),
    (
        "alarm",
        {"return CASES": TWICE},
        "test_the_same_alarm_twice_is_fine",
        "the second time: KeyError: 'twice'",
    ),
    (
        "source",
        {"raise ConnectionError": "print"},
        "test_a_reading_that_fails_names_the_plugin",
        "expected an error",
    ),
    (
        "source",
        {"kind=Kind.TEXT, is_sensitive=True": "kind=Kind.TEXT"},
        "test_secrets_come_from_the_environment_alone",
        "option token: is not sensitive",
    ),
    (
        "source",
        {'f"K{n}"': 'f"K{n}" + options["token"]'},
        "test_it_tells_no_secret",
        "customers: holds the secret token",
    ),
]


def _of(kind: str) -> dict[str, Any]:
    group, name, code, suite = KINDS[kind]
    return {"group": group, "name": name, "code": code, "suite": suite}


@pytest.fixture(scope="module")
def sound(together: Any) -> Any:
    """What its suite says of a sound one of each kind."""
    return together({kind: _of(kind) for kind in KINDS})


@pytest.fixture(scope="module")
def faulty(together: Any) -> Any:
    """What the test meant for it says of each fault, all tried by one run of pytest."""
    cases = {}
    for number, (kind, swap, test, _words) in enumerate(FAULTS):
        (suite,) = re.findall(r"class (\w+)", KINDS[kind][3])
        cases[str(number)] = {**_of(kind), "swap": swap, "only": (f"{suite}::{test}",)}
    return together(cases)


@pytest.mark.parametrize("kind", KINDS)
def test_a_sound_one_passes(kind: str, sound: Any) -> None:
    ran = sound[kind]
    assert set(ran.counts) <= {"passed", "skipped"}, ran.output[-3000:]
    assert ran.counts["passed"] > 8


@pytest.mark.parametrize(("number", "test", "words"), [(n, *each[2:]) for n, each in enumerate(FAULTS)])
def test_a_fault_is_found(number: int, test: str, words: str, faulty: Any) -> None:
    ran = faulty[str(number)]
    assert ran.failed == {test}, ran.output[-3000:]
    assert words in ran.output, ran.output[-3000:]

"""Options are read as field values are, every mistake told at once with its line; secrets apart."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from rung.errors import Place, RungError
from rung.pipeline.sources import Given, read_options
from rung.pipeline.sources.hidden import Hidden
from rung.plugins.known import secret_variable
from rung.sdk import Choice, DataSource, Field, Kind, SourceTables, Text


def _option(name: str, kind: Kind = Kind.TEXT, **more: Any) -> Field:
    return Field(id=name, title=Text.same(name.title()), kind=kind, **more)


SOURCE = DataSource(
    id="crm-2",
    title=Text.same("CRM"),
    about=Text.same("A CRM"),
    options=(
        _option("table", is_required=True),
        _option("rows", Kind.INTEGER, low=1, high=10),
        _option("share", Kind.PERCENT),
        _option("since", Kind.DATE),
        _option("live", Kind.BOOLEAN),
        _option("region", Kind.CATEGORY, choices=(Choice(id="east", title=Text("东部", "East")),)),
        _option("pin", Kind.INTEGER, is_sensitive=True),
        _option("password", is_sensitive=True),
    ),
    read=lambda _options, _wanted: SourceTables(customers=()),
)


def _read(environment: dict[str, str] | None = None, **given: object) -> dict[str, Any]:
    written = {"table": "t"} | given
    return dict(
        read_options(SOURCE, {name: Given(each) for name, each in written.items()}, environment or {}).values
    )


def _problems(environment: dict[str, str] | None = None, **given: object) -> list[str]:
    with pytest.raises(RungError) as raised:
        _read(environment, **given)
    return list(map(str, raised.value.problems))


@pytest.mark.parametrize(
    ("option", "written", "value"),
    [
        ("table", " a b ", "a b"),
        ("table", "NA", "NA"),
        ("table", 12, "12"),
        ("rows", "7", Decimal(7)),
        ("rows", 7, Decimal(7)),
        ("rows", 7.0, Decimal(7)),
        ("share", "12.5%", Decimal("12.50")),
        ("share", 0.1, Decimal("0.10")),
        ("since", "2026-01-05", date(2026, 1, 5)),
        ("since", date(2026, 1, 5), date(2026, 1, 5)),
        ("live", True, True),
        ("live", "否", False),
        ("region", "东部", "east"),
        ("region", "", None),
        ("rows", "", None),
    ],
)
def test_a_value_is_read_in_its_kind_and_units(option: str, written: object, value: object) -> None:
    assert _read({}, **{option: written})[option] == value


def test_every_option_is_handed_over_also_those_left_out() -> None:
    assert list(_read()) == ["table", "rows", "share", "since", "live", "region", "pin", "password"]


@pytest.mark.parametrize(
    ("option", "written", "told"),
    [
        ("rows", "2.5", "no whole number"),
        ("rows", "0", "out of bounds: 1 to 10"),
        ("rows", "11", "out of bounds: 1 to 10"),
        ("rows", True, "no number"),
        ("rows", [1], "takes one value"),
        ("rows", float("nan"), "no number"),
        ("region", "west", "One of: east."),
        ("since", "05/01/2026", "no date"),
        ("table", "", "“table” (Table) is missing. Give it: --set table=VALUE"),
        ("tabel", "x", "has no option “tabel”. Did you mean “table”?"),
    ],
)
def test_what_does_not_fit_is_told(option: str, written: object, told: str) -> None:
    (problem,) = _problems({}, **{option: written})
    assert told in problem


def test_everything_wrong_is_told_at_once_with_its_place() -> None:
    given = {"rows": Given("x", Place("rung.toml", 4)), "nope": Given("x", Place("rung.toml", 5))}
    with pytest.raises(RungError) as raised:
        read_options(SOURCE, given, {}, Place("rung.toml", 2))
    assert [(each.place.line if each.place else None) for each in raised.value.problems] == [5, 2, 4]


def test_a_variable_is_named_after_source_and_option() -> None:
    assert secret_variable("crm-2", "api_key") == "RUNG_CRM_2_API_KEY"


def test_a_secret_is_read_from_the_environment_as_it_stands() -> None:
    assert _read({"RUNG_CRM_2_PASSWORD": " a b "})["password"] == " a b "
    assert _read({"RUNG_CRM_2_PIN": "1234"})["pin"] == Decimal(1234)
    assert _read()["password"] is None


def test_a_number_that_is_secret_is_covered_as_its_source_writes_it() -> None:
    hidden = read_options(SOURCE, {"table": Given("t")}, {"RUNG_CRM_2_PIN": "1,234,567"}).hidden
    assert hidden.cover("refused: 1234567") == "refused: ●●●"
    assert hidden.cover("refused: 1,234,567") == "refused: ●●●"


def test_a_secret_given_elsewhere_is_refused_with_the_variable_and_without_its_value() -> None:
    (problem,) = _problems(password="hunter2")
    assert "RUNG_CRM_2_PASSWORD" in problem
    assert "hunter2" not in problem


def test_a_secret_that_does_not_fit_is_told_without_its_value() -> None:
    (problem,) = _problems({"RUNG_CRM_2_PIN": "hunter2"})
    assert "RUNG_CRM_2_PIN" in problem
    assert "hunter2" not in problem


def test_what_was_chosen_is_told_without_secrets() -> None:
    given = {"table": Given("t"), "rows": Given("7"), "live": Given(value=True)}
    found = read_options(SOURCE, given, {"RUNG_CRM_2_PASSWORD": "hunter2"})
    assert dict(found.told) == {"table": "t", "rows": "7", "live": "true"}
    assert "hunter2" not in repr(found)


@pytest.mark.parametrize(
    "text",
    [
        "log in as hunter 2/ü!",
        "https://x/?k=hunter%202%2F%C3%BC%21",
        "k=hunter+2%2F%C3%BC%21",
        "{'k': 'hunter 2/ü!'}",
        r'{"k": "hunter 2/\u00fc!"}',
    ],
)
def test_a_secret_is_covered_however_it_is_written(text: str) -> None:
    covered = Hidden(("hunter 2/ü!",)).cover(text)
    assert "●●●" in covered
    assert "hunter" not in covered


def test_a_secret_too_short_to_be_told_apart_covers_the_whole_text() -> None:
    assert Hidden(("ab",)).cover("able to") == "●●●"
    assert Hidden(("ab",)).cover("nothing") == "nothing"

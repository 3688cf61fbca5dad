"""Every face of the program hides sensitive values from who may not read them, and records who does."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from typing import NoReturn

import pytest
from office import Office, secrets_in

from rung.errors import RungError
from rung.ledger import LedgerStore
from rung.text import MASK

NOW = datetime(2026, 7, 1, tzinfo=UTC)


def test_without_people_or_config_everybody_reads_and_nothing_is_recorded(office: Office) -> None:
    told = office("explain", "C1")
    assert "47" in told.out
    assert "81234.56" not in told.out  # the policy rests on the month's
    assert MASK not in told.out
    assert office.events() == []


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_a_viewer_is_explained_the_grade_without_one_sensitive_value(
    office: Office, form: tuple[str]
) -> None:
    office.people("viewer")
    told = office("explain", "C1", *form)
    assert told.code == 0
    assert "6,769.55" not in told.out and "6769.55" not in told.out
    assert MASK in told.out
    if form:
        found = told.json
        values = {each["id"]: each["value"]["en"] for each in found["criteria"]}
        assert values == {"income": MASK, "age": MASK}
        assert found["gates"][0]["conditions"][0]["found"]["en"] == MASK
        assert found["flags"][0]["conditions"][0]["found"]["en"] == "731"
        assert found["masked"] == ["age", "income_monthly"]
        assert [each["points"] for each in found["criteria"]] == [60, 10]
    else:
        assert "●●●: sensitive values, which are not for your role." in told.out
    assert office.events() == []


def test_an_approver_reads_them_and_that_is_on_record(office: Office) -> None:
    office.people("approver")
    told = office("explain", "C1")
    assert "6,769.55" in told.out and "47" in told.out and MASK not in told.out
    (event,) = office.events("sensitive.read")
    assert (event.customer_id, event.policy_id) == ("C1", "own.people")
    assert office.payloads("sensitive.read") == [{"by": "explain", "fields": ["age", "income_monthly"]}]


def test_that_a_value_is_missing_is_no_secret_and_no_reading(office: Office) -> None:
    office.people("viewer")
    values = {each["id"]: each["value"]["en"] for each in office("explain", "C2", "--json").json["criteria"]}
    assert values == {"income": MASK, "age": "missing"}
    office.people("approver")
    office("explain", "C2")
    assert office.payloads("sensitive.read") == [{"by": "explain", "fields": ["income_monthly"]}]


def test_a_field_named_in_the_config_is_masked_too(office: Office) -> None:
    office.people("viewer", '[confidentiality]\nfields = ["wealth"]')
    told = office("explain", "C1")
    assert secrets_in(told.both) == []
    assert office("explain", "C1", "--json").json["masked"] == ["age", "income_monthly", "wealth"]


def test_the_least_role_can_be_set_and_a_person_exempted_either_way(office: Office) -> None:
    office.people("viewer", '[confidentiality]\nvisible_to = "viewer"')
    assert MASK not in office("explain", "C1").out
    office.people("approver", '[confidentiality]\nvisible_to = "owner"')
    assert MASK in office("explain", "C1").out
    office.people("viewer")
    toml = office.folder / "rung.toml"
    toml.write_text(toml.read_text(encoding="utf-8") + "clearance = true\n", encoding="utf-8")
    assert MASK not in office("explain", "C1").out
    office.people("owner")
    toml.write_text(toml.read_text(encoding="utf-8") + "clearance = false\n", encoding="utf-8")
    assert MASK in office("explain", "C1").out


def test_confidentiality_without_people_hides_from_nobody_and_records_all_the_same(office: Office) -> None:
    office.people(None, "[confidentiality]\n")
    assert MASK not in office("explain", "C1").out
    assert len(office.events("sensitive.read")) == 1


def test_a_ledger_that_cannot_be_written_keeps_the_values_masked_with_one_notice(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.people("approver")
    office("explain", "C1")

    def read_only(_store: LedgerStore) -> NoReturn:
        raise RungError.of("The ledger may not be written to.")

    monkeypatch.setattr("rung.ledger.keeping.sql_store.SqlStore.appending", read_only)
    for form in ((), ("--json",)):
        told = office("explain", "C1", *form)
        assert told.code == 0
        assert MASK in told.out
        assert "6,769.55" not in told.both
        assert told.err.splitlines() == [
            "Sensitive values stay masked: that you read them cannot be recorded. "
            "The ledger may not be written to."
        ]
    assert len(office.events("sensitive.read")) == 1


def test_the_smallest_change_names_the_threshold_and_not_the_value(office: Office) -> None:
    office.people("viewer")
    change = office("explain", "C1", "--json").json["suggestion"]
    assert {(each["name"], each["old"]["en"]) for each in change["values"]} <= {
        ("age", MASK),
        ("income_monthly", MASK),
    }
    assert {each["new"]["en"] for each in change["values"]} == {"60", "9,000 yuan"}


def test_the_quality_report_and_the_rejected_rows_quote_no_sensitive_value(office: Office) -> None:
    office.people("viewer")
    graded = office("grade", "customers.csv", "--policy", "people.toml", "--as-of", "2026-06-30", "--json")
    run = office.folder / "runs" / graded.json["run"]
    assert "forty-seven" not in graded.both
    assert all(b"forty-seven" not in each.read_bytes() for each in run.iterdir())
    rejected = (run / "rejected.csv").read_text(encoding="utf-8-sig")
    assert "forty-seven" not in rejected
    rows = [
        (each["line"], each["column"], each["value"], each["problem"])
        for each in csv.DictReader(rejected.splitlines())
    ]
    assert rows == [
        ("5", "", MASK, "The row has 8 fields; the header has 6."),
        ("4", "age", MASK, "The value cannot be read."),
    ]


def test_a_field_of_the_policy_graded_by_may_be_named_wherever_its_file_lies(office: Office) -> None:
    office.people("reviewer", '[confidentiality]\nfields = ["wealth"]')
    assert office("grade", "customers.csv", "--policy", "people.toml").code == 0
    office.people("reviewer", '[confidentiality]\nfields = ["wealt"]')
    refused = office("grade", "customers.csv", "--policy", "people.toml")
    assert (refused.code, "“wealt”" in refused.err) == (2, True)


def test_where_nothing_is_confidential_they_are_quoted(office: Office) -> None:
    graded = office("grade", "customers.csv", "--policy", "people.toml", "--as-of", "2026-06-30")
    assert "forty-seven" in graded.both
    (rejected,) = {each.read_text(encoding="utf-8-sig") for each in office.folder.glob("runs/*/rejected.csv")}
    assert "forty-seven" in rejected


@pytest.mark.parametrize("name", ["out.csv", "out.jsonl", "out.parquet", "out.xlsx"])
def test_an_export_of_grades_holds_no_measured_value_and_is_on_record(office: Office, name: str) -> None:
    office.people("reviewer")
    office("grade", "customers.csv", "--policy", "people.toml", "--as-of", "2026-06-30", "--out", name)
    (taken,) = office.payloads("export.taken")
    run = taken.pop("run")
    assert "own.people" in run
    assert taken == {
        "what": "grades",
        "rows": 3,
        "fields": [],
        "file": name,
        "policy": "own.people",
        "sensitive": False,
    }
    if name.endswith(("csv", "jsonl")):
        assert secrets_in((office.folder / name).read_text(encoding="utf-8")) == []


def test_an_export_into_a_pipe_is_on_record_by_a_dash(office: Office) -> None:
    office.people("reviewer")
    office("grade", "customers.csv", "--policy", "people.toml", "--as-of", "2026-06-30", "--out", "-")
    assert [each["file"] for each in office.payloads("export.taken")] == ["-"]


def test_an_export_that_cannot_be_recorded_is_not_made(office: Office) -> None:
    office.people("reviewer")
    (office.folder / "ledger.db").write_bytes(b"not a ledger at all" * 100)
    graded = office("grade", "customers.csv", "--policy", "people.toml", "--out", "out.csv")
    assert graded.code == 2
    assert not (office.folder / "out.csv").exists()


def test_a_simulation_follows_no_sensitive_value_for_a_viewer(office: Office) -> None:
    office.people("viewer")
    refused = office("policy", "simulate", "people.toml", "--value", "income_monthly")
    assert refused.code == 2
    assert "sensitive, and not for your role" in refused.err
    assert secrets_in(refused.both) == []
    assert office("policy", "simulate", "people.toml", "--value", "wealth").code == 0
    office.people("approver")
    assert office("policy", "simulate", "people.toml", "--value", "income").code == 0
    (taken,) = office.payloads("export.taken")
    assert (taken["what"], taken["fields"], taken["file"], taken["sensitive"]) == (
        "simulation",
        ["income"],
        "-",
        True,
    )


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("wealht", "There is no field “wealht” in any sector or policy here."),
        ("customer_id", "“customer_id” says whom a grade is about, and cannot be masked."),
    ],
)
def test_a_field_nothing_has_is_a_mistake_with_its_line(office: Office, named: str, said: str) -> None:
    office.people("viewer", f'[confidentiality]\nfields = [\n  "age",\n  "{named}",\n]')
    refused = office("explain", "C1")
    assert refused.code == 2
    assert said in refused.err
    assert "rung.toml:5" in refused.err
    assert secrets_in(refused.both) == []


def test_a_field_of_another_sector_may_be_named(office: Office) -> None:
    office.people("viewer", '[confidentiality]\nfields = ["identity_number", "plate"]')
    assert office("explain", "C1").code == 0


def test_an_unknown_key_and_a_role_there_is_not_are_mistakes(office: Office) -> None:
    office.people("viewer", '[confidentiality]\nfield = ["age"]\nvisible_to = "boss"')
    refused = office("explain", "C1")
    assert refused.code == 2
    assert "“field” is not known here." in refused.err
    assert "'boss' does not fit “visible_to”." in refused.err


def test_the_doctor_names_a_misspelt_field(office: Office) -> None:
    office.people("owner", '[confidentiality]\nfields = ["identity_nmber"]')
    told = office("doctor")
    assert told.code == 1
    assert "identity_nmber" in told.out

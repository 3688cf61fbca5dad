"""Tables of cases beside a policy become its tests, and a slip in one is told at its line."""

from __future__ import annotations

from decimal import Decimal

import pytest
import xlsxwriter

from rung.errors import RungError
from rung.grading.policy_tests import run_policy_tests
from rung.policy.case_table import read_cases, with_cases
from rung.policy.reader import read_policy
from rung.vocabulary import Vocabulary

POLICY = """
id = "shop.tiers"
version = "1"
title = "Tiers"
grades = ["A", "B"]
[fields.sales]
title = "Sales"
kind = "money"
[fields.since]
title = "Since"
kind = "date"
[grading]
mode = "score"
cutoffs = { A = 60 }
[[criteria]]
id = "sales"
title = "Sales"
measure = "sales"
bands = [{ when = ">= 100", points = 100 }, { when = "< 100", points = 0 }]
missing = "worst"
[[flags]]
id = "old"
title = "Old"
when = { since = "< 2020-01-01" }
"""


def written(folder, table, *, name="tiers.cases.csv", encoding="utf-8"):
    (folder / "tiers.toml").write_text(POLICY, "utf-8")
    (folder / name).write_bytes(table.encode(encoding))
    return folder / name


def told(folder, table):
    with pytest.raises(RungError) as caught:
        read_cases(written(folder, table))
    return [str(problem) for problem in caught.value.problems]


def test_a_row_is_a_customer_and_what_is_expected_of_it(tmp_path):
    path = written(
        tmp_path,
        "name,sales,since,expect.grade,expect.points.sales,expect.flags\n"
        "rich,100,2019-12-31,A,100,old\n"
        "poor,99.99,,B,0,-\n",
    )
    rich, poor = (case.test for case in read_cases(path))
    assert rich.customer == {"sales": "100", "since": "2019-12-31"}
    assert rich.expect[0].grade == "A"
    assert rich.expect[0].points == {"sales": Decimal(100)}
    assert rich.expect[0].flags == ("old",)
    assert poor.customer == {"sales": "99.99"}
    assert poor.expect[0].flags == ()


def test_rows_of_one_population_are_one_test(tmp_path):
    path = written(tmp_path, "population,sales,expect.grade\nxs,1,A\n,7,B\nxs,2,B\n")
    together, alone = (case.test for case in read_cases(path))
    assert together.customers == ({"sales": "1"}, {"sales": "2"})
    assert [expected.grade for expected in together.expect] == ["A", "B"]
    assert alone.customer == {"sales": "7"}


def test_an_event_is_a_table_and_its_columns(tmp_path):
    path = written(tmp_path, "event,event.score,sales,expect.alarms\nsurveys,2,100,bad_survey\n")
    (case,) = (case.test for case in read_cases(path))
    assert case.event is not None
    assert (case.event.table, case.event.values) == ("surveys", {"score": "2"})
    assert case.expect[0].alarms == ("bad_survey",)


def test_a_table_saved_by_a_chinese_spreadsheet_is_read(tmp_path):
    path = written(tmp_path, "name,sales,expect.grade\n大客户,100,A\n", encoding="gb18030")
    assert [case.test.name for case in read_cases(path)] == ["大客户"]


def test_a_workbook_is_read_like_a_text(tmp_path):
    (tmp_path / "tiers.toml").write_text(POLICY, "utf-8")
    with xlsxwriter.Workbook(tmp_path / "tiers.cases.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["name", "sales", "since", "expect.grade", "expect.flags"])
        sheet.write_row(1, 0, ["rich", 100, "2019-12-31", "A", "old"])
        sheet.write_row(2, 0, ["poor", 99.99, "", "B", "-"])
    report = run_policy_tests(read_policy(tmp_path / "tiers.toml"), Vocabulary.of(None, {}))
    assert [outcome.is_passed for outcome in report.outcomes] == [True, True]


def test_what_comes_out_differently_is_told_at_its_row(tmp_path):
    path = written(tmp_path, "name,sales,expect.grade\nrich,100,A\npoor,100,B\n")
    report = run_policy_tests(read_policy(tmp_path / "tiers.toml"), Vocabulary.of(None, {}))
    (failed,) = report.failed
    (problem,) = report.problems(failed)
    assert str(problem).startswith(f"{path}:3 [expect.grade]: Test “poor”: expected grade B, found A")


def test_a_value_that_cannot_be_read_is_told_at_its_row(tmp_path):
    path = written(tmp_path, "sales,expect.grade\nmuch,A\n")
    with pytest.raises(RungError) as caught:
        run_policy_tests(read_policy(tmp_path / "tiers.toml"), Vocabulary.of(None, {}))
    assert [problem.place.line for problem in caught.value.problems] == [2]
    assert str(path) in str(caught.value)


def test_a_field_nobody_knows_is_told_at_its_row(tmp_path):
    path = written(tmp_path, "sale,expect.grade\n100,A\n")
    with pytest.raises(RungError, match="There is no field or feature “sale”") as caught:
        run_policy_tests(read_policy(tmp_path / "tiers.toml"), Vocabulary.of(None, {}))
    assert caught.value.problems[0].place.file == str(path)
    assert "Did you mean “sales”" in str(caught.value)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("", "The table is empty"),
        ("sales,expect.grad\n1,A\n", "The column “expect.grad” is neither a field nor something to expect"),
        ("sales,sales\n1,2\n", "Two columns are called “sales”"),
        ("sales,expect.grade\n1,A,B\n", "The row has more cells than the table has columns"),
        ("sales,expect.score\n1,high\n", "“high” is no number"),
        ("a b,expect.grade\n1,A\n", "The column “a b” is neither a field"),
        ('sales,expect.grade\n"1,A\n', "The table cannot be read"),
    ],
)
def test_a_slip_is_told(tmp_path, table, message):
    assert any(message in problem for problem in told(tmp_path, table)), told(tmp_path, table)


def test_a_policy_without_a_table_keeps_its_own_tests(tmp_path):
    (tmp_path / "tiers.toml").write_text(
        POLICY + '[[tests]]\ncustomer = { sales = 1 }\nexpect = { grade = "B" }\n'
    )
    tested = with_cases(read_policy(tmp_path / "tiers.toml"))
    assert len(tested.policy.tests) == 1
    assert tested.tables == ()

"""A field is found under the header people use, or by the mapping file; what is doubtful is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from rung.intake import draft_mapping, read_mapping
from rung.intake.headers import headers_of, matching
from rung.sdk import Field, Kind, Text
from rung.vocabulary import Vocabulary

Raises = Callable[[str], Any]
ID = "customer_id,"


def test_fields_are_found_by_id_title_and_alias(desk: Any) -> None:
    taken = desk.take("ID,资产,Days late,是否上市\nC1,5,3,是\n")
    assert taken.frame.columns == ["customer_id", "customer_name", "assets", "days_late", "is_listed"]
    assert taken.frame.row(0) == ("C1", None, 500, 3, True)
    assert taken.intake.headers == {
        "customer_id": "ID",
        "assets": "资产",
        "days_late": "Days late",
        "is_listed": "是否上市",
    }


@pytest.mark.parametrize(
    "header", ["ASSETS", " assets ", "As_sets", "ａｓｓｅｔｓ", "资产 总额", "Assets", "a-ssets"]
)
def test_case_spaces_and_width_make_no_difference(desk: Any, header: str) -> None:
    assert desk.take(f"{ID}{header}\nC1,5\n").column("assets") == [500]


@pytest.mark.parametrize(
    ("header", "kept"),
    [
        ("资产(万元)", 5_000_000),
        ("资产（万元）", 5_000_000),
        ("资产总额【千元】", 500_000),
        ("资产[亿元]", 50_000_000_000),
        ("资产/万元", 5_000_000),
        ("资产(元)", 500),
        ("Assets (CNY)", 500),
        ("Assets (thousand yuan)", 500_000),
    ],
)
def test_a_unit_in_brackets_is_applied(desk: Any, header: str, kept: int) -> None:
    assert desk.take(f"{ID}{header}\nC1,5\n").column("assets") == [kept]


@pytest.mark.parametrize("header", ["资产(USD)", "资产(上年末)", "逾期天数(月)", "资产负债率"])
def test_a_bracket_that_is_no_unit_of_the_field_makes_it_another_column(desk: Any, header: str) -> None:
    taken = desk.take(f"{ID}{header}\nC1,5\n")
    assert taken.intake.unmapped == (header,)


def test_a_header_that_is_the_id_of_another_field_is_that_ones() -> None:
    one = Field(id="profit", title=Text.same("p"), kind=Kind.MONEY, aliases=("margin",))
    headers = headers_of(["margin"])
    assert matching(one, headers) == headers
    assert matching(one, headers, ["profit", "margin"]) == ()


def test_a_bracket_that_is_part_of_an_alias_is_no_unit() -> None:
    one = Field(id="late", title=Text.same("late"), kind=Kind.INTEGER, unit="天", aliases=("逾期(月末)",))
    assert [header.unit_factor(one) for header in headers_of(["逾期（月末）", "逾期"])] == [1, None]


def test_two_headers_for_one_field_are_refused_and_both_are_named(desk: Any, raises: Raises) -> None:
    with raises(
        r"customers.csv:1: Several headers stand for “assets”: “资产” \(column 2\), "
        r"“Assets\(万元\)” \(column 3\)\. "
        r"Rename one, or choose in the mapping file under \[customers\]: assets = \"资产\""
    ):
        desk.take(f"{ID}资产,Assets(万元)\nC1,5,6\n")


def test_two_headers_are_no_matter_where_the_field_is_not_wanted_or_the_mapping_file_chooses(
    desk: Any,
) -> None:
    table = f"{ID}资产,Assets(万元)\nC1,5,6\n"
    assert desk.take(table, wanted={"margin"}).column("margin") == [None]
    assert desk.take(table, mapping='[customers]\nassets = "Assets(万元)"').column("assets") == [6_000_000]


def test_a_required_field_without_header_is_refused_with_the_line_for_the_mapping_file(
    desk: Any, raises: Raises
) -> None:
    with raises(
        r"customers.csv:2: No header stands for “customer_id” \(客户编号, Customer id\)\. "
        r"Nearest: “客户代号”.*\[customers\]: customer_id = \"客户代号\""
    ):
        desk.take("\n客户代号,资产\nC1,5\n")


def test_a_field_wanted_and_not_found_is_missing_for_everyone_and_said_so(desk: Any) -> None:
    taken = desk.take(f"{ID}资产\nC1,5\n", wanted={"assets", "standing"})
    assert taken.frame.columns == ["customer_id", "customer_name", "assets", "standing"]
    assert taken.column("standing") == [None]
    assert taken.intake.absent == taken.quality.absent == ("standing",)


def test_only_what_is_wanted_is_read(desk: Any) -> None:
    taken = desk.take(f"{ID}资产,dpd\nC1,5,x\n", wanted={"assets"})
    assert taken.frame.columns == ["customer_id", "customer_name", "assets"]
    assert taken.intake.unmapped == ("dpd",)


def test_a_customer_has_one_name_whatever_the_vocabulary_calls_it(desk: Any) -> None:
    fields = (
        Field(id="licence", title=Text("许可证号", "Licence"), kind=Kind.INTEGER, is_required=True),
        Field(id="shop", title=Text("店名", "Shop"), kind=Kind.TEXT),
    )
    vocabulary = Vocabulary(fields={each.id: each for each in fields}, key="licence", name="shop")
    from datetime import date

    from rung.intake import IntakeRequest, take_in

    path = desk.write("shops.csv", "许可证号,店名\n0017,老王烟酒\n")
    request = IntakeRequest(
        source=path,
        vocabulary=vocabulary,
        as_of=date(2026, 1, 1),
        scratch=desk.folder,
        wanted=frozenset({"shop"}),
    )
    assert take_in(request).measured.collect().to_dicts() == [
        {"customer_id": "0017", "customer_name": "老王烟酒", "shop": "老王烟酒"}
    ]


MAPPED = """
[source]
missing = ["", "?", "-1"]
[customers]
customer_id = { row_number = true }
days_late = { column = "X6", times = 30, values = { "-2" = 0 } }
assets = { column = "wealth", unit = "万元" }
margin = { column = "m", unit = "ratio" }
standing = { column = "s", values = { "own" = "good", "for  FREE" = "none" } }
owner = { value = "ACME" }
"""


def test_the_mapping_file_says_where_and_how_values_are_read(desk: Any) -> None:
    taken = desk.take("X6,wealth,m,s\n2,1.5,0.125,own\n-2,?,-1,For free\n-1,NA,1,?\n", mapping=MAPPED)
    assert taken.column("customer_id") == ["2", "3", "4"]
    assert taken.column("days_late") == [60, 0, None]
    assert taken.column("assets") == [1_500_000, None, None]
    assert taken.column("margin") == [1250, None, 10_000]
    assert taken.column("standing") == ["good", "none", None]
    assert taken.column("owner") == ["ACME"] * 3
    assert [(each.id, each.unread) for each in taken.quality.columns if each.unread] == [("assets", 1)]


@pytest.mark.parametrize(
    ("mapping", "problem"),
    [
        (
            '[customers]\nassets = "Wealth"',
            r"map.toml:2 \[customers.assets\]: .* has no header “Wealth”\. Did you mean “wealth1”",
        ),
        (
            '[customers]\nasets = "x"',
            r"map.toml:2 \[customers.asets\]: “asets” is no field.*Did you mean “assets”",
        ),
        (
            '[customers]\nstanding = { column = "wealth1", values = { a = "fine" } }',
            r"map.toml:2 \[customers.standing.values.a\]: “fine” is none of the choices",
        ),
        (
            '[customers]\nassets = { column = "wealth1", unit = "bushels" }',
            r"map.toml:2 \[customers.assets.unit\]: “bushels” is no unit of “assets”",
        ),
        (
            '[customers]\nfrom_events = "order"',
            r"map.toml:2 \[customers.from_events\]: .*Did you mean “orders”",
        ),
        ('[events.visits]\ndate = "x"', r"map.toml:1 \[events.visits\]: There is no event table “visits”"),
        ('[events.orders]\ndatum = "x"', r"map.toml:2 \[events.orders.datum\]: “datum” is no field"),
    ],
)
def test_a_mistake_of_the_mapping_file_is_placed(
    desk: Any, raises: Raises, mapping: str, problem: str
) -> None:
    with raises(problem):
        desk.take(f"{ID}wealth1\nC1,5\n", mapping=mapping)


def test_every_mistake_of_a_mapping_file_is_reported_at_once(desk: Any) -> None:
    path = desk.write(
        "m.toml",
        '[source]\nencoding = 3\ndelimeter = ";"\n[customers]\na = { colum = "x" }\n'
        'b = { column = "x", value = 1 }\nc = 5\nd = { column = "x", times = 0 }\n'
        'e = { value = 1, unit = "万元" }\n',
    )
    with pytest.raises(Exception) as caught:
        read_mapping(path)
    problems = [str(each).removeprefix(str(path)) for each in caught.value.problems]  # type: ignore[attr-defined]
    assert [each.split(": ")[0] for each in problems] == [
        ":2 [source.encoding]",
        ":3 [source.delimeter]",
        ":5 [customers.a.colum]",
        ":6 [customers.b]",
        ":7 [customers.c]",
        ":8 [customers.d.times]",
        ":9 [customers.e]",
    ]
    assert "Did you mean “delimiter”?" in problems[1]
    assert "Did you mean “column”?" in problems[2]


@pytest.mark.parametrize(
    ("content", "message"), [("[source", "TOML|line 1"), ("[sauce]\n", "“sauce” is no part")]
)
def test_a_mapping_file_that_is_none_is_refused(
    desk: Any, raises: Raises, content: str, message: str
) -> None:
    with raises(message):
        read_mapping(desk.write("m.toml", content))


def test_a_draft_names_what_is_found_and_asks_for_the_rest(desk: Any, fields: dict[str, Field]) -> None:
    path = desk.write("t.csv", 'ID,资产(万元),逾期日数,"odd ""name"""\nC1,5,1,x\n')
    draft = draft_mapping(path, Vocabulary(fields=fields))
    assert draft.startswith('[customers]\ncustomer_id = "ID"\nassets = "资产(万元)"\n')
    assert '# days_late = "逾期日数"  # Days late' in draft
    assert '# odd "name"' in draft
    assert read_mapping(desk.write("m.toml", draft)).customers.columns["assets"].column == "资产(万元)"


def test_a_draft_is_harmless_whatever_the_headers_hold(desk: Any, fields: dict[str, Field]) -> None:
    path = desk.write("t.csv", '"ID","a\n[source]\nencoding=3","\x1b[31m"\nC1,5,6\n')
    draft = draft_mapping(path, Vocabulary(fields=fields))
    assert "\x1b" not in draft
    assert read_mapping(desk.write("m.toml", draft)).source.encoding is None

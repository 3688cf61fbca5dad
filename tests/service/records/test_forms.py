"""Form, states and day due of a record follow from its type's declaration alone."""

from __future__ import annotations

from datetime import UTC, date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rung.errors import RungError
from rung.plugins import PluginHost
from rung.service.calendars import Calendar, Roll
from rung.service.records import due_day, filled, form_of, opened_first, refilled, state_meant, state_words
from rung.service.records.filling import at_fields
from rung.text import Text, set_language
from rung.vocabulary import Choice, Field, Kind, RecordState, RecordType

LOAN = RecordType(
    id="loan_of_a_drill",
    title=Text("借钻机", "Loan of a drill"),
    fields=(
        Field(id="purpose", title=Text("用途", "Purpose"), kind=Kind.TEXT, is_required=True),
        Field(id="since", title=Text("起租日", "Lent on"), kind=Kind.DATE, is_required=True),
        Field(id="deposit", title=Text("押金", "Deposit"), kind=Kind.MONEY, low=0, high=5_000),
        Field(
            id="size",
            title=Text("规格", "Size"),
            kind=Kind.CATEGORY,
            choices=(
                Choice(id="small", title=Text("小号", "Small")),
                Choice(id="large", title=Text("大号", "Large"), aliases=("XL",)),
            ),
        ),
        Field(id="insured", title=Text("已投保", "Insured"), kind=Kind.BOOLEAN),
        Field(id="pin", title=Text("密码", "PIN"), kind=Kind.INTEGER, is_sensitive=True),
    ),
    states=(
        RecordState(id="lent", title=Text("已借出", "Lent")),
        RecordState(id="back", title=Text("已归还", "Back"), is_open=False),
    ),
    deadline="3d",
    cause="size",
)
FORM = form_of(LOAN)
WELL = {"purpose": "墙", "since": "2026年1月5日"}


def problems(values: dict[str, str]) -> list[str]:
    with pytest.raises(RungError) as caught:
        filled(FORM, values)
    return [problem.message for problem in caught.value.problems]


def test_a_form_has_the_fields_in_the_order_declared_with_what_they_take() -> None:
    told = [(each.id, str(each.title), each.kind.value, each.is_required, each.how) for each in FORM.fields]
    assert told == [
        ("purpose", "Purpose", "text", True, ""),
        ("since", "Lent on", "date", True, "a day, such as 2026-01-05"),
        ("deposit", "Deposit", "money", False, "a number from 0 to 5,000, in 元"),
        ("size", "Size", "category", False, "one of Small, Large"),
        ("insured", "Insured", "boolean", False, "yes or no"),
        ("pin", "PIN", "integer", False, "a number"),
    ]


def test_values_are_read_as_people_write_them_and_kept_in_one_spelling() -> None:
    written = {**WELL, "押金": "￥1,200.50", "Size": "大号", "insured": "是"}
    assert filled(FORM, written) == {
        "purpose": "墙",
        "since": "2026-01-05",
        "deposit": "1200.5",
        "size": "large",
        "insured": "true",
    }


def test_the_unit_of_a_header_counts() -> None:
    assert filled(FORM, {**WELL, "deposit": "0.12"}, {"deposit": Fraction(10_000)})["deposit"] == "1200"


@pytest.mark.parametrize("nothing", ["", "  ", "-", "missing", "缺失"])
def test_what_is_optional_may_be_left_open(nothing: str) -> None:
    assert filled(FORM, {**WELL, "deposit": nothing}) == {"purpose": "墙", "since": "2026-01-05"}


def test_every_mistake_is_told_at_once() -> None:
    assert problems(
        {"since": "soon", "deposit": "5001", "size": "huge", "insured": "?", "colour": "red"}
    ) == [
        "Lent on: “soon” is no date; write 2026-01-05, 2026/1/5, 20260105 or 2026年1月5日.",
        "Deposit: 5001 is out of bounds: 0 to 5000.",
        "Size: “huge” is none of the choices: small, large.",
        "Insured: “?” is neither yes nor no; write 是, 否, yes, no, true or false.",
        "“Loan of a drill” has no field “colour”.",
        "Purpose: it is needed, and not given.",
    ]


def test_a_mistake_is_told_in_chinese_too() -> None:
    set_language("zh")
    try:
        assert problems(WELL | {"size": "huge"})[0].startswith("规格")
    finally:
        set_language("en")


def test_a_mistake_in_what_is_sensitive_does_not_quote_it() -> None:
    assert problems(WELL | {"pin": "abc9"}) == ["PIN: “●●●” is no number that can be read here."]


def test_a_field_given_under_two_names_is_a_mistake() -> None:
    assert problems(WELL | {"用途": "x"}) == ["Purpose: it is given twice."]


def test_a_text_may_be_long_but_no_document() -> None:
    assert filled(FORM, {**WELL, "purpose": "长" * 10_000})["purpose"] == "长" * 10_000
    assert problems({**WELL, "purpose": "长" * 10_001}) == [
        "Purpose: It has 10,001 characters; 10,000 are allowed."
    ]


def test_only_what_changes_is_changed_and_what_is_needed_stays() -> None:
    now = {"purpose": "墙", "since": "2026-01-05", "deposit": "5"}
    assert refilled(FORM, {"deposit": "5.00", "size": "small"}, now) == {"size": "small"}
    assert refilled(FORM, {"deposit": "-"}, now) == {"deposit": None}
    with pytest.raises(RungError, match="Purpose: it is needed, and cannot be taken out"):
        refilled(FORM, {"purpose": ""}, now)


def test_a_choice_may_be_given_by_its_number_where_it_is_asked_for() -> None:
    size = next(each for each in FORM.fields if each.id == "size")
    assert [size.chosen(each) for each in ("1", "2", "3", "0", "xl", "２")] == [
        "small",
        "large",
        "3",
        "0",
        "xl",
        "large",
    ]


def test_states_are_meant_by_id_and_by_title() -> None:
    assert opened_first(LOAN).id == "lent"
    assert [state_meant(LOAN, each).id for each in ("back", "Back", "已归还", "LENT")] == [
        "back",
        "back",
        "back",
        "lent",
    ]
    with pytest.raises(RungError, match="has no state “bak”"):
        state_meant(LOAN, "bak")
    with pytest.raises(RungError, match="rung record withdraw NUMBER"):
        state_meant(LOAN, "withdrawn")
    assert str(state_words(LOAN, "withdrawn")) == "withdrawn"
    assert str(state_words(None, "lent")) == "lent"


@pytest.mark.parametrize(
    ("opened", "roll", "due"),
    [
        # 4 to 6 April 2026 are off: the Qingming festival, Saturday to Monday.
        (date(2026, 3, 30), Roll.BEFORE, date(2026, 4, 2)),
        (date(2026, 4, 1), Roll.BEFORE, date(2026, 4, 3)),
        (date(2026, 4, 1), Roll.AFTER, date(2026, 4, 7)),
        (date(2026, 4, 1), Roll.NONE, date(2026, 4, 4)),
        # Opened on a Saturday off: the working day before the third day off would be before it was opened.
        (date(2026, 4, 3), Roll.BEFORE, date(2026, 4, 3)),
    ],
)
def test_the_day_due_is_a_working_day(opened: date, roll: Roll, due: date) -> None:
    assert due_day(LOAN, opened, Calendar(zone=UTC, roll=roll)) == due


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_nothing_is_due_before_it_was_opened(opened: date) -> None:
    found = due_day(LOAN, opened, Calendar(zone=UTC))
    assert found is not None
    assert found >= opened


TYPES = [
    (sector, record.id) for sector in PluginHost().ids() for record in PluginHost().sector(sector).records
]
ANSWERS = {
    Kind.TEXT: "记一笔",
    Kind.DATE: "2026-03-02",
    Kind.NUMBER: "3",
    Kind.MONEY: "3",
    Kind.INTEGER: "3",
    Kind.PERCENT: "3",
    Kind.BOOLEAN: "yes",
}


@pytest.mark.parametrize(("sector", "name"), TYPES, ids=lambda each: str(each))
def test_every_bundled_form_can_be_filled_by_titles_of_either_language(sector: str, name: str) -> None:
    record = next(each for each in PluginHost().sector(sector).records if each.id == name)
    form = form_of(record)
    for language in ("zh", "en"):
        written = {
            each.title.in_language(language): (  # type: ignore[arg-type]
                each.choices[0].title.in_language(language)  # type: ignore[arg-type]
                if each.choices
                else ANSWERS[each.kind]
            )
            for each in form.fields
        }
        kept = filled(form, written)
        assert list(kept) == [each.id for each in record.fields]
        assert all(field.value(kept[field.id]) is not None for field in form.fields)


def test_each_mistake_is_told_at_its_field() -> None:
    written = {"purpose": " ", "deposit": "9000", "size": "huge", "insured": "是"}
    found = at_fields(FORM, written, is_new=True)
    assert list(found) == ["purpose", "since", "deposit", "size"]
    assert found["since"].message == "This is needed."
    # What is not written is not asked for in a change.
    assert list(at_fields(FORM, written, is_new=False)) == ["purpose", "deposit", "size"]

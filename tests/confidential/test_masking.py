"""One place masks an explanation: no value of a hidden quantity is left in it, whatever the value."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st
from office import POLICY

from rung.grading.calibration import calibrate_rows
from rung.grading.compile import compile_policy
from rung.grading.compiled import CompiledPolicy
from rung.grading.explaining import explain
from rung.grading.scorecard import Scorecard
from rung.ledger.confidential import MASK, Clearance, masked, masked_input, values_shown
from rung.ledger.kinds import InputKind
from rung.ledger.records import DataInput
from rung.plugins import PluginHost
from rung.policy.reader import draft_policy
from rung.policy.shelf import Shelf

RANKED = """
schema = 1
id = "own.ranked"
version = "1"
title = { zh = "排名", en = "Ranked" }
grades = ["A", "B"]
[fields.income]
title = { zh = "收入", en = "Income" }
kind = "integer"
sensitive = true
[fields.town]
title = { zh = "城市", en = "Town" }
kind = "text"
sensitive = true
[grading]
mode = "count"
by = "income"
within = "town"
shares = { A = 50, B = 100 }
"""
RANKED_CRITERION = """
schema = 1
id = "own.ranked-criterion"
version = "1"
title = { zh = "排名", en = "Ranked" }
grades = ["A", "B"]
[fields.income]
title = { zh = "收入", en = "Income" }
kind = "integer"
sensitive = true
[grading]
mode = "score"
cutoffs = { A = 60 }
[[criteria]]
id = "income"
title = { zh = "收入", en = "Income" }
measure = "income"
rank = "count"
bands = [{ top = 50, points = 100 }, { when = "-", points = 0 }]
"""


def compiled(text: str) -> CompiledPolicy:
    policy = draft_policy(text, "own.toml").policy
    assert policy is not None
    return compile_policy(policy, Shelf(PluginHost()).vocabulary(policy))


PEOPLE, SHARES, CRITERION = map(compiled, (POLICY, RANKED, RANKED_CRITERION))
CLOSED = Clearance(PEOPLE.sensitive({"wealth"}), may_read=False)
OPEN = replace(CLOSED, may_read=True)

numbers = st.integers(100_000_000, 999_999_999)
# Nine digits: no threshold, share or weight of the policies has so many.


def people(row: dict[str, int | None]) -> Scorecard:
    return Scorecard(PEOPLE, calibrate_rows(PEOPLE, [row]))


@given(numbers, numbers, numbers)
def test_nothing_of_a_hidden_value_is_left_in_an_explanation(age: int, income: int, wealth: int) -> None:
    row = {"age": age, "income": income * 12, "wealth": wealth}
    told = explain(people(row), row, "C1", "甲")
    grouped = [f"{each:,}" for each in (age, income, wealth)]
    assert all(text in repr(told) for text in (grouped[0], grouped[2]))
    hidden = repr(masked(told, CLOSED))
    for value, text in zip((age, income, wealth), grouped, strict=True):
        assert str(value) not in hidden
        assert text not in hidden
        assert text[:-3] not in hidden
    assert values_shown(told, CLOSED.fields) == {"age", "income_monthly", "wealth"}
    assert values_shown(masked(told, CLOSED), CLOSED.fields) == frozenset()


@given(st.lists(numbers, min_size=1, max_size=6, unique=True), st.data())
def test_cut_offs_that_are_somebodys_value_are_hidden_too(incomes: list[int], data: st.DataObject) -> None:
    for policy, fields in ((SHARES, {"income", "town"}), (CRITERION, {"income"})):
        rows = [{"income": each, "town": "Hidden Valley"} for each in incomes]
        row = data.draw(st.sampled_from(rows))
        told = explain(Scorecard(policy, calibrate_rows(policy, rows)), row)
        assert str(row["income"]) in repr(told).replace(",", "")
        hidden = masked(told, Clearance(policy.sensitive(), may_read=False))
        text = repr(hidden).replace(",", "")
        assert not any(str(each) in text for each in incomes)
        assert "Hidden Valley" not in text
        assert values_shown(told, policy.sensitive()) == fields


def test_what_the_policy_made_of_a_value_stays() -> None:
    row = {"age": 47, "income": 8_123_456, "wealth": 731}
    told = explain(people(row), row)
    hidden = masked(told, CLOSED)
    for one, other in zip(told.criteria, hidden.criteria, strict=True):
        assert (one.band, one.points, one.contribution) == (other.band, other.points, other.contribution)
        assert str(other.value) == MASK
    assert (hidden.grade, hidden.reasons, hidden.evidence) == (told.grade, told.reasons, told.evidence)
    assert [gate.fired for gate in hidden.gates] == [gate.fired for gate in told.gates]


def test_the_smallest_change_keeps_its_threshold_unless_the_population_gave_it() -> None:
    row = {"age": 47, "income": 8_123_456, "wealth": 731}
    change = masked(explain(people(row), row), CLOSED).suggestion
    assert change is not None
    assert [(each.name, str(each.old), str(each.new)) for each in change.values] == [
        ("income_monthly", MASK, "9,000 yuan"),
        ("age", MASK, "60"),
    ]
    rows: list[dict[str, int | str | None]] = [{"income": each, "town": "X"} for each in (10, 20)]
    ranked = masked(
        explain(Scorecard(SHARES, calibrate_rows(SHARES, rows)), rows[0]),
        Clearance(SHARES.sensitive(), may_read=False),
    ).suggestion
    assert ranked is not None
    assert [(str(each.old), str(each.new)) for each in ranked.values] == [(MASK, MASK)]


def test_a_missing_value_is_said_to_be_missing() -> None:
    row = {"age": None, "income": None, "wealth": None}
    hidden = masked(explain(people(row), row), CLOSED)
    assert {each.value.en for each in hidden.criteria} == {"missing"}
    assert values_shown(hidden, CLOSED.fields) == frozenset()


@given(numbers)
def test_who_may_read_sees_all_of_it(age: int) -> None:
    row = {"age": age, "income": None, "wealth": None}
    told = explain(people(row), row)
    assert masked(told, OPEN) == told
    assert masked(told, Clearance()) == told


def test_a_correction_of_a_hidden_value_tells_neither_old_nor_new() -> None:
    record = correction("age", "47", None)
    assert (masked_input(record, CLOSED).value, masked_input(record, CLOSED).was) == (MASK, None)
    assert masked_input(record, OPEN) == record
    assert masked_input(correction("town", "a", "b"), CLOSED).value == "a"


def correction(subject: str, value: str | None, was: str | None) -> DataInput:
    return DataInput(
        id="C1",
        kind=InputKind.CORRECTION,
        customer_id="C1",
        policy_id="own.people",
        policy_version="3",
        policy_hash="",
        run_id="r",
        model_grade="A",
        proposed_grade="B",
        notches=-1,
        reason="",
        narrative="",
        evidence="",
        approvals_needed=0,
        maker="m",
        made_at=datetime(2026, 7, 1, tzinfo=UTC),
        effective_from=None,
        expires_at=date(2027, 7, 1),
        supersedes=(),
        inputs_hash="",
        subject=subject,
        value=value,
        was=was,
    )

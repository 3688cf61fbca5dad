"""The overruled are laid beside the others where outcomes are known, and nothing looks ahead."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from watched_shop import POLICY, Shop, moment

from rung.errors import RungError
from rung.monitor import Dimension, Meaning, Performance, read_outcomes
from rung.monitor.performance import Left, Ranks, performance_of
from rung.monitor.ranking import Verdict


def table(shop: Shop, bad: Mapping[str, str | None], header: str = "outcome,outcome_date") -> Path:
    """Write outcomes of all hundred customers; ``bad`` are those it came about for, and when."""
    path = shop.place.folder / "outcomes.csv"
    rows = (f"C{n},{int(f'C{n}' in bad)},{bad.get(f'C{n}') or ''}" for n in range(1, 101))
    path.write_text(f"customer_id,{header}\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def told(shop: Shop, path: Path, **asked: object) -> Performance:
    found = shop.watched(outcomes=path, **asked).performance
    assert found is not None
    return found


def counts(shop: Performance) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return events and n of the overruled and of the others."""
    return (shop.overruled.events, shop.overruled.n), (shop.others.events, shop.others.n)


@pytest.fixture(scope="module")
def overruled_once(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """On the run's day C1 is lowered to B, C2 to C, C41 lifted to A, C42 to A."""
    shop = Shop.opened(tmp_path_factory.mktemp("overruled") / "shop")
    shop.graded()
    early = moment("2026-03-01", 10)
    shop.override("C1", "A", "B", at=early)
    shop.override("C2", "A", "C", at=early)
    shop.override("C41", "B", "A", at=early, maker="wang")
    shop.override("C42", "B", "A", at=early, maker="wang")
    return shop


@pytest.fixture
def overruled(overruled_once: Shop, tmp_path: Path) -> Shop:
    """The same, a test's own."""
    return overruled_once.copied(tmp_path / "overruled")


def test_the_overruled_stand_beside_the_others(overruled: Shop) -> None:
    found = told(overruled, table(overruled, {"C2": None, "C41": None, "C60": None, "C91": None}))
    assert counts(found) == ((2, 4), (2, 96))
    assert [(rate.events, rate.n) for rate in (found.up, found.down)] == [(1, 2), (1, 2)]
    by_model = {
        each.grade: (each.overruled.events, each.overruled.n, each.others.n) for each in found.by_model_grade
    }
    assert by_model == {"A": (1, 2, 38), "B": (1, 2, 28), "C": (0, 0, 20), "D": (0, 0, 10)}
    given_to = {each.grade: (each.overruled.events, each.overruled.n) for each in found.by_effective_grade}
    assert given_to == {"A": (1, 2), "B": (0, 1), "C": (1, 1), "D": (0, 0)}


def test_who_ranked_better_is_told_by_the_areas(overruled: Shop) -> None:
    """Feared came true for C2 (A, given C) and C41 (B, given A); not for C1 (A, given B), C42 (B, given A).

    Model: of four pairs C2 ties with C1 and loses to C42, C41 beats C1 and ties: 2/4. People: C2 beats both,
    C41 loses to C1 and ties with C42: 2.5/4.
    """
    found = told(overruled, table(overruled, {"C2": None, "C41": None}))
    assert found.ranking is not None
    assert (found.ranking.model, found.ranking.people, found.ranking.verdict) == (0.5, 0.625, Verdict.TOO_FEW)
    assert (found.model_is_monotone, found.effective_is_monotone) == (True, False)


def test_hoped_for_it_turns_round(overruled: Shop) -> None:
    found = told(overruled, table(overruled, {"C2": None, "C41": None}), meaning=Meaning.HOPED)
    assert found.ranking is not None
    assert (found.ranking.model, found.ranking.people) == (0.5, 0.375)
    assert (found.model_is_monotone, found.effective_is_monotone) == (True, False)


def test_each_person_is_followed_apart(overruled: Shop) -> None:
    path = table(overruled, {"C2": None, "C41": None, "C42": None})
    groups = overruled.watched(outcomes=path, by=Dimension.PERSON).groups
    assert [(each.key, each.outcome and (each.outcome.events, each.outcome.n)) for each in groups] == [
        ("li", (1, 2)),
        ("wang", (2, 2)),
    ]


# No look-ahead


def test_what_took_effect_after_the_runs_day_counts_as_not_overruled(overruled: Shop) -> None:
    overruled.override("C3", "A", "D", at=moment("2026-05-01"))
    path = table(overruled, {"C3": None})
    found = told(overruled, path)
    assert (counts(found), found.left.late, found.until) == (((0, 4), (1, 96)), 1, date(2026, 3, 1))
    found = told(overruled, path, until=date(2026, 5, 1))
    assert (counts(found), found.left.late, found.until) == (((1, 5), (0, 95)), 0, date(2026, 5, 1))
    assert counts(told(overruled, path, until=date(2026, 4, 30))) == ((0, 4), (1, 96))


@pytest.mark.parametrize(("day", "n", "late"), [("2026-05-01", 4, 1), ("2026-05-02", 5, 0)])
def test_an_override_of_the_outcomes_own_day_comes_too_late(
    overruled: Shop, day: str, n: int, late: int
) -> None:
    overruled.override("C3", "A", "D", at=moment("2026-05-01"))
    found = told(overruled, table(overruled, {"C3": day}))
    assert (found.overruled.n, found.left.late) == (n, late)


def test_an_override_withdrawn_before_the_outcome_was_none(overruled: Shop) -> None:
    from rung.ledger import Act

    overruled.act("O1", Act.WITHDRAWN, "li", moment("2026-04-01"))
    assert told(overruled, table(overruled, {"C1": "2026-04-01"})).overruled.n == 4
    assert told(overruled, table(overruled, {"C1": "2026-04-02"})).overruled.n == 3


def test_outcomes_of_the_runs_day_or_before_are_left_aside(overruled: Shop) -> None:
    found = told(overruled, table(overruled, {"C1": "2026-03-01", "C50": "2026-02-01", "C51": "2026-03-02"}))
    assert (found.left.early, counts(found)) == (2, ((0, 3), (1, 95)))


# Tables


def test_who_is_missing_on_either_side_is_counted(overruled: Shop) -> None:
    path = overruled.place.folder / "few.csv"
    path.write_text("客户编号,是否违约\nC1,是\nC2,否\nC50,否\nC900,是\nC51,\nC52,也许\n", encoding="gb18030")
    found = told(overruled, path)
    assert found.left == Left(unread=2, not_in_run=1, without=97, early=0, late=0)
    assert (found.header, found.source, counts(found)) == ("是否违约", "few.csv", ((1, 2), (0, 1)))


@pytest.mark.parametrize("ending", ["parquet", "xlsx"])
def test_workbooks_and_parquet_are_read_too(tmp_path: Path, ending: str) -> None:
    frame = pl.DataFrame({"ID": ["C1", "C2"], "default": [1, 0], "date": [date(2026, 5, 1), None]})
    path = tmp_path / f"o.{ending}"
    frame.write_parquet(path) if ending == "parquet" else frame.write_excel(path)
    found = read_outcomes(path, date(2026, 7, 1), tmp_path)
    assert found.frame.rows() == [("C1", True, date(2026, 5, 1)), ("C2", False, None)]
    assert (found.is_dated, found.unknown) == (True, 0)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("customer_id,other\nC1,1\n", "outcome"),
        ("customer_id,outcome\nC1,1\nC1,0\n", "C1"),
        ("customer_id,outcome\nC1,perhaps\n", "No outcome in the table can be read"),
        ("outcome\n1\n", "customer_id"),
    ],
)
def test_a_table_that_does_not_serve_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "o.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RungError, match=said):
        read_outcomes(path, date(2026, 7, 1), tmp_path)


def test_grades_that_are_no_ranks_rank_nobody(shop: Shop) -> None:
    shop.graded(policy=POLICY.replace("ordered = true", "ordered = false"))
    shop.override("C1", "A", "B", at=moment("2026-03-01", 10), notches=None)
    found = told(shop, table(shop, {"C1": None}))
    assert (found.ranking, found.model_is_monotone, counts(found)) == (None, None, ((1, 1), (0, 99)))


# Laws

ROW = st.tuples(st.sampled_from(["A", "B", "C", None]), st.sampled_from("ABC"), st.booleans(), st.booleans())


@given(st.lists(ROW, max_size=60))
def test_the_counts_of_all_grades_add_up(rows: list[tuple[str | None, str, bool, bool]]) -> None:
    data = [
        (model, effective if over else model, outcome, over, None, "li")
        for model, effective, outcome, over in rows
    ]
    schema = {
        "model_grade": pl.String,
        "effective_grade": pl.String,
        "outcome": pl.Boolean,
        "is_overruled": pl.Boolean,
        "notches": pl.Int32,
        "key": pl.String,
    }
    found = performance_of(
        pl.DataFrame(data, schema=schema, orient="row"),
        Ranks(("A", "B", "C"), is_ordered=True),
        30,
        source="o.csv",
        header="outcome",
        meaning=Meaning.FEARED,
        is_dated=False,
        until=date(2026, 3, 1),
        left=Left(unread=0, not_in_run=0, without=0, early=0, late=0),
    )
    assert found.overruled.n + found.others.n == len(rows)
    assert found.overruled.events + found.others.events == sum(outcome for _m, _e, outcome, _o in rows)
    for grades in (found.by_model_grade, found.by_effective_grade):
        assert sum(each.overruled.n for each in grades) == found.overruled.n
        assert sum(each.others.events for each in grades) == found.others.events
    assert sum(rate.n for rate in found.groups.values()) == found.overruled.n

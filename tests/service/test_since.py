"""Since when a customer has the present grade: from the runs, and from what people put in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
from places import graded, moment, workspace

from rung.ledger import Proposal
from rung.runs.run import STANDING
from rung.workspace import Workspace

A = {"phone_status": "reached", "acceptance": "accepts", "need": "known", "intention": "soon"}
C = {"phone_status": "reached"}
POLICY = "auto4s.call-list"


def since(place: Workspace, day: date, run_id: str = "latest") -> dict[str, date]:
    with place.run(run_id) as run:
        frame = place.service.standing(run, moment(day)).frame
    return dict(frame.select("customer_id", "since").iter_rows())


def people(**grades: dict[str, str]) -> list[dict[str, str]]:
    return [{"customer_id": name, **values} for name, values in grades.items()]


def test_a_grade_kept_is_had_since_the_run_that_gave_it(tmp_path: Path) -> None:
    place = workspace(tmp_path)
    graded(place, POLICY, date(2026, 1, 5), people(one=A, two=C))
    graded(place, POLICY, date(2026, 2, 5), people(one=A, two=A))
    graded(place, POLICY, date(2026, 3, 5), people(one=A, two=A))
    assert since(place, date(2026, 3, 5)) == {"one": date(2026, 1, 5), "two": date(2026, 2, 5)}


def test_in_another_order_and_with_customers_come_and_gone_it_is_the_same(tmp_path: Path) -> None:
    place = workspace(tmp_path)
    graded(place, POLICY, date(2026, 1, 5), people(one=A, two=C, gone=A))
    graded(place, POLICY, date(2026, 2, 5), people(new=A, two=C, one=C))
    assert since(place, date(2026, 2, 5)) == {
        "new": date(2026, 2, 5),
        "two": date(2026, 1, 5),
        "one": date(2026, 2, 5),
    }


def test_whoever_comes_back_has_the_grade_since_then(tmp_path: Path) -> None:
    place = workspace(tmp_path)
    graded(place, POLICY, date(2026, 1, 5), people(one=A))
    graded(place, POLICY, date(2026, 2, 5), people(two=A))
    graded(place, POLICY, date(2026, 3, 5), people(one=A, two=A))
    assert since(place, date(2026, 3, 5)) == {"one": date(2026, 3, 5), "two": date(2026, 2, 5)}


def test_of_a_run_without_the_file_everybody_has_it_since_its_day(tmp_path: Path) -> None:
    place = workspace(tmp_path)
    graded(place, POLICY, date(2026, 1, 5), people(one=A))
    with place.run() as run:
        assert not (run.folder / STANDING).exists()
    graded(place, POLICY, date(2026, 2, 5), people(one=A))
    with place.run() as run:
        assert pl.read_ipc(run.folder / STANDING)["since"].to_list() == [date(2026, 1, 5)]


def test_an_override_begins_its_grade_on_the_day_it_takes_effect(tmp_path: Path) -> None:
    place = workspace(tmp_path)
    graded(place, POLICY, date(2026, 1, 5), people(one=C, two=C))
    place.human_input.propose("one", Proposal(grade="A", reason="systemic"), moment(date(2026, 2, 10)))
    with place.run() as run:
        frame = place.service.standing(run, moment(date(2026, 2, 20))).frame
    assert frame.select("customer_id", "grade", "since").rows() == [
        ("one", "A", date(2026, 2, 10)),
        ("two", "C", date(2026, 1, 5)),
    ]

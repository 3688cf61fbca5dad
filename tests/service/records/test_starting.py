"""Service that starts with a record binds nobody before it is open (system 34: the hardship file first)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from places import graded, moment, workspace

from rung.grading.waiting_words import waiting_words
from rung.service.due import Chosen
from rung.service.due_list import DueKind
from rung.sheet import rating_sheets
from rung.workspace import Workspace

MONDAY = date(2026, 3, 2)
SHOPS = [
    {"customer_id": "C1", "customer_name": "甲", "is_hardship": "是", "volume_3m": 2000},
    {"customer_id": "C2", "customer_name": "乙", "is_hardship": "是", "volume_3m": 2000},
    {"customer_id": "C3", "customer_name": "丙", "is_hardship": "否", "volume_3m": 2000},
]
FILE = {"hardship": "老", "circumstances": "独居"}
WAITS = "starts once there is an open record: Hardship file"


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    """Three shops, graded by the bundled policy, two of them in hardship."""
    found = workspace(tmp_path)
    graded(found, "tobacco.service-classes", MONDAY, SHOPS)
    return found


def bound(place: Workspace, day: date = MONDAY) -> dict[str, list[str]]:
    """Return whom each promise of care binds."""
    with place.run() as run:
        standing = place.service.standing(run, moment(day))
    ids = standing.frame["customer_id"]
    return {each.code: ids.gather(each.rows).to_list() for each in standing.bindings if each.source == "care"}


def waits(place: Workspace, customer: str) -> list[str]:
    told = place.explain(customer, today=MONDAY)
    return [words for each in told.service for words in waiting_words(each)]


def test_care_binds_nobody_until_the_file_is_open_and_nobody_any_more_once_it_is_closed(
    place: Workspace,
) -> None:
    assert bound(place) == {}
    made = place.records.open("hardship_file", "C1", FILE, moment(MONDAY))
    assert len(bound(place)) == 7
    assert set(map(tuple, bound(place).values())) == {("C1",)}
    place.records.change(made.records[0].id, moment(MONDAY), state="closed")
    assert bound(place) == {}


def test_a_file_taken_back_starts_nothing(place: Workspace) -> None:
    made = place.records.open("hardship_file", "C1", FILE, moment(MONDAY))
    place.records.withdraw([made.records[0].id], "录错", moment(MONDAY))
    assert bound(place) == {}


def test_another_record_starts_nothing(place: Workspace) -> None:
    place.records.open("complaint", "C1", {"subject": "少送"}, moment(MONDAY))
    assert bound(place) == {}


def test_the_explanation_says_what_it_waits_for(place: Workspace) -> None:
    assert waits(place, "C1") == [WAITS]
    assert waits(place, "C3") == []
    made = place.records.open("hardship_file", "C1", FILE, moment(MONDAY))
    assert waits(place, "C1") == []
    assert waits(place, "C2") == [WAITS]
    place.records.change(made.records[0].id, moment(MONDAY), state="closed")
    assert waits(place, "C1") == [WAITS]


def test_the_sheet_and_the_screen_say_it_too(place: Workspace) -> None:
    from rung.workspace.run_review import RunReview

    def shown(number: int) -> list[str]:
        with place.run() as run:
            review = RunReview(place, run)
            found = review.shown(number, moment(MONDAY)).explanation.service
            assert review.service(number, "1", MONDAY)[-1].is_started == found[-1].is_started
        return [words for each in found for words in waiting_words(each)]

    assert WAITS in rating_sheets([place.sheet("C1", moment(MONDAY))])
    assert shown(0) == [WAITS]
    place.records.open("hardship_file", "C1", FILE, moment(MONDAY))
    assert WAITS not in rating_sheets([place.sheet("C1", moment(MONDAY))])
    assert shown(0) == []


def test_whose_file_is_missing_is_due_and_never_late(place: Workspace) -> None:
    def files(day: date) -> list[tuple[object, ...]]:
        found = place.service.due(moment(day), Chosen(kinds=frozenset({DueKind.RECORD})))
        return [(each.customer_id, str(each.what), each.due, each.is_late) for each in found.rows()]

    words = "to be opened first: Hardship file"
    assert files(date(2026, 5, 6)) == [("C1", words, MONDAY, False), ("C2", words, MONDAY, False)]
    place.records.open("hardship_file", "C1", FILE, moment(date(2026, 5, 6)))
    assert files(date(2026, 5, 6)) == [("C2", words, MONDAY, False)]


RHYTHM = """
schema = 1
id = "tobacco.own-classes"
version = "1"
extends = "tobacco.service-classes"
effective_from = 2026-01-01
title = { zh = "本店", en = "Own" }

[change]
author = "a"
date = 2026-01-01
reason = "a rhythm"

[[flags]]
id = "care"
[flags.service]
contact = { every = "14d", channel = { zh = "上门", en = "in person" }, by = "customer_manager" }
review = { every = "1mo", by = "customer_manager" }
"""


def test_its_clock_begins_with_the_record(tmp_path: Path) -> None:
    place = workspace(tmp_path)
    (place.folder / "policies/own.toml").write_text(RHYTHM, encoding="utf-8")
    graded(place, "tobacco.own-classes", MONDAY, SHOPS)
    opened = date(2026, 3, 23)
    place.records.open("hardship_file", "C1", FILE, moment(opened))
    asked = Chosen(within=60, kinds=frozenset({DueKind.CONTACT, DueKind.REVIEW}))
    rows = place.service.due(moment(opened), asked).rows()
    # Two weeks after the 23rd is a day off: the Friday before; not already late since the 16th.
    told = [(each.customer_id, each.kind.value, each.due, each.late_days) for each in rows]
    assert told == [
        ("C1", "contact", date(2026, 4, 3), -11),
        ("C1", "review", date(2026, 4, 23), -31),
    ]


def test_a_file_of_another_sector_starts_nothing(place: Workspace) -> None:
    with place.run() as run:
        standing = place.service.standing(run, moment(MONDAY))
    place.records.open("hardship_file", "C1", FILE, moment(MONDAY))
    found = place.records.on_file(standing.compiled)
    assert found is not None
    assert found.rows() == [("C1", "hardship_file", MONDAY)]
    policy = standing.compiled.policy.model_copy(update={"sector": "sales"})
    from dataclasses import replace

    elsewhere = place.records.on_file(replace(standing.compiled, policy=policy))
    assert elsewhere is not None
    assert elsewhere.is_empty()


def test_of_several_files_the_first_that_is_open_counts(place: Workspace) -> None:
    from dataclasses import replace

    with place.run() as run:
        standing = place.service.standing(run, moment(MONDAY))
    days = [date(2026, 3, 9), date(2026, 3, 4)]
    files = pl.DataFrame({"customer_id": ["C2", "C2"], "type": ["hardship_file"] * 2, "opened": days})
    with_files = replace(standing, on_file=files)
    binding = with_files.bindings[-1]
    assert binding.since(standing.frame["since"], binding.rows).to_list() == [date(2026, 3, 4)]

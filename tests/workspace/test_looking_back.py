"""A policy that looks back measures its grades against the run before, found, named or given as a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from rung.errors import RungError
from rung.pipeline import GradeRequest, explain, graded, scorecard_of
from rung.plugins import PluginHost
from rung.policy.reader import parse_policy
from rung.runs import Manifest
from rung.workspace import Workspace

POLICY = """
schema = 1
id = "shop.steady"
version = "1"
title = "Steady"
grades = ["A", "B", "C"]
[fields.points]
title = "Points"
kind = "integer"
[grading]
mode = "score"
cutoffs = { A = 80, B = 40 }
[hysteresis]
margin = 5
max_up = 1
[[criteria]]
id = "points"
title = "Points"
measure = "points"
bands = [
    { when = ">= 90", points = 90 }, { when = "[82..90)", points = 82 },
    { when = "[38..82)", points = 38 }, { when = "< 38", points = 0 },
]
"""
JUNE, JULY, AUGUST = date(2026, 6, 30), date(2026, 7, 31), date(2026, 8, 31)


def quiet(_stage: str, _done: int, _whole: int | None) -> None:
    """Report to nobody."""


def request(folder: Path, as_of: date, points: Mapping[str, int | None], hour: int = 0) -> GradeRequest:
    source = folder / f"{as_of}.parquet"
    pl.DataFrame(
        {"customer_id": list(points), "points": list(points.values())},
        schema_overrides={"points": pl.Int64},
    ).write_parquet(source)
    return GradeRequest(
        source=source,
        policy=parse_policy(POLICY, "steady.toml"),
        as_of=as_of,
        created_at=datetime(2026, 9, 1, tzinfo=UTC) + timedelta(hours=hour, days=as_of.month),
    )


def shop(folder: Path) -> Workspace:
    return Workspace.create(folder / "work")


def grades(workspace: Workspace, manifest: Manifest) -> dict[str, str | None]:
    with workspace.run(manifest.run_id) as run:
        found = run.frame().select("customer_id", pl.col("model_grade").cast(pl.String)).collect()
    return dict(found.iter_rows())


def test_the_first_run_gives_everybody_the_method_s_own_grade(tmp_path: Path) -> None:
    workspace = shop(tmp_path)
    found = workspace.grade(request(tmp_path, JUNE, {"a": 90, "b": 82, "c": 0}), quiet)
    assert grades(workspace, found) == {"a": "A", "b": "A", "c": "C"}
    assert found.previous is None


def test_the_next_run_is_measured_against_it_and_says_so(tmp_path: Path) -> None:
    workspace = shop(tmp_path)
    june = workspace.grade(request(tmp_path, JUNE, {"a": 90, "b": 38, "c": 0}), quiet)
    july = workspace.grade(request(tmp_path, JULY, {"new": 82, "c": 90, "b": 82, "a": 38}), quiet)
    assert grades(workspace, june) == {"a": "A", "b": "C", "c": "C"}
    # a falls past both cut-offs less 5, save that of B: 38 is within it; b and c rise one notch at most.
    assert grades(workspace, july) == {"new": "A", "c": "B", "b": "B", "a": "B"}
    assert july.previous is not None
    assert (july.previous.run_id, july.previous.as_of) == (june.run_id, JUNE)
    assert (july.previous.customers, july.previous.unknown, july.previous.held) == (3, 0, 3)


def test_the_grade_before_stands_among_the_values_and_the_explanation_tells_of_it(tmp_path: Path) -> None:
    workspace = shop(tmp_path)
    workspace.grade(request(tmp_path, JUNE, {"a": 38}), quiet)
    july = workspace.grade(request(tmp_path, JULY, {"a": 90}), quiet)
    assert [column.id for column in july.columns] == ["points", "previous_grade"]
    with workspace.run(july.run_id) as run:
        assert run.find("a").measured["previous_grade"] == "C"
        told = explain(run, "a", scorecard_of(run, workspace.host))
    assert told.held is not None
    assert (told.held.previous, told.held.unheld, told.held.kept, told.grade) == ("C", "A", "B", "B")
    assert told.reasons[0].code == "held"


def test_the_same_customers_graded_a_month_later_keep_their_grades(tmp_path: Path) -> None:
    workspace = shop(tmp_path)
    people = {f"c{n}": n for n in range(0, 100, 3)}
    june = workspace.grade(request(tmp_path, JUNE, people), quiet)
    july = workspace.grade(request(tmp_path, JULY, people), quiet)
    assert grades(workspace, july) == grades(workspace, june)
    assert july.previous is not None
    assert july.previous.held == 0


def test_grading_the_same_day_s_tables_again_repeats_the_run_and_climbs_no_notch(tmp_path: Path) -> None:
    workspace = shop(tmp_path)
    june = workspace.grade(request(tmp_path, JUNE, {"a": 0}), quiet)
    for hour in (0, 1, 2):
        again = workspace.grade(request(tmp_path, JULY, {"a": 90}, hour), quiet)
        assert grades(workspace, again) == {"a": "B"}
        assert again.previous is not None
        assert again.previous.run_id == june.run_id


def test_other_tables_of_the_same_day_are_measured_against_the_run_of_that_day(tmp_path: Path) -> None:
    workspace = shop(tmp_path)
    workspace.grade(request(tmp_path, JUNE, {"a": 0}), quiet)
    july = workspace.grade(request(tmp_path, JULY, {"a": 90}), quiet)
    corrected = workspace.grade(request(tmp_path, JULY, {"a": 90, "b": 0}, 1), quiet)
    assert corrected.previous is not None
    assert corrected.previous.run_id == july.run_id


def test_a_run_of_a_later_day_is_not_the_run_before(tmp_path: Path) -> None:
    workspace = shop(tmp_path)
    june = workspace.grade(request(tmp_path, JUNE, {"a": 0}), quiet)
    workspace.grade(request(tmp_path, AUGUST, {"a": 90}), quiet)
    july = workspace.grade(request(tmp_path, JULY, {"a": 90}, 99), quiet)
    assert july.previous is not None
    assert july.previous.run_id == june.run_id


def test_a_run_in_which_nobody_was_graded_is_passed_over(tmp_path: Path) -> None:
    workspace = shop(tmp_path)
    june = workspace.grade(request(tmp_path, JUNE, {"a": 0}), quiet)
    workspace.grade(request(tmp_path, JULY, {"a": None}), quiet)
    august = workspace.grade(request(tmp_path, AUGUST, {"a": 90}), quiet)
    assert august.previous is not None
    assert august.previous.run_id == june.run_id


def test_a_run_may_be_named_or_none(tmp_path: Path) -> None:
    workspace = shop(tmp_path)
    june = workspace.grade(request(tmp_path, JUNE, {"a": 0}), quiet)
    workspace.grade(request(tmp_path, JULY, {"a": 90}), quiet)
    asked = request(tmp_path, AUGUST, {"a": 90})
    by_june = workspace.grade(replace(asked, previous=june.run_id), quiet)
    assert grades(workspace, by_june) == {"a": "B"}
    free = workspace.grade(replace(asked, previous="none"), quiet)
    assert (grades(workspace, free), free.previous) == ({"a": "A"}, None)
    by_folder = workspace.grade(
        replace(asked, previous=str(workspace.store.folder / june.run_id), history=None), quiet
    )
    assert grades(workspace, by_folder) == {"a": "B"}


def test_a_file_of_grades_serves_without_any_workspace(tmp_path: Path) -> None:
    file = tmp_path / "before.csv"
    file.write_text("客户编号,model_grade\na,C\nb,\nc,Z\n", encoding="utf-8")
    asked = replace(request(tmp_path, JULY, {"a": 90, "b": 90, "c": 90, "d": 90}), previous=str(file))
    with graded(asked, PluginHost(), quiet) as run:
        found = run.frame().collect()["model_grade"].cast(pl.String).to_list()
        told = run.manifest.previous
    assert found == ["B", "A", "A", "A"]
    assert told is not None
    assert (told.run_id, told.file, told.customers, told.unknown) == (None, str(file), 1, 1)


@pytest.mark.parametrize(
    ("previous", "words"),
    [("nobody.csv", "no run and no file"), ("strange.csv", "None of the grades before")],
)
def test_what_does_not_serve_is_refused(tmp_path: Path, previous: str, words: str) -> None:
    (tmp_path / "strange.csv").write_text("customer_id,model_grade\na,Gold\n", encoding="utf-8")
    asked = replace(request(tmp_path, JULY, {"a": 90}), previous=str(tmp_path / previous))
    with pytest.raises(RungError, match=words), graded(asked, PluginHost(), quiet):
        pass


def test_grades_before_are_refused_where_nobody_asks_for_them(tmp_path: Path) -> None:
    plain = POLICY.replace("[hysteresis]\nmargin = 5\nmax_up = 1\n", "")
    asked = request(tmp_path, JULY, {"a": 90})
    with (
        pytest.raises(RungError, match="No policy here looks back"),
        graded(replace(asked, policy=parse_policy(plain, "p.toml"), previous="none"), PluginHost(), quiet),
    ):
        pass


def test_a_review_compares_with_the_run_that_was_looked_back_at(tmp_path: Path) -> None:
    from rung.workspace.run_review import RunReview

    workspace = shop(tmp_path)
    june = workspace.grade(request(tmp_path, JUNE, {"a": 0}), quiet)
    workspace.grade(request(tmp_path, AUGUST, {"a": 90}), quiet)
    july = workspace.grade(request(tmp_path, JULY, {"a": 90}, 99), quiet)
    with workspace.run(july.run_id) as run:
        before = RunReview(workspace, run).run_before()
    assert before is not None
    assert before.parent.name == june.run_id


def test_the_same_customers_in_another_order_each_find_their_own_grade(tmp_path: Path) -> None:
    workspace = shop(tmp_path)
    workspace.grade(request(tmp_path, JUNE, {"a": 90, "b": 0}), quiet)
    july = workspace.grade(request(tmp_path, JULY, {"b": 90, "a": 90}), quiet)
    assert grades(workspace, july) == {"b": "B", "a": "A"}

"""Customers graded again as a run was: its source found, the policy in effect, all kept or nothing."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from rung.errors import RungError
from rung.intake import read_mapping
from rung.pipeline import GradeRequest
from rung.progress import Progress
from rung.runs.manifest import Manifest
from rung.workspace import Workspace
from rung.workspace.grading import GradingAsked, grade_again, policy_in_effect
from rung.workspace.population import SourceAsked
from rung.workspace.rerun import would_differ
from rung.workspace.run_source import named_sources, source_of_run

DAY = date(2026, 7, 1)
POLICY = """
schema = 1
id = "own.spenders"
version = "{version}"
title = "Spenders"
effective_from = {day}
{until}grades = ["A", "B"]
[fields.customer_id]
title = "Id"
kind = "text"
aliases = ["id"]
[fields.spent]
title = "Spent"
kind = "number"
aliases = ["spent"]
[grading]
mode = "score"
cutoffs = {{ A = 50 }}
[[criteria]]
id = "spent"
title = "Spent"
measure = "spent"
weight = 1
bands = [{{ when = ">= {bound}", points = 100 }}, {{ when = "< {bound}", points = 0 }}]
"""
TABLE = "id,spent\na,120\nb,80\nc,5\n"
CONFIG = '[sources.shop]\ncustomers = "data/shop.csv"\nduplicates = "first"\nas_of = 2026-06-30\n'


class StoppedError(Exception):
    """Somebody wants it no more."""


def silent(_stage: str, _done: int, _whole: int | None) -> None:
    """Take no notice of progress."""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Return a workspace of three customers and two versions of a policy, the second from July on."""
    made = Workspace.create(tmp_path / "workspace")
    policies, data = made.folder / "policies", made.folder / "data"
    data.mkdir()
    (data / "shop.csv").write_text(TABLE, encoding="utf-8")
    for version, day, bound in (("1", "2026-01-01", 100), ("2", "2026-07-01", 50)):
        until = "effective_to = 2026-06-30\n" if version == "1" else ""
        text = POLICY.format(version=version, day=day, bound=bound, until=until)
        (policies / f"spenders-{version}.toml").write_text(text, encoding="utf-8")
    return made


def configured(workspace: Workspace) -> Workspace:
    """Name the table in the workspace's file."""
    file = workspace.folder / "rung.toml"
    file.write_text(file.read_text(encoding="utf-8") + CONFIG, encoding="utf-8")
    return Workspace.open(workspace.folder)


def a_run(workspace: Workspace, **read: Any) -> Manifest:
    """Grade the table by its file."""
    request = GradeRequest(
        source=workspace.folder / "data" / "shop.csv",
        policy=workspace.shelf.find("own.spenders", date(2026, 6, 30)),
        as_of=date(2026, 6, 30),
        created_at=datetime(2026, 6, 30, 8, tzinfo=UTC),
        **read,
    )
    return workspace.grade(request, silent)


class TestSource:
    """Where the customers of a run are found again."""

    def test_it_is_the_source_that_the_workspace_names(self, workspace: Workspace) -> None:
        found = source_of_run(configured(workspace), a_run(workspace))
        assert found is not None
        assert found.asked == SourceAsked(source="shop", is_name=True, as_of=date(2026, 6, 30))
        assert found.words == "shop: data/shop.csv"

    def test_else_the_file_itself(self, workspace: Workspace) -> None:
        found = source_of_run(workspace, a_run(workspace))
        assert found is not None
        file = str((workspace.folder / "data" / "shop.csv").resolve())
        assert found.asked == SourceAsked(source=file, duplicates="refuse")

    def test_a_file_is_read_as_it_was_for_the_run(self, workspace: Workspace) -> None:
        mapping = workspace.folder / "data" / "shop.toml"
        mapping.write_text('[customers]\ncustomer_id = "id"\nspent = "spent"\n', encoding="utf-8")
        run = a_run(workspace, mapping=read_mapping(mapping), duplicates="last")
        found = source_of_run(workspace, run)
        assert found is not None
        assert (found.asked.mapping, found.asked.duplicates) == (mapping, "last")
        assert run.reading is not None
        newest = replace(run, reading=replace(run.reading, duplicates="newest", newest_by="day"))
        found = source_of_run(workspace, newest)
        assert found is not None
        assert (found.asked.duplicates, found.asked.newest_by) == ("newest", "day")
        mapping.unlink()
        assert source_of_run(workspace, run) is None

    def test_of_a_run_that_does_not_tell_how_it_is_read_by_defaults(self, workspace: Workspace) -> None:
        run = replace(a_run(workspace, duplicates="last"), reading=None)
        found = source_of_run(workspace, run)
        assert found is not None
        assert (found.asked.mapping, found.asked.duplicates) == (None, None)

    def test_in_a_workspace_that_was_moved_it_is_the_file_that_moved_along(
        self, workspace: Workspace, tmp_path: Path
    ) -> None:
        run = a_run(configured(workspace))
        shutil.move(workspace.folder, tmp_path / "elsewhere")
        found = source_of_run(Workspace.open(tmp_path / "elsewhere"), run)
        assert found is not None
        assert found.asked.source == "shop"

    def test_a_file_of_the_same_name_elsewhere_is_another(self, workspace: Workspace) -> None:
        run = a_run(configured(workspace))
        (table,) = run.inputs
        other = replace(run, inputs=(replace(table, path="/nowhere/shop.csv"),))
        assert source_of_run(configured_now(workspace), other) is None

    def test_what_came_through_a_pipe_cannot_be_read_again(self, workspace: Workspace) -> None:
        run = a_run(workspace)
        (table,) = run.inputs
        assert source_of_run(workspace, replace(run, inputs=(replace(table, path="-"),))) is None

    def test_a_file_that_is_gone_is_none(self, workspace: Workspace) -> None:
        run = a_run(workspace)
        (workspace.folder / "data" / "shop.csv").unlink()
        assert source_of_run(workspace, run) is None

    def test_a_workspace_without_sources_says_where_they_are_named(self, workspace: Workspace) -> None:
        with pytest.raises(RungError, match="names no source") as told:
            named_sources(workspace)
        assert "rung.toml" in told.value.problems[0].hint


def told(workspace: Workspace, run: Manifest) -> list[str]:
    """Return why grades of a run might differ if it was made again."""
    return [each.message.partition(" was ")[2] for each in would_differ(workspace, run)]


class TestReadOtherwise:
    """What is said where the tables of a run would be read otherwise now."""

    @pytest.fixture
    def mapping(self, workspace: Workspace) -> Path:
        """Return a mapping file for the table."""
        made = workspace.folder / "data" / "shop.toml"
        made.write_text('[customers]\ncustomer_id = "id"\n', encoding="utf-8")
        return made

    def test_a_mapping_that_changed(self, workspace: Workspace, mapping: Path) -> None:
        run = a_run(workspace, mapping=read_mapping(mapping))
        mapping.write_text('# how\n[customers]\ncustomer_id = "id"\n', encoding="utf-8")
        assert told(workspace, run) == []
        mapping.write_text('[customers]\ncustomer_id = "spent"\n', encoding="utf-8")
        assert told(workspace, run) == [
            f"read with the mapping file {mapping}, and would now be with what it says today: graded again, "
            "grades may differ."
        ]
        mapping.unlink()
        assert told(workspace, run) == [
            f"read with the mapping file {mapping}, and would now be with the mapping file {mapping}, which "
            "is gone or damaged: graded again, grades may differ."
        ]

    def test_a_source_that_the_workspace_reads_otherwise(self, workspace: Workspace, mapping: Path) -> None:
        run = a_run(workspace, mapping=read_mapping(mapping), duplicates="last")
        assert told(workspace, run) == []
        assert told(configured(workspace), run) == [
            f"read with the mapping file {mapping}, and would now be with no mapping file: graded again, "
            "grades may differ.",
            "read with --duplicates last, and would now be with --duplicates first: "
            "graded again, grades may differ.",
        ]

    def test_a_run_that_does_not_tell_and_tables_that_are_gone_are_no_matter(
        self, workspace: Workspace, mapping: Path
    ) -> None:
        run = a_run(workspace, mapping=read_mapping(mapping))
        mapping.unlink()
        assert told(workspace, replace(run, reading=None)) == []
        (workspace.folder / "data" / "shop.csv").unlink()
        assert told(workspace, run) == []


def stopping_after(count: int) -> Progress:
    """Return what ends the work once it has told so often how far it is."""
    left = iter(range(count))

    def report(_stage: str, _done: int, _whole: int | None) -> None:
        if next(left, None) is None:
            raise StoppedError

    return report


def configured_now(workspace: Workspace) -> Workspace:
    """Open the workspace as its file is now."""
    return Workspace.open(workspace.folder)


class TestGrading:
    """A run more, or nothing."""

    def asked(self, day: date, **source: object) -> GradingAsked:
        given = {"source": "shop", "is_name": True, **source}
        return GradingAsked("own.spenders", SourceAsked(**given), day)  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        ("day", "version", "counts"),
        [(date(2026, 6, 30), "1", {"A": 1, "B": 2}), (DAY, "2", {"A": 2, "B": 1})],
    )
    def test_the_version_in_effect_on_the_day_grades(
        self, workspace: Workspace, day: date, version: str, counts: dict[str, int]
    ) -> None:
        made = grade_again(configured(workspace), self.asked(day), silent).manifest
        assert (made.policy.version, made.as_of, dict(made.counts)) == (version, day, counts)
        assert workspace.store.ids() == (made.run_id,)

    def test_a_day_before_every_version_is_refused(self, workspace: Workspace) -> None:
        with pytest.raises(RungError):
            policy_in_effect(workspace, "own.spenders", date(2025, 1, 1))

    def test_a_source_is_meant_by_its_name_whatever_lies_in_the_folder_of_now(
        self, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        (tmp_path / "shop").mkdir()
        monkeypatch.chdir(tmp_path)
        made = grade_again(configured(workspace), self.asked(DAY), silent).manifest
        assert made.rows == 3

    def test_what_is_wrong_with_the_table_is_told_and_nothing_kept(self, workspace: Workspace) -> None:
        (workspace.folder / "data" / "shop.csv").write_text("name,spent\na,1\n", encoding="utf-8")
        with pytest.raises(RungError):
            grade_again(configured(workspace), self.asked(DAY), silent)
        assert workspace.store.ids() == ()

    def test_a_table_that_is_gone_is_named(self, workspace: Workspace) -> None:
        (workspace.folder / "data" / "shop.csv").unlink()
        with pytest.raises(RungError, match="There is no such file") as told:
            grade_again(configured(workspace), self.asked(DAY), silent)
        place = told.value.problems[0].place
        assert place is not None
        assert place.file.endswith("data/shop.csv")

    def test_stopped_at_any_moment_it_tells_of_nothing_is_kept(self, workspace: Workspace) -> None:
        place, told = configured(workspace), list[str]()
        grade_again(place, self.asked(DAY), lambda stage, _done, _whole: told.append(stage))
        (made,) = place.store.ids()
        shutil.rmtree(place.store.folder / made)
        for number in range(len(told)):
            with pytest.raises(StoppedError):
                grade_again(place, self.asked(DAY), stopping_after(number))
            assert [each.name for each in place.store.folder.iterdir()] == []

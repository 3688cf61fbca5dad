"""Other values are tried on a run's own scorecard: every value the grade rests on, nothing recorded."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from rung.ledger import InputKind, Supply
from rung.pipeline import GradeRequest
from rung.text import set_language
from rung.workspace import Workspace
from rung.workspace.run_review import RunReview
from rung.workspace.what_if import Origin, WhatIf

NOW = datetime(2026, 7, 10, 9, tzinfo=UTC)
CLIENT = 2
"""Place of a customer graded B."""


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    set_language("en")
    yield
    set_language("en")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("what-if") / "workspace"
    workspace = Workspace.create(folder)
    for sector, policy in (("bank", "bank.credit-tiers"), ("general", "general.high-middle-low")):
        make = workspace.host.sector(sector).sample
        assert make is not None
        sample, tables = make(60, 7), folder / sector
        tables.mkdir()
        sample.customers.write_csv(tables / "customers.csv")
        for name, frame in sample.events.items():
            frame.write_csv(tables / f"{name}.csv")
        request = GradeRequest(
            source=tables / "customers.csv",
            policy=workspace.shelf.find(policy),
            as_of=date(2026, 6, 30),
            created_at=datetime(2026, 7, 1, 8, tzinfo=UTC),
            events={each.stem: each for each in tables.glob("*.csv") if each.stem != "customers"},
            duplicates="first",
        )
        workspace.grade(request, lambda _stage, _done, _whole: None)
    return folder


@pytest.fixture
def workspace(made: Path, tmp_path: Path) -> Workspace:
    return Workspace.open(Path(shutil.copytree(made, tmp_path / "workspace")))


def review(workspace: Workspace, policy: str = "bank.credit-tiers") -> RunReview:
    ids = [each for each in workspace.store.ids() if each.endswith(policy)]
    return RunReview(workspace, workspace.run(ids[0]))


def client(workspace: Workspace, row: int = CLIENT) -> WhatIf:
    return review(workspace).what_if(row, NOW)


def test_every_value_the_grade_rests_on_is_there_with_where_it_came_from(workspace: Workspace) -> None:
    found = {each.id: each for each in client(workspace).values}
    lines = review(workspace).shown(CLIENT, NOW).explanation.criteria
    assert {each.quantity for each in lines} <= set(found)
    assert {each.quantity: each.value for each in lines} == {
        each.quantity: found[each.quantity].now for each in lines
    }
    assert found["days_past_due"].unit.en == "days"
    assert {each.origin for each in found.values()} <= {Origin.DATA, Origin.COMPUTED}


def test_without_another_value_the_grade_is_that_of_the_page(workspace: Workspace) -> None:
    told, tried = review(workspace).shown(CLIENT, NOW).explanation, client(workspace).tried({}).explanation
    assert (tried.grade, tried.score, tried.criteria) == (told.grade, told.score, told.criteria)
    assert tried.service == told.service


def test_several_values_are_tried_at_once_and_nothing_is_recorded(workspace: Workspace) -> None:
    found = client(workspace).tried({"assets": "100亿", "credit_record": "差"})
    lines = {each.quantity: each for each in found.explanation.criteria}
    assert str(lines["assets"].value) == "10,000,000,000 yuan"
    assert str(found.values["credit_record"]) == str(lines["credit_record"].value)
    assert not found.problems
    assert not workspace.human_input.is_begun


def test_what_is_wrong_with_a_value_is_told_of_it_and_the_others_count(workspace: Workspace) -> None:
    found = client(workspace).tried(
        {"assets": "lots", "days_past_due": "NA", "credit_record": "差", "x": "1"}
    )
    assert set(found.problems) == {"assets", "days_past_due", "x"}
    assert found.problems["assets"].message == "“lots” is no number that can be read here."
    assert found.problems["days_past_due"].message.startswith("“NA” is no value")
    assert set(found.values) == {"credit_record"}


def test_a_value_may_be_tried_as_not_known(workspace: Workspace) -> None:
    assert client(workspace).tried({"days_past_due": "-"}).explanation.not_graded is not None


def test_the_smallest_change_up_and_down_reaches_another_grade(workspace: Workspace) -> None:
    found = client(workspace)
    now = found.tried({}).explanation.grade
    up, down = (found.tried(found.smallest(is_down=each)).explanation.grade for each in (False, True))
    assert (now, up, down) == ("B", "A", "D")
    grades = review(workspace).run.results.page(["model_grade"], 0, 60)["model_grade"]
    assert client(workspace, grades.index("A")).smallest() == {}
    assert client(workspace, grades.index("D")).smallest(is_down=True) == {}


def test_the_change_that_costs_the_grade_is_told_in_words(workspace: Workspace) -> None:
    found = review(workspace).worse(CLIENT, NOW)
    assert found is not None
    assert found.grade == "D"
    assert len(found.values) == 1
    grades = review(workspace).run.results.page(["model_grade"], 0, 60)["model_grade"]
    assert review(workspace).worse(grades.index(None), NOW) is None


def test_a_correction_in_effect_is_the_present_value_and_its_origin(workspace: Workspace) -> None:
    run = review(workspace).run
    wanted = Supply(
        kind=InputKind.CORRECTION,
        subject="assets",
        value="1",
        reason="entered_wrong",
        evidence="file 7",
    )
    made = workspace.human_input.supply(run.customer(CLIENT).id, wanted, NOW, run.manifest.run_id)
    value = {each.id: each for each in client(workspace).values}["assets"]
    assert (value.origin, value.written) == (Origin.CORRECTION, "1")
    assert value.record == made


def test_a_computed_value_follows_and_may_itself_be_tried_but_not_recorded(workspace: Workspace) -> None:
    found = review(workspace, "general.high-middle-low").what_if(5, NOW)
    value = {each.id: each for each in found.values}["net_profit"]
    assert value.origin is Origin.COMPUTED
    assert value.refusal is not None
    assert str(found.tried({"profit_12m": "0", "cost_to_serve_12m": "5"}).follows["net_profit"]) == "-5 yuan"
    loss = found.tried({"net_profit": "-1"})
    assert [each.held for each in loss.explanation.flags if each.id == "loss"] == [True]
    assert not loss.follows


def test_a_record_is_rehearsed_with_its_grade_and_the_approvals_it_needs(workspace: Workspace) -> None:
    found = review(workspace)
    ground = found.ground(found.run.customer(CLIENT).id, NOW.date())
    change = found.what_if(CLIENT, NOW).smallest(is_down=True)
    (subject, value), *_more = change.items()
    wanted = Supply(kind=InputKind.CORRECTION, subject=subject, value=value)
    rehearsed = found.rehearsed(wanted, ground, NOW)
    assert rehearsed is not None
    assert (rehearsed.model_grade, rehearsed.proposed_grade) == ("B", "D")
    assert found.rehearsed(Supply(kind=InputKind.CORRECTION, subject="x", value="1"), ground, NOW) is None
    assert not workspace.human_input.is_begun

"""Judgements and corrections in a workspace: laid over its runs, explained, and marked as what they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from rung.ledger import DataInput, InputKind, InputRecord, Override
from rung.ledger.drafts import proposal_draft
from rung.ledger.grades.data_standing import DataDoubt
from rung.pipeline import GradeRequest
from rung.plugins import PluginHost
from rung.policy.reader import parse_policy
from rung.runs.run import Run
from rung.workspace import Workspace
from rung.workspace.run_review import RunReview

TODAY = date(2026, 3, 1)
NOW = datetime(2026, 3, 1, tzinfo=UTC)
POLICY = """
schema = 1
id = "shop.tiers"
version = "1"
title = "Tiers"
grades = ["A", "B", "C"]
grading = { mode = "score", cutoffs = { A = 80, B = 40 } }
[fields.spent]
title = "Spent"
kind = "money"
[fields.days]
title = "Days late"
kind = "integer"
[fields.account_manager]
title = "Account manager"
kind = "text"
[[criteria]]
id = "spent"
title = "Spent"
measure = "spent"
bands = [
    { when = ">= 100", points = 100 },
    { when = "[10..100)", points = 50 },
    { when = "< 10", points = 0 },
]
[[gates]]
id = "overdue"
when = { days = "> 90" }
at_most = "C"
hard = true
reason = "More than 90 days late"
[override]
max_notches_up = 2
"""
TABLE = "customer_id,spent,days,account_manager\nC1,50,120,li\nC2,50,0,li\nC3,,0,wang\nC4,5,0,\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "customers.csv").write_text(TABLE, encoding="utf-8")
    made = Workspace.create(tmp_path / "work", PluginHost(()))
    (made.folder / "rung.toml").write_text('schema = 1\nportfolio = "account_manager"\n', encoding="utf-8")
    made = Workspace.open(made.folder, PluginHost(()))
    made.grade(request(tmp_path / "customers.csv"), lambda *_: None)
    return made


def request(source: Path) -> GradeRequest:
    policy = parse_policy(POLICY, "tiers.toml")
    return GradeRequest(source=source, policy=policy, as_of=TODAY, created_at=NOW)


@pytest.fixture
def run(workspace: Workspace) -> Iterator[Run]:
    with workspace.run() as opened:
        yield opened


def common(run: Run, customer: str, **parts: object) -> dict[str, object]:
    return {
        "customer_id": customer,
        "policy_id": "shop.tiers",
        "policy_version": "1",
        "policy_hash": "f" * 64,
        "run_id": run.manifest.run_id,
        "model_grade": None,
        "notches": None,
        "narrative": "",
        "evidence": "file 1",
        "approvals_needed": 0,
        "maker": "li",
        "made_at": NOW,
        "effective_from": NOW,
        "expires_at": date(2026, 12, 31),
        "supersedes": (),
        "inputs_hash": "0" * 64,
        **parts,
    }


def record(workspace: Workspace, *inputs: InputRecord) -> None:
    with workspace.human_input.ledger() as store, store.appending() as ledger:
        for each in inputs:
            ledger.append(proposal_draft(each))


def correction(
    run: Run, customer: str, subject: str, value: str | None, number: int = 1, **parts: object
) -> DataInput:
    whole = common(run, customer, **{"was": None, "reason": "entered_wrong", "proposed_grade": None, **parts})
    return DataInput(
        **whole,
        id=f"C{number}",
        kind=InputKind.CORRECTION,
        subject=subject,
        value=value,  # type: ignore[arg-type]
    )


def override(run: Run, customer: str, model: str | None, given: str, notches: int, number: int) -> Override:
    whole = common(run, customer, model_grade=model, notches=notches, reason="systemic")
    return Override(**whole, id=f"O{number}", proposed_grade=given)  # type: ignore[arg-type]


def graded(workspace: Workspace, run: Run) -> list[str | None]:
    frame = workspace.human_input.laid_over(run, TODAY).frame().collect()
    return frame["effective_grade"].to_list()


def test_what_the_machine_had_stays_beside_what_is_computed(workspace: Workspace, run: Run) -> None:
    assert graded(workspace, run) == ["C", "B", None, "C"]
    record(workspace, correction(run, "C1", "days", "12"), correction(run, "C3", "spent", "250", 2))
    assert graded(workspace, run) == ["B", "B", "A", "C"]
    frame = workspace.human_input.laid_over(run, TODAY).frame().collect()
    assert frame["model_grade"].to_list() == ["C", "B", None, "C"]
    found = workspace.human_input.effective(run, "C1", TODAY)
    assert (found.model_grade, found.computed_grade, found.grade) == ("C", "B", "B")
    tally = workspace.human_input.tally(run, TODAY)
    assert (tally.corrected, tally.regraded, tally.in_effect) == (2, 2, 0)


def test_a_hard_gate_yields_to_a_correction_and_not_to_an_override(workspace: Workspace, run: Run) -> None:
    record(workspace, override(run, "C1", "C", "A", 2, 1))
    assert graded(workspace, run)[0] == "C"
    record(workspace, correction(run, "C1", "days", "12", 2))
    assert graded(workspace, run)[0] == "A"
    assert workspace.human_input.effective(run, "C1", TODAY).suspended is None


def test_an_override_is_stale_by_the_computed_grade(workspace: Workspace, run: Run) -> None:
    record(workspace, override(run, "C2", "B", "C", -1, 1), correction(run, "C2", "spent", "500", 2))
    found = workspace.human_input.effective(run, "C2", TODAY)
    assert (found.computed_grade, found.grade, found.is_stale) == ("A", "C", True)


def test_an_explanation_is_of_the_corrected_values(workspace: Workspace, run: Run) -> None:
    record(workspace, correction(run, "C1", "days", "12"))
    alone, told = workspace.explain("C1"), workspace.explain("C1", today=TODAY)
    assert (alone.grade, alone.gates[0].fired) == ("C", True)
    assert (told.grade, told.gates[0].fired, told.gates[0].conditions[0].found.en) == ("B", False, "12")


def test_the_screen_is_told_what_the_source_had_by_whom_and_when(workspace: Workspace, run: Run) -> None:
    record(workspace, correction(run, "C1", "days", "12", was="100"))
    review = RunReview(workspace, run)
    found = review.read_ledger(TODAY)["C1"]
    assert (found.model_grade, found.computed_grade) == ("C", "B")
    shown = review.shown(0, NOW)
    assert shown.explanation.grade == "B"
    (given,) = review.given(0, shown)
    assert (given.title.en, given.source.en, given.value.en) == ("Days late", "120", "12")
    assert (given.record.maker, given.record.made_at, given.doubt) == ("li", NOW, DataDoubt.STALE)


def test_each_input_is_told_with_what_it_does_in_the_latest_run(workspace: Workspace, run: Run) -> None:
    made = (
        correction(run, "C1", "days", "12", 1, was="120"),
        correction(run, "C2", "spent", "50", 2, was="40"),
        correction(run, "gone", "spent", "50", 3),
        override(run, "C4", "C", "B", 1, 4),
    )
    record(workspace, *made)
    found = workspace.human_input.standings(TODAY, workspace.human_input.inputs()).found
    grades = [each.effective and each.effective.grade for each in found]
    assert grades == ["B", "B", None, "B"]
    doubts = [each.datum and each.datum.doubt for each in found]
    assert doubts == [None, DataDoubt.MOOT, None, None]
    assert [each.is_gone for each in found] == [False, False, True, False]


def test_one_customer_and_all_of_them_agree(workspace: Workspace, run: Run) -> None:
    record(
        workspace,
        correction(run, "C1", "days", "12"),
        override(run, "C3", None, "B", 0, 2),
        correction(run, "C3", "spent", "1", 3),
        correction(run, "C4", "spent", None, 4),
    )
    alone = [workspace.human_input.effective(run, f"C{n}", TODAY).grade for n in (1, 2, 3, 4)]
    assert alone == graded(workspace, run) == ["B", "B", "C", None]


def test_whose_customer_somebody_is_is_kept_and_changes_no_grade(workspace: Workspace, run: Run) -> None:
    assert [run.customer(row).measured["account_manager"] for row in range(4)] == ["li", "li", "wang", None]
    assert "account_manager" in [column.id for column in run.manifest.columns]
    with_it = pl.read_ipc(run.folder / "results.arrow")
    bare = Workspace.create(workspace.folder.parent / "bare", PluginHost(()))
    bare.grade(request(workspace.folder.parent / "customers.csv"), lambda *_: None)
    with bare.run() as other:
        assert pl.read_ipc(other.folder / "results.arrow").equals(with_it)
        assert "account_manager" not in other.customer(0).measured


def test_a_correction_may_be_supplied_where_the_run_is_reviewed(workspace: Workspace, run: Run) -> None:
    from rung.ledger import Supply

    review = RunReview(workspace, run)
    ground = review.ground("C4", TODAY)
    assert ground.portfolio is None
    assert review.ground("C1", TODAY).portfolio == "li"
    wanted = Supply(
        kind=InputKind.CORRECTION, subject="spent", value="500", reason="entered_wrong", evidence="file 7"
    )
    assert not review.objections(wanted, ground, NOW)
    made = review.supply(wanted, ground, NOW)
    assert (made.subject, made.value, made.was, made.model_grade, made.proposed_grade) == (
        "spent",
        "500",
        "5",
        "C",
        "A",
    )
    assert review.objections(Supply(kind=InputKind.CORRECTION, subject="dayz", value="1"), ground, NOW)

"""A policy changed on a screen: edits kept on disk, told in the policy's own words, written and published."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rung.errors import RungError
from rung.policy.keys import KeyPath
from rung.workspace import Workspace
from rung.workspace.drafting.draft import PolicyDraft
from rung.workspace.drafting.finishing import Finish, changes_of, finish, outcomes_of, refusals
from rung.workspace.drafting.place import next_version
from rung.workspace.drafting.tree import Node, policy_tree
from rung.workspace.drafting.typed import read_typed

DAY = date(2026, 7, 1)
CUTOFF: KeyPath = ("grading", "cutoffs", "A")
BOUND: KeyPath = ("criteria", 0, "bands", 0, "when")
WEIGHT: KeyPath = ("criteria", 0, "weight")
OWNER = '[people.{account}]\nname = "张三"\nrole = "{role}"\n'


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Return a workspace with nothing of its own in it."""
    return Workspace.create(tmp_path / "workspace")


def opened(workspace: Workspace, policy: str = "bank.credit-tiers") -> PolicyDraft:
    """Open the draft of a policy, as another sitting would."""
    return PolicyDraft.open(Workspace.open(workspace.folder), policy, DAY)


def found(nodes: tuple[Node, ...], path: KeyPath) -> Node:
    """Return the line that changes a value."""
    return next(each for node in nodes for each in walked(node) if each.edit == path)


def walked(node: Node) -> list[Node]:
    """Return a part and all that is in it."""
    return [node, *(each for child in node.children for each in walked(child))]


class TestWhatIsTyped:
    """Values are read as people write them."""

    @pytest.mark.parametrize(
        ("typed", "now", "read"),
        [
            ("≥ 9亿", ">= 800_000_000", ">= 900_000_000"),
            ("9亿", ">= 800_000_000", ">= 900_000_000"),
            ("[5000万..8亿)", "[1..2)", "[50_000_000..800_000_000)"),
            ("＞＝ １２", ">= 5", ">= 12"),
            ("3", 0, 3),
            (">= 2", 0, ">= 2"),
            ("30元", "< 5", "< 30"),
            ("good, fair", ["good"], ["good", "fair"]),
            ("100,000", ">= 5", "100,000"),
        ],
    )
    def test_a_cell_is_typed_with_units_and_signs_of_any_width(self, typed: str, now: Any, read: Any) -> None:
        assert read_typed(typed, now, BOUND) == read

    def test_a_number_takes_thousands_of_chinese(self) -> None:
        assert read_typed("１.5万", 30, WEIGHT) == 15_000

    def test_what_is_no_number_is_refused(self) -> None:
        with pytest.raises(RungError, match="is no number"):
            read_typed("many", 30, WEIGHT)


class TestTrying:
    """What is typed is judged before it is taken."""

    def test_the_policys_own_checks_answer_at_once(self, workspace: Workspace) -> None:
        draft = opened(workspace)
        (problem,) = draft.tried(CUTOFF, "60").problems
        assert problem.message == "The cut-off of “B”, 70, is not below that of “A”, 60."
        assert draft.value(CUTOFF) == 90
        assert not draft.is_changed

    def test_the_band_beside_moves_along(self, workspace: Workspace) -> None:
        tried = opened(workspace).tried(BOUND, "≥ 9亿")
        assert tried.problems == ()
        assert tried.value == ">= 900_000_000"
        assert tried.followed == (("criteria.assets.bands.1.when", "[50_000_000..900_000_000)"),)
        assert tried.compiled is not None

    def test_a_suggestion_is_accepted_by_yes(self, workspace: Workspace) -> None:
        assert opened(workspace).tried(("service", "A", "accepted"), "yes").value is True


class TestEdits:
    """Edits are taken back, made again, and outlive the program."""

    def test_an_edit_is_there_again_in_the_next_sitting(self, workspace: Workspace) -> None:
        opened(workspace).put(CUTOFF, 88)
        again = opened(workspace)
        assert again.value(CUTOFF) == 88
        assert [each.key for each in again.edits] == ["grading.cutoffs.A"]

    def test_what_was_being_typed_is_there_again(self, workspace: Workspace) -> None:
        opened(workspace).note_typed(BOUND, ">= 9")
        again = opened(workspace)
        assert again.typed_path() == BOUND
        assert again.kept.typed is not None
        assert again.kept.typed.value == ">= 9"
        assert not again.is_changed

    def test_undo_and_redo_go_back_and_forth_even_after_a_restart(self, workspace: Workspace) -> None:
        draft = opened(workspace)
        draft.put(CUTOFF, 88)
        draft.put(WEIGHT, 50)
        assert draft.undo() is not None
        again = opened(workspace)
        assert (again.value(CUTOFF), again.value(WEIGHT)) == (88, 30)
        again.redo()
        assert again.value(WEIGHT) == 50
        assert not again.can_redo

    def test_a_new_edit_forgets_what_was_taken_back(self, workspace: Workspace) -> None:
        draft = opened(workspace)
        draft.put(CUTOFF, 88)
        draft.undo()
        draft.put(WEIGHT, 50)
        assert not draft.can_redo
        assert [each.key for each in draft.edits] == ["criteria.assets.weight"]

    def test_undoing_everything_leaves_the_policy_as_it_was(self, workspace: Workspace) -> None:
        draft = opened(workspace)
        draft.put(BOUND, ">= 900_000_000")
        assert draft.tried(BOUND, ">= 9").problems
        draft.undo()
        assert not draft.is_changed

    def test_a_draft_thrown_away_leaves_no_file(self, workspace: Workspace) -> None:
        draft = opened(workspace)
        draft.put(CUTOFF, 88)
        assert list((workspace.folder / "drafts").rglob("*.draft"))
        draft.discard()
        assert not list((workspace.folder / "drafts").rglob("*.draft"))
        assert not draft.is_changed

    def test_a_key_that_is_gone_is_left_out_and_told(self, workspace: Workspace) -> None:
        draft = opened(workspace)
        draft.put(CUTOFF, 88)
        draft.put(WEIGHT, 50)
        (file,) = (workspace.folder / "drafts").rglob("*.draft")
        file.write_text(file.read_text(encoding="utf-8").replace("criteria.assets", "criteria.gone"), "utf-8")
        again = opened(workspace)
        assert again.value(CUTOFF) == 88
        assert again.notices == (
            "The policy has no criteria.gone.weight any more: these changes of the draft are left out.",
        )

    def test_an_unsound_edit_is_kept_and_told(self, workspace: Workspace) -> None:
        draft = opened(workspace)
        draft.put(CUTOFF, 60)
        assert [each.message for each in draft.problems] == [
            "The cut-off of “B”, 70, is not below that of “A”, 60."
        ]
        assert opened(workspace).problems == draft.problems


class TestAdopting:
    """What is assumed is gone through one by one, as “rung policy adopt” does."""

    def test_an_assumed_value_is_accepted_as_it_stands(self, workspace: Workspace) -> None:
        draft = opened(workspace)
        step = draft.steps[CUTOFF]
        assert not draft.is_settled(step)
        draft.accept(step)
        assert opened(workspace).is_settled(step)
        assert not draft.is_changed

    def test_a_changed_value_is_settled(self, workspace: Workspace) -> None:
        draft = opened(workspace)
        draft.put(CUTOFF, 88)
        assert draft.is_settled(draft.steps[CUTOFF])

    def test_accepting_suggested_service_brings_it_into_force(self, workspace: Workspace) -> None:
        draft = opened(workspace)
        draft.accept(draft.steps["service", "A", "accepted"])
        assert draft.sound.policy.service["A"].is_in_force

    def test_answers_of_the_command_line_go_on(self, workspace: Workspace) -> None:
        from rung.adopting import keep_answers

        out = workspace.folder / "policies" / "credit-tiers.toml"
        keep_answers(out, "bank.credit-tiers", {"grading.cutoffs.A": 85, "grading.cutoffs.B": 70})
        draft = opened(workspace)
        assert draft.value(CUTOFF) == 85
        assert draft.kept.accepted == ("grading.cutoffs.B",)


class TestTree:
    """The policy as one walks it."""

    def test_a_line_says_value_assumption_and_what_stood_before(self, workspace: Workspace) -> None:
        draft = opened(workspace)
        draft.put(CUTOFF, 88)
        line = found(policy_tree(draft), CUTOFF)
        assert (line.title, line.other, line.value, line.was) == ("A  Tier A", "A类客户", "score ≥ 88", "90")
        assert line.because.startswith("the source gives no score")
        assert (line.settled.done, line.settled.of) == (1, 1)

    def test_a_band_shows_its_bound_and_points(self, workspace: Workspace) -> None:
        line = found(policy_tree(opened(workspace)), BOUND)
        assert (line.title, line.value) == ("band 1  largest", "≥ 800,000,000 元 → 100")
        assert [each.edit for each in line.children] == [("criteria", 0, "bands", 0, "points")]

    def test_a_cell_that_a_parameter_fills_in_changes_the_parameter(self, workspace: Workspace) -> None:
        nodes = policy_tree(opened(workspace, "tobacco.service-classes"))
        rules = next(node for node in nodes if node.path == ("rules",))
        cell = next(each for each in walked(rules) if each.value == "≥ 900 条")
        assert cell.edit == ("parameters", "premium_volume", "value")

    def test_every_question_of_adopting_has_its_line(self, workspace: Workspace) -> None:
        draft = opened(workspace)
        lines = {each.edit for node in policy_tree(draft) for each in walked(node)}
        assert set(draft.steps) <= lines

    @pytest.mark.parametrize("policy", ["auto4s.call-list", "general.abc-value", "sales.satisfaction-alarm"])
    def test_policies_of_every_kind_have_a_tree(self, workspace: Workspace, policy: str) -> None:
        assert policy_tree(opened(workspace, policy))


class TestWriting:
    """A draft becomes a layer over what it changes, and a version of it."""

    def test_a_ready_policy_gets_a_layer_and_stays_as_it_is(self, workspace: Workspace) -> None:
        draft = opened(workspace)
        draft.put(CUTOFF, 88)
        finish(draft, Finish("1", "our customers are smaller"), DAY)
        loaded = Workspace.open(workspace.folder).shelf.find("own.credit-tiers")
        assert loaded.policy.extends == "bank.credit-tiers"
        assert loaded.table["grading"]["cutoffs"] == {"A": 88, "B": 70, "C": 45}
        assert loaded.policy.change is not None
        assert loaded.policy.change.reason == "our customers are smaller"
        assert not list((workspace.folder / "drafts").rglob("*.draft"))

    def test_the_layer_is_changed_itself_from_then_on(self, workspace: Workspace) -> None:
        draft = opened(workspace)
        draft.put(CUTOFF, 88)
        finish(draft, Finish("1", "first"), DAY)
        again = opened(workspace, "own.credit-tiers")
        assert (again.place.own_id, again.place.is_new) == ("own.credit-tiers", False)
        again.put(WEIGHT, 50)
        finish(again, Finish("1", "second"), DAY)
        last = opened(workspace, "own.credit-tiers")
        assert (last.value(CUTOFF), last.value(WEIGHT)) == (88, 50)

    def test_a_persons_file_is_never_rewritten(self, workspace: Workspace) -> None:
        base = Workspace.open(workspace.folder).shelf.find("bank.credit-tiers")
        file = workspace.folder / "policies" / "credit-tiers.toml"
        written = base.text.replace("bank.credit-tiers", "own.credit-tiers")
        file.write_text(written, encoding="utf-8")
        draft = opened(workspace, "own.credit-tiers")
        assert draft.place.own_id == "own.credit-tiers-2"
        assert draft.place.notice == (
            "A person wrote own.credit-tiers; it is never rewritten. "
            "The change is own.credit-tiers-2, laid over it."
        )
        draft.put(CUTOFF, 88)
        finish(draft, Finish("1", "why"), DAY)
        assert file.read_text(encoding="utf-8") == written

    def test_what_was_accepted_stays_accepted_after_writing(self, workspace: Workspace) -> None:
        draft = opened(workspace)
        draft.accept(draft.steps["grading", "cutoffs", "B"])
        draft.put(CUTOFF, 88)
        finish(draft, Finish("1", "why"), DAY)
        again = opened(workspace)
        assert again.is_settled(again.steps["grading", "cutoffs", "B"])
        assert again.is_settled(again.steps[CUTOFF])

    def test_a_draft_needs_a_reason_and_a_change(self, workspace: Workspace) -> None:
        told = [each.message for each in refusals(opened(workspace), Finish("1", ""))]
        assert told == [
            "The draft says what the policy says: there is nothing to write.",
            "It is not said why it is changed.",
        ]

    def test_changes_are_told_in_words(self, workspace: Workspace) -> None:
        draft = opened(workspace)
        draft.put(CUTOFF, 88)
        (line,) = changes_of(draft)
        assert (line.what, line.before, line.after) == ("cut-off › Tier A (A)", "90", "88")

    def test_tests_of_the_policy_below_tell_what_comes_out_otherwise(self, workspace: Workspace) -> None:
        draft = opened(workspace)
        draft.put(CUTOFF, 88)
        failed = [each for each in outcomes_of(draft) if each.problems]
        assert [each.is_own for each in failed] == [False, False, False]
        assert "expected grade B, found A" in failed[0].problems[0].message


class TestPublishing:
    """A version is published by the same rules as on the command line."""

    def test_a_version_is_frozen_and_the_next_draft_is_another(self, workspace: Workspace) -> None:
        draft = opened(workspace)
        draft.put(CUTOFF, 88)
        made = finish(draft, Finish("1", "why", is_published=True, effective_from=DAY), DAY)
        assert made is not None
        assert (made.record.id, made.record.version) == ("own.credit-tiers", "1")
        again = opened(workspace)
        assert (again.place.version, again.place.is_published) == ("2", True)

    def test_the_version_published_is_refused_for_a_change(self, workspace: Workspace) -> None:
        draft = opened(workspace)
        draft.put(CUTOFF, 88)
        finish(draft, Finish("1", "why", is_published=True), DAY)
        again = opened(workspace)
        again.put(CUTOFF, 87)
        told = [each.message for each in refusals(again, Finish("1", "why"))]
        assert told == ["Version 1 was published on 2026-07-01 with another content."]

    def test_only_owners_publish_where_people_are_listed(
        self, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with_people(workspace, "reviewer", monkeypatch)
        draft = opened(workspace)
        draft.put(CUTOFF, 88)
        told = [each.message for each in refusals(draft, Finish("1", "why", is_published=True))]
        assert told == ["张三 may not publish policies: that takes the role “owner”."]
        assert refusals(draft, Finish("1", "why")) == ()

    def test_whoever_may_look_only_writes_nothing(
        self, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with_people(workspace, "viewer", monkeypatch)
        draft = opened(workspace)
        draft.put(CUTOFF, 88)
        told = [each.message for each in refusals(draft, Finish("1", "why"))]
        assert told == ["张三 may look only: a policy is changed by reviewers, and published by owners."]

    def test_an_unsound_draft_is_written_nowhere(self, workspace: Workspace) -> None:
        draft = opened(workspace)
        draft.put(CUTOFF, 60)
        with pytest.raises(RungError, match="is not below"):
            finish(draft, Finish("1", "why"), DAY)
        assert not list((workspace.folder / "policies").glob("*.toml"))
        assert opened(workspace).value(CUTOFF) == 60


def with_people(workspace: Workspace, role: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """List one person, and be that person."""
    file = workspace.folder / "rung.toml"
    listed = OWNER.format(account="zhang", role=role)
    file.write_text(f"{file.read_text(encoding='utf-8')}\n{listed}", encoding="utf-8")
    monkeypatch.setattr("rung.workspace.human_input.account", lambda: "zhang")


def test_versions_go_up() -> None:
    assert [next_version(each) for each in ("1", "2026.9", "spring")] == ["2", "2026.10", "spring.2"]

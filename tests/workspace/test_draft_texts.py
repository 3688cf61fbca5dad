"""Texts of a policy changed in a draft: both languages at once, kept, taken back, written as a layer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rung.errors import RungError
from rung.policy.keys import KeyPath
from rung.text import Text, set_language
from rung.workspace import Workspace
from rung.workspace.drafting.draft import PolicyDraft
from rung.workspace.drafting.finishing import Finish, changes_of, finish
from rung.workspace.drafting.texts import put_text, texts_at, try_text
from rung.workspace.drafting.tree import Node, policy_tree

DAY = date(2026, 7, 1)
TITLE: KeyPath = ("title",)
ASSETS: KeyPath = ("criteria", 0, "title")
GATE: KeyPath = ("gates", 0, "reason")
BAND: KeyPath = ("criteria", 0, "bands", 1, "label")
GRADE: KeyPath = ("meaning", "A", "title")
PROMISE: KeyPath = ("service", "A", "contact", "text")
OURS = Text("我们的叫法", "What we call it")
BARE = """
schema = 1
id = "own.bare"
version = "1"
title = "Plain"
grades = ["A", "B"]
[fields.customer_id]
title = "Id"
kind = "text"
[fields.spent]
title = "Spent"
kind = "number"
[grading]
mode = "score"
cutoffs = { A = 50 }
[[criteria]]
id = "spent"
title = "Spent"
measure = "spent"
weight = 1
bands = [{ when = ">= 100", points = 100 }, { when = "< 100", points = 0 }]
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Return a workspace with nothing of its own in it."""
    return Workspace.create(tmp_path / "workspace")


def opened(workspace: Workspace, policy: str = "bank.credit-tiers") -> PolicyDraft:
    """Open the draft of a policy, as another sitting would."""
    return PolicyDraft.open(Workspace.open(workspace.folder), policy, DAY)


def lines(nodes: tuple[Node, ...]) -> list[Node]:
    """Return every line of a tree."""
    return [line for node in nodes for line in (node, *lines(node.children))]


def line_of(draft: PolicyDraft, *path: str | int) -> Node:
    """Return the line of a part."""
    return next(each for each in lines(policy_tree(draft)) if each.path == path)


class TestWhichTexts:
    """Every part says which texts it has."""

    @pytest.mark.parametrize(
        ("part", "texts"),
        [
            (("title",), ["title"]),
            (("criteria", 0), ["title", "reason", "because", "about"]),
            (("criteria", 0, "bands", 1), ["label"]),
            (("gates", 0), ["reason", "because"]),
            (("meaning", "A"), ["title", "essence"]),
            (("grading", "mode"), []),
            (("criteria", 0, "bands", 1, "points"), []),
        ],
    )
    def test_a_part_has_those_it_goes_by_first(
        self, workspace: Workspace, part: KeyPath, texts: list[str]
    ) -> None:
        assert [each.path[-1] for each in texts_at(opened(workspace), part)] == texts

    def test_a_band_without_a_label_may_be_given_one(self, workspace: Workspace) -> None:
        (workspace.folder / "policies" / "bare.toml").write_text(BARE, encoding="utf-8")
        draft = opened(workspace, "own.bare")
        (label,) = texts_at(draft, ("criteria", 0, "bands", 1))
        assert label.text is None
        put_text(draft, label.path, Text("少", "little"))
        assert line_of(draft, "criteria", 0, "bands", 1).title == "band 2  little"
        assert draft.problems == ()

    def test_a_grade_that_only_has_a_letter_may_be_given_a_title(self, workspace: Workspace) -> None:
        (workspace.folder / "policies" / "bare.toml").write_text(BARE, encoding="utf-8")
        draft = opened(workspace, "own.bare")
        put_text(draft, ("meaning", "A", "title"), Text("好客户", "Good"))
        assert line_of(draft, "meaning", "A").title == "A  Good"
        assert line_of(opened(workspace, "own.bare"), "meaning", "A").other == "好客户"


class TestEmptyTexts:
    """A text says something in both languages."""

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            (Text("", "Assets"), ["The Chinese text is empty."]),
            (Text("资产", " \u200e "), ["The English text is empty."]),
            (Text("\n", ""), ["The Chinese text is empty.", "The English text is empty."]),
        ],
    )
    def test_an_empty_one_is_refused_by_language(
        self, workspace: Workspace, text: Text, told: list[str]
    ) -> None:
        draft = opened(workspace)
        assert [each.message for each in try_text(draft, ASSETS, text)] == told
        with pytest.raises(RungError, match="is empty"):
            put_text(draft, ASSETS, text)
        assert not draft.is_changed
        assert draft.edits == ()

    def test_a_parameter_nobody_has_is_refused(self, workspace: Workspace) -> None:
        draft = opened(workspace)
        assert try_text(draft, ASSETS, Text("${town}", "Assets in ${town}"))
        assert try_text(draft, ASSETS, OURS) == ()

    def test_what_is_wrong_elsewhere_does_not_hinder(self, workspace: Workspace) -> None:
        draft = opened(workspace)
        draft.put(("grading", "cutoffs", "A"), 60)
        assert draft.problems
        assert try_text(draft, ASSETS, OURS) == ()


class TestKept:
    """A text changed is an edit like any other."""

    @pytest.mark.parametrize("path", [TITLE, ASSETS, GATE, BAND, GRADE, PROMISE])
    def test_it_is_there_in_the_next_sitting_and_in_the_layer(
        self, workspace: Workspace, path: KeyPath
    ) -> None:
        edit = put_text(opened(workspace), path, OURS)
        assert edit is not None
        assert edit.is_of_texts
        draft = opened(workspace)
        assert draft.value(path) == {"zh": "我们的叫法", "en": "What we call it"}
        assert len(changes_of(draft)) == 1
        finish(draft, Finish("1", "our words"), DAY)
        again = opened(workspace, "own.credit-tiers")
        assert not again.is_changed
        assert texts_at(again, path[:-1] if len(path) > 1 else path)[0].text == OURS

    def test_taken_back_it_says_what_the_policy_says(self, workspace: Workspace) -> None:
        draft = opened(workspace)
        put_text(draft, ASSETS, OURS)
        assert (line_of(draft, "criteria", 0).title, line_of(draft, "criteria", 0).said) == (
            "What we call it",
            "Assets",
        )
        draft.undo()
        assert (line_of(draft, "criteria", 0).title, line_of(draft, "criteria", 0).said) == ("Assets", "")
        assert not draft.is_changed
        draft.redo()
        assert draft.value(ASSETS) == {"zh": "我们的叫法", "en": "What we call it"}

    def test_the_same_text_again_is_no_edit(self, workspace: Workspace) -> None:
        draft = opened(workspace)
        assert put_text(draft, ASSETS, Text(" 资产规模 ", "Assets")) is None
        assert draft.edits == ()

    def test_a_threshold_is_no_edit_of_texts(self, workspace: Workspace) -> None:
        draft = opened(workspace)
        draft.put(("grading", "cutoffs", "A"), 88)
        assert not draft.edits[-1].is_of_texts

    def test_the_layer_holds_what_was_changed_and_no_other_text(self, workspace: Workspace) -> None:
        draft = opened(workspace)
        put_text(draft, ASSETS, OURS)
        finish(draft, Finish("1", "our words"), DAY)
        assert draft.adoption.changes() == {
            "criteria": [{"id": "assets", "title": {"zh": "我们的叫法", "en": "What we call it"}}]
        }

    def test_the_title_stays_when_something_else_is_changed_later(self, workspace: Workspace) -> None:
        draft = opened(workspace)
        put_text(draft, TITLE, OURS)
        finish(draft, Finish("1", "our title"), DAY)
        later = opened(workspace, "own.credit-tiers")
        later.put(("grading", "cutoffs", "A"), 88)
        finish(later, Finish("1", "fewer A"), DAY)
        shelf = Workspace.open(workspace.folder).shelf
        assert shelf.find("own.credit-tiers", DAY).policy.title == OURS

    def test_characters_that_would_reorder_the_screen_are_left_out(self, workspace: Workspace) -> None:
        draft = opened(workspace)
        put_text(draft, ASSETS, Text("资\u202e产", "As\x1bsets"))
        assert draft.value(ASSETS) == {"zh": "资产", "en": "Assets"}


def test_a_text_of_both_languages_is_one_line_of_the_tree(workspace: Workspace) -> None:
    draft = opened(workspace)
    line = line_of(draft, "guide", "monday")
    assert (line.children, line.edit) == ((), None)
    set_language("zh")
    try:
        assert line_of(draft, "title").value == "银行客户等级划分"
        assert line_of(draft, "title").other == "Bank customer tiers"
    finally:
        set_language("en")

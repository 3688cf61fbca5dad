"""The program writes a layer of its own, never over a person's file, and keeps who changed what before."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from layered import loaded

from rung.errors import RungError
from rung.policy.model import Change
from rung.policy.overlay import combined, write_overlay

OWN = {"id": "my.shop", "version": "1"}


def change(author: str, day: int = 1) -> Change:
    return Change(author=author, date=date(2026, 7, day), reason=f"{author} wants it")


def read(path: Path) -> dict:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def test_a_layer_is_written_with_who_changed_what_when_and_why(tmp_path):
    path = tmp_path / "new" / "mine.toml"
    write_overlay(path, "shop.base", {**OWN, "grading": {"cutoffs": {"A": 90}}}, change("li"))
    found = loaded(path.read_text(encoding="utf-8")).policy
    assert (found.id, found.extends, found.written_by) == ("my.shop", "shop.base", "rung")
    assert found.grading.cutoffs == {"A": 90, "B": 50}
    assert found.change == change("li")
    assert found.history == ()


def test_a_later_change_is_laid_over_the_earlier_and_the_history_kept(tmp_path):
    path = tmp_path / "mine.toml"
    write_overlay(path, "shop.base", {**OWN, "gates": [{"id": "late", "reason": "x"}]}, change("li"))
    write_overlay(path, "shop.base", {"gates": [{"id": "gone", "remove": True}]}, change("wu", 2))
    write_overlay(path, "shop.base", {"version": "2", "gates": [{"id": "late", "set": "B"}]}, change("xu", 3))
    found = loaded(path.read_text(encoding="utf-8")).policy
    assert [(each.id, each.reason.en, each.set) for each in found.gates] == [("late", "x", "B")]
    assert (found.version, found.change.author) == ("2", "xu")
    assert [each.author for each in found.history] == ["wu", "li"]


def test_a_persons_file_is_never_rewritten(tmp_path):
    path = tmp_path / "theirs.toml"
    path.write_text('id = "my.shop"\nversion = "1"\nextends = "shop.base"\n', encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(RungError, match="A person wrote this file; it is never rewritten"):
        write_overlay(path, "shop.base", OWN, change("li"))
    path.write_text("no toml", encoding="utf-8")
    with pytest.raises(RungError, match="Not TOML"):
        write_overlay(path, "shop.base", OWN, change("li"))
    assert before != path.read_bytes() == b"no toml"


def test_a_file_over_another_base_is_refused(tmp_path):
    path = tmp_path / "mine.toml"
    write_overlay(path, "shop.base", OWN, change("li"))
    with pytest.raises(RungError, match=r"laid over “shop.base”, not “shop.other”"):
        write_overlay(path, "shop.other", OWN, change("li"))


@pytest.mark.parametrize("lacking", ["id", "version"])
def test_a_layer_without_a_name_of_its_own_is_refused(tmp_path, lacking):
    given = {key: value for key, value in OWN.items() if key != lacking}
    with pytest.raises(RungError, match=f"“{lacking}” is missing"):
        write_overlay(tmp_path / "mine.toml", "shop.base", given, change("li"))
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_refuses_leaves_all_as_it_was(tmp_path):
    path = tmp_path / "file" / "mine.toml"
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(RungError, match="It cannot be written"):
        write_overlay(path, "shop.base", OWN, change("li"))
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_nothing_is_left_beside_the_file(tmp_path):
    write_overlay(tmp_path / "mine.toml", "shop.base", OWN, change("li"))
    assert [each.name for each in tmp_path.iterdir()] == ["mine.toml"]


@pytest.mark.parametrize(
    ("before", "after", "both"),
    [
        ({"title": "x"}, {"title": "y"}, {"title": "y"}),
        ({"roles": {"a": "x"}}, {"roles": {"b": "y"}}, {"roles": {"a": "x", "b": "y"}}),
        ({"roles": {"a": {"remove": True}}}, {"roles": {"a": "y"}}, {"roles": {"a": "y"}}),
        ({"grades": ["A"]}, {"grades": ["B"]}, {"grades": ["B"]}),
        (
            {"criteria": [{"use": "s.x", "weight": 1}]},
            {"criteria": [{"id": "x", "about": "y"}]},
            {"criteria": [{"use": "s.x", "weight": 1, "id": "x", "about": "y"}]},
        ),
        (
            {"gates": [{"id": "a", "remove": True}]},
            {"gates": [{"id": "a", "hard": True}]},
            {"gates": [{"id": "a", "hard": True}]},
        ),
    ],
)
def test_two_changes_of_one_layer_become_one(before, after, both):
    assert combined(before, after) == both

"""ARCHITECTURE.md stays true: the rooms it draws exist, and the narwhals it lists is the narwhals used."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import narwhals.stable.v2 as nw

HOME = Path(__file__).parents[2]
PAGE = (HOME / "ARCHITECTURE.md").read_text(encoding="utf-8")
ROWS = re.compile(r"^\| `(\w+)` \|", re.MULTILINE)
KNOWN = {*dir(nw), *dir(nw.Expr), *dir(nw.LazyFrame), "then", "otherwise"}
TYPES = {"Expr", "LazyFrame", "DataFrame"}


def _users_of_narwhals() -> Iterator[ast.Module]:
    for source in (HOME / "core/rung/grading").rglob("*.py"):
        text = source.read_text(encoding="utf-8")
        if re.search(r"^import narwhals", text, re.MULTILINE):
            yield ast.parse(text)


def _used() -> set[str]:
    names: set[str] = set()
    for tree in _users_of_narwhals():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "nw":
                names.add(node.attr)
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                names.add(node.func.attr)
    return (names & KNOWN) - TYPES


def test_the_narwhals_subset_listed_is_the_one_used() -> None:
    listed = set(ROWS.findall(PAGE.partition("<!-- words: narwhals -->")[2]))
    assert {"unlisted": _used() - listed, "unused": listed - _used() - {"from_native", "to_native"}} == {
        "unlisted": set(),
        "unused": set(),
    }


def test_every_room_of_the_core_is_drawn_and_no_other() -> None:
    house = PAGE.partition("core/rung/ ")[2].partition("\ntui/")[0]
    rows = re.findall(r"^  (\S+(?: \S+)*)", house, re.MULTILINE)
    drawn = {name.rstrip("/") for row in rows for name in row.split()}
    unspoken = {"__init__.py", "__main__.py", "__pycache__", "locale", "py.typed"}
    assert drawn == {path.name for path in (HOME / "core/rung").iterdir()} - unspoken

"""The example plugin keeps its distance: it imports the sdk alone, and nothing of ours imports it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from clean_room import HOME, HOTEL


def _imported(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    found = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return found | {
        node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module is not None
    }


def test_it_imports_the_sdk_of_rung_and_nothing_else_of_ours() -> None:
    ours = {
        name
        for file in (HOTEL / "rung_hotel").rglob("*.py")
        for name in _imported(file)
        if name.partition(".")[0].startswith("rung") and not name.startswith("rung_hotel")
    }
    assert ours == {"rung.sdk"}


def test_nothing_of_ours_imports_it() -> None:
    roots = ("core", "tui", "plugins", "policies", "tests", "benchmarks")
    wrong = [
        str(file)
        for root in roots
        for file in (HOME / root).rglob("*.py")
        if any(name.partition(".")[0] == "rung_hotel" for name in _imported(file))
    ]
    assert wrong == []


@pytest.mark.parametrize("page", ["README.md", "README.zh.md"])
def test_its_pages_name_every_module(page: str) -> None:
    text = (HOTEL / page).read_text(encoding="utf-8")
    parts = {file.name for file in (HOTEL / "rung_hotel").glob("*.py")} - {"__init__.py", "sector.py"}
    assert {part for part in parts if f"`{part}`" not in text} == set()

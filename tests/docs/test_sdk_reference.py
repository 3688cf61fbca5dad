"""docs/reference/sdk.md is what the code says of hooks and sdk now, and says all of it."""

from __future__ import annotations

import dataclasses
import importlib
import re
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

import pytest

from rung import hooks, sampling, sdk, vocabulary

HOME = Path(__file__).parents[2]
sys.path.insert(0, str(HOME / "docs"))

from sdk_reference import PAGE, page  # noqa: E402 - a script, not in a package
from source_docs import classes, markdown  # noqa: E402

Tables = Callable[[str], dict[str, dict[str, tuple[str, ...]]]]
TEXT = PAGE.read_text(encoding="utf-8")
PARTS = [
    vocabulary.Quantity,
    *(each for each in map(sdk.__dict__.get, sdk.__all__) if isinstance(each, type)),
]
COMMON = {field.name for field in dataclasses.fields(vocabulary.Quantity)}


def _own_names(part: type) -> list[str]:
    if issubclass(part, StrEnum):
        return [member.name for member in part]
    names = [field.name for field in dataclasses.fields(part)]
    if issubclass(part, vocabulary.Quantity) and part is not vocabulary.Quantity:
        return [name for name in names if name not in COMMON]
    return names


def test_the_page_is_what_the_code_says_now() -> None:
    assert page().splitlines() == TEXT.splitlines(), "run make docs"


@pytest.mark.parametrize("name", [name for name in sdk.__all__ if name not in ("API_EDITION", "hookimpl")])
def test_everything_a_plugin_may_import_has_its_place(name: str) -> None:
    place = "`rung.sdk.sampling`" if name == "sampling" else f"\n### {name}\n"
    assert place in TEXT


def test_what_says_the_edition_and_marks_a_hook_is_told() -> None:
    assert "- `API_EDITION = 1`: " in TEXT
    assert "- `hookimpl`: Marks a function of a plugin" in TEXT


def test_every_hook_stands_there_with_its_group() -> None:
    specified = {name for name in vars(hooks) if hasattr(getattr(hooks, name), "rung_spec")}
    told = dict(re.findall(r"\n### (rung_\w+)\n.*?Group of entry points `([\w.]+)`", TEXT, re.DOTALL))
    assert told == {
        "rung_sector": "rung",
        "rung_alarm_raised": "rung.alarms",
        "rung_source": "rung.sources",
        "rung_exporter": "rung.exporters",
        "rung_panel": "rung.panels",
    }
    assert set(told) == specified


def test_the_verbs_have_no_hook_but_a_group() -> None:
    assert "No hook. Group of entry points `rung.commands`" in TEXT


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_a_table_lists_what_a_part_holds(tables: Tables, part: type) -> None:
    assert list(tables("reference/sdk.md")[part.__name__]) == _own_names(part)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_nothing_a_part_holds_is_left_without_a_word(part: type) -> None:
    source = classes(importlib.import_module(part.__module__))[part.__name__]
    assert [field.name for field in source.fields if not field.doc] == []
    assert [method.name for method in source.methods if not method.doc] == []


@pytest.mark.parametrize("name", [name for name in sampling.__all__ if name != "Columns"])
def test_every_function_for_samples_is_told_with_its_arguments(name: str) -> None:
    assert f"\n- `{name}(" in TEXT


def test_a_docstring_becomes_markdown() -> None:
    doc = "Takes ``it``,\n    see docs/alarms.md.\n\nThen   this."
    assert markdown(doc) == "Takes `it`, see [alarms.md](../alarms.md).\n\nThen this."


def test_every_page_linked_from_here_exists() -> None:
    linked = [PAGE.parent / link for link in re.findall(r"\]\(([^)#]+\.md)", TEXT)]
    assert [file for file in linked if not file.exists()] == []

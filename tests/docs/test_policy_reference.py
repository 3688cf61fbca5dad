"""docs/policy.md names every key of the policy model, says which are required, and its examples are valid."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

import pytest
from pydantic import BaseModel

from rung.cli import run
from rung.policy import model, parts

Tables = Callable[[str], dict[str, dict[str, tuple[str, ...]]]]
COMMON = {"basis", "because"}
UNWRITTEN = {(part.__name__, "kind") for part in typing.get_args(model.Obligation)}
# A promise's kind follows from the key it stands under.
NARROWER = {("Derived", "kind")}
# The reader takes the kinds of number alone.


def _models() -> dict[str, type[BaseModel]]:
    found: dict[str, type[BaseModel]] = {"Based": parts.Based}
    waiting: list[type[BaseModel]] = [model.Policy]
    while waiting:
        each = waiting.pop()
        if each.__name__ not in found:
            found[each.__name__] = each
            waiting += [part for info in each.model_fields.values() for part in _parts(info.annotation)]
    return found


def _parts(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in typing.get_args(annotation):
        yield from _parts(part)


def _keys(each: type[BaseModel]) -> dict[str, bool]:
    return {
        info.alias or name: info.is_required()
        for name, info in each.model_fields.items()
        if (each.__name__, name) not in UNWRITTEN and (name not in COMMON or each.__name__ == "Based")
    }


def _words(annotation: Any) -> Iterator[str]:
    if typing.get_origin(annotation) is Literal:
        yield from (value for value in typing.get_args(annotation) if isinstance(value, str))
    elif isinstance(annotation, type) and issubclass(annotation, StrEnum):
        yield from (member.value for member in annotation)
    elif isinstance(annotation, types.UnionType) or typing.get_origin(annotation) is typing.Union:
        for part in typing.get_args(annotation):
            yield from _words(part)


def test_every_part_of_the_model_has_its_table(tables: Tables) -> None:
    assert set(tables("policy.md")) == set(_models())


@pytest.mark.parametrize("name", sorted(_models()))
def test_a_table_lists_the_keys_of_its_part_and_says_which_are_required(tables: Tables, name: str) -> None:
    told = {key: default == "required" for key, (_, default) in tables("policy.md")[name].items()}
    assert told == _keys(_models()[name])


@pytest.mark.parametrize("name", sorted(_models()))
def test_a_table_names_every_word_a_key_may_hold(tables: Tables, name: str) -> None:
    rows, each = tables("policy.md")[name], _models()[name]
    untold = [
        (key, word)
        for key, info in each.model_fields.items()
        if key in rows and (name, key) not in NARROWER
        for word in _words(info.annotation)
        if word not in rows[key][0]
    ]
    assert untold == []


def _whole_policies() -> Iterator[Any]:
    page = (Path(__file__).parents[2] / "docs/policy.md").read_text(encoding="utf-8")
    for block in page.split("```toml\n")[1:]:
        written = block.partition("```")[0]
        if written.startswith("schema = 1"):
            yield pytest.param(written, id=written.partition('id = "')[2].partition('"')[0])


@pytest.mark.parametrize("verb", ["check", "test"])
@pytest.mark.parametrize("written", list(_whole_policies()))
def test_every_whole_policy_shown_is_sound_and_passes_its_tests(
    verb: str, written: str, tmp_path: Path
) -> None:
    file = tmp_path / "shown.toml"
    file.write_text(written, encoding="utf-8")
    assert run(["policy", verb, str(file)]) == 0

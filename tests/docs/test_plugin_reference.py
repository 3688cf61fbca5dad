"""docs/plugins.md names everything a plugin may say, and its example is a sector that loads."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

from rung import sdk, vocabulary
from rung.plugins import PluginHost
from rung.plugins.sectors import sector_problems

Tables = Callable[[str], dict[str, dict[str, tuple[str, ...]]]]
PAGE = Path(__file__).parents[2] / "docs/plugins.md"
PARTS = (
    vocabulary.Quantity,
    sdk.Choice,
    sdk.EventTable,
    sdk.Feature,
    sdk.Field,
    sdk.Measure,
    sdk.Outcome,
    sdk.RecordState,
    sdk.RecordType,
    sdk.Sample,
    sdk.Sector,
)
COMMON = {field.name for field in dataclasses.fields(vocabulary.Quantity)}


def _is_required(field: dataclasses.Field[object]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_a_table_lists_what_a_part_takes_and_what_it_needs(tables: Tables, part: type) -> None:
    told = {key: default == "required" for key, (_, default) in tables("plugins.md")[part.__name__].items()}
    own = part is vocabulary.Quantity or not issubclass(part, vocabulary.Quantity)
    assert told == {
        field.name: _is_required(field)
        for field in dataclasses.fields(part)
        if own or field.name not in COMMON
    }


@pytest.mark.parametrize("words", [sdk.Kind, sdk.Aggregate])
def test_a_table_lists_every_word_of_a_list(tables: Tables, words: type[sdk.Kind | sdk.Aggregate]) -> None:
    assert list(tables("plugins.md")[words.__name__]) == [word.value for word in words]


def test_the_example_is_a_plugin_that_loads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "rung_gym_of_the_page.py").write_text(code[0], encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    host = PluginHost([EntryPoint("gym", "rung_gym_of_the_page", "rung")])
    assert [field.id for field in host.sector("gym").fields] == ["member_id", "member_name", "monthly_fee"]


def test_the_outcomes_and_the_record_shown_are_sound_in_that_sector() -> None:
    code = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    shown: dict[str, Any] = {"__name__": "page"}
    for block in (code[0], next(each for each in code if "RecordType" in each)):
        exec(block, shown)
    sector = dataclasses.replace(
        shown["rung_sector"](),
        outcomes=shown["OUTCOMES"],
        records=(shown["COMPLAINT"],),
        roles=shown["ROLES"],
    )
    assert sector_problems(sector, "gym") == ()

"""docs/intake.md names every key of a mapping file, and its examples of values are read as it says."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pydantic import BaseModel

from rung.intake.mapping import ColumnSpec, CustomerColumns, SourceOptions, read_mapping
from rung.text import Text
from rung.values import parse_value
from rung.vocabulary import Field, Kind
from rung.words import MISSING

Tables = Callable[[str], dict[str, dict[str, tuple[str, ...]]]]
PAGE = Path(__file__).parents[2] / "docs/intake.md"


@pytest.mark.parametrize("part", [SourceOptions, CustomerColumns, ColumnSpec], ids=lambda part: part.__name__)
def test_a_table_lists_the_keys_of_its_part_of_a_mapping_file(tables: Tables, part: type[BaseModel]) -> None:
    # The customers' fields themselves stand under names of their own, not under "columns".
    assert set(tables("intake.md")[part.__name__]) == set(part.model_fields) - {"columns"}


def test_the_example_is_a_mapping_file(tmp_path: Path) -> None:
    example = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[0]
    file = tmp_path / "map.toml"
    file.write_text(example, encoding="utf-8")
    assert read_mapping(file).source.encoding == "gb18030"


@pytest.mark.parametrize(
    ("written", "kind", "value"),
    [
        ("1,234.50", Kind.MONEY, 123450),
        ("￥12万", Kind.MONEY, 12_000_000),
        ("3.5亿", Kind.MONEY, 35_000_000_000),
        ("(300)", Kind.MONEY, -30000),
        ("1.2e6", Kind.MONEY, 120_000_000),
        ("１２", Kind.INTEGER, 12),
        ("12.5%", Kind.PERCENT, 1250),
        ("12.5", Kind.PERCENT, 1250),
        ("2026/1/5", Kind.DATE, date(2026, 1, 5)),
        ("2026年1月5日", Kind.DATE, date(2026, 1, 5)),
        ("20260105", Kind.DATE, date(2026, 1, 5)),
        ("有", Kind.BOOLEAN, True),
        ("无", Kind.BOOLEAN, False),
    ],
)
def test_a_value_the_page_shows_is_read_so(written: str, kind: Kind, value: object) -> None:
    assert parse_value(written, Field(id="x", title=Text.same("x"), kind=kind)) == value


def test_the_page_lists_the_words_for_a_missing_value() -> None:
    shown = PAGE.read_text(encoding="utf-8").partition("A cell is missing where it is empty, ")[2]
    assert [word for word in MISSING if word and f"`{word}`" not in shown.partition(" and, among")[0]] == []

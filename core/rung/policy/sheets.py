"""A policy's tables as sheets of a workbook: rules, bands, levels and cut-offs, a row each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

import tomli_w

from rung.policy.keys import KeyPath

__all__ = ["NESTED", "NUMBERS", "Sheet", "cell_text", "sheets_of", "toml_text"]

NESTED: Final = "when"
"""Column of what a rule asks beyond one cell a field: all, any, not, as TOML."""
NUMBERS: Final = frozenset({"weight", "top", "points", "at_least"})
_JOINS: Final = frozenset({"all", "any", "not"})
_TEXTS: Final = ("reason", "because")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its columns, and a row each with where in the policy it stands."""

    name: str
    headers: tuple[str, ...]
    rows: tuple[tuple[KeyPath, Mapping[str, str]], ...]


def sheets_of(table: Mapping[str, Any]) -> tuple[Sheet, ...]:
    """Return the sheets of a policy's table, put together; parts it has none of are left out."""
    made = (_rules(table), _bands(table), _levels(table), _cutoffs(table))
    return tuple(sheet for sheet in made if sheet.rows)


def _rules(table: Mapping[str, Any]) -> Sheet:
    rules = _tables(table.get("rules"))
    fields = tuple(
        dict.fromkeys(name for rule in rules for name in _table(rule.get("when")) if name not in _JOINS)
    )
    rows = []
    for number, rule in enumerate(rules):
        when = _table(rule.get("when"))
        nested = {name: part for name, part in when.items() if name in _JOINS}
        cells = {
            **_plain(rule, ("id", "grade", "points", "basis")),
            **{name: cell_text(part) for name, part in when.items() if name not in _JOINS},
            NESTED: toml_text(nested) if nested else "",
            **_texts(rule, _TEXTS),
        }
        rows.append((("rules", number), _filled(cells)))
    texts = (f"{name}.{language}" for name in _TEXTS for language in ("zh", "en"))
    return Sheet("rules", ("id", "grade", "points", *fields, NESTED, *texts, "basis"), tuple(rows))


def _bands(table: Mapping[str, Any]) -> Sheet:
    rows = []
    for number, criterion in enumerate(_tables(table.get("criteria"))):
        for place, band in enumerate(_tables(criterion.get("bands"))):
            cells = {
                "criterion": str(criterion.get("id", "")),
                "weight": cell_text(criterion.get("weight", "")),
                **_plain(band, ("when", "top", "points", "grade")),
                **_texts(band, ("label",)),
            }
            rows.append((("criteria", number, "bands", place), _filled(cells)))
    headers = ("criterion", "weight", "when", "top", "points", "grade", "label.zh", "label.en")
    return Sheet("bands", headers, tuple(rows))


def _levels(table: Mapping[str, Any]) -> Sheet:
    rows = []
    for number, criterion in enumerate(_tables(table.get("criteria"))):
        for place, level in enumerate(_tables(criterion.get("levels"))):
            cells = {
                "criterion": str(criterion.get("id", "")),
                "weight": cell_text(criterion.get("weight", "")),
                **_plain(level, ("level", "points", "grade")),
                **_texts(level, ("title", "describes")),
            }
            rows.append((("criteria", number, "levels", place), _filled(cells)))
    texts = ("title.zh", "title.en", "describes.zh", "describes.en")
    return Sheet("levels", ("criterion", "weight", "level", "points", "grade", *texts), tuple(rows))


def _cutoffs(table: Mapping[str, Any]) -> Sheet:
    cutoffs = _table(_table(table.get("grading")).get("cutoffs"))
    rows = tuple(
        (("grading", "cutoffs", grade), {"grade": grade, "at_least": cell_text(least)})
        for grade, least in cutoffs.items()
    )
    return Sheet("cutoffs", ("grade", "at_least"), rows)


def _table(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _tables(value: object) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _plain(table: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, str]:
    return {name: cell_text(table[name]) for name in names if name in table}


def _texts(table: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in names:
        value = table.get(name)
        for language in ("zh", "en"):
            text = value.get(language, "") if isinstance(value, dict) else value
            found[f"{name}.{language}"] = "" if text is None else str(text)
    return found


def _filled(cells: Mapping[str, str]) -> dict[str, str]:
    return {name: cell for name, cell in cells.items() if cell}


def cell_text(value: object) -> str:
    """Return a value of a policy file as a cell holds it; ``sheet_reading`` reads it back."""
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal() | float():
            plain = f"{Decimal(str(value)):f}"
            return plain.rstrip("0").rstrip(".") if "." in plain else plain
        case date():
            return value.isoformat()
        case list():
            return _inline(value)
    return str(value)


def toml_text(table: Mapping[str, Any]) -> str:
    """Return a table as keys of TOML on one line, such as ``any = [{ late = "> 30" }]``."""
    return "\n".join(f"{name} = {_inline(value)}" for name, value in table.items())


def _inline(value: object) -> str:
    match value:
        case dict():
            return "{ " + ", ".join(f"{_key(name)} = {_inline(part)}" for name, part in value.items()) + " }"
        case list():
            return "[" + ", ".join(_inline(part) for part in value) + "]"
    return tomli_w.dumps({"x": value}).removeprefix("x = ").rstrip("\n")


def _key(name: str) -> str:
    return tomli_w.dumps({name: 0}).removesuffix(" = 0\n")

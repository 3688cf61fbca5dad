"""Cells and conditions in words, for explanations and pages: as the policy wrote them, made readable."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Final

from rung.policy.conditions import RawCell, Scalar
from rung.text import Text
from rung.vocabulary import Kind, Quantity

__all__ = ["cell_words"]

_SIGNS: Final = ((">=", "≥ "), ("<=", "≤ "), ("!=", "≠ "))
_NUMBER: Final = re.compile(r"(?<!\w)(?<!\d\.)\d[\d_]*(?:\.\d+)?")


def cell_words(raw: RawCell, quantity: Quantity) -> Text:
    """Return a cell in words: signs spelled out, thousands grouped, choices by their names."""
    if isinstance(raw, tuple):
        parts = [cell_words(item, quantity) for item in raw]
        return Text("、".join(part.zh for part in parts), ", ".join(part.en for part in parts))
    if raw == "missing":
        return Text("缺失", "missing")
    if raw == "-":
        return Text("任意", "any")
    if isinstance(raw, str) and raw.replace(" ", "") == "not(missing)":
        return Text("不缺失", "not missing")
    if quantity.kind is Kind.BOOLEAN:
        return Text("是", "yes") if raw in (True, "true") else Text("否", "no")
    if isinstance(raw, str) and raw.startswith("not(") and raw.endswith(")"):
        inner = cell_words(raw[4:-1].strip(), quantity)
        return Text(f"非（{inner.zh}）", f"not ({inner.en})")
    if quantity.kind is Kind.CATEGORY and isinstance(raw, str):
        return _choices(raw, quantity)
    return Text.same(_ordered(raw))


def _choices(raw: str, quantity: Quantity) -> Text:
    titles = {choice.id: choice.title for choice in quantity.choices}
    names = [word.strip().strip('"') for word in raw.split(",")]
    found = [titles.get(name, Text.same(name)) for name in names]
    return Text("、".join(each.zh for each in found), ", ".join(each.en for each in found))


def _ordered(raw: Scalar) -> str:
    if isinstance(raw, int | float | Decimal) and not isinstance(raw, bool):
        return f"{raw:,}"
    if isinstance(raw, date):
        return raw.isoformat()
    written = str(raw)
    for sign, shown in _SIGNS:
        written = re.sub(rf"{re.escape(sign)}\s*", shown, written)
    written = re.sub(r"([<>])\s*(?=[\d-])", r"\1 ", written)
    written = re.sub(r"\s*\.\.\s*", " .. ", written)
    return written if re.search(r"\d{4}-\d{2}-\d{2}", written) else _NUMBER.sub(_grouped, written)


def _grouped(number: re.Match[str]) -> str:
    return f"{Decimal(number[0].replace('_', '')):,}"

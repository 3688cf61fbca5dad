"""Cells are shown to people in words they can read."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rung.policy.wording import cell_words
from rung.text import Text
from rung.vocabulary import Choice, Kind, Quantity

WORD = Quantity(
    id="w",
    title=Text.same("w"),
    kind=Kind.CATEGORY,
    choices=(Choice(id="good", title=Text("良好", "Good")), Choice(id="bad", title=Text("差", "Bad"))),
)
NUMBER, YES, DAY = (
    Quantity(id="n", title=Text.same("n"), kind=kind) for kind in (Kind.MONEY, Kind.BOOLEAN, Kind.DATE)
)


@pytest.mark.parametrize(
    ("cell", "quantity", "zh", "en"),
    [
        (">= 5_000_000", NUMBER, "≥ 5,000,000", "≥ 5,000,000"),
        ("[500_000..5_000_000.50)", NUMBER, "[500,000 .. 5,000,000.50)", "[500,000 .. 5,000,000.50)"),
        ("<3", NUMBER, "< 3", "< 3"),
        (1234567, NUMBER, "1,234,567", "1,234,567"),
        ((1, "> 5000"), NUMBER, "1、> 5,000", "1, > 5,000"),
        ("good, bad", WORD, "良好、差", "Good, Bad"),
        ("not(good)", WORD, "非（良好）", "not (Good)"),
        ("missing", WORD, "缺失", "missing"),
        (True, YES, "是", "yes"),
        ("< 2026-01-01", DAY, "< 2026-01-01", "< 2026-01-01"),
        (date(2026, 1, 1), DAY, "2026-01-01", "2026-01-01"),
    ],
)
def test_a_cell_in_words(cell: Any, quantity: Quantity, zh: str, en: str) -> None:
    assert cell_words(cell, quantity) == Text(zh, en)

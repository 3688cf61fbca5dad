"""Values no table should hold and every table does: what programs, people and attackers write into cells."""

from __future__ import annotations

from typing import Final

__all__ = ["HUGE", "NOT_NUMBERS", "NULS", "TEXTS"]

TEXTS: Final[tuple[str, ...]] = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "@SUM(1+1)",
    "-2+3",
    "\x1b[31mred\x1b[0m",
    "a\x07\x08b",
    "a\nb\r\nc",
    "tab\tbed",
    "\u202eevil\u202c",
    "شركة التجارة",
    "🧾👩‍👩‍👧‍👦🇨🇳",
    "e\u0301\u0302\u0303" * 20,
    "\ufeffbom",
    "ｆｕｌｌ　ｗｉｄｔｈ",
    "';drop table customers;--",
    '"quoted, "and" not',
    "<script>alert(1)</script>",
    "[bold]markup[/bold]",
    "{0} %s %(x)s ${x}",
    "长" * 2_000,
    "x" * 100_000,
    "\ud7ff\ue000\ufffd",
)
"""Texts: formulas, control characters, right to left, very long, emoji, markup, placeholders."""

NULS: Final[tuple[str, ...]] = ("a\x00b", "\x00", "=1\x00", "\x00\x00长")
"""Texts with the character NUL, which a text file cannot hold and a typed one can."""

HUGE: Final[tuple[str, ...]] = (
    "0",
    "-0",
    "-1",
    "-0.01",
    "0.004",
    "0.005",
    "9000000000000000",
    "-9000000000000000",
    "9007199254740993",
    "90000000000000",
    "-90000000000000",
    "900000000000",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775809",
    "1e308",
    "-1e308",
    "1e-320",
    "1" + "0" * 400,
    "0." + "0" * 400 + "1",
    "9999-12-31",
    "0001-01-01",
    "1899-12-30",
    "2026-02-30",
)
"""Numbers and days: none, negative, at the bounds of what is kept and of 64 bits, and beyond."""

NOT_NUMBERS: Final[tuple[str, ...]] = (
    "NaN",
    "nan",
    "inf",
    "-inf",
    "#DIV/0!",
    "#N/A",
    "N/A",
    "null",
    "--",
    "无",
    "",
)
"""How programs and people write that there is no value."""

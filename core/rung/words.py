"""Words as people type them: folded for comparison, and those that mean yes, no or nothing."""

from __future__ import annotations

import unicodedata
from typing import Final

__all__ = ["BLANKS", "MISSING", "NO", "NOT_NUMBERS", "YES", "fold"]


def fold(text: str) -> str:
    """Return ``text`` with half-width characters, lower case and single spaces, for comparing words."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


YES: Final = frozenset({"是", "有", "对", "真", "√", "yes", "y", "true", "t", "1", "1.0"})
NO: Final = frozenset({"否", "无", "没有", "不是", "错", "假", "×", "no", "n", "false", "f", "0", "0.0"})

MISSING: Final = ("", "NA", "N/A", "null", "-", "--", "无", "未知", "#N/A")
"""What stands in a cell that holds nothing, unless the mapping file lists other words."""

BLANKS: Final = " \t\n\x0b\x0c\r\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
"""What is stripped from both ends of a text: Unicode's white space, which Polars strips as well."""

NOT_NUMBERS: Final = frozenset(
    {"nan", "inf", "+inf", "-inf", "infinity", "-infinity", "#div/0!", "#value!", "#num!"}
)
"""How other programs write a number that is none; missing, in a column of numbers or dates."""

"""Texts of lines in the ledger's tables: parts between separators, never quoted, parsed as they stand.

Nothing at all is null; what would be taken for one of the signs between parts is escaped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import polars as pl

__all__ = ["BETWEEN", "WITHIN", "read", "written"]

BETWEEN: Final = "\x1f"
"""Stands between the parts of a line."""
WITHIN: Final = "\x1e"
"""Stands between what one part holds several of."""
_ESCAPES: Final = {"\\": "\\\\", BETWEEN: "\\u", WITHIN: "\\w", "\n": "\\n", "\r": "\\r"}
_EMPTY: Final = "\\e"


def written(text: str | None) -> str:
    """Return a text as a part of a line."""
    if text is None:
        return ""
    if not text:
        return _EMPTY
    for sign, escape in _ESCAPES.items():
        if sign in text:
            text = text.replace(sign, escape)
    return text


def read(text: pl.Expr) -> pl.Expr:
    """Return a column of parts with their escapes undone."""
    signs = {escape: sign for sign, escape in _ESCAPES.items()} | {_EMPTY: ""}
    return text.str.replace_many(list(signs), list(signs.values()))

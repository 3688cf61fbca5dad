"""What a person types for a value of a policy, read as policies write it: 10万, ≥ 5, full-width signs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from rung.adopting import read_answer
from rung.policy.keys import KeyPath
from rung.vocabulary import Quantity

__all__ = ["is_cell", "read_typed"]

_SIGNS: Final = {"≥": ">=", "≤": "<=", "≠": "!=", "〜": "..", "～": "..", "…": ".."}
_TIMES: Final = {"千": 1_000, "万": 10_000, "亿": 100_000_000}
_MYRIADS: Final = re.compile(r"(?<!\w)(?<!\d\.)(\d[\d_]*(?:\.\d+)?)\s*([千万亿]+)")
_BOUND: Final = re.compile(r"(>=|<=|!=|>|<)\s*-?\d[\d_]*(?:\.\d+)?%?")
_PLAIN: Final = re.compile(r"-?\d[\d_]*(\.\d+)?")


def is_cell(path: KeyPath) -> bool:
    """Return whether the value at a path is a cell of a condition or band."""
    return "when" in path or "applies" in path


def read_typed(
    typed: str, now: Any, path: KeyPath, choices: Sequence[Any] = (), quantity: Quantity | None = None
) -> Any:
    """Return what was typed as a value for the place of ``now``; ``quantity`` is what a cell is about.

    Raises RungError for what cannot be read as a value of its kind; the policy's own checks say the rest.
    """
    if choices or (isinstance(now, list | tuple | bool) and not is_cell(path)):
        return read_answer(typed, now, choices)
    if is_cell(path):
        return _cell(typed, now, quantity)
    if isinstance(now, int | float | Decimal):
        return read_answer(unicodedata.normalize("NFKC", typed), now)
    return read_answer(typed, now)


def _cell(typed: str, now: Any, quantity: Quantity | None) -> Any:
    if isinstance(now, bool):
        return read_answer(typed, now)
    if isinstance(now, list | tuple):
        return read_answer(typed.strip().strip("[]"), now)
    written = unicodedata.normalize("NFKC", typed).strip()
    for sign, plain in _SIGNS.items():
        written = written.replace(sign, plain)
    written = re.sub("\\.{3,}", "..", written)
    written = _MYRIADS.sub(_whole, written)
    for unit in {"元", "" if quantity is None else quantity.unit}:
        if unit and unit != "%":
            written = re.sub(rf"(?<=[\d_])\s*{re.escape(unit)}", "", written)
    if _PLAIN.fullmatch(written):
        if isinstance(now, int | Decimal):
            return read_answer(written, now)
        if isinstance(now, str) and (bound := _BOUND.fullmatch(now.strip())):
            return f"{bound[1]} {written}"  # a number alone moves the bound that stands there
    return written


def _whole(found: re.Match[str]) -> str:
    value = Decimal(found[1].replace("_", ""))
    for sign in found[2]:
        value *= _TIMES[sign]
    if value != value.to_integral_value():
        return f"{value.normalize():f}"
    return f"{int(value):,}".replace(",", "_")

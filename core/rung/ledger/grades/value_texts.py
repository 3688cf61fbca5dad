"""How a value stands in the ledger: exact, one spelling a value, readable without the policy's scales."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from rung.errors import RungError
from rung.text import _
from rung.values import Reading, Value, parse_value
from rung.vocabulary import Kind, Quantity
from rung.words import NOT_NUMBERS, fold

__all__ = ["NOT_KNOWN", "check_written", "read_value", "written_value"]

NOT_KNOWN: Final = ("-", "missing", "缺失")
"""What a person writes who means that a value is not known; no other word for nothing says so."""
_EXACTLY: Final = Reading(is_exact=True)


def written_value(value: Value | None, quantity: Quantity) -> str | None:
    """Return the one text of a value as it is kept (see vocabulary.Quantity); None where it is missing.

    Numbers are plain decimals without needless zeros ("12.34", "-3"), then true and false, ISO days,
    choice ids, texts.
    """
    match value:
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case int():
            return _decimal(value, quantity.scale)
        case date():
            return value.isoformat()
    return value


def check_written(value: str) -> None:
    """Raise RungError for what a script leaves where it had no value: nobody meant “not known” by it."""
    if not value.strip() or fold(value) in NOT_NUMBERS:
        raise RungError.of(
            _("“{found}” is no value.").format(found=value.strip()),
            _("Write “missing” or “-” if you mean that it is not known."),
        )


def _decimal(scaled: int, scale: int) -> str:
    whole, part = divmod(abs(scaled), scale)
    digits = len(str(scale)) - 1
    fraction = f"{part:0{digits}d}".rstrip("0") if part else ""
    return f"{'-' if scaled < 0 else ''}{whole}{'.' if fraction else ''}{fraction}"


def read_value(text: str | None, quantity: Quantity) -> Value | None:
    """Return the value of a text the ledger keeps, or a person typed ("10万", "是"); None where missing.

    Raises ValueError, in words for a person, for a text that is no value of the quantity, and for a number
    it could only keep rounded: what is put on record is what was written.
    """
    if text is None:
        return None
    if quantity.kind is Kind.TEXT:
        return text.strip() or None
    if text.strip() in NOT_KNOWN:
        return None
    if quantity.kind.is_numeric and _is_plain(text):
        # A plain decimal is read as it stands: of no quantity is it a word for nothing.
        return parse_value(Decimal(text), quantity, _EXACTLY)
    return parse_value(text, quantity, _EXACTLY)


def _is_plain(text: str) -> bool:
    digits = text.removeprefix("-").replace(".", "", 1)
    return text.isascii() and digits.isdecimal() and not text.endswith(".")

"""The value a contact's outcome sets: read for its quantity, strictly as it is written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from rung.errors import RungError, did_you_mean
from rung.text import _
from rung.values import Reading, Value, parse_value
from rung.vocabulary import Kind, Quantity

__all__ = ["UNKNOWN", "fact_value"]

UNKNOWN: Final = "missing"
"""What a fact says of a value that turned out not to be known: the word of the cells."""

_READING: Final = Reading(missing=frozenset({UNKNOWN}))
_NUMBER: Final = (int, float, Decimal)
_TYPES: Final[Mapping[Kind, tuple[type, ...]]] = {
    Kind.MONEY: _NUMBER,
    Kind.NUMBER: _NUMBER,
    Kind.INTEGER: _NUMBER,
    Kind.PERCENT: _NUMBER,
    Kind.TEXT: (str,),
    Kind.CATEGORY: (str,),
    Kind.BOOLEAN: (bool,),
    Kind.DATE: (date,),
}


def fact_value(name: str, raw: object, quantities: Mapping[str, Quantity]) -> Value | None:
    """Return the value of a fact as it is kept (numbers scaled), None for ``"missing"``.

    Raises RungError with one problem where there is no such quantity or it cannot hold the value.
    """
    quantity = quantities.get(name)
    if quantity is None:
        raise RungError.of(
            _("There is no field or feature “{found}”.").format(found=name),
            did_you_mean(name, list(quantities)),
        )
    if raw == UNKNOWN:
        return None
    if not _is_written_right(raw, quantity):
        raise _misfit(raw, quantity)
    try:
        value = parse_value(raw, quantity, _READING)
    except ValueError as error:
        raise RungError.of(str(error), _hint(quantity)) from None
    if value is None:
        raise _misfit(raw, quantity)
    return value


def _is_written_right(raw: object, quantity: Quantity) -> bool:
    if isinstance(raw, bool) is not (quantity.kind is Kind.BOOLEAN) or isinstance(raw, datetime):
        return False
    if not isinstance(raw, _TYPES[quantity.kind]):
        return False
    return not quantity.kind.is_numeric or _is_exact(raw, quantity)


def _is_exact(raw: Any, quantity: Quantity) -> bool:
    """Return whether a number is kept as it is written, with no digit rounded away."""
    try:
        scaled = Decimal(repr(raw) if isinstance(raw, float) else raw) * quantity.scale
    except InvalidOperation:
        return False
    return scaled.is_finite() and scaled == scaled.to_integral_value()


def _misfit(raw: object, quantity: Quantity) -> RungError:
    message = _("{found} is no value of “{title}”.").format(found=_shown(raw), title=quantity.title)
    return RungError.of(message, _hint(quantity))


def _shown(raw: object) -> str:
    if isinstance(raw, bool):
        return "true" if raw else "false"
    return f"“{raw}”"


def _hint(quantity: Quantity) -> str:
    match quantity.kind:
        case Kind.CATEGORY:
            choices = ", ".join(choice.id for choice in quantity.choices)
            return _("One of: {choices}.").format(choices=choices)
        case Kind.BOOLEAN:
            return _("Write true or false.")
        case Kind.DATE:
            return _("Write a day, such as 2026-06-30, without quotes.")
        case Kind.TEXT:
            return _('Write a text in quotes, or "missing" where it is not known.')
    decimals = len(str(quantity.scale)) - 1
    return _("Write a number of at most {n} decimals, without quotes.").format(n=decimals)

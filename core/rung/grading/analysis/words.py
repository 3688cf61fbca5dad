"""Boxes and customers as a policy would write them, so that they can be pasted into one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from rung.policy.binding import All, Any, Bound, Inverse, Tested
from rung.policy.cells import Always, InRanges, InValues, IsMissing, Test, Value
from rung.policy.ranges import Range
from rung.text import inert
from rung.vocabulary import Kind, Quantity

__all__ = ["in_units", "written_cell", "written_condition", "written_customer", "written_value"]


def written_condition(bound: Bound) -> str:
    """Return a condition as TOML: ``{ income = "< 5000", plan = "yearly" }``."""
    return "{ " + ", ".join(_entries(bound)) + " }" if _entries(bound) else "{}"


def _entries(bound: Bound) -> list[str]:
    match bound:
        case Tested(quantity, test):
            return [f"{quantity.id} = {written_cell(test, quantity)}"]
        case All(parts):
            return [entry for part in _without_needless(parts) for entry in _entries(part)]
        case Any(parts):
            return ["any = [" + ", ".join(map(written_condition, parts)) + "]"]
        case Inverse(part):
            return ["not = " + written_condition(part)]


def _without_needless(parts: tuple[Bound, ...]) -> Iterable[Bound]:
    """Leave out that a value is not missing where it is tested for something else besides."""
    tested = {
        part.quantity.id
        for part in parts
        if isinstance(part, Tested) and not isinstance(part.test, IsMissing)
    }
    for part in parts:
        if isinstance(part, All) and len(part.parts) > 1:
            yield from _without_needless(part.parts)
        elif not (
            isinstance(part, Tested) and isinstance(part.test, IsMissing) and part.quantity.id in tested
        ):
            yield part


def written_cell(test: Test, quantity: Quantity) -> str:
    """Return a test as the TOML of a cell."""
    match test:
        case Always():
            return '"-"'
        case IsMissing(negated):
            return '"not(missing)"' if negated else '"missing"'
        case InRanges(ranges):
            return json.dumps(", ".join(_range(each, quantity) for each in ranges))
        case InValues(values, negated):
            listed = sorted(values, key=str)
            if negated:
                return _text(f"not({', '.join(map(str, listed))})")
            plain = [written_value(value, quantity) for value in listed]
            return plain[0] if len(plain) == 1 else f"[{', '.join(plain)}]"


def _range(each: Range, quantity: Quantity) -> str:
    low = None if each.low is None else _end(each.low, quantity)
    if each.high is None:
        return "not(missing)" if low is None else f">= {low}"
    high, after = _end(each.high, quantity), _end(each.high + 1, quantity)
    # 4999.99 reads worse than "less than 5000".
    is_open = quantity.kind is not Kind.DATE and len(after) < len(high)
    if low is None:
        return f"< {after}" if is_open else f"<= {high}"
    if each.low == each.high:
        return low
    return f"[{low}..{after})" if is_open else f"[{low}..{high}]"


def _end(scaled: int, quantity: Quantity) -> str:
    if quantity.kind is Kind.DATE:
        return date.fromordinal(min(max(scaled, 1), date.max.toordinal())).isoformat()
    return written_value(scaled, quantity)


def written_customer(values: Mapping[str, Value | None], quantities: Mapping[str, Quantity]) -> str:
    """Return a customer as TOML, as tests write one: ``{ income = 5000, plan = "yearly" }``."""
    entries = (
        f"{name} = {written_value(value, quantities[name])}"
        for name, value in values.items()
        if value is not None
    )
    return "{ " + ", ".join(entries) + " }"


def written_value(value: Value, quantity: Quantity) -> str:
    """Return one value as TOML, numbers in units."""
    found = in_units(value, quantity)
    match found:
        case bool():
            return "true" if found else "false"
        case str():
            return _text(found)
        case date():
            return found.isoformat()
    return f"{found:f}" if isinstance(found, Decimal) else str(found)


def in_units(value: Value, quantity: Quantity) -> bool | int | Decimal | date | str:
    """Return a value as kept in the units a policy writes it in: an exact number, no trailing zeros."""
    if isinstance(value, bool | str | date):
        return value
    exact = Decimal(value) / quantity.scale
    return int(exact) if exact == int(exact) else exact.normalize()


def _text(text: str) -> str:
    return json.dumps(inert(text), ensure_ascii=False)

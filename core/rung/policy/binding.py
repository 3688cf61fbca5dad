"""Conditions bound to a vocabulary: every name known, every cell read for its field's kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rung.errors import Place, Problem, RungError, did_you_mean
from rung.policy.cells import Always, IsMissing, Test, Value, holds, read_cell
from rung.policy.conditions import AllOf, AnyOf, Cell, Condition, Not
from rung.text import _
from rung.vocabulary import Quantity

__all__ = ["All", "Any", "Bound", "Inverse", "Tested", "bind", "known", "names_in", "tests_in", "truth"]


@dataclass(frozen=True, slots=True)
class Tested:
    """One quantity and the test its value must meet."""

    quantity: Quantity
    test: Test


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple[Bound, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part holds."""

    parts: tuple[Bound, ...]


@dataclass(frozen=True, slots=True)
class Inverse:
    """The part does not hold."""

    part: Bound


Bound = Tested | All | Any | Inverse


def known(name: str, quantities: Mapping[str, Quantity]) -> Quantity:
    """Return the quantity of that name; raises RungError with the nearest name for an unknown one."""
    try:
        return quantities[name]
    except KeyError:
        raise RungError.of(
            _("There is no field, feature or derived value “{found}”.").format(found=name),
            did_you_mean(name, sorted(quantities)),
        ) from None


def bind(condition: Condition, quantities: Mapping[str, Quantity], key: str = "") -> Bound:
    """Read every cell of a condition for the kind of its field.

    ``key`` is where the condition stands in its file. Raises RungError with every problem found.
    """
    problems: list[Problem] = []
    bound = _bind(condition, quantities, key, problems)
    if problems:
        raise RungError.all(problems)
    return bound


def _bind(
    condition: Condition, quantities: Mapping[str, Quantity], key: str, problems: list[Problem]
) -> Bound:
    match condition:
        case Cell(name, raw):
            try:
                quantity = known(name, quantities)
                return Tested(quantity, read_cell(raw, quantity))
            except RungError as error:
                place = Place("", key=f"{key}.{name}")
                problems.extend(problem.at(place) for problem in error.problems)
                return All(())
        case AllOf(parts):
            return All(tuple(_bind(part, quantities, key, problems) for part in parts))
        case AnyOf(parts):
            return Any(tuple(_bind(part, quantities, key, problems) for part in parts))
        case Not(part):
            return Inverse(_bind(part, quantities, key, problems))


def truth(bound: Bound, row: Mapping[str, Value | None]) -> bool | None:
    """Return whether a customer meets the condition; ``None`` where missing values leave it open.

    Kleene's three-valued logic: false and unknown is false, true or unknown is true.
    """
    match bound:
        case Tested(quantity, test):
            return holds(test, row.get(quantity.id))
        case Inverse(part):
            inner = truth(part, row)
            return None if inner is None else not inner
        case All(parts):
            return _kleene((truth(part, row) for part in parts), decisive=False)
        case Any(parts):
            return _kleene((truth(part, row) for part in parts), decisive=True)


def _kleene(truths: Iterator[bool | None], *, decisive: bool) -> bool | None:
    is_open = False
    for each in truths:
        if each is decisive:
            return decisive
        is_open = is_open or each is None
    return None if is_open else not decisive


def tests_in(bound: Bound) -> Iterator[Tested]:
    """Yield every test of a condition, in the order written."""
    match bound:
        case Tested():
            yield bound
        case All(parts) | Any(parts):
            for part in parts:
                yield from tests_in(part)
        case Inverse(part):
            yield from tests_in(part)


def names_in(bound: Bound) -> tuple[str, ...]:
    """Return the names whose missing value can leave the condition open, in the order written."""
    needed = (t.quantity.id for t in tests_in(bound) if not isinstance(t.test, Always | IsMissing))
    return tuple(dict.fromkeys(needed))

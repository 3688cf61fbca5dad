"""A simulation as plain data, for JSON."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import islice
from typing import Any

from rung.simulation.load import Owed, RoleLoad, by_role, rhythm
from rung.simulation.moved_customers import moved_customers
from rung.simulation.simulation import Cell, Side, Simulation
from rung.text import Language
from rung.vocabulary import Quantity

__all__ = ["plain_simulation"]


def plain_simulation(simulation: Simulation, shown: int, language: Language) -> dict[str, Any]:
    """Return all of a simulation, and the first ``shown`` of the customers who move."""
    population, value = simulation.population, simulation.population.value
    movers = moved_customers(simulation, language).iter_rows(named=True)
    return {
        "population": population.name,
        "as_of": population.as_of.isoformat(),
        "customers": simulation.customers,
        "moved": simulation.moved,
        "value": None if value is None else value.id,
        "moved_value": _worth(simulation.moved_value, value),
        "before": _side(simulation.before, value),
        "after": _side(simulation.after, value),
        "matrix": [
            {"before": before, "after": after, **_cell(cell, value)}
            for (before, after), cell in simulation.matrix.items()
        ],
        "movements": {movement.value: _cell(cell, value) for movement, cell in simulation.movements.items()},
        "causes": [{"code": each.code, "customers": each.customers} for each in simulation.causes],
        "movers": list(islice(movers, shown)),
        "notes": list(simulation.notes),
    }


def _side(side: Side, value: Quantity | None) -> dict[str, Any]:
    policy = side.compiled.policy
    return {
        "policy": policy.id,
        "version": policy.version,
        "grades": [{"grade": grade, **_cell(cell, value)} for grade, cell in side.grades.items()],
        "not_graded": dict(side.refusals),
        "flagged": dict(side.flagged),
        "service": [_owed(each) for each in side.owed],
        "load": [_load(each) for each in by_role(owed for owed in side.owed if owed.is_in_force).values()],
        "load_with_suggestions": [_load(each) for each in by_role(side.owed).values()],
    }


def _cell(cell: Cell, value: Quantity | None) -> dict[str, Any]:
    return {"customers": cell.customers, "value": _worth(cell.value, value)}


def _worth(value: int, quantity: Quantity | None) -> Decimal | None:
    return None if quantity is None else Decimal(value) / quantity.scale


def _owed(owed: Owed) -> dict[str, Any]:
    every = rhythm(owed.obligation)
    return {
        "source": owed.source,
        "code": owed.code,
        "kind": owed.obligation.kind,
        "by": owed.obligation.by,
        "in_force": owed.is_in_force,
        "customers": owed.customers,
        "every": None if every is None else str(every),
        "a_week": None if owed.per_week is None else _often(owed.per_week),
    }


def _load(load: RoleLoad) -> dict[str, Any]:
    return {
        "role": load.role,
        "contacts_a_week": _often(load.contacts_a_week),
        "contacts_a_month": _often(load.contacts_a_month),
        "reviews_a_month": _often(load.reviews_a_month),
        "answers": load.answers,
        "owned": load.owned,
    }


def _often(often: Fraction) -> float:
    return round(float(often), 2)

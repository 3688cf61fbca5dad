"""What is set aside for the customers: staff, goods, money, a factor on the usual supply, as a list."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import polars as pl

from rung.policy.service import Resource
from rung.service.bound import Standing
from rung.text import Text

__all__ = ["ResourceList", "SetAside", "resource_codes", "resource_list"]

_WHO: Final = ("customer_id", "customer_name", "grade", "portfolio")


@dataclass(frozen=True, slots=True)
class SetAside:
    """One promise of a resource, the same for all its customers."""

    policy: str
    source: str
    """The grade or flag that brings it."""
    code: str
    what: Text
    amount: Decimal | None
    """How much; None where the policy names no number."""
    unit: str


@dataclass(frozen=True, slots=True)
class ResourceList:
    """Which resources are set aside for whom."""

    frame: pl.DataFrame
    """A row a customer and resource, in the run's order: ``customer_id``, ``customer_name``, ``grade``,
    ``portfolio`` (Strings), ``resource`` (UInt32, a place in ``resources``)."""
    resources: tuple[SetAside, ...]


def resource_codes(standing: Standing) -> tuple[str, ...]:
    """Return the codes of the resources a run's policy promises to somebody, each once."""
    found = (each.code for each in standing.bindings if isinstance(each.obligation, Resource))
    return tuple(dict.fromkeys(found))


def resource_list(
    standing: Standing, rows: pl.Series | None = None, codes: Collection[str] | None = None
) -> ResourceList:
    """Return what a run's customers, or those at some places, are promised to have set aside.

    ``codes``: only promises with one of these codes.
    """
    found: list[SetAside] = []
    parts = [pl.DataFrame(schema={"row": pl.UInt32, "resource": pl.UInt32})]
    for binding in standing.bindings:
        each = binding.obligation
        if not isinstance(each, Resource) or (codes is not None and binding.code not in codes):
            continue
        theirs = binding.rows if rows is None else binding.rows.filter(binding.rows.is_in(rows.implode()))
        number = pl.lit(len(found), pl.UInt32).alias("resource")
        parts.append(pl.DataFrame([theirs.cast(pl.UInt32).alias("row")]).with_columns(number))
        policy = standing.compiled.policy.id
        found.append(SetAside(policy, binding.source, binding.code, each.what, each.amount, each.unit))
    places = pl.concat(parts).sort("row", "resource")
    who = standing.frame.select(pl.col(name).cast(pl.String) for name in _WHO)[places["row"]]
    return ResourceList(who.hstack([places["resource"]]), tuple(found))

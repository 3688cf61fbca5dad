"""Tests a policy carries: a customer, or a population, and what the policy must say of it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import BeforeValidator, model_validator

from rung.policy.parts import Exact, Grade, Name, Part, listed
from rung.text import _

__all__ = ["Expectation", "PolicyTest", "TestValue"]


TestValue = bool | int | Exact | date | str


class Expectation(Part):
    """What a test expects; only what is named is compared."""

    grade: Grade | None = None
    """``"not graded"`` for a customer that must be refused."""
    score: Exact | None = None
    flags: tuple[Name, ...] | None = None
    reasons: tuple[str, ...] | None = None
    """The first reason codes, in order."""


class PolicyTest(Part):
    """A customer, or a population, and what the policy must say of it."""

    name: str = ""
    customer: dict[Name, TestValue] | None = None
    customers: tuple[dict[Name, TestValue], ...] = ()
    expect: Annotated[tuple[Expectation, ...], BeforeValidator(listed)]

    @model_validator(mode="after")
    def _one_expectation_each(self) -> Self:
        if (self.customer is None) == (not self.customers):
            raise ValueError(_("A test has one customer or a list of customers."))
        if len(self.expect) != len(self.population()):
            raise ValueError(_("A test expects one outcome for each of its customers."))
        return self

    def population(self) -> tuple[dict[str, TestValue], ...]:
        """Return the customers tested, one or many."""
        return self.customers if self.customer is None else (self.customer,)

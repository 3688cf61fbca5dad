"""Tests a policy carries: a customer, or a population, and what the policy must say of it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from rung.policy.parts import Exact, Grade, Name, Part, listed
from rung.text import _

__all__ = ["EventCase", "Expectation", "PolicyTest", "TestValue"]


TestValue = bool | int | Exact | date | str


class Expectation(Part):
    """What a test expects; only what is named is compared."""

    grade: Grade | None = None
    """``"not graded"`` for a customer that must be refused."""
    score: Exact | None = None
    flags: tuple[Name, ...] | None = None
    reasons: tuple[str, ...] | None = None
    """The first reason codes, in order."""
    points: dict[Name, Exact | None] | None = None
    """Points of the criteria named."""
    bands: dict[Name, int] | None = None
    """Number, from 1, of the band met on the criteria named; 0 for missing, -1 where one does not apply."""
    service: tuple[str, ...] | None = None
    """Codes of everything promised: an obligation's id, else its kind, numbered where there are several."""
    alarms: tuple[Name, ...] | None = None
    """What the test's event raises."""


class EventCase(Part):
    """An event that arrives."""

    table: Name
    values: dict[Name, TestValue] = Field(default_factory=dict)


class PolicyTest(Part):
    """A customer, or a population, and what the policy must say of it."""

    name: str = ""
    customer: dict[Name, TestValue] | None = None
    customers: tuple[dict[Name, TestValue], ...] = ()
    event: EventCase | None = None
    """With it, ``customer`` is whose event it is, and ``expect`` names alarms."""
    expect: Annotated[tuple[Expectation, ...], BeforeValidator(listed)]

    @model_validator(mode="after")
    def _one_expectation_each(self) -> Self:
        if self.event is not None:
            if self.customers:
                raise ValueError(_("An event is one customer's: write customer, not customers."))
        elif (self.customer is None) == (not self.customers):
            raise ValueError(_("A test has one customer or a list of customers."))
        if len(self.expect) != len(self.population()):
            raise ValueError(_("A test expects one outcome for each of its customers."))
        return self

    def population(self) -> tuple[dict[str, TestValue], ...]:
        """Return the customers tested, one or many."""
        if self.event is not None:
            return (self.customer or {},)
        return self.customers if self.customer is None else (self.customer,)

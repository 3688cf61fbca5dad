"""What a contact comes to: the outcome, the one key that logs it, and what is known from then on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Final, Literal

from pydantic import Field, StringConstraints

from rung.durations import Duration
from rung.policy.case import TestValue
from rung.policy.parts import Based, Name, Span, Words
from rung.text import Text
from rung.values import Value

__all__ = ["USUAL", "Outcome", "OutcomeInEffect"]


class Outcome(Based):
    """One way a contact ends, the key that logs it, and what is known of the customer from then on."""

    id: Name
    title: Words
    key: Annotated[str, StringConstraints(pattern=r"^[a-z]$")]
    """The one small letter that logs it; no two outcomes in effect have the same."""
    facts: dict[Name, TestValue] = Field(default_factory=dict)
    """Field → the value it has from then on, in the field's units; ``"missing"``: it is not known."""
    again: Span | None = None
    """So long until the next try; without it the promise's own rhythm goes on."""
    reached: bool = True
    """The customer was spoken to: only then a promise of contact is kept."""
    ends: bool = False
    """The promise of contact stops until something else is known of the customer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeInEffect:
    """An outcome to choose from when a contact is logged, its facts ready to be laid in."""

    id: str
    title: Text
    key: str
    facts: Mapping[str, Value | None]
    """Quantity → value as it is kept (numbers scaled), None where it is not known any more."""
    again: Duration | None = None
    reached: bool = True
    ends: bool = False
    source: Literal["policy", "sector", "usual"] = "policy"


USUAL: Final = tuple(
    OutcomeInEffect(id=name, title=title, key=key, facts={}, reached=reached, source="usual")
    for name, title, key, reached in (
        ("reached", Text("已联系上", "Reached"), "r", True),
        ("no_answer", Text("无人接听", "No answer"), "n", False),
        ("refused", Text("拒绝沟通", "Did not want to talk"), "x", True),
        ("wrong_number", Text("号码错误", "Wrong number"), "w", False),
    )
)
"""The outcomes of a contact where neither the policy nor its sector declares any; they set nothing."""

"""What every part of a policy file is made of: texts, spans, exact numbers, names, and a stated basis."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Final, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    PlainSerializer,
    SkipValidation,
    StringConstraints,
    model_validator,
)
from pydantic_core import CoreSchema

from rung.durations import Duration
from rung.errors import RungError
from rung.policy.conditions import Condition, read_condition
from rung.text import Text, _

__all__ = [
    "Based",
    "Basis",
    "Exact",
    "Grade",
    "Name",
    "Part",
    "Points",
    "PolicyId",
    "Share",
    "Span",
    "When",
    "Words",
    "listed",
]


def _text(value: object) -> object:
    return Text.same(value) if isinstance(value, str) else value


def _duration(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return Duration.parse(value)
    except RungError as error:
        raise ValueError(str(error)) from None


def _exact(value: object) -> object:
    # A TOML float becomes the decimal a person reads, never its binary expansion.
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Decimal(repr(value))
    return value


def listed(value: object) -> object:
    """Return one table as a list of one, so that a single promise needs no brackets."""
    return [value] if isinstance(value, Mapping) else value


_LITERAL: Final = frozenset({"bool", "int", "decimal", "date"})
# Types of pydantic's that would else accept a text that looks like one.

Words = Annotated[Text, BeforeValidator(_text)]
Span = Annotated[Duration, BeforeValidator(_duration), PlainSerializer(str)]
Exact = Annotated[Decimal, BeforeValidator(_exact), Field(allow_inf_nan=False)]


Points = Annotated[Exact, Field(ge=-100_000, le=100_000, decimal_places=2)]
Share = Annotated[Exact, Field(gt=0, le=100, decimal_places=4)]
When = Annotated[Condition, SkipValidation, BeforeValidator(read_condition)]
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$", max_length=64)]
PolicyId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+(\.[a-z0-9_-]+)+$", max_length=128)]
Grade = Annotated[str, StringConstraints(min_length=1, max_length=32)]


def _take_at_its_word(schema: Any) -> None:
    """Let no text stand for a number or a date, nor a number for true: TOML tells them apart."""
    if isinstance(schema, dict):
        if schema.get("type") in _LITERAL:
            schema["strict"] = True
        schema = list(schema.values())
    if isinstance(schema, list | tuple):
        for inner in schema:
            _take_at_its_word(inner)


class Part(BaseModel):
    """A frozen table of a policy file that refuses keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[BaseModel], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        schema = handler(source)
        _take_at_its_word(schema)
        return schema


class Basis(StrEnum):
    """Whether a value is the practice's own or somebody had to choose it."""

    STATED = "stated"
    ASSUMED = "assumed"


class Based(Part):
    """A part whose values the practice states, or somebody assumed for a reason."""

    basis: Basis = Basis.STATED
    because: Words | None = None
    """Why this value was assumed; mandatory for an assumed one."""

    @model_validator(mode="after")
    def _assumed_says_why(self) -> Self:
        if self.basis is Basis.ASSUMED and self.because is None:
            raise ValueError(_('An assumed value says why: add because = "…".'))
        return self

"""What one policy file says, checked and frozen; hands out every part of it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, field_validator, model_validator

from rung.policy.case import Expectation, PolicyTest, TestValue
from rung.policy.criterion import Band, Criterion, Level, MissingPoints
from rung.policy.method import CountGrading, Grading, Rule, RulesGrading, ScoreGrading, ValueGrading
from rung.policy.overruling import Approval, ApprovalRules, OverrideRules, ReasonOption
from rung.policy.parts import Based, Basis, Grade, Name, Part, PolicyId, When, Words
from rung.policy.service import (
    Contact,
    Obligation,
    Owner,
    Procedure,
    Promise,
    Respond,
    Review,
    ServiceTerms,
    Step,
)
from rung.text import Text, _
from rung.vocabulary import Choice, Kind
from rung.vocabulary import Field as SectorField

__all__ = [
    "Approval",
    "ApprovalRules",
    "Band",
    "Basis",
    "Contact",
    "CountGrading",
    "Criterion",
    "Derived",
    "Expectation",
    "FieldSpec",
    "Flag",
    "Gate",
    "Grading",
    "Level",
    "Meaning",
    "MissingPoints",
    "Obligation",
    "OverrideRules",
    "Owner",
    "Parameter",
    "Policy",
    "PolicyTest",
    "Procedure",
    "Promise",
    "ReasonOption",
    "Respond",
    "Review",
    "Rule",
    "RulesGrading",
    "ScoreGrading",
    "ServiceTerms",
    "Step",
    "TestValue",
    "ValueGrading",
]


class Meaning(Part):
    """What a grade is called and whom it stands for."""

    title: Words
    essence: Words | None = None


class Gate(Based):
    """Caps, floors or sets the grade, whatever the rest says."""

    id: Name
    when: When
    at_most: Grade | None = None
    at_least: Grade | None = None
    set: Grade | None = None
    hard: bool = False
    """A hard gate yields to a correction of the data, never to an override."""
    missing: Literal["refuse", "skip", "fire"] = "refuse"
    """What happens where a missing value leaves it open whether the gate applies."""
    reason: Words

    @model_validator(mode="after")
    def _one_effect(self) -> Self:
        if sum(effect is not None for effect in (self.at_most, self.at_least, self.set)) != 1:
            raise ValueError(_("A gate has exactly one of at_most, at_least and set."))
        return self


class Flag(Based):
    """Stands beside the grade and changes no rank."""

    id: Name
    title: Words
    when: When
    service_class: Grade | None = None
    """What stands as the class of service while the flag holds; the grade is kept beside it."""
    reason: Words | None = None
    service: ServiceTerms | None = None


class FieldSpec(Part):
    """A field the policy itself brings, where the sector has none or another."""

    title: Words
    kind: Kind
    unit: str = ""
    decimals: Annotated[int, Field(ge=0, le=9)] | None = None
    aliases: tuple[str, ...] = ()
    choices: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Choice id → the words tables use for it."""
    required: bool = False
    sensitive: bool = False

    def field(self, name: str) -> SectorField:
        """Return the field as a sector would declare it."""
        choices = tuple(
            Choice(id=key, title=Text.same(key), aliases=words) for key, words in self.choices.items()
        )
        return SectorField(
            id=name,
            title=self.title,
            kind=self.kind,
            unit=self.unit,
            decimals=self.decimals,
            aliases=self.aliases,
            choices=choices,
            is_required=self.required,
            is_sensitive=self.sensitive,
        )


class Derived(Based):
    """A value computed from others by a small arithmetic expression."""

    title: Words
    formula: str
    kind: Kind = Kind.NUMBER
    decimals: Annotated[int, Field(ge=0, le=6)] | None = None


class Parameter(Based):
    """A value the policy's texts and cells share, written ``${name}`` there: the first thing a user sets."""

    value: TestValue | Annotated[tuple[TestValue, ...], Field(min_length=1)]
    title: Words | None = None


class Policy(Part):
    """One policy: a pure description, complete in itself once its library criteria are merged in."""

    id: PolicyId
    version: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    schema_: Annotated[Literal[1], Field(alias="schema")] = 1
    sector: Name | None = None
    title: Words
    purpose: Words | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    grades: Annotated[tuple[Grade, ...], Field(min_length=1)]
    """Best first; the order is written, never sorted."""
    ordered: bool = True
    meaning: dict[Grade, Meaning] = Field(default_factory=dict)
    fields: dict[Name, FieldSpec] = Field(default_factory=dict)
    parameters: dict[Name, Parameter] = Field(default_factory=dict)
    derived: dict[Name, Derived] = Field(default_factory=dict)
    grading: Grading
    criteria: tuple[Criterion, ...] = ()
    rules: tuple[Rule, ...] = ()
    gates: tuple[Gate, ...] = ()
    flags: tuple[Flag, ...] = ()
    service: dict[Grade, ServiceTerms] = Field(default_factory=dict)
    roles: dict[Name, Words] = Field(default_factory=dict)
    procedures: tuple[Procedure, ...] = ()
    override: OverrideRules = OverrideRules()
    tests: tuple[PolicyTest, ...] = ()

    @field_validator("grades")
    @classmethod
    def _grades_differ(cls, grades: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(grades)) < len(grades):
            raise ValueError(_("A grade stands twice in the list."))
        return grades

    def grade_title(self, grade: str) -> Text:
        """Return what a grade is called, its letter where no name is given."""
        meaning = self.meaning.get(grade)
        return meaning.title if meaning else Text.same(grade)

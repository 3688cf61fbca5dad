"""What one policy file says, checked and frozen; hands out every part of it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, field_validator, model_validator

from rung.policy.alarm import Alarm, Duty
from rung.policy.case import EventCase, Expectation, PolicyTest, TestValue
from rung.policy.criterion import Band, Criterion, Level, MissingPoints
from rung.policy.method import (
    CombineGrading,
    CountGrading,
    Grading,
    Hysteresis,
    MatrixGrading,
    NoGrading,
    ProcessGrading,
    Rule,
    RulesGrading,
    ScoreGrading,
    ValueGrading,
)
from rung.policy.outcome import Outcome
from rung.policy.overruling import (
    Approval,
    ApprovalLevel,
    ApprovalRules,
    CorrectionRules,
    InputRules,
    JudgementRules,
    OverrideRules,
    ReasonOption,
    ReviewSpans,
)
from rung.policy.parts import Based, Basis, Grade, Name, Part, PolicyId, When, Words
from rung.policy.service import (
    Approve,
    Benefit,
    Contact,
    Escalate,
    Handling,
    Obligation,
    Owner,
    Phase,
    Procedure,
    Promise,
    Release,
    Resource,
    Respond,
    Review,
    ServiceTerms,
    Step,
    Stop,
)
from rung.text import Text, _
from rung.vocabulary import Choice, Kind
from rung.vocabulary import Field as SectorField

__all__ = [
    "Alarm",
    "Approval",
    "ApprovalLevel",
    "ApprovalRules",
    "Approve",
    "Band",
    "Basis",
    "Benefit",
    "Change",
    "CombineGrading",
    "Contact",
    "CorrectionRules",
    "CountGrading",
    "Criterion",
    "Derived",
    "Duty",
    "Escalate",
    "EventCase",
    "Expectation",
    "FieldSpec",
    "Flag",
    "Gate",
    "Grading",
    "Guide",
    "Handling",
    "Hysteresis",
    "InputRules",
    "JudgementRules",
    "Level",
    "MatrixGrading",
    "Meaning",
    "MissingPoints",
    "NoGrading",
    "Obligation",
    "Outcome",
    "OverrideRules",
    "Owner",
    "Parameter",
    "Phase",
    "Policy",
    "PolicyTest",
    "Procedure",
    "ProcessGrading",
    "Promise",
    "Published",
    "ReasonOption",
    "Release",
    "Resource",
    "Respond",
    "Review",
    "ReviewSpans",
    "Rule",
    "RulesGrading",
    "ScoreGrading",
    "ServiceTerms",
    "Step",
    "Stop",
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
    choices: tuple[TestValue, ...] = ()
    """The values it may take, where they can be listed."""
    choose: bool = False
    """The practice leaves this open: whoever takes the policy over must choose."""

    @model_validator(mode="after")
    def _one_of_its_choices(self) -> Self:
        if self.choices and self.value not in self.choices:
            raise ValueError(_("The value is none of the choices."))
        return self


class Guide(Part):
    """What a page about the policy tells whoever thinks of using it."""

    use_when: Words
    """When this policy fits, and when another does."""
    data: Words
    """Which data it needs."""
    change_first: Words
    """What to set to one's own before anything counts."""
    monday: Words
    """What a working week looks like for customers of the best grade."""


class Change(Part):
    """Who wrote this layer over another policy, when and why."""

    author: str
    date: date
    reason: str


class Published(Part):
    """What is on record of a published version; the program writes it, and nobody changes the file after."""

    author: str
    date: date
    reason: str
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    """Of all the policy says, save this table."""
    made_from: tuple[str, ...] = ()
    """The layers and libraries it was put together from, the lowest first."""


class Policy(Part):
    """One policy: a pure description, complete in itself once its library criteria are merged in."""

    id: PolicyId
    version: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    schema_: Annotated[Literal[1], Field(alias="schema")] = 1
    sector: Name | None = None
    extends: PolicyId | None = None
    """The policy this one is laid over: what is not written here is taken from there."""
    change: Change | None = None
    history: tuple[Change, ...] = ()
    """The earlier changes of a layer the program writes, the latest first."""
    published: Published | None = None
    written_by: Literal["rung"] | None = None
    """The program wrote the file and may write it again; it never does that to a person's."""
    family: Name | None = None
    """Policies of one family are alike in what they ask; they are listed together."""
    title: Words
    purpose: Words | None = None
    guide: Guide | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    grades: tuple[Grade, ...] = ()
    """Best first; the order is written, never sorted. Empty only where alarms are all there is."""
    ordered: bool = True
    meaning: dict[Grade, Meaning] = Field(default_factory=dict)
    fields: dict[Name, FieldSpec] = Field(default_factory=dict)
    parameters: dict[Name, Parameter] = Field(default_factory=dict)
    derived: dict[Name, Derived] = Field(default_factory=dict)
    grading: Grading = NoGrading()
    hysteresis: Hysteresis | None = None
    criteria: tuple[Criterion, ...] = ()
    rules: tuple[Rule, ...] = ()
    gates: tuple[Gate, ...] = ()
    flags: tuple[Flag, ...] = ()
    service: dict[Grade, ServiceTerms] = Field(default_factory=dict)
    roles: dict[Name, Words] = Field(default_factory=dict)
    procedures: tuple[Procedure, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    """What a contact can come to; the sector's outcome of the same id gives way."""
    judgement: JudgementRules = JudgementRules()
    correction: CorrectionRules = CorrectionRules()
    override: OverrideRules = OverrideRules()
    tests: tuple[PolicyTest, ...] = ()

    @field_validator("grades")
    @classmethod
    def _grades_differ(cls, grades: tuple[str, ...]) -> tuple[str, ...]:
        if not grades:
            raise ValueError(_("List the grades, best first."))
        if len(set(grades)) < len(grades):
            raise ValueError(_("A grade stands twice in the list."))
        return grades

    @model_validator(mode="after")
    def _grades_or_alarms(self) -> Self:
        if isinstance(self.grading, NoGrading):
            if self.grades:
                raise ValueError(_("Grades are named, but no [grading] says how to find them."))
            if not self.alarms:
                raise ValueError(_("A policy grades customers or raises alarms: add grades or [[alarms]]."))
        elif not self.grades:
            raise ValueError(_("List the grades, best first."))
        return self

    @property
    def input_rules(self) -> dict[str, InputRules]:
        """The rules of every kind of human input, by the name of its table."""
        return {"judgement": self.judgement, "correction": self.correction, "override": self.override}

    def grade_title(self, grade: str) -> Text:
        """Return what a grade is called, its letter where no name is given."""
        meaning = self.meaning.get(grade)
        return meaning.title if meaning else Text.same(grade)

"""What one policy file says, checked and frozen: grades, criteria, gates, flags, service, override rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    SkipValidation,
    StringConstraints,
    field_validator,
    model_validator,
)

from rung.durations import Duration
from rung.errors import RungError
from rung.policy.conditions import AllOf, AnyOf, Cell, Condition, Not, RawCell, read_condition
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
    "Expectation",
    "Flag",
    "Gate",
    "Grading",
    "Level",
    "Meaning",
    "MissingPoints",
    "Obligation",
    "OverrideRules",
    "Owner",
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
    "ValueGrading",
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
    return Decimal(repr(value)) if isinstance(value, float) else value


def _listed(value: object) -> object:
    return [value] if isinstance(value, Mapping) else value


Words = Annotated[Text, BeforeValidator(_text)]
Span = Annotated[Duration, BeforeValidator(_duration), PlainSerializer(str)]
Exact = Annotated[Decimal, BeforeValidator(_exact), Field(allow_inf_nan=False)]
Points = Annotated[Exact, Field(ge=-100_000, le=100_000, decimal_places=2)]
Share = Annotated[Exact, Field(gt=0, le=100, decimal_places=4)]
When = Annotated[Condition, SkipValidation, BeforeValidator(read_condition)]
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$", max_length=64)]
PolicyId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+(\.[a-z0-9_-]+)+$", max_length=128)]
Grade = Annotated[str, StringConstraints(min_length=1, max_length=32)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Basis(StrEnum):
    """Whether a value is the practice's own or somebody had to choose it."""

    STATED = "stated"
    ASSUMED = "assumed"


class _Based(_Part):
    basis: Basis = Basis.STATED
    because: Words | None = None
    """Why this value was assumed; mandatory for an assumed one."""

    @model_validator(mode="after")
    def _assumed_says_why(self) -> Self:
        if self.basis is Basis.ASSUMED and self.because is None:
            raise ValueError(_("An assumed value says why: add because = \"…\"."))
        return self


class Meaning(_Part):
    """What a grade is called and whom it stands for."""

    title: Words
    essence: Words | None = None


class Band(_Part):
    """One row of a criterion: the cell that selects it and the points it gives."""

    when: RawCell | None = None
    top: Share | None = None
    """In a ranked criterion: the best ``top`` per cent, cumulative from the first band down."""
    points: Points
    label: Words | None = None


class Level(_Part):
    """One described answer to a judged criterion."""

    level: Name
    title: Words
    describes: Words
    points: Points


class MissingPoints(_Part):
    """Neutral points given where the value is missing."""

    points: Points


class Criterion(_Based):
    """One measured or judged aspect of a customer, with its weight."""

    id: Name
    use: str | None = None
    title: Words
    measure: Name
    weight: Annotated[Exact, Field(gt=0, le=100_000, decimal_places=4)] = Decimal(1)
    bands: tuple[Band, ...] = ()
    levels: tuple[Level, ...] = ()
    rank: Literal["count", "value"] | None = None
    """Bands are shares of the population: by number of customers, or by cumulative value."""
    ties: Literal["up", "down"] = "up"
    missing: Literal["refuse", "worst", "drop"] | MissingPoints = "refuse"
    applies: When | None = None
    reason: Words | None = None
    """What to tell a person who lost points here."""
    about: Words | None = None

    @model_validator(mode="after")
    def _bands_or_levels(self) -> Self:
        if bool(self.bands) == bool(self.levels):
            raise ValueError(_("A criterion has bands (measured) or levels (judged), one of the two."))
        for number, band in enumerate(self.bands, start=1):
            has_share, has_cell = band.top is not None, band.when is not None
            if has_share and (self.rank is None or has_cell):
                raise ValueError(_("Band {n}: “top” is for ranked criteria (rank = \"count\" or \"value\") and stands without “when”.").format(n=number))
            if not has_share and not has_cell:
                raise ValueError(_("Band {n} needs “when” (a cell).").format(n=number))
            if self.rank is not None and has_cell and band.when != "-":
                raise ValueError(_("Band {n}: a ranked criterion's bands have “top”; only the last may say when = \"-\".").format(n=number))
        return self


class Rule(_Based):
    """One row of the decision table: the grade a customer gets whose values meet ``when``."""

    id: Name
    grade: Grade
    when: When
    reason: Words


class Gate(_Based):
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


class _Obliged(_Based):
    when: When | None = None
    """Promised only to customers of the grade who meet this."""
    text: Words | None = None
    by: Name | None = None
    """The role that owes it."""


class Contact(_Obliged):
    """Regular contact: visits, calls, mails."""

    kind: Literal["contact"] = "contact"
    every: Span | None = None
    no_later_than: Span | None = None
    no_sooner_than: Span | None = None
    channel: Words | None = None
    aim: Words | None = None


class Respond(_Obliged):
    """An answer within a time, to something the customer sent or suffered."""

    kind: Literal["respond"] = "respond"
    to: Name
    within: Span


class Review(_Obliged):
    """The grade is looked at anew."""

    kind: Literal["review"] = "review"
    every: Span | None = None
    """Absent: at no fixed time."""


class Owner(_Obliged):
    """Somebody is named as responsible for the customer: the role in ``by``."""

    kind: Literal["owner"] = "owner"


class Promise(_Obliged):
    """Anything else promised, in words: benefits, resources, ways of handling."""

    kind: Literal["promise"] = "promise"


Obligation = Contact | Respond | Review | Owner | Promise


class ServiceTerms(_Part):
    """What the customers of one grade, or with one flag, were promised."""

    stated: bool = True
    """False: the practice states no service here; what stands below is a suggestion."""
    accepted: bool = False
    """The owner of the scheme took the suggestion over."""
    contact: Annotated[tuple[Contact, ...], BeforeValidator(_listed)] = ()
    respond: Annotated[tuple[Respond, ...], BeforeValidator(_listed)] = ()
    review: Annotated[tuple[Review, ...], BeforeValidator(_listed)] = ()
    owner: Annotated[tuple[Owner, ...], BeforeValidator(_listed)] = ()
    promise: Annotated[tuple[Promise, ...], BeforeValidator(_listed)] = ()

    @property
    def is_in_force(self) -> bool:
        """Whether the terms bind: stated by the practice, or suggested and accepted."""
        return self.stated or self.accepted

    def obligations(self) -> tuple[Obligation, ...]:
        """Return every obligation, in force or only suggested: contact first, words last."""
        return (*self.contact, *self.respond, *self.review, *self.owner, *self.promise)

    @model_validator(mode="after")
    def _suggestions_are_assumed(self) -> Self:
        if not self.stated and any(o.basis is Basis.STATED for o in self.obligations()):
            raise ValueError(_("Where the practice states no service, what is suggested is basis = \"assumed\", with its because."))
        return self


class Flag(_Based):
    """Stands beside the grade and changes no rank."""

    id: Name
    title: Words
    when: When
    reason: Words | None = None
    service: ServiceTerms | None = None


class Step(_Based):
    """One step of a procedure, with its rhythm or deadline if it has one."""

    text: Words
    every: Span | None = None
    within: Span | None = None
    by: Name | None = None


class Procedure(_Part):
    """A way of working that goes with the policy: its steps and the records it keeps."""

    id: Name
    title: Words
    steps: tuple[Step, ...]
    records: tuple[Words, ...] = ()


class ScoreGrading(_Based):
    """Weighted points, cut into grades: a grade's cut-off is the least score that earns it."""

    mode: Literal["score"]
    cutoffs: dict[Grade, Exact]
    score_decimals: Annotated[int, Field(ge=0, le=4)] = 2


class RulesGrading(_Based):
    """A decision table: the first rule that holds gives the grade."""

    mode: Literal["rules"]
    otherwise: Grade | None = None
    """Grade where no rule holds; without it the customer is not graded."""
    missing: Literal["refuse", "no_match"] = "refuse"
    """What a rule does that a missing value leaves open: refuse the customer, or not hold."""


class _Shared(_Based):
    by: Name
    """The measure customers are ranked by, largest first."""
    shares: dict[Grade, Share]
    """Cumulative per cent, best grade first; the last is 100."""
    ties: Literal["up", "down"] = "up"
    missing: Literal["refuse", "worst"] = "refuse"


class CountGrading(_Shared):
    """Shares of the customers by rank."""

    mode: Literal["count"]


class ValueGrading(_Shared):
    """Shares of the cumulative value (Pareto)."""

    mode: Literal["value"]


Grading = Annotated[
    ScoreGrading | RulesGrading | CountGrading | ValueGrading, Field(discriminator="mode")
]


class Approval(StrEnum):
    """How many others must approve before an override takes effect."""

    NONE = "none"
    ONE = "one"
    TWO = "two"


class ApprovalRules(_Part):
    """Approvals asked for, by direction."""

    up: Approval = Approval.ONE
    down: Approval = Approval.NONE


class ReasonOption(_Part):
    """One reason a person may give for an override."""

    id: Name
    title: Words
    needs_narrative: bool = False


_DEFAULT_REASONS = (
    ReasonOption(id="interim_performance", title=Text("期间经营变化（现金流、流动性、资产负债）", "Interim performance (cash flow, liquidity, balance sheet)")),
    ReasonOption(id="outside_model", title=Text("模型外因素（管理层、事件、同业比较）", "Factor outside the model (management, event, peer comparison)")),
    ReasonOption(id="systemic", title=Text("系统性因素（需求、供给、价格、地区）", "Systemic (demand, supply, price, region)")),
    ReasonOption(id="other", title=Text("其他（须写明）", "Other (to be written out)"), needs_narrative=True),
)
# EBA/GL/2017/16 ¶204–208: reasons come from a list; "other" is written out.


class OverrideRules(_Based):
    """How far a person may overrule the grade, and who must agree."""

    max_notches_up: Annotated[int, Field(ge=0)] | None = 1
    max_notches_down: Annotated[int, Field(ge=0)] | None = None
    approval: ApprovalRules = ApprovalRules()
    expires_within: Span = Duration.parse("12mo")
    """Regulation (EU) 2022/439 Art. 25(2): reviewed again within twelve months."""
    reasons: Annotated[tuple[ReasonOption, ...], Field(min_length=1)] = _DEFAULT_REASONS
    may_grade_not_graded: bool = False


TestValue = bool | int | Exact | date | str


class Expectation(_Part):
    """What a test expects; only what is named is compared."""

    grade: Grade | None = None
    """``"not graded"`` for a customer that must be refused."""
    score: Exact | None = None
    flags: tuple[Name, ...] | None = None
    reasons: tuple[str, ...] | None = None
    """The first reason codes, in order."""


class PolicyTest(_Part):
    """A customer, or a population, and what the policy must say of it."""

    name: str = ""
    customer: dict[Name, TestValue] | None = None
    customers: tuple[dict[Name, TestValue], ...] = ()
    expect: Annotated[tuple[Expectation, ...], BeforeValidator(_listed)]

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


class FieldSpec(_Part):
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
        choices = tuple(Choice(id=key, title=Text.same(key), aliases=words) for key, words in self.choices.items())
        return SectorField(
            id=name, title=self.title, kind=self.kind, unit=self.unit, decimals=self.decimals, aliases=self.aliases,
            choices=choices, is_required=self.required, is_sensitive=self.sensitive,
        )


class Derived(_Based):
    """A value computed from others by a small arithmetic expression."""

    title: Words
    formula: str
    kind: Kind = Kind.NUMBER
    decimals: Annotated[int, Field(ge=0, le=6)] | None = None


class Policy(_Part):
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


def plain(value: Any) -> Any:
    """Return a condition as the table it was written as, for printing and hashing."""
    match value:
        case Cell(name, raw):
            return {name: list(raw) if isinstance(raw, tuple) else raw}
        case AllOf(parts):
            return {"all": [plain(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [plain(part) for part in parts]}
        case Not(part):
            return {"not": plain(part)}
    return value

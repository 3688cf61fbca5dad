"""What customers of a grade, or with a flag, were promised; and the procedures that go with a policy."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from rung.policy.parts import Based, Basis, Exact, Name, Part, Span, When, Words, listed
from rung.text import _

__all__ = [
    "Approve",
    "Benefit",
    "Contact",
    "Escalate",
    "Handling",
    "Obligation",
    "Owner",
    "Phase",
    "Procedure",
    "Promise",
    "Release",
    "Resource",
    "Respond",
    "Review",
    "ServiceTerms",
    "Step",
    "Stop",
]


class _Owed(Based):
    id: Name | None = None
    """A name for tests and overlays; without one an obligation is known by its kind and place."""
    when: When | None = None
    """Promised only to customers of the grade who meet this."""
    by: Name | None = None
    """The role that owes it."""


class _Obliged(_Owed):
    text: Words | None = None


class Phase(Part):
    """One stretch of a contact's rhythm; the last has no end."""

    lasts: Span | None = None
    every: Span


class Contact(_Obliged):
    """Regular contact: visits, calls, mails."""

    kind: Literal["contact"] = "contact"
    every: Span | None = None
    phases: tuple[Phase, ...] = ()
    """In place of ``every``: at first so often, later so often, counted from the day the grade was given."""
    no_later_than: Span | None = None
    no_sooner_than: Span | None = None
    until: Words | None = None
    """What ends the promise: "until he comes in"."""
    channel: Words | None = None
    aim: Words | None = None
    script: Words | None = None
    """What to say: the words whoever calls or visits has before him."""
    minutes: Annotated[int, Field(ge=1, le=1440)] | None = None
    """How long one takes: what the load of a week is counted by."""

    @model_validator(mode="after")
    def _one_rhythm(self) -> Self:
        if self.every is not None and self.phases:
            raise ValueError(_("A contact has one rhythm: every, or phases."))
        if any(phase.lasts is None for phase in self.phases[:-1]):
            raise ValueError(_("Every phase but the last says how long it lasts."))
        if self.phases and self.phases[-1].lasts is not None:
            raise ValueError(_("The last phase has no end: leave out lasts."))
        return self


class Respond(_Obliged):
    """An answer within a time, to something the customer sent or suffered."""

    kind: Literal["respond"] = "respond"
    to: Name
    title: Words | None = None
    """What people call that; without one the name itself is shown."""
    within: Span


class Review(_Obliged):
    """The grade is looked at anew."""

    kind: Literal["review"] = "review"
    every: Span | None = None
    """Absent: at no fixed time."""


class Owner(_Obliged):
    """Somebody is named as responsible for the customer: the role in ``by``."""

    kind: Literal["owner"] = "owner"


class Approve(_Obliged):
    """Documents that somebody, the role in ``by``, passes before they go out."""

    kind: Literal["approve"] = "approve"
    documents: Words
    within: Span | None = None


class Resource(_Obliged):
    """Staff, goods, money or time set aside: what, and how much where a number is given."""

    kind: Literal["resource"] = "resource"
    what: Words
    amount: Exact | None = None
    unit: str = ""
    """Of the amount: "件", "×" for a factor on the usual supply."""


class Benefit(_Owed):
    """What the customer gets: offers, gifts, rewards, custom products."""

    kind: Literal["benefit"] = "benefit"
    text: Words


class Handling(_Owed):
    """The way the customer is worked: by whom, in one batch with others of its kind, before or after them."""

    kind: Literal["handling"] = "handling"
    text: Words
    batch: bool = False
    """Customers of the grade are worked in one go."""
    turn: int | None = None
    """Lower ones are worked first."""


class Release(_Obliged):
    """A customer nobody has cared for goes back to the public pool."""

    kind: Literal["release"] = "release"
    after: Span
    """Without a contact."""
    warn: Span | None = None
    """So long before, whoever owns the customer is told."""
    cooling_off: Span | None = None
    """So long whoever lost the customer may not take it again."""


class Escalate(_Obliged):
    """A promise that is late goes to somebody else."""

    kind: Literal["escalate"] = "escalate"
    after: Span
    """Past the day or hour it was due."""
    to: Name
    """The role told."""


class Stop(_Owed):
    """Nothing more is done for the customer."""

    kind: Literal["stop"] = "stop"
    text: Words


class Promise(_Obliged):
    """Anything else promised, in words."""

    kind: Literal["promise"] = "promise"


Obligation = (
    Contact
    | Respond
    | Review
    | Owner
    | Approve
    | Resource
    | Benefit
    | Handling
    | Release
    | Escalate
    | Stop
    | Promise
)


class ServiceTerms(Part):
    """What the customers of one grade, or with one flag, were promised."""

    stated: bool = True
    """False: the practice states no service here; what stands below is a suggestion."""
    accepted: bool = False
    """The owner of the scheme took the suggestion over."""
    requires: Name | None = None
    """A type of record: the terms start once the customer has an open one."""
    contact: Annotated[tuple[Contact, ...], BeforeValidator(listed)] = ()
    respond: Annotated[tuple[Respond, ...], BeforeValidator(listed)] = ()
    review: Annotated[tuple[Review, ...], BeforeValidator(listed)] = ()
    owner: Annotated[tuple[Owner, ...], BeforeValidator(listed)] = ()
    approve: Annotated[tuple[Approve, ...], BeforeValidator(listed)] = ()
    resource: Annotated[tuple[Resource, ...], BeforeValidator(listed)] = ()
    benefit: Annotated[tuple[Benefit, ...], BeforeValidator(listed)] = ()
    handling: Annotated[tuple[Handling, ...], BeforeValidator(listed)] = ()
    release: Annotated[tuple[Release, ...], BeforeValidator(listed)] = ()
    escalate: Annotated[tuple[Escalate, ...], BeforeValidator(listed)] = ()
    stop: Annotated[tuple[Stop, ...], BeforeValidator(listed)] = ()
    promise: Annotated[tuple[Promise, ...], BeforeValidator(listed)] = ()

    @property
    def is_in_force(self) -> bool:
        """Whether the terms bind: stated by the practice, or suggested and accepted."""
        return self.stated or self.accepted

    def obligations(self) -> tuple[Obligation, ...]:
        """Return every obligation, in force or only suggested: contact first, words last."""
        return tuple(obligation for _code, obligation in self.coded())

    def coded(self) -> tuple[tuple[str, Obligation], ...]:
        """Return every obligation with its code: its id, else its kind, numbered where there are several."""
        kinds: tuple[tuple[Obligation, ...], ...] = (
            self.contact,
            self.respond,
            self.review,
            self.owner,
            self.approve,
            self.resource,
            self.benefit,
            self.handling,
            self.release,
            self.escalate,
            self.stop,
            self.promise,
        )
        return tuple(
            (each.id or (each.kind if len(alike) == 1 else f"{each.kind}:{number}"), each)
            for alike in kinds
            for number, each in enumerate(alike, start=1)
        )

    @model_validator(mode="after")
    def _suggestions_are_assumed(self) -> Self:
        if not self.stated and any(o.basis is Basis.STATED for o in self.obligations()):
            raise ValueError(
                _('Where no service is stated, what is suggested is basis = "assumed", with its because.')
            )
        return self


class Step(Based):
    """One step of a procedure, with its rhythm or deadline if it has one."""

    text: Words
    every: Span | None = None
    within: Span | None = None
    by: Name | None = None


class Procedure(Part):
    """A way of working that goes with the policy: its steps and the records it keeps."""

    id: Name
    title: Words
    steps: tuple[Step, ...]
    records: tuple[Words, ...] = ()

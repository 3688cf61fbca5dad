"""What customers of a grade, or with a flag, were promised; and the procedures that go with a policy."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, model_validator

from rung.policy.parts import Based, Basis, Name, Part, Span, When, Words, listed
from rung.text import _

__all__ = [
    "Contact",
    "Obligation",
    "Owner",
    "Procedure",
    "Promise",
    "Respond",
    "Review",
    "ServiceTerms",
    "Step",
]


class _Obliged(Based):
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


class ServiceTerms(Part):
    """What the customers of one grade, or with one flag, were promised."""

    stated: bool = True
    """False: the practice states no service here; what stands below is a suggestion."""
    accepted: bool = False
    """The owner of the scheme took the suggestion over."""
    contact: Annotated[tuple[Contact, ...], BeforeValidator(listed)] = ()
    respond: Annotated[tuple[Respond, ...], BeforeValidator(listed)] = ()
    review: Annotated[tuple[Review, ...], BeforeValidator(listed)] = ()
    owner: Annotated[tuple[Owner, ...], BeforeValidator(listed)] = ()
    promise: Annotated[tuple[Promise, ...], BeforeValidator(listed)] = ()

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

"""Reviews: somebody looked at a customer's grade anew and left it as it is; taken back where a slip."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from rung.ledger.events import Draft, Event, moment_text
from rung.ledger.kinds import EventKind
from rung.ledger.service.payloads import as_moment, as_number, as_text, drafted, strictly

__all__ = [
    "REVIEW_KINDS",
    "ReviewDone",
    "ReviewWithdrawal",
    "read_review",
    "read_review_withdrawal",
    "review_changed_by",
    "review_draft",
    "review_withdrawal_draft",
]

REVIEW_KINDS = (EventKind.REVIEW_DONE.value, EventKind.REVIEW_WITHDRAWN.value)
"""The kinds of event that tell of reviews."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewWithdrawal:
    """A review taken back, because it was put on record by mistake."""

    number: int
    """Of the event that takes it back; 0 while it is not recorded."""
    review: int
    """Number of the review."""
    because: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDone:
    """One look at the grade of a customer."""

    number: int = 0
    """Of the event that recorded it; 0 while it is not recorded."""
    customer_id: str
    policy_id: str
    """The policy that graded the customer."""
    at: datetime
    """When it took place, which may be before it was recorded."""
    because: str = ""
    grade: str = ""
    """The grade it was left at; empty where the customer had none."""
    maker: str
    made_at: datetime
    withdrawal: ReviewWithdrawal | None = None

    @property
    def id(self) -> str:
        """The id people know it by."""
        return f"V{self.number}"

    @property
    def is_withdrawn(self) -> bool:
        """Whether it counts no more."""
        return self.withdrawal is not None


def review_draft(review: ReviewDone) -> Draft:
    """Return the event that records a review."""
    payload = {"at": moment_text(review.at), "because": review.because, "grade": review.grade}
    kind, customer = EventKind.REVIEW_DONE, review.customer_id
    return drafted(kind, customer, payload, review.maker, review.made_at, review.policy_id)


def review_withdrawal_draft(review: ReviewDone, because: str, by: str, at: datetime) -> Draft:
    """Return the event that takes a review back."""
    payload = {"number": review.number, "because": because}
    return drafted(EventKind.REVIEW_WITHDRAWN, review.customer_id, payload, by, at, review.policy_id)


@strictly("at", "because", "grade")
def read_review(event: Event, payload: dict[str, Any]) -> ReviewDone:
    """Return the review an event records; raises UnreadableEventError where it tells of none."""
    return ReviewDone(
        number=event.sequence,
        customer_id=as_text(event.customer_id),
        policy_id=as_text(event.policy_id),
        at=as_moment(payload["at"]),
        because=as_text(payload["because"]),
        grade=as_text(payload["grade"]),
        maker=event.maker,
        made_at=event.made_at,
    )


@strictly("number", "because")
def read_review_withdrawal(event: Event, payload: dict[str, Any]) -> ReviewWithdrawal:
    """Return the withdrawal an event tells of; raises UnreadableEventError where it tells of none."""
    return ReviewWithdrawal(
        number=event.sequence,
        review=as_number(payload["number"], 1, 2**63 - 1),
        because=as_text(payload["because"]),
        by=event.maker,
        at=event.made_at,
    )


def review_changed_by(event: Event, known: Callable[[int], ReviewDone | None]) -> ReviewDone | None:
    """Return the review an event makes or takes back; None where it does neither.

    ``known`` gives a review by its number. What is of another customer, or taken back already, stays.
    """
    if event.kind == EventKind.REVIEW_DONE:
        return read_review(event)
    if event.kind != EventKind.REVIEW_WITHDRAWN:
        return None
    withdrawal = read_review_withdrawal(event)
    review = known(withdrawal.review)
    if review is None or review.customer_id != event.customer_id or review.is_withdrawn:
        return None
    return replace(review, withdrawal=withdrawal)

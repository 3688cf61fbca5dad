"""Promises that something happening sets off: an event arrives, somebody must act within a time."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from rung.policy.parts import Based, Name, Span, When, Words, listed

__all__ = ["Alarm", "Duty"]


class Duty(Based):
    """What one role must do once the alarm is raised."""

    text: Words
    by: Name
    within: Span | None = None
    """Of the event's arrival; absent: at once."""
    channel: Words | None = None


class Alarm(Based):
    """Raised by an event whose values meet ``when``; names who must act, and by when."""

    id: Name
    title: Words
    on: Name
    """The event table."""
    when: When | None = None
    """Cells over the event's own columns; absent: every event."""
    customers: When | None = None
    """Cells over the customer's values: whose events count."""
    duties: Annotated[tuple[Duty, ...], BeforeValidator(listed), Field(min_length=1)]
    escalate_after: Span | None = None
    """Past a duty's time, unanswered."""
    escalate_to: Name | None = None
    reason: Words | None = None

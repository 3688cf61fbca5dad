"""What is to be done, in the words of the policy: the duty of a promise, and of a record to be opened."""

from __future__ import annotations

from typing import Final

from rung.grading.compiled import CompiledPolicy
from rung.policy.model import Approve, Contact, Respond, Review
from rung.policy.service import Release
from rung.service.bound import Binding, Unfiled
from rung.service.due_list import DueKind, Duty
from rung.text import Text

__all__ = ["TIMED", "duty_of", "opening_of", "role_title"]

_KINDS: Final = {
    Contact: DueKind.CONTACT,
    Review: DueKind.REVIEW,
    Respond: DueKind.RESPOND,
    Approve: DueKind.APPROVE,
    Release: DueKind.RELEASE,
}
TIMED: Final = tuple(_KINDS)
"""The promises that come due."""


def duty_of(binding: Binding, compiled: CompiledPolicy) -> Duty | None:
    """Return what a promise asks for; None where it never comes due."""
    kind = _KINDS.get(type(binding.obligation))
    if kind is None:
        return None
    by = binding.obligation.by
    title = None if by is None else compiled.policy.roles.get(by)
    return Duty(kind, compiled.policy.id, binding.source, binding.code, _what(binding), by, title)


def opening_of(unfiled: Unfiled, compiled: CompiledPolicy) -> Duty:
    """Return that a record is to be opened, for service waits for it."""
    record = compiled.vocabulary.records[unfiled.type]
    what = Text(f"先建立：{record.title.zh}", f"to be opened first: {record.title.en}")
    title = role_title(record.by, compiled)
    return Duty(DueKind.RECORD, compiled.policy.id, unfiled.source, unfiled.type, what, record.by, title)


def role_title(role: str | None, compiled: CompiledPolicy) -> Text | None:
    """Return what a role is called: by the policy, else by the sector."""
    return None if role is None else compiled.policy.roles.get(role) or compiled.vocabulary.roles.get(role)


def _what(binding: Binding) -> Text:
    """Return what a promise asks for, in the policy's words, else by its rhythm."""
    match binding.obligation:
        case Contact(text=text, channel=channel):
            return text or channel or DueKind.CONTACT.words
        case Respond(text=text, title=title):
            return text or title or DueKind.RESPOND.words
        case Approve(documents=documents):
            return documents
        case Review(text=text):
            return text or DueKind.REVIEW.words
        case Release(text=text):
            return text or Text("不联系就释放到公共池", "goes to the pool unless contacted")
    return Text("", "")

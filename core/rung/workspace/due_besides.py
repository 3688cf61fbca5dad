"""What is due that no rhythm tells: people's input, records and alarms of a workspace."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from rung.ledger.actor import Role
from rung.ledger.records import State
from rung.ledger.store import InputFilter
from rung.service.due import Besides
from rung.service.due_list import DueKind
from rung.text import Text
from rung.workspace.reviews_due import reviews_due

if TYPE_CHECKING:
    from rung.policy.model import Policy
    from rung.workspace.workspace import Workspace

__all__ = ["due_besides"]

_AWAITS: Final = Text("待审批", "awaits approval")


def due_besides(
    workspace: Workspace, policy: Policy, now: datetime, until: date, kinds: Collection[DueKind] | None
) -> Iterator[Besides]:
    """Yield what is due by a day to customers of a policy, of the kinds asked for, all if None.

    Nothing is looked for that nobody asks for: some of it takes longer than all the rhythms.
    """

    def is_asked(kind: DueKind) -> bool:
        return kinds is None or kind in kinds

    if not workspace.human_input.is_begun:
        return
    if is_asked(DueKind.OVERRIDE):
        yield from _looked_at_again(workspace, policy.id, now, until)
    if is_asked(DueKind.APPROVE):
        yield from _waiting(workspace, policy.id, now)
    if is_asked(DueKind.RECORD):
        yield from workspace.records.due(policy.sector, until)
    if is_asked(DueKind.ALARM):
        yield from workspace.alarms.due(policy.id, now)


def _looked_at_again(workspace: Workspace, policy_id: str, now: datetime, until: date) -> Iterator[Besides]:
    """Yield people's input that is to be looked at again, or expires in time."""
    today = workspace.service.calendar.day_of(now)
    for each in reviews_due(workspace.human_input, today, (until - today).days).due:
        if each.record.policy_id == policy_id:
            yield Besides(
                kind=DueKind.OVERRIDE,
                customer_id=each.record.customer_id,
                code=each.record.id,
                what=_joined(each.cause.words, each.record.proposed_grade),
                by=None,
                due=each.by,
                latest=each.by,
            )


def _waiting(workspace: Workspace, policy_id: str, now: datetime) -> Iterator[Besides]:
    """Yield people's input that awaits approval, due since it was proposed and never late."""
    calendar = workspace.service.calendar
    today = calendar.day_of(now)
    for made in workspace.human_input.inputs(InputFilter(policy_id=policy_id, states=(State.PENDING,))):
        if made.status(today).is_open:
            yield Besides(
                kind=DueKind.APPROVE,
                customer_id=made.customer_id,
                code=made.id,
                what=_joined(_AWAITS, made.proposed_grade),
                by=made.approver_role,
                by_title=_role_words(made.approver_role),
                due=calendar.day_of(made.made_at),
                latest=None,
            )


def _role_words(role: str) -> Text | None:
    """Return a person's role as people read it; None for what a newer version may have written."""
    return Role(role).words if role in tuple(Role) else None


def _joined(words: Text, grade: str | None) -> Text:
    """Return words with the grade given behind them."""
    return words if grade is None else Text(f"{words.zh}：{grade}", f"{words.en}: {grade}")

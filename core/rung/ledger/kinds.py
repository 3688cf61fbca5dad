"""The kinds of act on record: what people do to grades, and what else the ledger keeps."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from rung.text import Text

__all__ = ["Act", "EventKind", "InputKind"]


class InputKind(StrEnum):
    """The kind of human input (EBA/GL/2017/16 ¶201 ff.)."""

    JUDGEMENT = "judgement"
    """A person answers a judged criterion; the grade is then computed."""
    CORRECTION = "correction"
    """A person replaces a datum; the grade is then computed."""
    OVERRIDE = "override"
    """A person replaces the computed grade."""

    @property
    def words(self) -> Text:
        """The kind as a person reads it."""
        return _INPUTS[self]

    @property
    def letter(self) -> str:
        """What ids of this kind begin with."""
        return _LETTERS[self]


_INPUTS: Final = {
    InputKind.JUDGEMENT: Text("判断", "judgement"),
    InputKind.CORRECTION: Text("更正", "correction"),
    InputKind.OVERRIDE: Text("改判", "override"),
}
_LETTERS: Final = {InputKind.JUDGEMENT: "J", InputKind.CORRECTION: "C", InputKind.OVERRIDE: "O"}


class Act(StrEnum):
    """What somebody did to a human input."""

    PROPOSED = "proposed"
    RETURNED = "returned"
    """Given back to its maker for more information."""
    RESUBMITTED = "resubmitted"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> Text:
        """The act as a person reads it."""
        return _ACTS[self]


_ACTS: Final = {
    Act.PROPOSED: Text("提出", "proposed"),
    Act.RETURNED: Text("退回补充", "returned"),
    Act.RESUBMITTED: Text("重新提交", "resubmitted"),
    Act.APPROVED: Text("批准", "approved"),
    Act.REJECTED: Text("否决", "rejected"),
    Act.WITHDRAWN: Text("撤回", "withdrawn"),
}


class EventKind(StrEnum):
    """What was done. A new kind is a new schema version: an older Rung must not read past it."""

    OVERRIDE_PROPOSED = "override.proposed"
    OVERRIDE_RETURNED = "override.returned"
    OVERRIDE_RESUBMITTED = "override.resubmitted"
    OVERRIDE_APPROVED = "override.approved"
    OVERRIDE_REJECTED = "override.rejected"
    OVERRIDE_WITHDRAWN = "override.withdrawn"
    JUDGEMENT_PROPOSED = "judgement.proposed"
    JUDGEMENT_RETURNED = "judgement.returned"
    JUDGEMENT_RESUBMITTED = "judgement.resubmitted"
    JUDGEMENT_APPROVED = "judgement.approved"
    JUDGEMENT_REJECTED = "judgement.rejected"
    JUDGEMENT_WITHDRAWN = "judgement.withdrawn"
    CORRECTION_PROPOSED = "correction.proposed"
    CORRECTION_RETURNED = "correction.returned"
    CORRECTION_RESUBMITTED = "correction.resubmitted"
    CORRECTION_APPROVED = "correction.approved"
    CORRECTION_REJECTED = "correction.rejected"
    CORRECTION_WITHDRAWN = "correction.withdrawn"
    DELEGATION_MADE = "delegation.made"
    """Somebody lets another act for them between two days."""
    DELEGATION_ENDED = "delegation.ended"
    NOTE_WRITTEN = "note.written"
    NOTE_WITHDRAWN = "note.withdrawn"
    SENSITIVE_READ = "sensitive.read"
    """Somebody was shown sensitive values of a customer."""
    EXPORT_TAKEN = "export.taken"
    """Somebody wrote customers' data to a file."""
    CONTACT_LOGGED = "contact.logged"
    CONTACT_WITHDRAWN = "contact.withdrawn"
    EVENT_ARRIVED = "event.arrived"
    """Something happened to a customer, as somebody outside sent it."""
    ALARM_RAISED = "alarm.raised"
    ALARM_ANSWERED = "alarm.answered"
    ALARM_ESCALATED = "alarm.escalated"
    ALARM_CLOSED = "alarm.closed"
    ALARM_SENT = "alarm.sent"
    """One attempt to tell the world outside of an alarm."""
    RECORD_OPENED = "record.opened"
    RECORD_CHANGED = "record.changed"
    REVIEW_DONE = "review.done"
    """Somebody looked at a grade anew."""
    REVIEW_WITHDRAWN = "review.withdrawn"
    CUSTOMER_ASSIGNED = "customer.assigned"
    CUSTOMER_RELEASED = "customer.released"
    """Let go to the public pool."""
    CUSTOMER_TAKEN = "customer.taken"
    LEDGER_MIGRATED = "ledger.migrated"
    """The tables were brought to another edition."""
    CLOCK_CORRECTED = "clock.corrected"
    """The act before was dated by a clock that ran ahead; time goes on from this one."""

    @classmethod
    def of(cls, kind: InputKind, act: Act) -> EventKind:
        """Return what an act on a human input of a kind is recorded as."""
        return cls(f"{kind.value}.{act.value}")

    @property
    def of_input(self) -> tuple[InputKind, Act] | None:
        """Return the kind of human input and what was done to it, None where it is about something else."""
        subject, _dot, act = self.value.partition(".")
        if subject not in tuple(InputKind):
            return None
        return InputKind(subject), Act(act)

    @property
    def words(self) -> Text:
        """The kind as a person reads it."""
        parts = self.of_input
        if parts is None:
            return _TITLES[self]
        kind, act = parts[0].words, parts[1].words
        return Text(f"{act.zh}{kind.zh}", f"{kind.en} {act.en}")


_TITLES: Final = {
    EventKind.DELEGATION_MADE: Text("授权代理", "delegation made"),
    EventKind.DELEGATION_ENDED: Text("结束代理", "delegation ended"),
    EventKind.NOTE_WRITTEN: Text("写备注", "note written"),
    EventKind.NOTE_WITHDRAWN: Text("撤回备注", "note withdrawn"),
    EventKind.SENSITIVE_READ: Text("查看敏感信息", "sensitive data read"),
    EventKind.EXPORT_TAKEN: Text("导出数据", "data exported"),
    EventKind.CONTACT_LOGGED: Text("记录联系", "contact logged"),
    EventKind.CONTACT_WITHDRAWN: Text("撤回联系", "contact withdrawn"),
    EventKind.EVENT_ARRIVED: Text("收到事件", "event arrived"),
    EventKind.ALARM_RAISED: Text("触发预警", "alarm raised"),
    EventKind.ALARM_ANSWERED: Text("响应预警", "alarm answered"),
    EventKind.ALARM_ESCALATED: Text("预警升级", "alarm escalated"),
    EventKind.ALARM_CLOSED: Text("关闭预警", "alarm closed"),
    EventKind.ALARM_SENT: Text("发送预警", "alarm sent"),
    EventKind.RECORD_OPENED: Text("建立记录", "record opened"),
    EventKind.RECORD_CHANGED: Text("更新记录", "record changed"),
    EventKind.REVIEW_DONE: Text("完成复评", "grade reviewed"),
    EventKind.REVIEW_WITHDRAWN: Text("撤回复评", "review withdrawn"),
    EventKind.CUSTOMER_ASSIGNED: Text("指派客户", "customer assigned"),
    EventKind.CUSTOMER_RELEASED: Text("释放客户到公共池", "customer released to the pool"),
    EventKind.CUSTOMER_TAKEN: Text("从公共池领取客户", "customer taken from the pool"),
    EventKind.LEDGER_MIGRATED: Text("台账升级", "ledger migrated"),
    EventKind.CLOCK_CORRECTED: Text("校正时钟", "clock corrected"),
}

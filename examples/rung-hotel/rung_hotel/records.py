"""What is kept on file of a guest: each complaint, from the desk that took it to how it was made good."""

from __future__ import annotations

from typing import Final

from rung.sdk import Field, Kind, RecordState, RecordType, Text

from rung_hotel.events import COMPLAINT_SUBJECTS

__all__ = ["RECORDS", "ROLES"]

_COMPLAINT: Final = RecordType(
    id="complaint",
    title=Text("投诉处理单", "Complaint"),
    fields=(
        Field(
            id="said",
            title=Text("客人原话", "What the guest said"),
            kind=Kind.TEXT,
            is_required=True,
            is_sensitive=True,
        ),
        Field(id="cause", title=Text("投诉原因", "Cause"), kind=Kind.CATEGORY, choices=COMPLAINT_SUBJECTS),
        Field(id="room", title=Text("房号", "Room"), kind=Kind.TEXT),
        Field(id="made_good", title=Text("补救措施", "Made good by"), kind=Kind.TEXT),
        Field(id="cost", title=Text("补救费用", "Cost of it"), kind=Kind.MONEY, unit="元", low=0),
    ),
    states=(
        RecordState(id="taken", title=Text("已受理", "Taken up")),
        RecordState(id="in_hand", title=Text("处理中", "In hand")),
        RecordState(id="waiting", title=Text("等客人答复", "Waiting for the guest")),
        RecordState(id="settled", title=Text("已办结", "Settled"), is_open=False),
        RecordState(id="unfounded", title=Text("不成立", "Unfounded"), is_open=False),
    ),
    deadline="2d",
    by="guest_relations",
    cause="cause",
    about=Text(
        "尽量在离店前解决；两天办结为设定。",
        "Settled before the guest departs, if at all possible; two days are our choice.",
    ),
)

RECORDS: Final = (_COMPLAINT,)

ROLES: Final = {
    "front_desk": Text("前台", "Front desk"),
    "guest_relations": Text("宾客关系主任", "Guest relations officer"),
    "reservations": Text("预订部", "Reservations"),
    "duty_manager": Text("值班经理", "Duty manager"),
}

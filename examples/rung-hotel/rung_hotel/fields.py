"""What the front office knows of a guest before looking at a single stay."""

from __future__ import annotations

from typing import Final

from rung.sdk import Choice, Field, Kind, Text

__all__ = ["FIELDS", "GUEST_ID"]

GUEST_ID: Final = Field(
    id="guest_id",
    title=Text("会员号", "Guest number"),
    kind=Kind.TEXT,
    aliases=("会员编号", "会员卡号", "客人编号", "guest no", "membership number", "member id", "profile id"),
    is_required=True,
    is_changeable=False,
)
"""Identifies a guest, in the customers' table and in every table of events."""

FIELDS: Final = (
    GUEST_ID,
    Field(
        id="guest_name",
        title=Text("客人姓名", "Guest name"),
        kind=Kind.TEXT,
        aliases=("姓名", "会员姓名", "name", "full name"),
        is_changeable=False,
    ),
    Field(
        id="phone",
        title=Text("手机号", "Phone"),
        kind=Kind.TEXT,
        aliases=("手机", "电话", "联系电话", "mobile", "telephone"),
        is_changeable=False,
        is_sensitive=True,
    ),
    Field(
        id="joined_on",
        title=Text("入会日期", "Joined on"),
        kind=Kind.DATE,
        aliases=("入会日", "注册日期", "enrolment date", "member since"),
        is_changeable=False,
    ),
    Field(
        id="travels_for",
        title=Text("出行目的", "Travels for"),
        kind=Kind.CATEGORY,
        choices=(
            Choice(id="business", title=Text("商务", "Business"), aliases=("出差", "公务", "corporate")),
            Choice(id="leisure", title=Text("休闲", "Leisure"), aliases=("度假", "旅游", "holiday")),
            Choice(id="both", title=Text("商务兼休闲", "Both"), aliases=("两者都有", "mixed", "bleisure")),
        ),
        aliases=("客源类型", "旅行目的", "purpose", "guest type"),
        is_changeable=False,
    ),
    Field(
        id="accepts_contact",
        title=Text("同意联系", "Accepts contact"),
        kind=Kind.BOOLEAN,
        aliases=("可否联系", "营销许可", "接受推广", "marketing consent", "opt in"),
        about=Text(
            "客人是否同意我们打电话、发消息；不同意的不邀约。",
            "Whether we may call or write; who does not is not invited back.",
        ),
        is_changeable=False,
    ),
    Field(
        id="last_contact_on",
        title=Text("上次联系日期", "Last contacted on"),
        kind=Kind.DATE,
        aliases=("最近联系日期", "上次回访", "last contact", "last call"),
        is_changeable=False,
    ),
)
"""In the order a table of guests usually has them."""

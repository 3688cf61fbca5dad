"""What happens with a guest, dated: stays with what they came to, and complaints."""

from __future__ import annotations

from typing import Final

from rung.sdk import Choice, EventTable, Field, Kind, Text

from rung_hotel.fields import GUEST_ID

__all__ = ["COMPLAINT_SUBJECTS", "EVENTS"]

_CHANNEL: Final = Field(
    id="channel",
    title=Text("预订渠道", "Booked through"),
    kind=Kind.CATEGORY,
    choices=(
        Choice(id="website", title=Text("官网", "Website"), aliases=("官方网站", "brand.com", "web")),
        Choice(id="app", title=Text("会员应用", "App"), aliases=("APP", "小程序", "mini program")),
        Choice(id="phone", title=Text("电话预订", "Phone"), aliases=("电话", "预订部", "call centre")),
        Choice(id="counter", title=Text("上门", "Walk-in"), aliases=("前台", "散客上门", "walk in")),
        Choice(id="agency", title=Text("网络代理", "Online agency"), aliases=("OTA", "在线旅行社", "代理")),
        Choice(id="company", title=Text("协议公司", "Company rate"), aliases=("公司协议", "corporate rate")),
        Choice(id="group", title=Text("团队", "Group"), aliases=("旅行团", "会议团", "tour")),
    ),
    aliases=("订房渠道", "来源渠道", "source", "channel code"),
)

_STAYS: Final = EventTable(
    id="stays",
    title=Text("住宿记录", "Stays"),
    customer="guest_id",
    columns=(
        GUEST_ID,
        Field(
            id="date",
            title=Text("离店日期", "Departed on"),
            kind=Kind.DATE,
            aliases=("退房日期", "离店日", "departure", "check-out", "checked out"),
            is_required=True,
        ),
        Field(
            id="nights",
            title=Text("间夜", "Nights"),
            kind=Kind.INTEGER,
            unit="晚",
            low=0,
            high=400,
            aliases=("入住晚数", "间夜数", "房晚", "room nights", "length of stay"),
            is_required=True,
        ),
        Field(
            id="spend",
            title=Text("消费金额", "Spend"),
            kind=Kind.MONEY,
            unit="元",
            low=0,
            aliases=("房费及餐饮", "总消费", "账单金额", "revenue", "folio total"),
            about=Text("房费、餐饮和其他，按账单。", "Room, food and all else on the folio."),
            is_required=True,
        ),
        _CHANNEL,
        Field(
            id="rating",
            title=Text("住后评分", "Rating"),
            kind=Kind.INTEGER,
            low=1,
            high=5,
            aliases=("评分", "满意度评分", "离店评价", "score", "stars given"),
        ),
    ),
)

COMPLAINT_SUBJECTS: Final = (
    Choice(id="noise", title=Text("噪音", "Noise"), aliases=("隔音",)),
    Choice(id="cleaning", title=Text("卫生", "Cleaning"), aliases=("清洁", "housekeeping")),
    Choice(id="breakfast", title=Text("早餐", "Breakfast"), aliases=("餐饮", "food")),
    Choice(id="billing", title=Text("账单", "Billing"), aliases=("收费", "发票", "invoice")),
    Choice(id="staff", title=Text("服务态度", "Staff"), aliases=("态度", "service")),
    Choice(id="other", title=Text("其他", "Other")),
)
"""What guests complain of: in the events that come in, and in the record that is kept of each."""

_COMPLAINTS: Final = EventTable(
    id="complaints",
    title=Text("投诉", "Complaints"),
    customer="guest_id",
    columns=(
        GUEST_ID,
        Field(
            id="date",
            title=Text("投诉日期", "Complained on"),
            kind=Kind.DATE,
            aliases=("日期", "受理日期", "complaint date"),
            is_required=True,
        ),
        Field(
            id="subject",
            title=Text("投诉内容", "Subject"),
            kind=Kind.CATEGORY,
            choices=COMPLAINT_SUBJECTS,
            aliases=("投诉原因", "类别", "topic"),
        ),
    ),
)

EVENTS: Final = (_STAYS, _COMPLAINTS)

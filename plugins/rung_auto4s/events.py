"""Dated rows a dealer or repair shop keeps: visits, calls, promotions, complaints, and cars held."""

from __future__ import annotations

from typing import Final

from rung.sdk import Choice, EventTable, Field, Kind, Text

__all__ = ["EVENTS"]

_CUSTOMER: Final = Field(
    id="customer_id",
    title=Text("客户编号", "Customer id"),
    kind=Kind.TEXT,
    aliases=("客户号", "客户ID", "会员号", "档案号", "customer", "cust_no"),
    is_required=True,
)


def _dated(title: Text, *aliases: str) -> Field:
    return Field(id="date", title=title, kind=Kind.DATE, aliases=(*aliases, "日期"), is_required=True)


VISITS: Final = EventTable(
    id="visits",
    title=Text("进店记录", "Visits"),
    columns=(
        _CUSTOMER,
        _dated(
            Text("进店日期", "Visited on"), "来店日期", "到店日期", "结算日期", "visit date", "invoice date"
        ),
        Field(
            id="order_no",
            title=Text("工单号", "Order no"),
            kind=Kind.TEXT,
            aliases=("单号", "结算单号", "委托书号", "work order", "repair order"),
        ),
        Field(
            id="arena",
            title=Text("业务类别", "Arena"),
            kind=Kind.CATEGORY,
            choices=(
                Choice(
                    id="sales", title=Text("销售", "Sales"), aliases=("购车", "精品", "续保", "装潢", "sale")
                ),
                Choice(
                    id="after_sales",
                    title=Text("售后", "After-sales"),
                    aliases=("保养", "维修", "钣喷", "事故", "service", "repair"),
                ),
                Choice(
                    id="promotion",
                    title=Text("活动", "Promotion"),
                    aliases=("促销", "优惠活动", "车主活动", "campaign", "event"),
                ),
            ),
            aliases=("业务类型", "维修类型", "类别", "kind of visit", "business"),
        ),
        Field(
            id="amount",
            title=Text("消费金额", "Amount"),
            kind=Kind.MONEY,
            unit="元",
            aliases=("结算金额", "实收金额", "金额", "产值", "paid", "revenue"),
        ),
        Field(
            id="is_on_promotion",
            title=Text("是否优惠来店", "On promotion"),
            kind=Kind.BOOLEAN,
            aliases=("优惠", "是否活动", "使用优惠券", "discounted", "on offer"),
        ),
        Field(
            id="mileage",
            title=Text("行驶里程", "Mileage"),
            kind=Kind.INTEGER,
            unit="km",
            aliases=("里程", "公里数", "进店里程", "odometer", "km"),
            low=0,
        ),
    ),
)

CONTACTS: Final = EventTable(
    id="contacts",
    title=Text("联系记录", "Contacts"),
    columns=(
        _CUSTOMER,
        _dated(Text("联系日期", "Contacted on"), "拨打日期", "回访日期", "call date", "contact date"),
        Field(
            id="channel",
            title=Text("联系方式", "Channel"),
            kind=Kind.CATEGORY,
            choices=(
                Choice(id="call", title=Text("电话", "Call"), aliases=("电访", "外呼", "phone")),
                Choice(
                    id="message", title=Text("微信短信", "Message"), aliases=("微信", "短信", "wechat", "sms")
                ),
                Choice(id="visit", title=Text("上门拜访", "Visit"), aliases=("拜访", "上门", "in person")),
            ),
            aliases=("方式", "渠道", "way", "medium"),
        ),
        Field(
            id="is_reached",
            title=Text("是否联系上", "Reached"),
            kind=Kind.BOOLEAN,
            aliases=("是否接通", "接通", "联系结果", "answered", "connected"),
        ),
        Field(
            id="caller",
            title=Text("联系人员", "Caller"),
            kind=Kind.TEXT,
            aliases=("电访员", "跟进人", "客服", "agent", "by"),
        ),
    ),
)

PROMOTIONS: Final = EventTable(
    id="promotions",
    title=Text("活动参与", "Promotions"),
    columns=(
        _CUSTOMER,
        _dated(Text("活动日期", "Held on"), "参与日期", "报名日期", "event date", "campaign date"),
        Field(
            id="name",
            title=Text("活动名称", "Promotion"),
            kind=Kind.TEXT,
            aliases=("活动", "活动主题", "campaign", "event"),
        ),
        Field(
            id="is_attended",
            title=Text("是否参加", "Attended"),
            kind=Kind.BOOLEAN,
            aliases=("参加", "到场", "是否到场", "took part", "present"),
        ),
    ),
)

COMPLAINTS: Final = EventTable(
    id="complaints",
    title=Text("投诉记录", "Complaints"),
    columns=(
        _CUSTOMER,
        _dated(Text("投诉日期", "Complained on"), "受理日期", "登记日期", "complaint date", "received on"),
        Field(
            id="topic",
            title=Text("投诉内容", "Topic"),
            kind=Kind.TEXT,
            aliases=("投诉事项", "投诉类型", "内容", "subject", "complaint"),
        ),
        Field(
            id="is_resolved",
            title=Text("是否解决", "Resolved"),
            kind=Kind.BOOLEAN,
            aliases=("已解决", "办结", "是否办结", "closed", "settled"),
        ),
    ),
)

VEHICLES: Final = EventTable(
    id="vehicles",
    title=Text("名下车辆", "Vehicles"),
    columns=(
        _CUSTOMER,
        _dated(Text("登记日期", "Registered on"), "上牌日期", "建档日期", "购车日期", "registered", "since"),
        Field(
            id="plate",
            title=Text("车牌号", "Plate"),
            kind=Kind.TEXT,
            aliases=("车牌", "车牌号码", "牌照", "plate number", "registration"),
            is_required=True,
            is_sensitive=True,
        ),
        Field(
            id="car_model",
            title=Text("车型", "Model"),
            kind=Kind.TEXT,
            aliases=("车系", "品牌车型", "car model", "vehicle model"),
        ),
    ),
)

EVENTS: Final = (VISITS, CONTACTS, PROMOTIONS, COMPLAINTS, VEHICLES)

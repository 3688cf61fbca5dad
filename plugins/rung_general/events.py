"""What happens with a customer, dated: orders, payments, contacts, complaints and satisfaction surveys."""

from __future__ import annotations

from typing import Final

from rung.sdk import Choice, EventTable, Field, Kind, Text

__all__ = ["EVENTS"]

_CUSTOMER: Final = Field(
    id="customer_id",
    title=Text("客户编号", "Customer id"),
    kind=Kind.TEXT,
    aliases=("客户编码", "客户代码", "会员号", "customer", "customer no", "account no"),
    is_required=True,
)


def _day(title: Text, *aliases: str) -> Field:
    return Field(id="date", title=title, kind=Kind.DATE, aliases=(*aliases, "日期"), is_required=True)


_ORDERS: Final = EventTable(
    id="orders",
    title=Text("订单", "Orders"),
    columns=(
        _CUSTOMER,
        _day(
            Text("下单日期", "Ordered on"), "订单日期", "销售日期", "购买日期", "order_date", "invoice date"
        ),
        Field(
            id="amount",
            title=Text("订单金额", "Order value"),
            kind=Kind.MONEY,
            unit="元",
            aliases=("金额", "销售额", "销售金额", "成交金额", "value", "order amount"),
            is_required=True,
        ),
        Field(
            id="quantity",
            title=Text("数量", "Quantity"),
            kind=Kind.INTEGER,
            unit="件",
            aliases=("件数", "订购数量", "销售数量", "pieces", "units"),
        ),
        Field(
            id="gross_profit",
            title=Text("毛利额", "Gross profit"),
            kind=Kind.MONEY,
            unit="元",
            aliases=("毛利", "利润", "订单毛利", "profit", "order profit"),
        ),
        Field(
            id="product",
            title=Text("产品类别", "Product line"),
            kind=Kind.TEXT,
            aliases=("产品", "品类", "商品类别", "category", "product"),
        ),
    ),
)

_PAYMENTS: Final = EventTable(
    id="payments",
    title=Text("回款", "Payments"),
    columns=(
        _CUSTOMER,
        _day(Text("到账日期", "Paid on"), "回款日期", "收款日期", "付款日期", "payment_date", "received on"),
        Field(
            id="amount",
            title=Text("回款金额", "Amount paid"),
            kind=Kind.MONEY,
            unit="元",
            aliases=("金额", "到账金额", "收款金额", "付款金额", "paid", "payment"),
        ),
        Field(
            id="days_late",
            title=Text("拖欠天数", "Days late"),
            kind=Kind.INTEGER,
            unit="天",
            aliases=("逾期天数", "延迟天数", "超期天数", "overdue days", "days overdue"),
            about=Text("0或负数为按时或提前。", "0 or less: on time or early."),
        ),
        Field(
            id="delay_reason",
            title=Text("拖欠原因", "Reason of the delay"),
            kind=Kind.CATEGORY,
            choices=(
                Choice(
                    id="short_of_money",
                    title=Text("资金紧张", "Short of money"),
                    aliases=("资金周转", "没钱", "cash flow"),
                ),
                Choice(
                    id="deliberate",
                    title=Text("故意拖欠", "Deliberate"),
                    aliases=("恶意拖欠", "赖账", "占用资金", "on purpose"),
                ),
                Choice(
                    id="procedure",
                    title=Text("付款流程", "Payment procedure"),
                    aliases=("流程未走完", "审批慢", "approval pending"),
                ),
                Choice(
                    id="our_fault",
                    title=Text("我方原因", "Our fault"),
                    aliases=("质量争议", "发票未到", "发货延误", "dispute"),
                ),
            ),
            aliases=("逾期原因", "延迟原因", "delay reason", "why late"),
        ),
    ),
)

_CONTACTS: Final = EventTable(
    id="contacts",
    title=Text("联系记录", "Contacts"),
    columns=(
        _CUSTOMER,
        _day(Text("联系日期", "Contacted on"), "拜访日期", "回访日期", "contact_date", "visit date"),
        Field(
            id="manner",
            title=Text("联系方式", "Manner"),
            kind=Kind.CATEGORY,
            choices=(
                Choice(
                    id="visit", title=Text("上门拜访", "Visit"), aliases=("拜访", "上门", "面访", "in person")
                ),
                Choice(id="meeting", title=Text("会谈", "Meeting"), aliases=("会议", "洽谈", "座谈")),
                Choice(id="call", title=Text("电话", "Call"), aliases=("电话回访", "电话拜访", "phone")),
                Choice(
                    id="message",
                    title=Text("短信微信", "Message"),
                    aliases=("微信", "短信", "邮件", "mail", "email"),
                ),
            ),
            aliases=("方式", "拜访方式", "回访方式", "channel"),
        ),
        Field(
            id="purpose",
            title=Text("事由", "Purpose"),
            kind=Kind.TEXT,
            aliases=("目的", "拜访目的", "联系事由", "reason"),
        ),
    ),
)

_COMPLAINTS: Final = EventTable(
    id="complaints",
    title=Text("客户投诉", "Complaints"),
    columns=(
        _CUSTOMER,
        _day(Text("投诉日期", "Complained on"), "受理日期", "接诉日期", "complaint_date", "complaint date"),
        Field(
            id="subject",
            title=Text("投诉内容", "Subject"),
            kind=Kind.TEXT,
            aliases=("内容", "投诉事项", "投诉原因", "about"),
        ),
        Field(
            id="is_resolved",
            title=Text("是否办结", "Resolved"),
            kind=Kind.BOOLEAN,
            aliases=("办结", "是否解决", "已处理", "closed", "is closed"),
        ),
    ),
)

_SURVEYS: Final = EventTable(
    id="surveys",
    title=Text("满意度调查", "Satisfaction surveys"),
    columns=(
        _CUSTOMER,
        _day(Text("调查日期", "Surveyed on"), "回收日期", "评价日期", "survey_date", "survey date"),
        Field(
            id="score",
            title=Text("满意度得分", "Satisfaction"),
            kind=Kind.NUMBER,
            unit="分",
            decimals=1,
            aliases=("满意度", "得分", "评分", "rating", "marks"),
            low=0,
            high=100,
            is_required=True,
        ),
    ),
)

EVENTS: Final = (_ORDERS, _PAYMENTS, _CONTACTS, _COMPLAINTS, _SURVEYS)

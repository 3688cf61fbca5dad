"""What happens with a shop, dated: weekly orders, visits, display checks and complaints."""

from __future__ import annotations

from typing import Final

from rung.sdk import Choice, EventTable, Field, Kind, Text

__all__ = ["EVENTS"]

_CUSTOMER: Final = Field(
    id="customer_id",
    title=Text("客户编码", "Customer id"),
    kind=Kind.TEXT,
    aliases=(
        "许可证号",
        "烟草专卖零售许可证号",
        "专卖证号",
        "零售户编码",
        "客户编号",
        "licence no",
        "license_no",
    ),
    is_required=True,
)


def _day(title: Text, *aliases: str) -> Field:
    return Field(id="date", title=title, kind=Kind.DATE, aliases=(*aliases, "日期"), is_required=True)


_ORDERS: Final = EventTable(
    id="orders",
    title=Text("周订单", "Weekly orders"),
    columns=(
        _CUSTOMER,
        _day(Text("订货日期", "Order date"), "订单日期", "购进日期", "下单日期", "ordered on", "order_date"),
        Field(
            id="quantity",
            title=Text("订购数量", "Quantity"),
            kind=Kind.INTEGER,
            unit="条",
            aliases=("数量", "数量(条)", "购进数量", "销量(条)", "条数", "qty", "cartons"),
            is_required=True,
        ),
        Field(
            id="amount",
            title=Text("订购金额", "Amount"),
            kind=Kind.MONEY,
            unit="元",
            aliases=("金额", "金额(元)", "购进金额", "订单金额", "value", "order value"),
        ),
        Field(
            id="brand_tier",
            title=Text("卷烟类别", "Brand tier"),
            kind=Kind.CATEGORY,
            choices=(
                Choice(id="tier1", title=Text("一类", "Tier 1"), aliases=("一类烟", "1类", "1", "高端")),
                Choice(id="tier2", title=Text("二类", "Tier 2"), aliases=("二类烟", "2类", "2")),
                Choice(id="tier3", title=Text("三类", "Tier 3"), aliases=("三类烟", "3类", "3")),
                Choice(id="tier4", title=Text("四类", "Tier 4"), aliases=("四类烟", "4类", "4")),
                Choice(id="tier5", title=Text("五类", "Tier 5"), aliases=("五类烟", "5类", "5")),
            ),
            aliases=("价类", "类别", "品牌档次", "卷烟价类", "price class", "tier"),
            about=Text("按调拨价分的五类卷烟，一类最高。", "The five price classes; tier 1 is the highest."),
        ),
    ),
)

_VISITS: Final = EventTable(
    id="visits",
    title=Text("走访", "Visits"),
    columns=(
        _CUSTOMER,
        _day(Text("走访日期", "Visit date"), "拜访日期", "服务日期", "visited on", "visit_date"),
        Field(
            id="purpose",
            title=Text("走访事由", "Purpose"),
            kind=Kind.CATEGORY,
            choices=(
                Choice(id="routine", title=Text("常规走访", "Routine"), aliases=("日常", "日常拜访", "例行")),
                Choice(id="brand", title=Text("品牌培育", "Brand work"), aliases=("新品推介", "品牌宣传")),
                Choice(id="guidance", title=Text("经营指导", "Guidance"), aliases=("指导", "陈列指导")),
                Choice(id="care", title=Text("关爱慰问", "Care"), aliases=("送温暖", "慰问", "帮扶")),
            ),
            aliases=("事由", "走访类型", "拜访目的", "服务内容", "kind"),
        ),
    ),
)

_DISPLAY_CHECKS: Final = EventTable(
    id="display_checks",
    title=Text("陈列检查", "Display checks"),
    columns=(
        _CUSTOMER,
        _day(Text("检查日期", "Check date"), "陈列检查日期", "checked on", "check_date"),
        Field(
            id="score",
            title=Text("陈列得分", "Display score"),
            kind=Kind.NUMBER,
            unit="分",
            decimals=1,
            aliases=("得分", "评分", "陈列评分", "检查得分", "points"),
            low=0,
            high=100,
            is_required=True,
        ),
    ),
)

_COMPLAINTS: Final = EventTable(
    id="complaints",
    title=Text("投诉", "Complaints"),
    columns=(
        _CUSTOMER,
        _day(Text("投诉日期", "Complaint date"), "受理日期", "complained on", "complaint_date"),
        Field(
            id="subject",
            title=Text("投诉内容", "Subject"),
            kind=Kind.TEXT,
            aliases=("内容", "投诉事由", "投诉类型", "about"),
        ),
        Field(
            id="is_resolved",
            title=Text("是否办结", "Resolved"),
            kind=Kind.BOOLEAN,
            aliases=("办结", "是否解决", "已处理", "closed", "is closed"),
        ),
    ),
)

EVENTS: Final = (_ORDERS, _VISITS, _DISPLAY_CHECKS, _COMPLAINTS)

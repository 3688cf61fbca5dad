"""What a lead's events add up to: mails and what they ask, visits, talks, quotes, orders, complaints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from rung.sdk import Aggregate, Feature, Kind, Text

__all__ = ["COUNTED", "DETAILS", "INQUIRY"]


def _counted(
    name: str,
    zh: str,
    en: str,
    events: str,
    *aliases: str,
    where: Mapping[str, Any] | None = None,
    within: str | None = None,
    unit: str = "次",
) -> Feature:
    return Feature(
        id=name,
        title=Text(zh, en),
        kind=Kind.INTEGER,
        unit=unit,
        low=0,
        aliases=aliases,
        events=events,
        aggregate=Aggregate.COUNT,
        within=within,
        where=where or {},
    )


def _told(name: str, zh: str, en: str, tick: str, *aliases: str) -> Feature:
    """Return how many of the customer's own mails bear a mark."""
    return _counted(name, zh, en, "mails", *aliases, where={"direction": "in", tick: True}, unit="封")


_MAILED: Final = (
    _counted("mails_exchanged", "往来邮件", "Mails to and fro", "mails", "邮件往来数", "mails", unit="封"),
    _counted(
        "mails_sent",
        "去信",
        "Mails sent",
        "mails",
        "发出邮件数",
        "outgoing mails",
        where={"direction": "out"},
        unit="封",
    ),
    _told("interested_mails", "有兴趣的来信", "Interested mails", "shows_interest", "表示兴趣邮件数",
          "interest"),
    _told("product_mails", "提到产品的来信", "Mails that name our product", "names_product", "提到产品邮件数",
          "product mails"),
    _told("request_mails", "明确要求的来信", "Mails with a clear request", "states_request", "明确要求邮件数",
          "request mails"),
    _told("price_mails", "询价来信", "Mails that ask the price", "asks_price", "询价邮件数", "price mails"),
)  # fmt: skip

_ASKED: Final = (
    _told("name_asked", "问品名的来信", "Mails that ask the name", "asks_name", "问品名次数", "asked name"),
    _told("pictures_asked", "问图片的来信", "Mails that ask for pictures", "asks_pictures", "问图片次数",
          "asked pictures"),
    _told("data_asked", "问参数的来信", "Mails that ask for technical data", "asks_data", "问参数次数",
          "asked technical data"),
    _told("packing_asked", "问包装的来信", "Mails that ask about packing", "asks_packing", "问包装次数",
          "asked packing"),
    _told("shipping_asked", "问运输的来信", "Mails that ask about shipping", "asks_shipping", "问运输次数",
          "asked shipping"),
)  # fmt: skip

_STATED: Final = (
    _told("specification_stated", "写明规格的来信", "Mails with a specification", "states_specification",
          "写明规格次数", "stated specification"),
    _told("quantity_stated", "写明数量的来信", "Mails with a quantity", "states_quantity", "写明数量次数",
          "stated quantity"),
    _told("payment_stated", "写明付款的来信", "Mails with payment terms", "states_payment", "写明付款次数",
          "stated payment terms"),
    _told("delivery_stated", "写明交期的来信", "Mails with a delivery date", "states_delivery",
          "写明交期次数", "stated delivery date"),
)  # fmt: skip

DETAILS: Final = tuple(feature.id for feature in _ASKED)
"""What asking in detail asks for: name, pictures, technical data, packing, shipping."""

INQUIRY: Final = tuple(feature.id for feature in _STATED)
"""What a full inquiry names: specification, quantity, payment terms, delivery date."""

_MET: Final = (
    _counted(
        "visits_paid", "上门拜访次数", "Visits paid", "visits", "拜访次数", "visits", where={"kind": "paid"}
    ),
    _counted(
        "visits_from_abroad",
        "国外来访次数",
        "Visits from abroad",
        "visits",
        "国外客户来访",
        "came from abroad",
        where={"kind": "received", "is_from_abroad": True},
    ),
    _counted(
        "followups_30d",
        "近30天跟进次数",
        "Follow-ups in 30 days",
        "followups",
        "月跟进次数",
        "follow-ups",
        within="30d",
    ),
    _counted(
        "negotiations",
        "商务谈判次数",
        "Negotiations",
        "followups",
        "谈判次数",
        "talks on terms",
        where={"subject": "negotiation"},
    ),
)

_DEALT: Final = (
    _counted(
        "proposals",
        "产品方案份数",
        "Proposals",
        "quotes",
        "方案份数",
        "proposals made",
        where={"kind": "proposal"},
        unit="份",
    ),
    _counted(
        "quotes",
        "报价份数",
        "Quotes",
        "quotes",
        "报价次数",
        "quotations",
        where={"kind": "quote"},
        unit="份",
    ),
    _counted(
        "formal_orders",
        "正式订单数",
        "Formal orders",
        "orders",
        "成交订单数",
        "contracts signed",
        where={"kind": "formal"},
        unit="单",
    ),
    _counted(
        "formal_orders_12m",
        "近12个月正式订单数",
        "Formal orders in 12 months",
        "orders",
        "年成交订单数",
        "orders per year",
        where={"kind": "formal"},
        within="12mo",
        unit="单",
    ),
    _counted(
        "sample_orders",
        "样品单数",
        "Sample orders",
        "orders",
        "样单数",
        "samples ordered",
        where={"kind": "sample"},
        unit="单",
    ),
    Feature(
        id="order_amount_12m",
        title=Text("近12个月成交金额", "Order value in 12 months"),
        kind=Kind.MONEY,
        unit="元",
        aliases=("年成交金额", "年订单金额", "yearly order value", "sales"),
        events="orders",
        aggregate=Aggregate.SUM,
        column="amount",
        within="12mo",
        where={"kind": "formal"},
    ),
)

_HEARD: Final = (
    Feature(
        id="satisfaction_12m",
        title=Text("近12个月满意度均分", "Mean satisfaction in 12 months"),
        kind=Kind.NUMBER,
        unit="分",
        decimals=1,
        low=0,
        high=100,
        aliases=("满意度", "平均满意度", "satisfaction", "mean satisfaction"),
        events="surveys",
        aggregate=Aggregate.MEAN,
        column="score",
        within="12mo",
    ),
    _counted(
        "complaints_12m",
        "近12个月投诉次数",
        "Complaints in 12 months",
        "complaints",
        "年投诉次数",
        "complaints",
        within="12mo",
    ),
    _counted(
        "open_complaints",
        "未办结投诉",
        "Open complaints",
        "complaints",
        "待处理投诉",
        "unresolved complaints",
        where={"is_resolved": False},
        unit="件",
    ),
)

COUNTED: Final = (*_MAILED, *_ASKED, *_STATED, *_MET, *_DEALT, *_HEARD)

"""What is known of the supplying partners that deliver to a client: fit or not, and on equal terms or not."""

from __future__ import annotations

from typing import Final

from rung.sdk import Field, Kind, Text

__all__ = ["PARTNER"]


def _condition(name: str, zh: str, en: str, *aliases: str) -> Field:
    return Field(id=name, title=Text(zh, en), kind=Kind.BOOLEAN, aliases=aliases)


PARTNER: Final = (
    _condition(
        "partner_is_general_taxpayer",
        "伙伴是否一般纳税人",
        "Partner is a general taxpayer",
        "一般纳税人",
        "general taxpayer",
    ),
    _condition(
        "partner_has_stock_control",
        "伙伴库存管理是否健全",
        "Partner has sound stock control",
        "库存管理健全",
        "stock control",
    ),
    _condition(
        "partner_has_funds", "伙伴资金是否充足", "Partner has the money", "资金充足", "sufficient funds"
    ),
    _condition(
        "partner_can_deliver", "伙伴配送是否到位", "Partner can deliver", "配送到位", "delivery ability"
    ),
    _condition(
        "partner_has_back_office",
        "伙伴后勤是否完善",
        "Partner has a back office",
        "后勤完善",
        "内勤完善",
        "back office",
    ),
    Field(
        id="price_gap",
        title=Text("伙伴间价差", "Gap in price between partners"),
        kind=Kind.PERCENT,
        unit="%",
        low=0,
        aliases=("供价差异", "价差", "price gap", "price difference"),
        about=Text(
            "同一客户各供货伙伴主力产品供价，最高比最低高出多少；只有一家伙伴的填0或留空。",
            "By how much the dearest partner's price to the client exceeds the cheapest's, of the main "
            "products; 0 or blank with one partner.",
        ),
    ),
    Field(
        id="store_cost_gap",
        title=Text("伙伴间进店费用差", "Gap in in-store cost between partners"),
        kind=Kind.PERCENT,
        unit="%",
        low=0,
        aliases=("进店费用差异", "店内费用差", "in-store cost gap", "store cost difference"),
        about=Text(
            "同一客户各供货伙伴的店内费用率，最高比最低高出多少。",
            "By how much the highest rate of in-store cost exceeds the lowest, among the client's partners.",
        ),
    ),
)

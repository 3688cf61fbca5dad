"""Who a lead is, how it can be reached, where it comes from, and what was found out about it."""

from __future__ import annotations

from typing import Final

from rung.sdk import Choice, Field, Kind, Text

__all__ = ["FULL_DATA", "LEAD"]


def _text(
    name: str, zh: str, en: str, *aliases: str, is_required: bool = False, is_sensitive: bool = False
) -> Field:
    return Field(
        id=name,
        title=Text(zh, en),
        kind=Kind.TEXT,
        aliases=aliases,
        is_required=is_required,
        is_sensitive=is_sensitive,
        is_changeable=False,
    )


def _choice(name: str, zh: str, en: str, *aliases: str) -> Choice:
    return Choice(id=name, title=Text(zh, en), aliases=aliases)


_FILE: Final = (
    _text(
        "customer_id",
        "客户编号",
        "Customer id",
        "线索编号",
        "客户编码",
        "客户代码",
        "lead id",
        "lead no",
        "account no",
        is_required=True,
    ),
    _text("customer_name", "客户名称", "Customer name", "线索名称", "客户姓名", "lead", "prospect"),
    _text("sales_rep", "业务员", "Sales representative", "销售代表", "跟进人", "owner", "salesperson"),
    _text("branch", "分公司", "Branch", "分支机构", "办事处", "branch office", "local office"),
    _text("contact_person", "联系人", "Contact person", "对接人", "contact", "buyer", is_sensitive=True),
    _text("country", "国家", "Country", "国别", "所在国家", "nation"),
    _text("product_wanted", "意向产品", "Product wanted", "感兴趣产品", "product of interest", "product"),
)

_REACHED: Final = (
    _text("company", "公司名称", "Company", "公司", "单位名称", "firm", "company name"),
    _text("address", "公司地址", "Address", "地址", "详细地址", "company address", is_sensitive=True),
    _text("phone", "联系电话", "Phone", "电话", "手机", "telephone", "tel", is_sensitive=True),
    _text("fax", "传真", "Fax", "传真号码", "fax number", is_sensitive=True),
    _text("mail", "电子邮箱", "Mail", "邮箱", "电子邮件", "email", "e-mail", is_sensitive=True),
    _text(
        "messenger",
        "即时通讯",
        "Messenger",
        "聊天工具账号",
        "微信",
        "WhatsApp",
        "Skype",
        "MSN",
        is_sensitive=True,
    ),
)

FULL_DATA: Final = tuple(field.id for field in _REACHED)
"""What makes a lead's data full."""

_ORIGIN: Final = (
    Field(
        id="source",
        title=Text("客户来源", "Source"),
        kind=Kind.CATEGORY,
        choices=(
            _choice("fair", "展会", "Fair", "展览会", "广交会", "exhibition", "trade fair"),
            _choice("b2b", "B2B平台", "B2B platform", "B2B", "平台询盘", "阿里巴巴", "b2b inquiry"),
            _choice("search_engine", "搜索引擎", "Search engine", "网上搜索", "Google", "search"),
            _choice("directory", "名录黄页", "Directory", "黄页", "企业名录", "yellow pages"),
            _choice("website", "公司网站", "Own website", "官网", "网站留言", "website"),
            _choice("referral", "转介绍", "Referral", "朋友介绍", "客户介绍", "introduced"),
            _choice("other", "其他", "Other", "其它", "others"),
        ),
        aliases=("来源", "线索来源", "获客渠道", "lead source", "channel"),
        is_changeable=False,
    ),
    Field(
        id="region",
        title=Text("所属区域", "Region"),
        kind=Kind.CATEGORY,
        choices=(
            _choice("north_america", "北美", "North America", "北美洲", "NA"),
            _choice("south_america", "南美", "South America", "南美洲", "拉美", "Latin America"),
            _choice("europe", "欧洲", "Europe", "欧盟", "EU"),
            _choice("africa", "非洲", "Africa", "北非", "西非"),
            _choice("middle_east", "中东", "Middle East", "海湾", "Gulf"),
            _choice("southeast_asia", "东南亚", "South-East Asia", "东盟", "Southeast Asia", "ASEAN"),
            _choice("australia", "澳洲", "Australia", "澳大利亚", "大洋洲", "Oceania"),
            _choice("other", "其他地区", "Elsewhere", "其他", "other"),
        ),
        aliases=("区域", "所在地区", "市场区域", "market", "area"),
        is_changeable=False,
    ),
    Field(
        id="has_seen_product",
        title=Text("见过产品", "Has seen the product"),
        kind=Kind.BOOLEAN,
        aliases=("看过产品", "看过样品", "是否见过产品", "seen the product", "saw sample"),
    ),
    Field(
        id="is_agent",
        title=Text("同类产品代理商", "Agent for similar products"),
        kind=Kind.BOOLEAN,
        aliases=("是否代理商", "代理商", "同类代理", "agent", "is agent"),
        is_changeable=False,
    ),
    Field(
        id="local_influence",
        title=Text("当地有影响力", "Influential locally"),
        kind=Kind.BOOLEAN,
        aliases=("当地影响力", "有影响力", "调查有影响力", "local influence", "influential"),
        about=Text(
            "经调查，该客户在当地有影响力；未调查的留空。",
            "Research shows the customer to be influential in its place; blank where nobody looked.",
        ),
        is_changeable=False,
    ),
)

LEAD: Final = (*_FILE, *_REACHED, *_ORIGIN)

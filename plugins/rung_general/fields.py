"""What is known of a customer: its file, the segments it belongs to, and the figures kept for it."""

from __future__ import annotations

from typing import Final

from rung.sdk import Choice, Field, Kind, Text

__all__ = ["FIELDS"]

_FILE: Final = (
    Field(
        id="customer_id",
        title=Text("客户编号", "Customer id"),
        kind=Kind.TEXT,
        aliases=(
            "客户编码",
            "客户代码",
            "会员号",
            "统一社会信用代码",
            "customer",
            "customer no",
            "account no",
        ),
        is_required=True,
        is_changeable=False,
    ),
    Field(
        id="customer_name",
        title=Text("客户名称", "Customer name"),
        kind=Kind.TEXT,
        aliases=("客户姓名", "单位名称", "公司名称", "company", "account name"),
        is_changeable=False,
    ),
    Field(
        id="account_manager",
        title=Text("客户负责人", "Account manager"),
        kind=Kind.TEXT,
        aliases=("客户经理", "业务员", "销售代表", "负责人", "owner", "salesperson"),
        is_changeable=False,
    ),
    Field(
        id="department",
        title=Text("负责部门", "Department"),
        kind=Kind.TEXT,
        aliases=("所属部门", "销售部门", "部门", "team", "sales office"),
        is_changeable=False,
    ),
    Field(
        id="contact_person",
        title=Text("联系人", "Contact person"),
        kind=Kind.TEXT,
        aliases=("客户联系人", "对接人", "contact", "contact name"),
        is_changeable=False,
        is_sensitive=True,
    ),
    Field(
        id="phone",
        title=Text("联系电话", "Phone"),
        kind=Kind.TEXT,
        aliases=("电话", "手机", "手机号码", "联系方式", "mobile", "telephone"),
        is_changeable=False,
        is_sensitive=True,
    ),
)

_SEGMENTS: Final = (
    Field(
        id="buyer_kind",
        title=Text("购买主体", "Kind of buyer"),
        kind=Kind.CATEGORY,
        choices=(
            Choice(
                id="individual",
                title=Text("个人", "Individual"),
                aliases=("个人客户", "个人消费者", "消费者", "自然人", "consumer", "B2C"),
            ),
            Choice(
                id="organisation",
                title=Text("团体", "Organisation"),
                aliases=("单位", "企业", "公司", "团体客户", "企业客户", "company", "organization", "B2B"),
            ),
        ),
        aliases=("客户性质", "个人或团体", "客户类型", "buyer", "customer type"),
        is_changeable=False,
    ),
    Field(
        id="organisation_kind",
        title=Text("组织类型", "Kind of organisation"),
        kind=Kind.CATEGORY,
        choices=(
            Choice(
                id="industrial",
                title=Text("工业用户", "Industrial buyer"),
                aliases=("生产企业", "产业用户", "制造企业", "manufacturer"),
            ),
            Choice(
                id="intermediary",
                title=Text("中间商", "Intermediary"),
                aliases=("经销商", "代理商", "批发商", "零售商", "reseller", "dealer"),
            ),
            Choice(
                id="government",
                title=Text("政府采购", "Government buyer"),
                aliases=("政府", "事业单位", "机关", "public buyer"),
            ),
        ),
        aliases=("采购组织类型", "组织市场", "organization kind", "organisation type"),
        about=Text("团体客户再分三类；个人客户留空。", "Of organisations only; blank for individuals."),
        is_changeable=False,
    ),
    Field(
        id="industry",
        title=Text("所属行业", "Industry"),
        kind=Kind.TEXT,
        aliases=("行业", "客户行业", "行业类别", "sector", "trade"),
        is_changeable=False,
    ),
    Field(
        id="business_line",
        title=Text("业务线", "Line of business"),
        kind=Kind.TEXT,
        aliases=("业务类别", "产品线", "业务板块", "product line", "business unit"),
        is_changeable=False,
    ),
    Field(
        id="region",
        title=Text("所在地区", "Region"),
        kind=Kind.TEXT,
        aliases=("地区", "区域", "省份", "销售区域", "area", "territory"),
        is_changeable=False,
    ),
    Field(
        id="customer_level",
        title=Text("客户层级", "Level"),
        kind=Kind.TEXT,
        aliases=("层级", "行政层级", "总部或分支", "tier", "organisational level"),
        about=Text("如总部、分公司、门店；或省级、市级、县级。", "Such as head office, branch, store."),
        is_changeable=False,
    ),
)

_FIGURES: Final = (
    Field(
        id="cooperation_years",
        title=Text("合作年限", "Years of cooperation"),
        kind=Kind.NUMBER,
        unit="年",
        decimals=1,
        aliases=("合作年数", "合作时间(年)", "合作时长", "years with us", "relationship years"),
        low=0,
        high=100,
    ),
    Field(
        id="margin",
        title=Text("毛利率", "Gross margin"),
        kind=Kind.PERCENT,
        unit="%",
        aliases=("平均毛利率", "销售毛利率", "gross profit margin", "margin rate"),
        low=-100,
        high=100,
    ),
    Field(
        id="cost_to_serve_12m",
        title=Text("近12个月服务成本", "Cost to serve in 12 months"),
        kind=Kind.MONEY,
        unit="元",
        low=0,
        aliases=("服务成本", "年服务成本", "维护成本", "cost to serve", "service cost"),
        about=Text(
            "拜访、送货、售后、赠品等花在该客户身上的费用。",
            "What visits, delivery, after-sales service and gifts cost for the customer.",
        ),
    ),
    Field(
        id="share_of_purchases",
        title=Text("采购占比", "Share of its purchases"),
        kind=Kind.PERCENT,
        unit="%",
        aliases=("我方采购占比", "钱包份额", "采购份额", "share of wallet", "wallet share"),
        low=0,
        high=100,
        about=Text(
            "客户同类采购中从我方购买的百分比；客户主要从谁家买，看得出忠诚。",
            "How much of what it buys of our kind it buys from us: loyalty one can see.",
        ),
    ),
    Field(
        id="referrals_12m",
        title=Text("近12个月转介绍数", "Referrals in 12 months"),
        kind=Kind.INTEGER,
        unit="个",
        aliases=("转介绍数", "推荐客户数", "老带新", "referrals", "customers referred"),
        low=0,
    ),
)

FIELDS: Final = (*_FILE, *_SEGMENTS, *_FIGURES)

"""What is known of a special-channel client: its file, its business with us, its size, reps and budget."""

from __future__ import annotations

from typing import Final

from rung.sdk import Choice, Field, Kind, Text

__all__ = ["CLIENT"]

_FILE: Final = (
    Field(
        id="customer_id",
        title=Text("客户编号", "Customer id"),
        kind=Kind.TEXT,
        aliases=("客户编码", "客户代码", "网点编号", "customer", "customer no", "account no"),
        is_required=True,
        is_changeable=False,
    ),
    Field(
        id="customer_name",
        title=Text("客户名称", "Customer name"),
        kind=Kind.TEXT,
        aliases=("特渠客户名称", "单位名称", "客户全称", "company", "account name"),
        is_changeable=False,
    ),
    Field(
        id="channel_kind",
        title=Text("特渠类型", "Kind of channel"),
        kind=Kind.CATEGORY,
        choices=(
            Choice(id="school", title=Text("学校", "School"), aliases=("校园", "教育", "campus")),
            Choice(id="hospital", title=Text("医院", "Hospital"), aliases=("医疗",)),
            Choice(id="cinema", title=Text("影院", "Cinema"), aliases=("影城", "电影院")),
            Choice(id="internet_cafe", title=Text("网吧", "Internet café"), aliases=("网咖", "电竞馆")),
            Choice(id="karaoke", title=Text("KTV", "Karaoke"), aliases=("歌厅", "夜场", "娱乐")),
            Choice(
                id="travel", title=Text("交通枢纽", "Travel"), aliases=("车站", "机场", "服务区", "加油站")
            ),
            Choice(id="sight", title=Text("景区", "Sight"), aliases=("旅游景点", "公园", "attraction")),
            Choice(id="factory", title=Text("厂矿企业", "Factory"), aliases=("工厂", "企事业", "食堂")),
            Choice(id="other", title=Text("其他", "Other"), aliases=("其它",)),
        ),
        aliases=("渠道类型", "渠道类别", "客户类型", "channel", "channel type"),
        is_changeable=False,
    ),
    Field(
        id="area",
        title=Text("所在区域", "Area"),
        kind=Kind.TEXT,
        aliases=("区域", "城市", "片区", "region", "territory"),
        is_changeable=False,
    ),
    Field(
        id="sales_office",
        title=Text("业代处", "Sales office"),
        kind=Kind.TEXT,
        aliases=("营业处", "办事处", "所属业代处", "office", "branch"),
        is_changeable=False,
    ),
    Field(
        id="contact_person",
        title=Text("对接人", "Contact person"),
        kind=Kind.TEXT,
        aliases=("联系人", "采购负责人", "contact", "contact name"),
        is_changeable=False,
        is_sensitive=True,
    ),
    Field(
        id="phone",
        title=Text("联系电话", "Phone"),
        kind=Kind.TEXT,
        aliases=("电话", "手机", "手机号码", "mobile", "telephone"),
        is_changeable=False,
        is_sensitive=True,
    ),
)

_MARKS: Final = (
    Field(
        id="cooperation_years",
        title=Text("生意历史", "Years of business"),
        kind=Kind.NUMBER,
        decimals=1,
        unit="年",
        low=0,
        aliases=("合作年限", "生意年限", "合作年数", "years of business", "cooperation years"),
        about=Text("与本公司做生意的年数。", "How long it has done business with us."),
    ),
    Field(
        id="outlets",
        title=Text("门店数", "Outlets"),
        kind=Kind.INTEGER,
        unit="家",
        low=0,
        aliases=("网点数", "售卖点数", "店数", "outlets in the area", "points of sale"),
        about=Text("在本区域内的门店或售卖点。", "Shops or points of sale in the area."),
    ),
    Field(
        id="influence",
        title=Text("区域影响力", "Influence in the area"),
        kind=Kind.CATEGORY,
        choices=(
            Choice(id="large", title=Text("大", "Large"), aliases=("强", "标杆", "high")),
            Choice(id="some", title=Text("一般", "Some"), aliases=("有一定影响", "中", "medium")),
            Choice(id="little", title=Text("小", "Little"), aliases=("弱", "没有影响", "low")),
        ),
        aliases=("影响力", "当地影响力", "influence", "standing"),
        about=Text(
            "大：本区域同类客户看它进谁的货；一般：当地人都知道；小：只在周边有名。",
            "Large: others of its kind look at whose goods it takes; some: known in the area; little: known "
            "nearby only.",
        ),
    ),
    Field(
        id="channel_reps",
        title=Text("特渠业代人数", "Channel reps"),
        kind=Kind.INTEGER,
        unit="人",
        low=0,
        aliases=("特渠业代数量", "业代人数", "驻店业代", "channel representatives", "number of reps"),
        about=Text("在该客户店内作业的特渠业代。", "Channel reps who work in the client's shops."),
    ),
    Field(
        id="rep_quality",
        title=Text("特渠业代素质", "Quality of the reps"),
        kind=Kind.CATEGORY,
        choices=(
            Choice(id="good", title=Text("好", "Good"), aliases=("高", "优秀", "high")),
            Choice(id="fair", title=Text("一般", "Fair"), aliases=("中", "合格", "medium")),
            Choice(id="poor", title=Text("差", "Poor"), aliases=("低", "待培训", "low")),
        ),
        aliases=("业代素质", "业代水平", "rep quality", "skill of the reps"),
        about=Text(
            "好：能独立做陈列、促销和订单；一般：会做陈列和订单；差：还要人带。",
            "Good: does display, promotion and orders alone; fair: display and orders; poor: needs a hand.",
        ),
    ),
    Field(
        id="budget",
        title=Text("年度费用预算", "Yearly budget"),
        kind=Kind.MONEY,
        unit="元",
        low=0,
        aliases=("费用预算", "预算", "年预算", "yearly budget", "budget of the year"),
        about=Text(
            "进店、陈列、促销等一年为该客户安排的费用。",
            "What is set aside for the client in a year: entry, display, promotion.",
        ),
    ),
    Field(
        id="judged_on",
        title=Text("评价日期", "Judged on"),
        kind=Kind.DATE,
        aliases=("评定日期", "填表日期", "judgement date", "date judged"),
        about=Text("影响力和业代素质的评价日期。", "The day influence and quality of reps were judged."),
        is_changeable=False,
    ),
)

CLIENT: Final = (*_FILE, *_MARKS)

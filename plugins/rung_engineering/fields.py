"""What is known of a client: its file, its nature, what it brings and how important it is."""

from __future__ import annotations

from typing import Final

from rung.sdk import Choice, Field, Kind, Text

__all__ = ["FIELDS"]

_FILE: Final = (
    Field(
        id="customer_id",
        title=Text("客户编号", "Client id"),
        kind=Kind.TEXT,
        aliases=(
            "客户编码",
            "客户代码",
            "单位编号",
            "甲方编号",
            "统一社会信用代码",
            "client",
            "client no",
            "customer id",
        ),
        is_required=True,
        is_changeable=False,
    ),
    Field(
        id="customer_name",
        title=Text("单位名称", "Client name"),
        kind=Kind.TEXT,
        aliases=(
            "客户名称",
            "建设单位",
            "甲方",
            "甲方名称",
            "业主单位",
            "公司名称",
            "customer name",
            "company",
        ),
        is_changeable=False,
    ),
    Field(
        id="client_group",
        title=Text("所属集团", "Client group"),
        kind=Kind.TEXT,
        aliases=("集团", "集团名称", "上级单位", "母公司", "group", "parent company"),
        about=Text("同一集团的客户共用一个名称。", "One name shared by all clients of a group."),
        is_changeable=False,
    ),
    Field(
        id="contact_person",
        title=Text("联系人", "Contact person"),
        kind=Kind.TEXT,
        aliases=("客户联系人", "项目联系人", "负责人", "contact", "contact name"),
        is_changeable=False,
        is_sensitive=True,
    ),
    Field(
        id="phone",
        title=Text("联系方式", "Contact details"),
        kind=Kind.TEXT,
        aliases=("联系电话", "电话", "手机", "手机号码", "phone", "mobile", "telephone"),
        is_changeable=False,
        is_sensitive=True,
    ),
    Field(
        id="needs",
        title=Text("客户需求", "Needs"),
        kind=Kind.TEXT,
        aliases=("需求", "项目需求", "需求描述", "requirements", "client needs"),
        is_changeable=False,
        is_sensitive=True,
    ),
    Field(
        id="feedback",
        title=Text("反馈意见", "Feedback"),
        kind=Kind.TEXT,
        aliases=("客户反馈", "反馈", "意见建议", "comments", "client feedback"),
        is_changeable=False,
        is_sensitive=True,
    ),
    Field(
        id="client_manager",
        title=Text("客户经理", "Client manager"),
        kind=Kind.TEXT,
        aliases=("客户负责人", "项目客户经理", "业务负责人", "account manager", "manager"),
        is_changeable=False,
    ),
    Field(
        id="region",
        title=Text("所在地区", "Region"),
        kind=Kind.TEXT,
        aliases=("地区", "区域", "省市", "项目所在地", "area", "location"),
        is_changeable=False,
    ),
)

_WORTH: Final = (
    Field(
        id="client_nature",
        title=Text("客户性质", "Nature of the client"),
        kind=Kind.CATEGORY,
        choices=(
            Choice(
                id="government",
                title=Text("政府机关", "Government"),
                aliases=("政府", "机关", "政府部门", "党政机关", "public authority"),
            ),
            Choice(
                id="institution",
                title=Text("事业单位", "Public institution"),
                aliases=("学校", "医院", "科研院所", "institution"),
            ),
            Choice(
                id="state_owned",
                title=Text("国有企业", "State-owned company"),
                aliases=("国企", "央企", "国有控股", "soe", "state-owned"),
            ),
            Choice(
                id="private",
                title=Text("民营企业", "Private company"),
                aliases=("民企", "私营企业", "私企", "private"),
            ),
            Choice(
                id="foreign",
                title=Text("外资企业", "Foreign-funded company"),
                aliases=("外企", "合资企业", "中外合资", "foreign"),
            ),
            Choice(
                id="other", title=Text("其他", "Other"), aliases=("其它", "个人", "社会团体", "individual")
            ),
        ),
        aliases=("性质", "单位性质", "企业性质", "客户类型", "nature", "client type", "ownership"),
        is_changeable=False,
    ),
    Field(
        id="importance",
        title=Text("重要程度", "Importance"),
        kind=Kind.CATEGORY,
        choices=(
            Choice(
                id="vital",
                title=Text("核心", "Vital"),
                aliases=("非常重要", "战略", "战略客户", "高", "high"),
            ),
            Choice(
                id="important", title=Text("重要", "Important"), aliases=("重点", "较重要", "中", "medium")
            ),
            Choice(id="ordinary", title=Text("一般", "Ordinary"), aliases=("普通", "不重要", "低", "low")),
        ),
        aliases=("重要性", "客户重要性", "战略重要性", "重要级别", "priority", "strategic importance"),
    ),
    Field(
        id="income_share",
        title=Text("收入占比", "Share of our income"),
        kind=Kind.PERCENT,
        unit="%",
        aliases=("营收占比", "产值占比", "占公司收入比例", "share of income", "revenue share"),
        low=0,
        high=100,
        about=Text("该客户占本公司年收入的百分比。", "The client's part of our yearly income, per cent."),
    ),
    Field(
        id="margin",
        title=Text("毛利率", "Gross margin"),
        kind=Kind.PERCENT,
        unit="%",
        aliases=("项目毛利率", "平均毛利率", "gross profit margin"),
        low=-100,
        high=100,
    ),
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
)

FIELDS: Final = (*_FILE, *_WORTH)

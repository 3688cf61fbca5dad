"""What a bank knows of a customer as such: one row a customer, one field a column."""

from __future__ import annotations

from typing import Final

from rung.sdk import Choice, Field, Kind, Text
from rung_bank.credit_fields import CREDIT

__all__ = ["FIELDS"]

IDENTITY: Final = (
    Field(
        id="customer_id",
        title=Text("客户编号", "Customer id"),
        kind=Kind.TEXT,
        aliases=(
            "客户号",
            "客户ID",
            "客户代码",
            "编号",
            "核心客户号",
            "ID",
            "customer",
            "customer no",
            "cust_no",
            "client_id",
        ),
        is_required=True,
        is_changeable=False,
    ),
    Field(
        id="customer_name",
        title=Text("客户名称", "Customer name"),
        kind=Kind.TEXT,
        aliases=(
            "名称",
            "姓名",
            "客户姓名",
            "企业名称",
            "户名",
            "借款人",
            "借款人名称",
            "name",
            "borrower",
            "client name",
        ),
        is_changeable=False,
    ),
    Field(
        id="customer_kind",
        title=Text("客户类型", "Customer kind"),
        kind=Kind.CATEGORY,
        choices=(
            Choice(
                id="company",
                title=Text("企业", "Company"),
                aliases=("公司", "对公", "法人", "企业法人", "对公客户", "corporate", "firm"),
            ),
            Choice(
                id="sole_trader",
                title=Text("个体工商户", "Sole trader"),
                aliases=("个体", "个体户", "小微业主", "self-employed"),
            ),
            Choice(
                id="person",
                title=Text("个人", "Person"),
                aliases=("自然人", "对私", "零售", "个人客户", "individual", "retail"),
            ),
        ),
        aliases=("客户类别", "客户性质", "类型", "customer type", "client type"),
        is_changeable=False,
    ),
    Field(
        id="industry",
        title=Text("所属行业", "Industry"),
        kind=Kind.TEXT,
        aliases=("行业", "行业分类", "国标行业", "sector", "line of business"),
        is_changeable=False,
    ),
    Field(
        id="region",
        title=Text("所在地区", "Region"),
        kind=Kind.TEXT,
        aliases=("地区", "区域", "所属地区", "注册地", "area", "city"),
        is_changeable=False,
    ),
    Field(
        id="group_id",
        title=Text("关联集团编号", "Borrower group"),
        kind=Kind.TEXT,
        aliases=(
            "集团编号",
            "集团客户号",
            "关联客户组",
            "关联组",
            "所属集团",
            "group",
            "group id",
            "connected group",
        ),
        about=Text(
            "共同受同一方控制、风险相连的借款人编为一组；单独客户留空。",
            "Borrowers under common control, whose risks are one, carry one value; others leave it blank.",
        ),
        is_changeable=False,
    ),
    Field(
        id="account_manager",
        title=Text("客户经理", "Account manager"),
        kind=Kind.TEXT,
        aliases=(
            "管户经理",
            "管户人",
            "主办客户经理",
            "信贷员",
            "relationship manager",
            "credit officer",
            "RM",
        ),
        is_changeable=False,
    ),
    Field(
        id="customer_since",
        title=Text("开户日期", "Customer since"),
        kind=Kind.DATE,
        aliases=(
            "开户日",
            "建档日期",
            "首次授信日期",
            "建立信贷关系日期",
            "opened on",
            "onboarded",
            "start date",
        ),
        is_changeable=False,
    ),
)

PERSONAL: Final = (
    Field(
        id="identity_number",
        title=Text("证件号码", "Identity number"),
        kind=Kind.TEXT,
        aliases=("身份证号", "证件号", "统一社会信用代码", "信用代码", "id number", "registration number"),
        is_sensitive=True,
        is_changeable=False,
    ),
    Field(
        id="phone",
        title=Text("联系电话", "Phone"),
        kind=Kind.TEXT,
        aliases=("电话", "手机", "手机号", "手机号码", "telephone", "mobile"),
        is_sensitive=True,
        is_changeable=False,
    ),
    Field(
        id="age",
        title=Text("年龄", "Age"),
        kind=Kind.INTEGER,
        unit="岁",
        aliases=("客户年龄", "周岁", "age in years"),
        low=0,
        high=150,
        is_sensitive=True,
        is_changeable=False,
    ),
)

MEANS: Final = (
    Field(
        id="assets",
        title=Text("资产规模", "Assets"),
        kind=Kind.MONEY,
        unit="元",
        aliases=("资产总额", "总资产", "资产总计", "资产合计", "资产", "total assets", "asset size"),
        low=0,
        about=Text(
            "客户自身的资产总额，取最近一期报表。",
            "The customer's own total assets, from the latest statement.",
        ),
        is_changeable=False,
    ),
    Field(
        id="liabilities",
        title=Text("负债总额", "Liabilities"),
        kind=Kind.MONEY,
        unit="元",
        aliases=("总负债", "负债合计", "负债总计", "负债", "total liabilities"),
        low=0,
        is_changeable=False,
    ),
    Field(
        id="debt_ratio",
        title=Text("资产负债率", "Debt ratio"),
        kind=Kind.PERCENT,
        unit="%",
        aliases=("负债率", "资产负债比率", "debt to assets", "debt-to-assets ratio", "leverage"),
        low=0,
        high=100_000,
    ),
    Field(
        id="revenue",
        title=Text("营业收入", "Revenue"),
        kind=Kind.MONEY,
        unit="元",
        aliases=(
            "年营业收入",
            "主营业务收入",
            "销售收入",
            "年收入",
            "sales",
            "annual revenue",
            "income",
            "turnover",
        ),
    ),
    Field(
        id="net_profit",
        title=Text("净利润", "Net profit"),
        kind=Kind.MONEY,
        unit="元",
        aliases=("年净利润", "税后利润", "profit", "net income", "profit after tax"),
    ),
)

FIELDS: Final = IDENTITY + PERSONAL + MEANS + CREDIT

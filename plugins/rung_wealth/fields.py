"""What is known of an investor: its file, who looks after it, what it holds and the risk it may bear."""

from __future__ import annotations

from typing import Final

from rung.sdk import Choice, Field, Kind, Text

__all__ = ["FIELDS"]

_FILE: Final = (
    Field(
        id="customer_id",
        title=Text("客户编号", "Customer id"),
        kind=Kind.TEXT,
        aliases=("客户号", "核心客户号", "资金账号", "客户代码", "customer", "customer no", "account no"),
        is_required=True,
        is_changeable=False,
    ),
    Field(
        id="customer_name",
        title=Text("客户姓名", "Customer name"),
        kind=Kind.TEXT,
        aliases=("客户名称", "姓名", "户名", "name", "investor"),
        is_changeable=False,
    ),
    Field(
        id="wealth_manager",
        title=Text("理财经理", "Wealth manager"),
        kind=Kind.TEXT,
        aliases=("客户经理", "投资顾问", "管户经理", "relationship manager", "adviser"),
        is_changeable=False,
    ),
    Field(
        id="branch",
        title=Text("所属网点", "Branch"),
        kind=Kind.TEXT,
        aliases=("网点", "开户网点", "营业部", "支行", "outlet", "office"),
        is_changeable=False,
    ),
    Field(
        id="phone",
        title=Text("联系电话", "Phone"),
        kind=Kind.TEXT,
        aliases=("电话", "手机", "手机号码", "mobile", "telephone"),
        is_changeable=False,
        is_sensitive=True,
    ),
    Field(
        id="opened_on",
        title=Text("开户日期", "Opened on"),
        kind=Kind.DATE,
        aliases=("开户日", "签约日期", "opening date", "customer since"),
        is_changeable=False,
    ),
)

_HELD: Final = (
    Field(
        id="assets",
        title=Text("管理资产", "Assets under management"),
        kind=Kind.MONEY,
        unit="元",
        low=0,
        aliases=("资产规模", "金融资产", "AUM", "月日均资产", "assets", "holdings"),
    ),
    Field(
        id="risk_rating",
        title=Text("风险承受能力", "Risk rating"),
        kind=Kind.CATEGORY,
        choices=(
            Choice(id="cautious", title=Text("保守型", "Cautious"), aliases=("C1", "谨慎型", "conservative")),
            Choice(id="steady", title=Text("稳健型", "Steady"), aliases=("C2", "moderate")),
            Choice(id="balanced", title=Text("平衡型", "Balanced"), aliases=("C3",)),
            Choice(id="growth", title=Text("成长型", "Growth"), aliases=("C4", "积极型")),
            Choice(id="bold", title=Text("进取型", "Bold"), aliases=("C5", "激进型", "aggressive")),
        ),
        aliases=("风险等级", "风险测评结果", "风险类型", "risk profile", "risk tolerance"),
        about=Text(
            "风险测评的结果；只作参考，不评等级。",
            "What the risk test found; for reference, not for the grade.",
        ),
        is_changeable=False,
        is_sensitive=True,
    ),
)

FIELDS: Final = (*_FILE, *_HELD)

"""What happens with a client, dated: contracts, payments, visits, complaints and satisfaction surveys."""

from __future__ import annotations

from typing import Final

from rung.sdk import Choice, EventTable, Field, Kind, Text

__all__ = ["EVENTS"]

_CUSTOMER: Final = Field(
    id="customer_id",
    title=Text("客户编号", "Client id"),
    kind=Kind.TEXT,
    aliases=("客户编码", "客户代码", "单位编号", "甲方编号", "client", "client no", "customer id"),
    is_required=True,
)


def _day(title: Text, *aliases: str) -> Field:
    return Field(id="date", title=title, kind=Kind.DATE, aliases=(*aliases, "日期"), is_required=True)


_CONTRACTS: Final = EventTable(
    id="contracts",
    title=Text("合同", "Contracts"),
    columns=(
        _CUSTOMER,
        _day(Text("签订日期", "Signed on"), "合同日期", "签约日期", "生效日期", "execution_date", "signed"),
        Field(
            id="amount",
            title=Text("合同金额", "Contract value"),
            kind=Kind.MONEY,
            unit="元",
            aliases=("金额", "合同额", "合同金额(元)", "合同价款", "value", "contract amount"),
            is_required=True,
        ),
        Field(
            id="project",
            title=Text("项目名称", "Project"),
            kind=Kind.TEXT,
            aliases=("工程名称", "合同名称", "项目", "project name", "title"),
            is_sensitive=True,
        ),
        Field(
            id="contract_kind",
            title=Text("合同类型", "Kind of contract"),
            kind=Kind.CATEGORY,
            choices=(
                Choice(
                    id="design", title=Text("勘察设计", "Design"), aliases=("设计", "勘察", "design contract")
                ),
                Choice(
                    id="construction",
                    title=Text("施工", "Construction"),
                    aliases=("工程施工", "总承包", "EPC"),
                ),
                Choice(id="supervision", title=Text("监理", "Supervision"), aliases=("工程监理", "监理服务")),
                Choice(id="consulting", title=Text("咨询", "Consulting"), aliases=("造价咨询", "项目管理")),
                Choice(id="maintenance", title=Text("运维", "Maintenance"), aliases=("维护", "维修", "保养")),
            ),
            aliases=("合同类别", "业务类型", "工程类型", "kind", "contract type"),
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
            title=Text("逾期天数", "Days late"),
            kind=Kind.INTEGER,
            unit="天",
            aliases=("拖欠天数", "延迟天数", "超期天数", "overdue days", "days overdue"),
            about=Text("0或负数为按时或提前。", "0 or less: on time or early."),
        ),
    ),
)

_PROJECT_VISITS: Final = EventTable(
    id="project_visits",
    title=Text("客户拜访", "Visits"),
    columns=(
        _CUSTOMER,
        _day(Text("拜访日期", "Visited on"), "走访日期", "回访日期", "visit_date", "visit date"),
        Field(
            id="purpose",
            title=Text("拜访目的", "Purpose"),
            kind=Kind.TEXT,
            aliases=("目的", "拜访事由", "事由", "reason"),
        ),
        Field(
            id="manner",
            title=Text("拜访方式", "Manner"),
            kind=Kind.CATEGORY,
            choices=(
                Choice(id="in_person", title=Text("上门", "In person"), aliases=("当面", "现场", "面访")),
                Choice(id="call", title=Text("电话", "Call"), aliases=("电话回访", "电话拜访", "phone")),
                Choice(id="online", title=Text("线上", "Online"), aliases=("视频", "视频会议", "video")),
            ),
            aliases=("方式", "拜访形式", "回访方式", "channel"),
        ),
        Field(
            id="is_recorded",
            title=Text("是否有记录", "Recorded"),
            kind=Kind.BOOLEAN,
            aliases=("有无记录", "是否记录", "记录完整", "has record"),
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
            is_sensitive=True,
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
            aliases=("满意度", "得分", "评分", "满意度评分", "rating"),
            low=0,
            high=100,
            is_required=True,
        ),
    ),
)

EVENTS: Final = (_CONTRACTS, _PAYMENTS, _PROJECT_VISITS, _COMPLAINTS, _SURVEYS)

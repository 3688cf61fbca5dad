"""What happens with a lead, dated: mails, visits, follow-ups, quotes, orders, surveys and complaints."""

from __future__ import annotations

from typing import Final

from rung.sdk import Choice, EventTable, Field, Kind, Text

__all__ = ["EVENTS"]

_CUSTOMER: Final = Field(
    id="customer_id",
    title=Text("客户编号", "Customer id"),
    kind=Kind.TEXT,
    aliases=("线索编号", "客户编码", "客户代码", "lead id", "lead no", "customer"),
    is_required=True,
)


def _day(title: Text, *aliases: str) -> Field:
    return Field(id="date", title=title, kind=Kind.DATE, aliases=(*aliases, "日期"), is_required=True)


def _tick(name: str, zh: str, en: str, *aliases: str) -> Field:
    return Field(id=name, title=Text(zh, en), kind=Kind.BOOLEAN, aliases=aliases)


def _choice(name: str, zh: str, en: str, *aliases: str) -> Choice:
    return Choice(id=name, title=Text(zh, en), aliases=aliases)


def _words(name: str, zh: str, en: str, *aliases: str) -> Field:
    return Field(id=name, title=Text(zh, en), kind=Kind.TEXT, aliases=aliases)


def _kind(title: Text, *choices: Choice, aliases: tuple[str, ...]) -> Field:
    return Field(id="kind", title=title, kind=Kind.CATEGORY, choices=choices, aliases=aliases)


def _money(zh: str, en: str, *aliases: str) -> Field:
    return Field(
        id="amount",
        title=Text(zh, en),
        kind=Kind.MONEY,
        unit="元",
        aliases=(*aliases, "金额", "value"),
    )


_MAILS: Final = EventTable(
    id="mails",
    title=Text("往来邮件", "Mails"),
    columns=(
        _CUSTOMER,
        _day(Text("邮件日期", "Mailed on"), "收发日期", "发送日期", "mail_date", "sent on"),
        Field(
            id="direction",
            title=Text("收发", "Direction"),
            kind=Kind.CATEGORY,
            choices=(
                _choice("in", "来信", "In", "收", "收到", "received"),
                _choice("out", "去信", "Out", "发", "发出", "sent"),
            ),
            aliases=("方向", "来往", "in or out"),
            is_required=True,
        ),
        _tick("shows_interest", "表示兴趣", "Shows interest", "有兴趣", "interested"),
        _tick("names_product", "提到产品", "Names our product", "提及我司产品", "product named"),
        _tick("states_request", "明确产品要求", "States a request", "要求明确", "clear request"),
        _tick("asks_price", "问价格", "Asks the price", "询价", "price asked"),
        _tick("asks_name", "问品名", "Asks the name", "问型号", "name asked"),
        _tick("asks_pictures", "问图片", "Asks for pictures", "要图片", "pictures asked"),
        _tick("asks_data", "问技术参数", "Asks for technical data", "要技术资料", "data asked"),
        _tick("asks_packing", "问包装", "Asks about packing", "包装要求", "packing asked"),
        _tick("asks_shipping", "问运输", "Asks about shipping", "问运费", "shipping asked"),
        _tick("states_specification", "写明规格", "Names a specification", "有规格", "specification named"),
        _tick("states_quantity", "写明数量", "Names a quantity", "有数量", "quantity named"),
        _tick("states_payment", "写明付款方式", "Names payment terms", "有付款方式", "payment named"),
        _tick("states_delivery", "写明交货期", "Names a delivery date", "有交货期", "delivery named"),
    ),
)

_VISITS: Final = EventTable(
    id="visits",
    title=Text("拜访与来访", "Visits"),
    columns=(
        _CUSTOMER,
        _day(Text("拜访日期", "Visited on"), "来访日期", "走访日期", "visit_date", "visit date"),
        _kind(
            Text("拜访类型", "Kind of visit"),
            _choice("paid", "上门拜访", "Paid", "拜访", "我方拜访", "we visited"),
            _choice("received", "客户来访", "Received", "来访", "来厂", "they came"),
            aliases=("类型", "来往方式", "visit kind"),
        ),
        _tick("is_from_abroad", "国外来访", "From abroad", "从国外来", "came from abroad"),
        _words("purpose", "拜访目的", "Purpose", "目的", "事由", "reason"),
    ),
)

_FOLLOWUPS: Final = EventTable(
    id="followups",
    title=Text("跟进记录", "Follow-ups"),
    columns=(
        _CUSTOMER,
        _day(Text("跟进日期", "Followed up on"), "联系日期", "追踪日期", "followup_date", "contact date"),
        Field(
            id="manner",
            title=Text("跟进方式", "Manner"),
            kind=Kind.CATEGORY,
            choices=(
                _choice("call", "电话", "Call", "通话", "phone"),
                _choice("mail", "邮件", "Mail", "电邮", "email"),
                _choice("messenger", "即时通讯", "Messenger", "微信", "chat"),
                _choice("visit", "上门", "Visit", "面谈", "in person"),
            ),
            aliases=("方式", "联系方式", "channel"),
        ),
        Field(
            id="subject",
            title=Text("跟进内容", "Subject"),
            kind=Kind.CATEGORY,
            choices=(
                _choice("need", "了解需求", "Need", "需求沟通", "needs"),
                _choice("proposal", "方案沟通", "Proposal", "介绍方案", "product"),
                _choice("negotiation", "商务谈判", "Negotiation", "谈判", "谈价格条款", "terms"),
                _choice("contract", "合同签订", "Contract", "签约", "signing"),
                _choice("care", "问候回访", "Care", "问候", "回访", "greeting"),
            ),
            aliases=("内容", "跟进事项", "about", "topic"),
        ),
    ),
)

_QUOTES: Final = EventTable(
    id="quotes",
    title=Text("报价与方案", "Quotes and proposals"),
    columns=(
        _CUSTOMER,
        _day(Text("报价日期", "Quoted on"), "提交日期", "方案日期", "quote_date", "quote date"),
        _kind(
            Text("单据类型", "Kind of paper"),
            _choice("proposal", "产品方案", "Proposal", "方案", "建议书", "offer of products"),
            _choice("quote", "报价", "Quote", "报价单", "正式报价", "quotation"),
            aliases=("类型", "文件类型", "paper"),
        ),
        _money("报价金额", "Amount quoted", "方案金额", "quoted"),
    ),
)

_ORDERS: Final = EventTable(
    id="orders",
    title=Text("订单与合同", "Orders"),
    columns=(
        _CUSTOMER,
        _day(Text("下单日期", "Ordered on"), "订单日期", "签订日期", "order_date", "signed on"),
        _kind(
            Text("订单类型", "Kind of order"),
            _choice("formal", "正式订单", "Formal", "正式", "合同", "大货", "contract"),
            _choice("sample", "样品单", "Sample", "样品", "样单", "sample order"),
            aliases=("类型", "订单性质", "order kind"),
        ),
        _money("订单金额", "Order value", "合同金额", "成交金额", "order amount"),
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
            aliases=("满意度", "得分", "评分", "rating"),
            low=0,
            high=100,
            is_required=True,
        ),
        _words("remark", "意见", "Remark", "客户意见", "不满原因", "comment"),
    ),
)

_COMPLAINTS: Final = EventTable(
    id="complaints",
    title=Text("客户投诉", "Complaints"),
    columns=(
        _CUSTOMER,
        _day(Text("投诉日期", "Complained on"), "受理日期", "接诉日期", "complaint_date", "complaint date"),
        _words("subject", "投诉内容", "Subject", "内容", "投诉事项", "about"),
        _tick("is_resolved", "是否办结", "Resolved", "办结", "是否解决", "closed"),
    ),
)

EVENTS: Final = (_MAILS, _VISITS, _FOLLOWUPS, _QUOTES, _ORDERS, _SURVEYS, _COMPLAINTS)

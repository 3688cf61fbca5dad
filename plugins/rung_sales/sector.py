"""The sales sector put together: what the plugin hands to Rung."""

from __future__ import annotations

from typing import Final

from rung.sdk import Sample, Sector, Text
from rung_sales.deal_fields import DEAL
from rung_sales.event_features import COUNTED
from rung_sales.events import EVENTS
from rung_sales.lead_fields import LEAD
from rung_sales.measures import MEASURES
from rung_sales.records import RECORDS, ROLES
from rung_sales.time_features import TIMED

__all__ = ["SALES"]


def _sample(n: int, seed: int) -> Sample:
    # Imported on call: the sample needs polars, the sector does not.
    from rung_sales.sample import sample

    return sample(n, seed)


SALES: Final = Sector(
    id="sales",
    title=Text("销售线索与商机", "Sales leads and pipeline"),
    about=Text(
        "外贸与直销的线索、潜在客户和商机：按意向、阶段、需求和成交时间分级；数据来自往来邮件、拜访、跟进、报价、订单、"
        "满意度调查和投诉。",
        "Leads, prospects and deals of export and field sales: graded by intent, stage, need and time to "
        "close; from mails, visits, follow-ups, quotes, orders, surveys and complaints.",
    ),
    fields=(*LEAD, *DEAL),
    events=EVENTS,
    features=(*COUNTED, *TIMED),
    measures=MEASURES,
    last_contact="days_since_followup",
    records=RECORDS,
    roles=ROLES,
    policies="rung_policies.sales",
    sample=_sample,
)

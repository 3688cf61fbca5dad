"""The general sector put together: what the plugin hands to Rung."""

from __future__ import annotations

from typing import Final

from rung.sdk import Sample, Sector, Text
from rung_general.events import EVENTS
from rung_general.features import FEATURES
from rung_general.fields import FIELDS
from rung_general.judged_fields import JUDGED
from rung_general.records import RECORDS, ROLES

__all__ = ["GENERAL"]


def _sample(n: int, seed: int) -> Sample:
    # Imported on call: the sample needs polars, the sector does not.
    from rung_general.sample import sample

    return sample(n, seed)


GENERAL: Final = Sector(
    id="general",
    title=Text("综合客户管理", "General customer management"),
    about=Text(
        "各行各业的客户：按订单、利润、付款、合作关系和潜力分级；数据来自订单、回款、联系记录、投诉和满意度调查。",
        "Customers of any trade: graded by orders, profit, payment, relationship and potential; from orders, "
        "payments, contacts, complaints and satisfaction surveys.",
    ),
    fields=(*FIELDS, *JUDGED),
    events=EVENTS,
    features=FEATURES,
    last_contact="days_since_contact",
    records=RECORDS,
    roles=ROLES,
    policies="rung_policies.general",
    sample=_sample,
)

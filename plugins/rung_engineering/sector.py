"""The engineering sector put together: what the plugin hands to Rung."""

from __future__ import annotations

from typing import Final

from rung.sdk import Sample, Sector, Text
from rung_engineering.events import EVENTS
from rung_engineering.features import FEATURES
from rung_engineering.fields import FIELDS
from rung_engineering.records import RECORDS, ROLES

__all__ = ["ENGINEERING"]


def _sample(n: int, seed: int) -> Sample:
    # Imported on call: the sample needs polars, the sector does not.
    from rung_engineering.sample import sample

    return sample(n, seed)


ENGINEERING: Final = Sector(
    id="engineering",
    title=Text("工程项目", "Engineering projects"),
    about=Text(
        "工程项目客户：按性质和重要程度分为A、B、C三类；数据来自合同、回款、拜访、投诉和满意度调查。",
        "Clients of engineering projects: graded A, B, C by nature and importance; from contracts, payments, "
        "visits, complaints and satisfaction surveys.",
    ),
    fields=FIELDS,
    events=EVENTS,
    features=FEATURES,
    last_contact="days_since_visit",
    records=RECORDS,
    roles=ROLES,
    policies="rung_policies.engineering",
    sample=_sample,
)

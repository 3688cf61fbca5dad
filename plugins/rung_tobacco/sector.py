"""The tobacco sector put together: what the plugin hands to Rung."""

from __future__ import annotations

from typing import Final

from rung.sdk import Sample, Sector, Text
from rung_tobacco.events import EVENTS
from rung_tobacco.features import FEATURES
from rung_tobacco.fields import FIELDS
from rung_tobacco.records import RECORDS, ROLES

__all__ = ["TOBACCO"]


def _sample(n: int, seed: int) -> Sample:
    # Imported on call: the sample needs polars, the sector does not.
    from rung_tobacco.sample import sample

    return sample(n, seed)


TOBACCO: Final = Sector(
    id="tobacco",
    title=Text("卷烟零售", "Cigarette retail"),
    about=Text(
        "卷烟零售户：按经营能力分类服务，困难群体另加情感服务；数据来自周订单、走访、陈列检查和投诉。",
        "Cigarette retailers: served by operating ability, with care on top for those in hardship; "
        "from weekly orders, visits, display checks and complaints.",
    ),
    fields=FIELDS,
    events=EVENTS,
    features=FEATURES,
    last_contact="days_since_visit",
    records=RECORDS,
    roles=ROLES,
    policies="rung_policies.tobacco",
    sample=_sample,
)

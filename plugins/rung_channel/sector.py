"""The special-channel sector put together: what the plugin hands to Rung."""

from __future__ import annotations

from typing import Final

from rung.sdk import Sample, Sector, Text
from rung_channel.client_fields import CLIENT
from rung_channel.events import EVENTS
from rung_channel.features import FEATURES
from rung_channel.partner_fields import PARTNER
from rung_channel.records import RECORDS, ROLES

__all__ = ["CHANNEL"]


def _sample(n: int, seed: int) -> Sample:
    # Imported on call: the sample needs polars, the sector does not.
    from rung_channel.sample import sample

    return sample(n, seed)


CHANNEL: Final = Sector(
    id="channel",
    title=Text("特渠客户", "Special channels"),
    about=Text(
        "饮料企业的特殊渠道客户（学校、医院、影院、网吧等）：分C1、C2，定由谁负责；数据来自客户档案、供货和拜访记录。",
        "A beverage maker's special channels (schools, hospitals, cinemas, internet cafés): C1 or C2, and "
        "who handles them; from the clients' files, supplies and calls.",
    ),
    fields=(*CLIENT, *PARTNER),
    events=EVENTS,
    features=FEATURES,
    records=RECORDS,
    roles=ROLES,
    policies="rung_policies.channel",
    sample=_sample,
)

"""The hotel sector put together: what the plugin hands to Rung."""

from __future__ import annotations

from typing import Final

from rung.sdk import Sample, Sector, Text

from rung_hotel.events import EVENTS
from rung_hotel.features import FEATURES
from rung_hotel.fields import FIELDS
from rung_hotel.measures import MEASURES
from rung_hotel.outcomes import OUTCOMES
from rung_hotel.records import RECORDS, ROLES

__all__ = ["HOTEL"]


def _sample(n: int, seed: int) -> Sample:
    # Imported on call: the sample needs polars, the sector does not.
    from rung_hotel.sample import sample

    return sample(n, seed)


HOTEL: Final = Sector(
    id="hotel",
    title=Text("酒店会员", "Hotel guests"),
    about=Text(
        "酒店的常客与会员：按间夜或消费定会员等级，按净收入找出值得挽回的客人；数据来自住宿记录。",
        "A hotel's regulars: tiers by nights or spend, and by what they leave us who is worth winning back; "
        "from the stays.",
    ),
    fields=FIELDS,
    events=EVENTS,
    features=FEATURES,
    measures=MEASURES,
    key="guest_id",
    name="guest_name",
    last_contact="last_contact_on",
    outcomes=OUTCOMES,
    records=RECORDS,
    roles=ROLES,
    policies="rung_hotel.policies",
    sample=_sample,
)

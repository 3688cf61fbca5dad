"""Car dealers (4S) and repair shops: owners and their cars, visits, calls, promotions, complaints."""

from rung.sdk import Sector, Text, hookimpl
from rung_auto4s.events import EVENTS
from rung_auto4s.features import FEATURES
from rung_auto4s.fields import FIELDS
from rung_auto4s.outcomes import OUTCOMES
from rung_auto4s.records import RECORDS, ROLES
from rung_auto4s.sample import sample

__all__ = ["RUNG_API", "rung_sector"]

RUNG_API = 1


@hookimpl
def rung_sector() -> Sector:
    """Return the sector of car dealers and repair shops."""
    return Sector(
        id="auto4s",
        title=Text("汽车4S店与维修厂", "Car dealer and repair shop"),
        about=Text(
            "汽车销售服务与维修：按售后忠诚度与来店意向划分客户，供售后经理、电访员使用。",
            "Car sales, service and repair: customers by after-sales loyalty and readiness to come in, for "
            "after-sales managers and callers.",
        ),
        fields=FIELDS,
        events=EVENTS,
        features=FEATURES,
        last_contact="days_since_contact",
        outcomes=OUTCOMES,
        records=RECORDS,
        roles=ROLES,
        policies="rung_policies.auto4s",
        sample=sample,
    )

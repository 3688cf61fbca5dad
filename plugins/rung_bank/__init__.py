"""Bank and wealth management: borrowers, their assets, credit record, statements and risk."""

from rung.sdk import Sector, Text, hookimpl
from rung_bank.events import EVENTS
from rung_bank.features import FEATURES
from rung_bank.fields import FIELDS
from rung_bank.records import RECORDS, ROLES
from rung_bank.sample import sample

__all__ = ["RUNG_API", "rung_sector"]

RUNG_API = 1


@hookimpl
def rung_sector() -> Sector:
    """Return the bank's sector."""
    return Sector(
        id="bank",
        title=Text("银行", "Bank"),
        about=Text(
            "银行与财富管理：按资产规模、信用、报表与风险评估划分客户等级，供信贷员、客户经理使用。",
            "Banking and wealth management: customer tiers by assets, credit record, statements and "
            "risk assessment, for credit officers and account managers.",
        ),
        fields=FIELDS,
        events=EVENTS,
        features=FEATURES,
        records=RECORDS,
        roles=ROLES,
        policies="rung_policies.bank",
        sample=sample,
    )

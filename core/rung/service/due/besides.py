"""What is due that no rhythm tells: human inputs, records and alarms, also of customers not in the run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from rung.grading.compiled import CompiledPolicy
from rung.service.due.customers import Customers
from rung.service.due.duties import role_title
from rung.service.due.tables import PART
from rung.service.due_list import WHO, DueKind, Duty
from rung.text import Text

__all__ = ["Besides", "besides_rows"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Besides:
    """Something due that no rhythm tells: a human input, a record, an alarm."""

    kind: DueKind
    customer_id: str
    code: str
    """The id people know it by."""
    what: Text
    by: str | None
    due: date
    latest: date | None
    at: datetime | None = None
    by_title: Text | None = None
    """What the role is called where the policy does not say."""

    def duty(self, compiled: CompiledPolicy) -> Duty:
        """Return what is to be done, with what the policy calls the role that owes it."""
        title = role_title(self.by, compiled) or self.by_title
        return Duty(self.kind, compiled.policy.id, "", self.code, self.what, self.by, title)


def besides_rows(
    asked: Sequence[Besides], customers: Customers, first: int
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the rows of what no rhythm tells (``PART``), and the strangers among them (``WHO``).

    ``first``: the number of the duty of the first; the others' follow. Strangers are customers who are not
    in the run: their places come after all of its own.
    """
    ids = customers.standing.frame.lazy().select("customer_id").with_row_index("row")
    told = _told(asked, first)
    about = ids.filter(pl.col("customer_id").is_in(told["customer_id"].unique().implode())).collect()
    found = told.join(about, on="customer_id", how="left", maintain_order="left")
    if customers.wanted is not None:
        found = found.filter(customers.wanted.gather(found["row"]).fill_null(value=False))
    missing = found.filter(pl.col("row").is_null()).select("customer_id").unique(maintain_order=True)
    places = missing.with_row_index("stranger", offset=customers.standing.frame.height)
    found = (
        found.join(places, on="customer_id", how="left", maintain_order="left")
        .with_columns(row=pl.coalesce("row", "stranger"), first=pl.lit(None), note=pl.lit(None))
        .select(pl.col(name).cast(kind) for name, kind in PART.items())
    )
    strangers = missing.select(
        pl.col(name) if name == "customer_id" else pl.lit(None, kind).alias(name)
        for name, kind in WHO.items()
    )
    return found, strangers


def _told(asked: Sequence[Besides], first: int) -> pl.DataFrame:
    names = ("due", "latest", "at")
    return pl.DataFrame(
        {
            "customer_id": [each.customer_id for each in asked],
            **{name: [getattr(each, name) for each in asked] for name in names},
            "duty": range(first, first + len(asked)),
        },
        schema={"customer_id": pl.String, **{name: PART[name] for name in names}, "duty": pl.Int32},
    )

"""What is counted across a lead's fields and features: data on file, details asked, inquiry items."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from rung.sdk import Kind, Measure, Text
from rung_sales.event_features import DETAILS, INQUIRY
from rung_sales.lead_fields import FULL_DATA

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

__all__ = ["MEASURES"]


def _filled(names: tuple[str, ...]) -> nw.Expr:
    """Return how many of the fields hold something; a blank is none."""
    import narwhals.stable.v2 as nw

    total = nw.lit(0, dtype=nw.Int64)
    for name in names:
        total = total + nw.when(nw.col(name).is_null()).then(nw.lit(0)).otherwise(nw.lit(1))
    return total


def _above_zero(names: tuple[str, ...]) -> nw.Expr:
    """Return how many of the counts are above zero; missing where one of them is."""
    import narwhals.stable.v2 as nw

    total = nw.lit(0, dtype=nw.Int64)
    for name in names:
        count = nw.col(name)
        at_least_one = nw.when(count > 0).then(nw.lit(1)).otherwise(nw.lit(0))
        total = total + nw.when(~count.is_null()).then(at_least_one)
    return total


def _measure(
    name: str, title: Text, names: tuple[str, ...], build: Callable[[tuple[str, ...]], nw.Expr], about: Text
) -> Measure:
    return Measure(
        id=name,
        title=title,
        kind=Kind.INTEGER,
        unit="项",
        low=0,
        high=len(names),
        about=about,
        inputs=names,
        build=partial(build, names),
    )


MEASURES: Final = (
    _measure(
        "data_items",
        Text("资料完整项数", "Data on file"),
        FULL_DATA,
        _filled,
        Text(
            "公司、地址、电话、传真、邮箱、即时通讯六项中有几项。",
            "How many of company, address, phone, fax, mail and messenger are known.",
        ),
    ),
    _measure(
        "details_asked",
        Text("细节询问项数", "Details asked"),
        DETAILS,
        _above_zero,
        Text(
            "来信问过品名、图片、技术参数、包装、运输中的几项。",
            "How many of name, pictures, technical data, packing and shipping its mails have asked.",
        ),
    ),
    _measure(
        "inquiry_items",
        Text("询盘要素项数", "Inquiry items named"),
        INQUIRY,
        _above_zero,
        Text(
            "来信写明规格、数量、付款方式、交货期中的几项。",
            "How many of specification, quantity, payment terms and delivery date its mails have named.",
        ),
    ),
)

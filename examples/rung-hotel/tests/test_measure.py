"""The commission is exact to the fen, whatever was spent."""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl
import pytest

from rung_hotel.measures import MEASURES

_LARGEST = 9_000_000_000_000_000
# The greatest amount Rung keeps, in fen.


@pytest.mark.parametrize(
    ("spend", "direct", "net"),
    [
        (100_000, 10_000, 100_000),
        (100_000, 0, 85_000),
        (100_000, 5_000, 92_500),
        (101, 0, 86),
        (1, 0, 1),
        (0, None, 0),
        (_LARGEST, 0, _LARGEST // 100 * 85),
    ],
    ids=["all direct", "none direct", "half", "a part of a fen", "a fen", "never stayed", "the largest"],
)
def test_the_commission_is_fifteen_per_cent_of_what_was_not_booked_directly(
    spend: int, direct: int | None, net: int
) -> None:
    frame = pl.DataFrame(
        {"spend_24m": [spend], "direct_share_24m": [direct]},
        schema={"spend_24m": pl.Int64, "direct_share_24m": pl.Int64},
    )
    found = nw.from_native(frame).select(net=MEASURES[0].build()).to_native()
    assert found["net"].to_list() == [net]

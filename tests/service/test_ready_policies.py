"""What the ready policies promise comes due as the practices write it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from places import graded, moment, told, workspace

from rung.service.due import ARRIVED, Chosen, due_list
from rung.service.due_list import DueKind

A_CALL = {"phone_status": "reached", "acceptance": "accepts", "need": "known", "intention": "soon"}
B_CALL = {"phone_status": "reached", "acceptance": "accepts", "need": "none_now"}
C_CALL = {"phone_status": "reached"}
D_CALL = {"phone_status": "unreached"}
E_CALL = {"phone_status": "dead"}


def test_17_a_is_called_weekly_b_every_15_days_c_monthly_and_e_never(tmp_path: Path) -> None:
    place = workspace(tmp_path)
    kinds = {"A": A_CALL, "B": B_CALL, "C": C_CALL, "D": D_CALL, "E": E_CALL}
    people = [
        {"customer_id": f"{grade}1", **values, "days_since_contact": 0} for grade, values in kinds.items()
    ]
    graded(place, "auto4s.call-list", date(2026, 3, 10), people)  # a Tuesday: all were called that day
    found = place.service.due(moment(date(2026, 3, 10)), Chosen(within=60))
    assert told(found) == [
        ("A1", "contact", "2026-03-17", -7),
        ("B1", "contact", "2026-03-25", -15),
        ("C1", "contact", "2026-04-10", -31),
    ]


def test_17_whoever_is_late_comes_first_then_the_better_grade_then_the_later(tmp_path: Path) -> None:
    place = workspace(tmp_path)
    called = [("A1", A_CALL, 3), ("A2", A_CALL, 7), ("A3", A_CALL, 9), ("A4", A_CALL, 20), ("B1", B_CALL, 40)]
    people = [{"customer_id": name, **values, "days_since_contact": n} for name, values, n in called]
    graded(place, "auto4s.call-list", date(2026, 1, 6), people)  # the grades began long before
    graded(place, "auto4s.call-list", date(2026, 3, 12), people)
    found = place.service.due(moment(date(2026, 3, 12)))
    assert told(found) == [
        ("A4", "contact", "2026-02-27", 13),
        ("A3", "contact", "2026-03-10", 2),
        ("B1", "contact", "2026-02-14", 26),  # a Saturday worked for the Spring Festival
        ("A2", "contact", "2026-03-12", 0),
    ]


def test_17_one_category_is_called_in_one_batch(tmp_path: Path) -> None:
    place = workspace(tmp_path)
    called = [("B1", B_CALL, 40), ("A1", A_CALL, 8), ("B2", B_CALL, 15), ("A2", A_CALL, 7)]
    people = [{"customer_id": name, **values, "days_since_contact": n} for name, values, n in called]
    graded(place, "auto4s.call-list", date(2026, 1, 6), people)
    graded(place, "auto4s.call-list", date(2026, 3, 12), people)
    found = place.service.due(moment(date(2026, 3, 12)), Chosen(in_batches=True))
    assert [each.customer_id for each in found.rows()] == ["A1", "A2", "B1", "B2"]
    assert all(each.is_batch for each in found.rows())


def test_15_a_is_reviewed_half_yearly_b_yearly_c_in_two_years_d_never(tmp_path: Path) -> None:
    place = workspace(tmp_path)
    people = [
        {
            "customer_id": name,
            "order_amount_12m": amount,
            "orders_12m": orders,
            "cooperation_years": years,
            "potential": potential,
        }
        for name, amount, orders, years, potential in (
            ("A1", 500_000, 12, 5, "high"),
            ("B1", 200_000, 6, 3, "some"),
            ("C1", 60_000, 2, 1, "average"),
            ("D1", 0, 0, 0, "low"),
        )
    ]
    graded(place, "general.contract-classes", date(2026, 3, 10), people)
    found = place.service.due(
        moment(date(2026, 3, 10)), Chosen(within=1_000, kinds=frozenset({DueKind.REVIEW}))
    )
    assert {each.customer_id: (each.code, each.due) for each in found.rows()} == {
        "A1": ("half_yearly", date(2026, 9, 10)),
        "B1": ("yearly", date(2027, 3, 10)),
        "C1": ("two_yearly", date(2028, 3, 10)),
    }


@pytest.mark.parametrize(
    ("need", "days", "grade", "expected"),
    [
        ("now", 10, "A", date(2026, 3, 11)),
        ("now", 60, "B", date(2026, 3, 17)),
        ("now", 150, "C", date(2026, 3, 25)),
        ("now", 300, "D", date(2026, 4, 9)),
        ("none", None, "E", date(2027, 3, 10)),
    ],
)
def test_27_follow_ups_by_time_to_close(
    tmp_path: Path, need: str, days: int | None, grade: str, expected: date
) -> None:
    place = workspace(tmp_path)
    months = None if days is None else days // 30
    lead = {
        "customer_id": "L1",
        "need": need,
        "days_to_close": days,
        "months_to_close": months,
        "days_since_followup": 0,
    }
    graded(place, "sales.time-to-close", date(2026, 3, 10), [lead])
    found = place.service.due(moment(date(2026, 3, 10)), Chosen(within=400))
    assert [(each.grade, each.due) for each in found.rows()] == [(grade, expected)]


NOTHING_BOUGHT = {"formal_orders": 0, "sample_orders": 0, "visits_from_abroad": 0, "local_influence": False}
IN_DETAIL = ("name_asked", "pictures_asked", "data_asked", "packing_asked", "shipping_asked")
FULL_DATA = ("company", "address", "phone", "fax", "mail", "messenger")
LEVEL_2 = {
    **NOTHING_BOUGHT,
    **dict.fromkeys(IN_DETAIL, 1),
    **dict.fromkeys(FULL_DATA, "a"),
    "mails_exchanged": 6,
    "interested_mails": 1,
    "product_mails": 0,
    "request_mails": 0,
    "price_mails": 0,
}
LEVEL_3 = {**LEVEL_2, **dict.fromkeys(IN_DETAIL, 0), "product_mails": 1}


def test_2_level_2_hears_from_us_at_first_every_three_days_later_weekly(tmp_path: Path) -> None:
    place = workspace(tmp_path)
    lead = {"customer_id": "L2", **LEVEL_2}
    graded(place, "sales.export-leads", date(2026, 3, 10), [{**lead, "days_since_followup": 0}])
    now = moment(date(2026, 3, 10))
    assert [each.due for each in place.service.due(now, Chosen(within=30)).rows()] == [date(2026, 3, 13)]
    later = date(2026, 5, 12)
    graded(place, "sales.export-leads", later, [{**lead, "days_since_followup": 0}])
    found = place.service.due(moment(later), Chosen(within=30))
    assert [(each.due, each.turn) for each in found.rows()] == [(date(2026, 5, 19), 2)]


def test_2_a_mail_of_level_3_is_answered_within_24_elapsed_hours(tmp_path: Path) -> None:
    place = workspace(tmp_path)
    graded(place, "sales.export-leads", date(2026, 3, 6), [{"customer_id": "L3", **LEVEL_3}])
    arrived = moment(date(2026, 3, 6), 15)  # a Friday afternoon
    mails = pl.DataFrame(
        [{"customer_id": "L3", "to": "mail", "at": arrived, "note": "E7"}],
        schema_overrides={"at": ARRIVED["at"]},
    )
    with place.run() as run:
        standing = place.service.standing(run, arrived)
    for hours, is_late in ((24, False), (25, True)):
        now = arrived + timedelta(hours=hours)
        (row,) = due_list(standing, place.service.calendar, now, arrived=mails).rows()
        assert (row.kind, row.code, row.at, row.is_late) == (
            DueKind.RESPOND,
            "E7",
            moment(date(2026, 3, 7), 15),
            is_late,
        )

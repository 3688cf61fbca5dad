"""What was promised is counted as kept, late, missed or open, and reviews are something people do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from places import graded, moment, workspace

from rung.errors import RungError
from rung.ledger import Proposal
from rung.ledger.service.arrivals import ArrivedEvent, arrival_draft
from rung.ledger.service.contacts import LoggedContact, contact_draft
from rung.service.contacts import ContactSaid
from rung.service.due import Chosen
from rung.service.due_list import DueKind
from rung.service.kept.forecasting import ForecastBy
from rung.service.kept.report import By, KeptLine
from rung.workspace import Workspace
from rung.workspace.forecast import ForecastAsked
from rung.workspace.grade_reviews import drawn_up, reviewed, taken_back
from rung.workspace.kept import KeptAsked

POLICY = """
schema = 1
id = "shop.care"
version = "1"
title = { zh = "照看", en = "Care" }
grades = ["A", "B"]

[fields.spent]
title = { zh = "消费", en = "Spent" }
kind = "integer"
[fields.seller]
title = { zh = "店员", en = "Seller" }
kind = "text"

[grading]
mode = "rules"
[[rules]]
id = "a"
grade = "A"
when = { spent = ">= 100" }
reason = { zh = "多", en = "much" }
[[rules]]
id = "b"
grade = "B"
when = { spent = "< 100" }
reason = { zh = "少", en = "little" }

[service.A]
contact = { id = "call", every = "7d", minutes = 30, channel = { zh = "电话", en = "phone" } }
review = { every = "14d" }
[service.B]
contact = { id = "card", every = "1mo" }

[[outcomes]]
id = "spoken"
title = { zh = "接通", en = "spoken to" }
key = "s"
[override]
approval = { up = "none", down = "none" }
"""
LEVEL_3 = {
    **dict.fromkeys(("formal_orders", "sample_orders", "visits_from_abroad"), 0),
    "local_influence": False,
    **dict.fromkeys(("name_asked", "pictures_asked", "data_asked", "packing_asked", "shipping_asked"), 0),
    **dict.fromkeys(("company", "address", "phone", "fax", "mail", "messenger"), "a"),
    "mails_exchanged": 6,
    "interested_mails": 1,
    "product_mails": 1,
    "request_mails": 0,
    "price_mails": 0,
}
MONDAY = date(2026, 3, 2)
WEEK = timedelta(days=7)


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    """Two customers of East and one of West, graded on a Monday."""
    found = workspace(tmp_path, 'portfolio = "seller"\n')
    (found.folder / "policies/care.toml").write_text(POLICY, encoding="utf-8")
    people = [
        {"customer_id": "C1", "spent": 500, "seller": "East"},
        {"customer_id": "C2", "spent": 500, "seller": "West"},
        {"customer_id": "C3", "spent": 5, "seller": "East"},
    ]
    graded(found, "shop.care", MONDAY, people)
    return found


def contacted(place: Workspace, customer: str, day: date, now: date) -> None:
    place.contacts.log(customer, ContactSaid(outcome="spoken", at=moment(day)), moment(now))


def counts(lines: tuple[KeptLine, ...]) -> list[tuple[object, ...]]:
    return [(*each.names, each.due, each.kept, each.late, each.missed, each.open) for each in lines]


def test_contacts_are_kept_late_missed_or_open_by_whose_customers_they_are(place: Workspace) -> None:
    now = MONDAY + 4 * WEEK
    contacted(place, "C1", MONDAY + timedelta(days=5), now)  # due 9 March: kept
    contacted(place, "C1", MONDAY + timedelta(days=14), now)  # due on Friday 13: late on 16
    # C1 is due on 23 and 30 March; C2 on 9, 16, 23, 30 March: nobody came, but 30 March is not over.
    found = place.service.kept(KeptAsked(first=MONDAY, until=now), moment(now))
    by = counts(found.lines(By.PERSON, By.KIND))
    assert by == [
        ("East", "contact", 4, 1, 1, 1, 1),
        ("East", "review", 2, 0, 0, 1, 1),
        ("West", "contact", 4, 0, 0, 3, 1),
        ("West", "review", 2, 0, 0, 1, 1),
    ]
    assert counts(found.lines(By.GRADE)) == [("A", 12, 1, 1, 6, 4)]
    assert found.whole.rate is not None
    assert found.whole.is_few
    assert found.lines(By.MAKER)[0].names != (None,)


def test_nothing_is_judged_before_it_is_due(place: Workspace) -> None:
    with pytest.raises(RungError, match="still to come"):
        place.service.kept(KeptAsked(first=MONDAY + WEEK, until=MONDAY + 2 * WEEK), moment(MONDAY))
    found = place.service.kept(KeptAsked(first=MONDAY, until=MONDAY + 9 * WEEK), moment(MONDAY + WEEK))
    assert found.until == MONDAY + WEEK
    with pytest.raises(RungError, match="no run by the policy"):
        early = MONDAY - WEEK
        place.service.kept(KeptAsked(first=early, until=early), moment(MONDAY))


def test_a_review_counts_from_the_last_look_and_not_from_nightly_runs(place: Workspace) -> None:
    people = [{"customer_id": "C1", "spent": 500, "seller": "East"}]
    graded(place, "shop.care", MONDAY + WEEK, people)
    tuesday = MONDAY + 2 * WEEK + timedelta(days=1)
    chosen = Chosen(kinds=frozenset([DueKind.REVIEW]))

    def days() -> list[tuple[str, date]]:
        return [(each.customer_id, each.due) for each in place.service.due(moment(tuesday), chosen).rows()]

    assert days() == [("C1", MONDAY + 2 * WEEK)]
    run = place.runs().manifests[0].run_id
    made = reviewed(place, drawn_up(place, ["C1"], "资料无变化", None, moment(tuesday), run))
    assert [each.grade for each in made] == ["A"]
    assert days() == []
    taken_back(place, [made[0].id], "客户弄错", moment(tuesday))
    told = [(each.id, each.is_withdrawn) for each in place.contacts.history("C1").entries]
    assert told == [(made[0].id, False), (made[0].id, True)]
    assert days() == [("C1", MONDAY + 2 * WEEK)]
    place.human_input.propose("C1", Proposal(grade="B", reason="systemic"), moment(tuesday))
    assert days() == []


def test_a_review_is_not_taken_back_without_a_reason_nor_dated_ahead(place: Workspace) -> None:
    run = place.runs().manifests[0].run_id
    made = reviewed(place, drawn_up(place, ["C1"], "", None, moment(MONDAY), run))
    with pytest.raises(RungError, match="Nothing says why"):
        taken_back(place, [made[0].id], " ", moment(MONDAY))
    with pytest.raises(RungError, match="is no review"):
        taken_back(place, ["K1"], "x", moment(MONDAY))
    with pytest.raises(RungError, match="still to come"):
        drawn_up(place, ["C1"], "", MONDAY + WEEK, moment(MONDAY), run)


def test_what_falls_due_is_counted_by_week_with_hours_and_what_is_overdue(place: Workspace) -> None:
    now = MONDAY + WEEK + timedelta(days=1)  # both A are due since yesterday
    run = place.runs().manifests[0].run_id
    asked = ForecastAsked(until=now + timedelta(days=27), run_id=run)
    found = place.service.forecast(asked, moment(now))
    whole = found.lines()[0]
    assert [each.names[0] for each in found.lines(ForecastBy.WEEK)] == [
        (now + n * WEEK).isoformat() for n in range(4)
    ]
    assert (whole.contacts, whole.reviews, whole.overdue, whole.minutes, whole.untimed) == (9, 4, 2, 240, 1)
    by_channel = {each.names[0]: each.contacts for each in found.lines(ForecastBy.CHANNEL)}
    assert by_channel == {"phone": 8, None: 1}


def test_a_changed_policy_stands_beside_the_present_one(place: Workspace) -> None:
    from rung.pipeline.cards import grading_policy

    other = place.folder / "other.toml"
    other.write_text(
        POLICY.replace('version = "1"', 'version = "2"').replace(">= 100", ">= 1").replace("< 100", "< 1"),
        encoding="utf-8",
    )
    changed = grading_policy(place.shelf.find(str(other)), place.host)
    run = place.runs().manifests[0].run_id
    asked = ForecastAsked(until=MONDAY + timedelta(days=27), run_id=run, changed=changed)
    found = place.service.forecast(asked, moment(MONDAY))
    assert found.lines()[0].contacts == 2 * 3
    assert found.lines(by_other=True)[0].contacts == 3 * 3


@pytest.mark.parametrize(("hours", "state"), [(20, "kept"), (30, "late"), (None, "missed")])
def test_an_answer_is_kept_by_the_first_contact_that_reached_after_it_arrived(
    tmp_path: Path, hours: int | None, state: str
) -> None:
    found = workspace(tmp_path / "leads")
    lead = {"customer_id": "L3", **LEVEL_3}
    graded(found, "sales.export-leads", MONDAY, [lead])
    mail = ArrivedEvent(
        customer_id="L3", table="mails", at=moment(MONDAY), values={}, maker="li", made_at=moment(MONDAY)
    )
    with found.human_input.ledger() as store, store.appending() as ledger:
        ledger.append(arrival_draft(mail))
        for after in (-5, *(() if hours is None else (hours, hours + 1))):
            at = moment(MONDAY) + timedelta(hours=after)
            made = LoggedContact(
                customer_id="L3", at=at, channel="", outcome="spoken", reached=True, maker="li", made_at=at
            )
            ledger.append(contact_draft(replace(made, made_at=moment(MONDAY + WEEK))))
    asked = KeptAsked(first=MONDAY, until=MONDAY + timedelta(days=3))
    (line,) = found.service.kept(asked, moment(MONDAY + WEEK)).lines(By.KIND, By.MAKER)
    assert line.names == ("respond", None if state == "missed" else "li")
    assert {name for name in ("kept", "late", "missed") if getattr(line, name)} == {state}

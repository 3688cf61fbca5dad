"""Clocks: a little apart is nothing, days behind is refused, ahead is put right on the record."""

from __future__ import annotations

from datetime import timedelta

import pytest
from ledger_cases import GUEST, LI, NOW, draft, fill, ground, proposal

from rung.errors import RungError
from rung.ledger import Desk, LedgerStore, verify
from rung.ledger.keeping.clock import correct_clock

DAY = timedelta(days=1)


@pytest.mark.parametrize("behind", [timedelta(), timedelta(hours=1), DAY])
def test_an_act_a_day_before_the_last_one_is_recorded_as_it_is(store: LedgerStore, behind: timedelta) -> None:
    with store.appending() as ledger:
        ledger.append(draft(1, made_at=NOW))
        made = ledger.append(draft(2, made_at=NOW - behind))
    assert (made.sequence, made.made_at) == (2, NOW - behind)
    assert verify(store).is_whole


def test_an_act_more_than_a_day_before_the_last_one_is_refused(store: LedgerStore) -> None:
    with store.appending() as ledger:
        ledger.append(draft(1, made_at=NOW))
    with pytest.raises(RungError) as refused:
        Desk(store, LI).propose(proposal(), ground(), NOW - DAY - timedelta(microseconds=1))
    assert (
        "This machine's clock says 2026-02-28 10:29, but the ledger's last act was made at 2026-03-01 10:30. "
        "Nothing was recorded. Set the clock right" in str(refused.value)
    )
    assert store.head().sequence == 1


def test_what_has_expired_is_not_open_again_by_a_clock_set_back(store: LedgerStore) -> None:
    override = Desk(store, LI).propose(proposal(), ground(), NOW)
    fill_at = NOW + timedelta(days=500)
    with store.appending() as ledger:
        ledger.append(draft(1, made_at=fill_at))
    with pytest.raises(RungError, match="This machine's clock says"):
        Desk(store, LI).propose(proposal("D"), ground(), NOW + DAY)
    assert [each.id for each in store.inputs()] == [override.id]


def test_a_last_act_dated_ahead_is_put_right_on_the_record(store: LedgerStore) -> None:
    with store.appending() as ledger:
        ledger.append(draft(1, made_at=NOW + 300 * DAY))
    correct_clock(store, LI, " the clock of the laptop ", NOW)
    fill(store, 1)
    event = store.event(2)
    assert event is not None
    assert event.kind == "clock.corrected"
    assert event.payload == b'{"last":"2026-12-26T02:30:00.000000Z","reason":"the clock of the laptop"}'
    assert verify(store).is_whole


def test_there_must_be_something_to_put_right_and_a_reason(store: LedgerStore) -> None:
    with pytest.raises(RungError, match="nothing to put right"):
        correct_clock(store, LI, "why", NOW)
    with store.appending() as ledger:
        ledger.append(draft(1, made_at=NOW + DAY))
    with pytest.raises(RungError, match="nothing to put right"):
        correct_clock(store, LI, "why", NOW)
    with store.appending() as ledger:
        ledger.append(draft(1, made_at=NOW + 9 * DAY))
    with pytest.raises(RungError, match="Say what was wrong"):
        correct_clock(store, LI, "  ", NOW)
    with pytest.raises(RungError, match="访客 may only look here"):
        correct_clock(store, GUEST, "why", NOW)

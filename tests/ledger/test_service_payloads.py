"""What an act of service is written as; what no Rung writes is refused before it is kept."""

from __future__ import annotations

from typing import Any

import pytest
from ledger_cases import draft
from service_cases import contact

from rung.errors import RungError
from rung.ledger import EventKind, LedgerStore, verify
from rung.ledger.canonical import canonical
from rung.ledger.service.contacts import (
    contact_draft,
)
from rung.ledger.store import UnreadableEventError

PAYLOADS: dict[EventKind, dict[str, Any]] = {
    EventKind.CONTACT_LOGGED: {
        "at": "2026-03-01T02:30:00.000000Z",
        "channel": "",
        "outcome": "spoken",
        "reached": True,
        "text": "",
        "minutes": None,
        "next_on": None,
        "next": "",
        "facts": {},
        "inputs": [],
        "policy": None,
    },
    EventKind.CONTACT_WITHDRAWN: {"number": 1, "reason": ""},
    EventKind.EVENT_ARRIVED: {
        "table": "t",
        "at": "2026-03-01T02:30:00.000000Z",
        "values": {},
        "key": "",
        "is_known": True,
    },
    EventKind.ALARM_RAISED: {
        "alarm": "a",
        "policy": "p",
        "policy_version": "1",
        "event": 1,
        "duties": [
            {
                "text": {"zh": "回电", "en": "call"},
                "by": "caller",
                "channel": None,
                "due": "2026-03-01T02:30:00.000000Z",
            }
        ],
        "escalate_at": None,
        "escalate_to": "",
    },
    EventKind.ALARM_ANSWERED: {"alarm": 1, "duty": 0, "note": ""},
    EventKind.ALARM_ESCALATED: {"alarm": 1, "to": "boss"},
    EventKind.ALARM_CLOSED: {"alarm": 1, "note": "", "outcome": ""},
    EventKind.ALARM_SENT: {"alarm": 1, "way": "w", "attempt": 1, "is_delivered": True, "said": ""},
    EventKind.RECORD_OPENED: {
        "type": "t",
        "sector": "s",
        "fields": {},
        "state": "new",
        "is_open": True,
        "due": None,
    },
    EventKind.RECORD_CHANGED: {
        "record": 1,
        "fields": {},
        "state": None,
        "is_open": True,
        "due": None,
        "note": "",
    },
    EventKind.REVIEW_DONE: {"at": "2026-03-01T02:30:00.000000Z", "because": "", "grade": "A"},
    EventKind.REVIEW_WITHDRAWN: {"number": 1, "because": ""},
    EventKind.CUSTOMER_ASSIGNED: {"to": "li", "because": ""},
    EventKind.CUSTOMER_RELEASED: {"from": "li", "because": "", "cooling_off_until": None},
    EventKind.CUSTOMER_TAKEN: {"by": "li"},
}

WRONG: list[tuple[EventKind, dict[str, Any]]] = [
    (EventKind.CONTACT_LOGGED, {"at": "2026-03-01"}),
    (EventKind.CONTACT_LOGGED, {"at": None}),
    (EventKind.CONTACT_LOGGED, {"reached": 1}),
    (EventKind.CONTACT_LOGGED, {"minutes": -1}),
    (EventKind.CONTACT_LOGGED, {"minutes": True}),
    (EventKind.CONTACT_LOGGED, {"minutes": 2**31}),
    (EventKind.CONTACT_LOGGED, {"next_on": "20260301"}),
    (EventKind.CONTACT_LOGGED, {"facts": {"tier": 2}}),
    (EventKind.CONTACT_LOGGED, {"facts": []}),
    (EventKind.CONTACT_LOGGED, {"inputs": "C1"}),
    (EventKind.CONTACT_LOGGED, {"inputs": [1]}),
    (EventKind.CONTACT_LOGGED, {"more": 1}),
    (EventKind.CONTACT_WITHDRAWN, {"number": "1"}),
    (EventKind.CONTACT_WITHDRAWN, {"number": 0}),
    (EventKind.EVENT_ARRIVED, {"values": {"a": 1}}),
    (EventKind.EVENT_ARRIVED, {"is_known": None}),
    (EventKind.ALARM_RAISED, {"duties": {}}),
    (EventKind.ALARM_RAISED, {"duties": []}),
    (EventKind.ALARM_RAISED, {"duties": [{"text": "回电"}]}),
    (EventKind.ALARM_RAISED, {"escalate_at": "tomorrow"}),
    (EventKind.ALARM_ANSWERED, {"duty": -1}),
    (EventKind.ALARM_ESCALATED, {"to": None}),
    (EventKind.ALARM_CLOSED, {"alarm": 2**63}),
    (EventKind.ALARM_SENT, {"attempt": 0}),
    (EventKind.RECORD_OPENED, {"is_open": 0}),
    (EventKind.RECORD_CHANGED, {"state": 3}),
    (EventKind.REVIEW_DONE, {"at": "2026-03-01"}),
    (EventKind.REVIEW_DONE, {"grade": None}),
    (EventKind.REVIEW_WITHDRAWN, {"number": 0}),
    (EventKind.CUSTOMER_ASSIGNED, {"to": None}),
    (EventKind.CUSTOMER_RELEASED, {"cooling_off_until": "soon"}),
    (EventKind.CUSTOMER_TAKEN, {"by": 1}),
]


@pytest.mark.parametrize("kind", PAYLOADS)
def test_each_kind_of_act_is_taken_as_it_is_written(sqlite_store: LedgerStore, kind: EventKind) -> None:
    with sqlite_store.appending() as ledger:
        ledger.append(draft(kind=kind, payload=canonical(PAYLOADS[kind])))
    assert verify(sqlite_store).is_whole
    assert kind.words.zh
    assert kind.words.en


@pytest.mark.parametrize(("kind", "change"), WRONG)
def test_what_no_rung_writes_is_refused_before_it_is_kept(
    sqlite_store: LedgerStore, kind: EventKind, change: dict[str, Any]
) -> None:
    wrong = draft(kind=kind, payload=canonical(PAYLOADS[kind] | change))
    with pytest.raises(UnreadableEventError), sqlite_store.appending() as ledger:
        ledger.append(wrong)
    assert sqlite_store.head().sequence == 0


@pytest.mark.parametrize("kind", PAYLOADS)
def test_a_key_less_or_no_customer_is_refused(sqlite_store: LedgerStore, kind: EventKind) -> None:
    less = dict(list(PAYLOADS[kind].items())[1:])
    for wrong in (
        draft(kind=kind, payload=canonical(less)),
        draft(kind=kind, payload=canonical(PAYLOADS[kind]), customer_id=None),
        draft(kind=kind, payload=b"[]"),
    ):
        with pytest.raises(UnreadableEventError), sqlite_store.appending() as ledger:
            ledger.append(wrong)


def test_a_text_with_nul_is_refused_on_either_database(store: LedgerStore) -> None:
    with pytest.raises(RungError, match="NUL"), store.appending() as ledger:
        ledger.append(contact_draft(contact(channel="phone\0")))
    assert store.head().sequence == 0

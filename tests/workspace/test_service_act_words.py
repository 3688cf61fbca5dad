"""The log says in words what was done in service."""

from __future__ import annotations

from typing import Any

import pytest

from rung.ledger import People
from rung.workspace.act_words import act_title, act_words

LOGGED = {
    "channel": "phone",
    "outcome": "spoken",
    "reached": True,
    "text": "all well",
    "facts": {"tier": "2", "phone": None},
    "next_on": "2026-03-09",
    "next": "send the offer",
}


@pytest.mark.parametrize(
    ("kind", "payload", "words"),
    [
        (
            "contact.logged",
            LOGGED,
            "spoken  phone  all well  phone: not known  tier: 2  next: 2026-03-09 send the offer",
        ),
        ("contact.logged", {"outcome": "no_answer", "reached": False}, "no_answer  not reached"),
        ("contact.withdrawn", {"number": 12, "reason": "a slip"}, "K12  a slip"),
        (
            "event.arrived",
            {"table": "complaint", "key": "T-1", "values": {"stars": "1"}, "is_known": False},
            "complaint  T-1  stars: 1  customer not known",
        ),
        ("alarm.raised", {"alarm": "unhappy", "event": 7, "duties": []}, "unhappy  raised by E7"),
        ("alarm.answered", {"alarm": 10, "duty": 0, "note": "called"}, "W10  duty 1  called"),
        ("alarm.escalated", {"alarm": 10, "to": "boss"}, "W10  to boss"),
        (
            "alarm.sent",
            {"alarm": 10, "way": "webhook", "attempt": 2, "is_delivered": False, "said": "timeout"},
            "W10  webhook, try 2: failed  timeout",
        ),
        ("alarm.closed", {"alarm": 10, "note": "sorry", "outcome": "settled"}, "W10  settled  sorry"),
        ("customer.assigned", {"to": "li", "because": "new"}, "to li  new"),
        (
            "customer.released",
            {"from": "li", "because": "idle", "cooling_off_until": "2026-06-01"},
            "from li  idle  cooling off until 2026-06-01",
        ),
        ("customer.taken", {"by": "zhao"}, "by zhao"),
        ("alarm.raised", "damaged", "?"),
    ],
)
def test_an_act_of_service_reads_as_one_line(kind: str, payload: Any, words: str) -> None:
    assert act_words(kind, payload, People()) == words


def test_kinds_of_service_have_names() -> None:
    assert act_title("customer.released") == "customer released to the pool"

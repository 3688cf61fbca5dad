"""A hash taken today must be taken alike in ten years, by anybody who reads the description."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger_cases import draft

from rung.ledger.canonical import GENESIS, canonical
from rung.ledger.events import Event
from rung.ledger.kinds import EventKind

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
)


def test_keys_are_sorted_and_chinese_stands_as_it_is() -> None:
    assert canonical({"b": [1, None, True], "a": "逾期"}) == '{"a":"逾期","b":[1,null,true]}'.encode()


@pytest.mark.parametrize("value", [1.0, float("nan"), {"a": 0.5}, [b"x"], {1: "a"}, object()])
def test_what_has_more_than_one_spelling_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"no canonical form|is no text"):
        canonical(value)


def test_a_lone_surrogate_is_refused() -> None:
    with pytest.raises(UnicodeEncodeError):
        canonical("\udcff")


@given(PLAIN)
def test_canonical_bytes_read_back_as_the_value(value: object) -> None:
    assert json.loads(canonical(value)) == value


@given(PLAIN)
def test_a_value_has_one_spelling(value: object) -> None:
    assert canonical(json.loads(canonical(value))) == canonical(value)


def test_the_first_event_rests_on_the_genesis() -> None:
    assert GENESIS == "a2fe5754cecb538dcacccdd11d8f96194ebbf325baa70558420b9835e874d7fc"


def test_an_event_is_hashed_as_the_description_says() -> None:
    event = Event.of(draft(1, kind=EventKind.OVERRIDE_PROPOSED), 1, GENESIS)
    header = (
        '{"customer_id":"客户1","kind":"override.proposed","made_at":"2026-03-01T02:31:00.000000Z",'
        f'"maker":"li","policy_id":"test.tiers","previous":"{GENESIS}","sequence":1}}'
    )
    assert event.hash == sha256(header.encode() + b'\n{"number":1}').hexdigest()


def test_the_hash_of_a_known_event_never_changes() -> None:
    assert (
        Event.of(draft(1, kind=EventKind.OVERRIDE_PROPOSED), 1, "0" * 64).hash
        == "8fff1b0803de912e5e2470e6e7888145bbff7051b8a4c50972ba05ff4c69017e"
    )

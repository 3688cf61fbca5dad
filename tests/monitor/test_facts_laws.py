"""The table a monitor counts in tells of every human input what its record does."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rung.ledger import Act, DataInput, Decision, InputKind, InputRecord, Override
from rung.ledger.keeping.record_frame import frame_of_records
from rung.monitor import day_of, facts_of

TODAY = date(2026, 3, 1)
MOMENTS = st.datetimes(datetime(2025, 3, 1), datetime(2026, 3, 2), timezones=st.just(UTC))
GRADES = st.sampled_from([None, "A", "B"])
DECISIONS = st.builds(
    Decision,
    act=st.sampled_from([act for act in Act if act is not Act.PROPOSED]),
    by=st.sampled_from(["wang", "zhao", "李娜"]),
    at=MOMENTS,
    note=st.sampled_from(["", "“\n\\"]),
)


@st.composite
def records(draw: st.DrawFn) -> InputRecord:
    superseded = draw(st.booleans())
    common = {
        "customer_id": draw(st.sampled_from(["C1", '"', "张\\三"])),
        "policy_id": "p",
        "policy_version": "1",
        "policy_hash": "f",
        "run_id": "r",
        "model_grade": draw(GRADES),
        "notches": draw(st.sampled_from([None, -1, 2])),
        "reason": draw(st.sampled_from(["", "systemic"])),
        "narrative": draw(st.sampled_from(["", "多行\n\u2028文字"])),
        "evidence": "",
        "approvals_needed": draw(st.integers(0, 2)),
        "maker": "li",
        "made_at": draw(MOMENTS),
        "effective_from": draw(st.none() | MOMENTS),
        "expires_at": TODAY + timedelta(days=draw(st.integers(-2, 2))),
        "supersedes": (),
        "inputs_hash": "0",
        "decisions": tuple(draw(st.lists(DECISIONS, max_size=5))),
        "superseded_by": "O9" if superseded else None,
        "superseded_at": draw(MOMENTS) if superseded else None,
    }
    if draw(st.booleans()):
        return Override(id="O1", proposed_grade="A", **common)
    return DataInput(
        id="J1",
        kind=InputKind.JUDGEMENT,
        proposed_grade=draw(GRADES),
        subject="days",
        value=draw(st.sampled_from([None, "", "1.5"])),
        was=draw(st.sampled_from([None, "2"])),
        **common,
    )


@given(st.lists(records(), max_size=6))
def test_the_table_tells_of_every_input_what_its_record_does(found: list[InputRecord]) -> None:
    numbered = [replace(each, id=f"{each.id[0]}{number}") for number, each in enumerate(found)]
    facts = facts_of(frame_of_records(numbered, ""), TODAY)
    told = [_told(each) for each in numbered]
    waited = facts["seconds"].to_list()
    assert facts.drop("seconds").rows(named=True) == [
        {name: value for name, value in each.items() if name != "seconds"} for each in told
    ]
    assert waited == [each["seconds"] and pytest.approx(each["seconds"]) for each in told]


def _told(record: InputRecord) -> dict[str, object]:
    since, ended = record.effective_from, record.withdrawn_at or record.superseded_at
    decided = record.last.at if record.last and record.last.act is Act.REJECTED else since
    waited = None if decided is None else (decided - record.made_at).total_seconds()
    return {
        "id": record.id,
        "kind": record.kind.value,
        "customer_id": record.customer_id,
        "subject": getattr(record, "subject", None),
        "value": getattr(record, "value", None),
        "was": getattr(record, "was", None),
        "overruled": record.model_grade,
        "given": record.proposed_grade,
        "notches": record.notches,
        "reason": record.reason,
        "maker": record.maker,
        "checkers": [each.by for each in record.approvals],
        "made_at": record.made_at,
        "made_on": day_of(record.made_at),
        "effective_on": None if since is None else day_of(since),
        "ended_on": None if ended is None else day_of(ended),
        "expires_at": record.expires_at,
        "status": record.status(TODAY).value,
        "seconds": waited if record.approvals_needed else None,
    }

"""A sector's outcomes and types of record are checked, and every mistake told at once."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from rung.plugins.sectors import sector_problems
from rung.plugins.shapes import _HOLDS
from rung.sdk import Choice, Field, Kind, Outcome, RecordState, RecordType, Sector, Text
from rung.vocabulary import Vocabulary


def field(name: str, kind: Kind = Kind.TEXT, **more: Any) -> Field:
    return Field(id=name, title=Text(f"{name}甲", f"{name} title"), kind=kind, **more)


def state(name: str, *, is_open: bool = True) -> RecordState:
    return RecordState(id=name, title=Text("态", name), is_open=is_open)


CAUSE = field("cause", Kind.CATEGORY, choices=(Choice(id="a", title=Text("甲", "A")),))
COMPLAINT = RecordType(
    id="complaint",
    title=Text("投诉", "Complaint"),
    fields=(field("subject", is_sensitive=True), CAUSE),
    states=(state("open"), state("done", is_open=False)),
    deadline="3d",
    by="desk",
    cause="cause",
)
GONE = Outcome(id="gone", title=Text("走", "Gone"), key="g", facts={"assets": 0}, again="1mo")
SECTOR = Sector(
    id="shop",
    title=Text("店", "Shop"),
    about=Text("店", "A shop"),
    fields=(field("customer_id"), field("customer_name"), field("assets", Kind.MONEY)),
    outcomes=(GONE,),
    records=(COMPLAINT,),
    roles={"desk": Text("台", "Desk")},
)


def told(sector: Sector) -> list[str]:
    return [f"{problem.message} {problem.hint}".strip() for problem in sector_problems(sector, "shop")]


def only(sector: Sector) -> str:
    (problem,) = told(sector)
    return problem


def record(**changes: Any) -> Sector:
    return replace(SECTOR, records=(replace(COMPLAINT, **changes),))


def outcome(**changes: Any) -> Sector:
    return replace(SECTOR, outcomes=(replace(GONE, **changes),))


def test_sound_declarations_have_no_problems() -> None:
    assert told(SECTOR) == []


def test_every_attribute_of_a_declaration_can_be_checked() -> None:
    parts = (Outcome, RecordType, RecordState)
    annotations = {str(each.type) for part in parts for each in fields(part)}
    assert annotations <= set(_HOLDS)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"id": "no way"}, "“no way” is no name for an outcome."),
        ({"key": "gg"}, "Outcome “gone”: the key “gg” is no single small letter."),
        ({"key": "G"}, "Outcome “gone”: the key “G” is no single small letter."),
        ({"facts": {"asets": 1}}, "Outcome “gone”: There is no field or feature “asets”."),
        ({"facts": {"assets": "much"}}, "Outcome “gone”: “much” is no value of “assets title”."),
        ({"facts": {"customer_id": "7"}}, "Outcome “gone”: There is no field or feature “customer_id”."),
        ({"again": "0d"}, "Outcome “gone”: “0d” is no duration."),
        ({"again": ""}, "Outcome “gone”: “” is no duration."),
        ({"reached": 1}, "Sector “shop”, Outcome “gone”: reached is 1. It should be bool."),
    ],
)
def test_a_mistaken_outcome_is_told(changes: dict[str, Any], message: str) -> None:
    assert only(outcome(**changes)).startswith(message)


def test_two_outcomes_share_neither_an_id_nor_a_key() -> None:
    assert told(replace(SECTOR, outcomes=(GONE, replace(GONE, key="h")))) == [
        "The id “gone” of an outcome stands 2 times. Each id may stand once."
    ]
    assert told(replace(SECTOR, outcomes=(GONE, replace(GONE, id="left")))) == [
        "The outcomes “gone” and “left” are logged by the same key “g”. Give each a letter of its own."
    ]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"id": "no way"}, "“no way” is no name for a record type."),
        ({"fields": (), "cause": None}, "In record type “complaint”, there is nothing to write down."),
        ({"fields": (CAUSE, CAUSE)}, "The id “cause” of a field of record type “complaint” stands 2 times."),
        ({"states": ()}, "In record type “complaint”, the first state is not open."),
        (
            {"states": (state("done", is_open=False),)},
            "In record type “complaint”, the first state is not open.",
        ),
        (
            {"states": (state("open"),)},
            "In record type “complaint”, a deadline is set, but no state closes it.",
        ),
        (
            {"states": (state("open"), state("open", is_open=False))},
            "The id “open” of a state of record type",
        ),
        (
            {"states": (state("o pen"), state("x", is_open=False))},
            "In record type “complaint”, “o pen” is no name",
        ),
        ({"deadline": "soon"}, "In record type “complaint”: “soon” is no duration."),
        ({"by": "dsk"}, "In record type “complaint”, there is no role “dsk”. Did you mean “desk”?"),
        ({"cause": "subject"}, "In record type “complaint”, “subject” is no category to count by."),
        ({"cause": "why"}, "In record type “complaint”, “why” is no category to count by."),
        ({"states": "open"}, "Sector “shop”, RecordType “complaint”: states is 'open'."),
    ],
)
def test_a_mistaken_record_type_is_told(changes: dict[str, Any], message: str) -> None:
    assert only(record(**changes)).startswith(message)


def test_two_record_types_share_no_id_and_roles_have_names() -> None:
    assert only(replace(SECTOR, records=(COMPLAINT, COMPLAINT))).startswith(
        "The id “complaint” of a record type"
    )
    roles = {**SECTOR.roles, "the desk": Text("台", "Desk")}
    assert only(replace(SECTOR, roles=roles)).startswith("“the desk” is no name for a role.")
    assert only(replace(SECTOR, roles={"desk": "Desk"})).startswith("Sector “shop”: roles is")


def test_a_record_may_have_a_field_called_as_one_of_the_customer() -> None:
    assert told(record(fields=(field("assets"), CAUSE))) == []


def test_records_and_outcomes_are_at_hand_in_the_vocabulary_and_marked_as_sensitive() -> None:
    found = Vocabulary.of(SECTOR)
    assert list(found.outcomes) == ["gone"]
    assert found.roles == {"desk": Text("台", "Desk")}
    marked = found.marked({"cause"}).records["complaint"].fields
    assert [(each.id, each.is_sensitive) for each in marked] == [("subject", True), ("cause", True)]
    bare = found.marked(None).records["complaint"].fields
    assert not any(each.is_sensitive for each in bare)

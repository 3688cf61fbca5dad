"""What a contact comes to: the sector's outcomes, a policy's in their place, facts that fit their fields."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rung.durations import Duration
from rung.errors import RungError
from rung.grading.compile import compile_policy
from rung.policy.contact_outcomes import outcomes_in_effect
from rung.policy.facts import fact_value
from rung.policy.model import Policy
from rung.policy.outcome_words import effect_words, facts_words
from rung.text import Text, set_language
from rung.vocabulary import Choice, Field, Kind, Outcome, RecordState, RecordType, Vocabulary

FIELDS = (
    Field(id="customer_id", title=Text("编号", "Id"), kind=Kind.TEXT),
    Field(id="customer_name", title=Text("名称", "Name"), kind=Kind.TEXT),
    Field(id="spent", title=Text("消费", "Spent"), kind=Kind.MONEY, low=0),
    Field(id="sold", title=Text("已卖", "Sold"), kind=Kind.BOOLEAN),
    Field(id="seen_on", title=Text("见面", "Seen on"), kind=Kind.DATE),
    Field(id="phone", title=Text("电话", "Phone"), kind=Kind.TEXT),
    Field(
        id="need",
        title=Text("需求", "Need"),
        kind=Kind.CATEGORY,
        choices=(Choice(id="now", title=Text("明确", "Now")), Choice(id="none", title=Text("无", "None"))),
    ),
)
QUANTITIES = {field.id: field for field in FIELDS}
GONE = Outcome(id="gone", title=Text("已卖", "Gone"), key="g", facts={"sold": True}, ends=True)
TALKED = Outcome(id="talked", title=Text("谈过", "Talked"), key="t", facts={"need": "now"}, again="2w")
FILE = RecordType(
    id="file",
    title=Text("档案", "File"),
    fields=(Field(id="why", title=Text("原因", "Why"), kind=Kind.TEXT),),
    states=(RecordState(id="open", title=Text("在档", "Open")),),
)


NUMBER = "Write a number of at most 2 decimals, without quotes."
DAY = "Write a day, such as 2026-06-30, without quotes."
TEXT = 'Write a text in quotes, or "missing" where it is not known.'


def vocabulary(*outcomes: Outcome) -> Vocabulary:
    return Vocabulary(
        fields=QUANTITIES, outcomes={each.id: each for each in outcomes}, records={FILE.id: FILE}
    )


def policy(*outcomes: dict[str, Any], **more: Any) -> Policy:
    return Policy.model_validate(
        {
            "schema": 1,
            "id": "shop.tiers",
            "version": "1",
            "title": "Tiers",
            "grades": ["A"],
            "grading": {"mode": "rules"},
            "rules": [{"id": "all", "grade": "A", "when": {"spent": ">= 0"}, "reason": "All"}],
            "outcomes": outcomes,
            **more,
        }
    )


def wrong(said: Policy, *sector: Outcome) -> list[str]:
    with pytest.raises(RungError) as raised:
        compile_policy(said, vocabulary(*sector))
    return [
        f"{each.place.key if each.place else ''} {each.message} {each.hint}" for each in raised.value.problems
    ]


def test_a_policy_s_outcome_takes_the_sector_s_place_and_new_ones_come_last() -> None:
    own = [
        {"id": "new", "title": "New", "key": "n", "facts": {"spent": 12.5, "phone": "missing"}},
        {"id": "gone", "title": "Sold", "key": "s", "reached": False},
    ]
    found = outcomes_in_effect(policy(*own), vocabulary(GONE, TALKED))
    assert [(each.id, each.key, each.source, each.ends) for each in found] == [
        ("gone", "s", "policy", False),
        ("talked", "t", "sector", False),
        ("new", "n", "policy", False),
    ]
    assert [dict(each.facts) for each in found] == [{}, {"need": "now"}, {"spent": 1250, "phone": None}]
    assert found[1].again == Duration.parse("2w")
    assert (found[0].reached, found[1].reached) == (False, True)


def test_where_nobody_declares_any_four_usual_ones_set_nothing() -> None:
    found = outcomes_in_effect(policy(), vocabulary())
    assert [(each.id, each.key, each.reached) for each in found] == [
        ("reached", "r", True),
        ("no_answer", "n", False),
        ("refused", "x", True),
        ("wrong_number", "w", False),
    ]
    assert not any(each.facts or each.ends or each.again for each in found)


def test_outcomes_are_in_effect_in_a_compiled_policy() -> None:
    compiled = compile_policy(policy({"id": "new", "title": "New", "key": "n"}), vocabulary(GONE))
    assert [each.id for each in compiled.outcomes] == ["gone", "new"]


def test_a_fact_of_the_policy_s_own_field_is_kept_as_that_field_keeps_it() -> None:
    field = {"title": "Visits", "kind": "number", "decimals": 1}
    said = policy({"id": "n", "title": "N", "key": "n", "facts": {"visits": 2}}, fields={"visits": field})
    assert outcomes_in_effect(said, vocabulary())[0].facts == {"visits": 20}


@pytest.mark.parametrize(
    ("name", "raw", "kept"),
    [
        ("spent", 100, 10_000),
        ("spent", 12.5, 1_250),
        ("sold", False, False),
        ("seen_on", date(2026, 6, 30), date(2026, 6, 30)),
        ("phone", "12", "12"),
        ("phone", "无", "无"),
        ("need", "now", "now"),
        ("need", "none", "none"),
        ("need", "明确", "now"),
        ("spent", "missing", None),
        ("need", "missing", None),
    ],
)
def test_a_fact_is_kept_as_its_field_keeps_values(name: str, raw: object, kept: object) -> None:
    assert fact_value(name, raw, QUANTITIES) == kept


@pytest.mark.parametrize(
    ("name", "raw", "message", "hint"),
    [
        ("spnt", 1, "There is no field or feature “spnt”.", "Did you mean “spent”?"),
        ("spent", "12", "“12” is no value of “Spent”.", NUMBER),
        ("spent", True, "true is no value of “Spent”.", NUMBER),
        ("spent", 0.125, "“0.125” is no value of “Spent”.", NUMBER),
        ("sold", "yes", "“yes” is no value of “Sold”.", "Write true or false."),
        ("sold", 1, "“1” is no value of “Sold”.", "Write true or false."),
        ("seen_on", "2026-06-30", "“2026-06-30” is no value of “Seen on”.", DAY),
        ("phone", 12, "“12” is no value of “Phone”.", TEXT),
        ("phone", " ", "“ ” is no value of “Phone”.", TEXT),
    ],
)
def test_a_fact_that_does_not_fit_is_refused_with_what_would(
    name: str, raw: object, message: str, hint: str
) -> None:
    with pytest.raises(RungError) as raised:
        fact_value(name, raw, QUANTITIES)
    (problem,) = raised.value.problems
    assert (problem.message, problem.hint) == (message, hint)


def test_a_choice_and_a_bound_are_kept_to() -> None:
    with pytest.raises(RungError, match=r"One of: now, none\."):
        fact_value("need", "later", QUANTITIES)
    with pytest.raises(RungError):
        fact_value("spent", -1, QUANTITIES)


def test_every_fact_that_is_wrong_is_told_at_its_key() -> None:
    facts = {"spnt": 1, "need": "later", "customer_id": "7"}
    first, second = (
        {"id": "n", "title": "N", "key": "n"},
        {"id": "o", "title": "O", "key": "o", "facts": facts},
    )
    told = wrong(policy(first, second))
    assert [each.split()[0] for each in told] == [
        "outcomes[1].facts.spnt",
        "outcomes[1].facts.need",
        "outcomes[1].facts.customer_id",
    ]


def test_a_key_that_logs_something_else_is_told_with_the_free_ones() -> None:
    told = wrong(policy({"id": "n", "title": "N", "key": "g"}, {"id": "o", "title": "O", "key": "g"}), GONE)
    assert [each.split(" Choose")[0] for each in told] == [
        "outcomes[0].key The key “g” logs “Gone” (gone) already.",
        "outcomes[1].key The key “g” logs “Gone” (gone) already.",
    ]
    assert told[0].endswith(
        "Choose one that is free: a, b, c, d, e, f, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z."
    )


def test_a_policy_s_own_outcome_may_keep_the_key_of_the_one_it_replaces() -> None:
    said = policy({"id": "gone", "title": "Gone", "key": "g"})
    assert [each.key for each in outcomes_in_effect(said, vocabulary(GONE))] == ["g"]


def test_a_field_made_another_that_cannot_hold_the_sector_s_fact_is_told() -> None:
    field = {"title": "Sold", "kind": "integer"}
    (told,) = wrong(policy(fields={"sold": field}), GONE)
    assert told.startswith("fields.sold The sector's outcome “gone” sets it. true is no value of “Sold”.")


@pytest.mark.parametrize("key", ["", "ab", "A", "1", "的"])
def test_a_key_is_one_small_letter(key: str) -> None:
    with pytest.raises(ValueError, match="key"):
        policy({"id": "n", "title": "N", "key": key})


def test_terms_require_a_record_type_of_the_sector() -> None:
    compiled = compile_policy(policy(service={"A": {"requires": "file"}}), vocabulary())
    assert compiled.terms["A"].written.requires == "file"
    (told,) = wrong(policy(service={"A": {"requires": "fil"}}))
    assert told == "service.A.requires There is no record type “fil”. Did you mean “file”?"


@pytest.mark.parametrize("minutes", [0, -5, 1441, 2.5, "10"])
def test_the_minutes_of_a_contact_are_whole_and_within_a_day(minutes: object) -> None:
    with pytest.raises(ValueError, match="minutes"):
        policy(service={"A": {"contact": {"every": "1d", "minutes": minutes}}})


def test_what_an_outcome_does_is_told_in_both_languages() -> None:
    (found, _other) = outcomes_in_effect(policy(), vocabulary(GONE, TALKED))
    assert facts_words(found, QUANTITIES) == "Sold: yes"
    assert effect_words(found) == "no more contact until something else is known"
    set_language("zh")
    try:
        told = facts_words(found, QUANTITIES)
        assert told.startswith("已卖")
        assert told.endswith("是")
    finally:
        set_language("en")

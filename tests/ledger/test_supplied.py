"""Judgements and corrections at the desk: what may be given, how it stands on record, what it must meet."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from ledger_cases import GUEST, LI, NOW, OFFICE, WANG, ZHAO
from supply_cases import DAYS, PROSPECTS, correction, given_rules, judgement, on

from rung.errors import RungError
from rung.ledger import Actor, DataInput, Desk, Ground, LedgerStore, Resubmission, Status, Supply
from rung.ledger.grades.value_texts import read_value, written_value
from rung.ledger.rules.customer_ground import Subject
from rung.ledger.rules.supplied import objections_to_value
from rung.text import Text
from rung.values import Value
from rung.vocabulary import Field, Kind, Quantity

TODAY = NOW.date()


def refusals(value: Supply, ground: Ground | None = None, who: Actor = LI) -> list[str]:
    return [str(each) for each in objections_to_value(value, ground or on(), (), who, NOW, OFFICE)]


def test_a_correction_is_on_record_with_what_it_does_to_the_grade(store: LedgerStore) -> None:
    made = Desk(store, LI).supply(correction("10 天"), on(), NOW)
    assert store.input("C1") == made
    assert (made.kind, made.subject, made.value, made.was) == ("correction", "days", "10", "40")
    assert (made.model_grade, made.proposed_grade, made.notches) == ("C", "A", 2)
    assert (made.approvals_needed, made.status(TODAY)) == (1, Status.PROPOSED)  # a better grade
    assert made.expires_at == date(2027, 3, 1)


def test_one_that_makes_it_no_better_takes_effect_at_once(store: LedgerStore) -> None:
    assert Desk(store, LI).supply(correction("95"), on(), NOW).status(TODAY) == Status.APPROVED
    assert Desk(store, LI).supply(correction("45"), on(grade="B"), NOW).notches == 0


def test_that_a_value_is_not_known_is_a_correction_too(store: LedgerStore) -> None:
    made = Desk(store, LI).supply(correction(None), on(), NOW)
    assert (made.value, made.proposed_grade, made.notches, made.approvals_needed) == (None, None, None, 1)


@pytest.mark.parametrize("word", ["", "  ", "nan", "inf", "-Infinity", "N/A", "null", "未知", "无"])
def test_what_a_program_writes_for_nothing_is_no_value(word: str) -> None:
    (told,) = refusals(correction(word))
    assert told == f"“{word.strip()}” is no value. Write “missing” or “-” if you mean that it is not known."


@pytest.mark.parametrize("word", ["-", "missing", " 缺失 "])
def test_there_are_words_for_not_known(store: LedgerStore, word: str) -> None:
    assert Desk(store, LI).supply(correction(word), on(), NOW).value is None


@pytest.mark.parametrize("written", ["1.5", "10.0001", "１．５", "0.00015万"])
def test_a_part_of_what_is_counted_in_whole_ones_is_refused_not_rounded(written: str) -> None:
    (told,) = refusals(correction(written))
    assert told == f"“{written}” is no whole number, and “days past due” is counted in whole ones."


def test_a_whole_number_may_be_written_with_a_point_or_in_a_unit(store: LedgerStore) -> None:
    assert Desk(store, LI).supply(correction("95.00"), on(), NOW).value == "95"


def test_more_decimals_than_a_value_keeps_are_refused_with_how_many_there_are() -> None:
    money = Field(id="sum", title=Text("金额", "sum"), kind=Kind.MONEY)
    with pytest.raises(ValueError, match=r"“1.005” has more decimals than “sum” keeps: 2."):
        read_value("1.005", money)
    assert read_value("1.25万", money) == 1_250_000


def test_a_judgement_names_a_level_and_stands_as_long_as_answers_do(store: LedgerStore) -> None:
    made = Desk(store, LI).supply(judgement(" 好 "), on(), NOW)
    assert (made.id, made.value, made.was, made.status(TODAY)) == ("J1", "good", None, Status.APPROVED)
    assert made.expires_at == date(2026, 6, 1)
    loose = on(policy=given_rules(judgement={"expires_within": "1mo"}))
    assert Desk(store, LI).supply(judgement(), loose, NOW).expires_at == date(2026, 4, 1)


def test_a_judgement_is_about_a_criterion_by_its_name_or_its_values(store: LedgerStore) -> None:
    assert Desk(store, LI).supply(judgement(subject="prospects"), on(), NOW).subject == "outlook"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (correction("forty"), "“forty” is no number that can be read here."),
        (correction("4\udcff"), "The value holds bytes that are no text."),
        (correction("4" * 1_001), "The value has 1001 characters; 1000 are allowed."),
        (correction("-1"), "-1 is out of bounds: 0 to 9000000000000000."),
        (
            correction("40"),
            "40 is the value already: there is nothing to correct. To end a correction, withdraw it.",
        ),
        (
            correction(subject="dayz"),
            "“dayz” is no value the policy reads of a customer. Did you mean “days”?",
        ),
        (correction("1", subject="score_x"), "“outside score” is computed. Correct: days."),
        (
            correction("good", subject="outlook"),
            "“Prospects” is judged, not measured. Give a judgement: rung judge.",
        ),
        (
            correction(reason="x"),
            "“x” is not on the policy's list of reasons. "
            "Known: entered_wrong, outdated, source_wrong, other.",
        ),
        (
            correction(evidence=" "),
            "The policy asks for evidence. Name where it is kept: a file number, a link.",
        ),
        (
            correction(reason="other"),
            "The reason “Other (to be written out)” has to be written out. "
            "Say in a sentence or two what you know.",
        ),
        (
            correction(expires_at=date(2027, 3, 2)),
            "The correction would last until 2027-03-02; the policy allows 12 months, until 2027-03-01.",
        ),
        (judgement("splendid"), "“splendid” is none of the choices: good, fair, odd."),
        (judgement("odd"), "“odd” is no level of “Prospects”. Known: good, fair."),
        (
            judgement(None),
            "A judgement names one of the levels: good, fair. To end a judgement, withdraw it.",
        ),
        (judgement(subject="days"), "“days” is no criterion that people judge. Known: outlook."),
        (
            judgement(reason="x"),
            "The policy has no list of reasons here, so “x” is none of it. Say it in the narrative.",
        ),
        (
            judgement(expires_at=date(2026, 6, 2)),
            "The judgement would last until 2026-06-02; the policy allows 3 months, until 2026-06-01.",
        ),
        (
            judgement(supersedes=("J9",)),
            "Judgement J9, which yours is to supersede, is not open for this customer. "
            "See what is open: rung override list --kind judgement.",
        ),
    ],
)
def test_what_may_not_be_given_is_refused_in_a_sentence(value: Supply, told: str) -> None:
    assert refusals(value) == [told]


@pytest.mark.parametrize(("value", "does"), [(correction(), "correct data"), (judgement(), "judge")])
def test_who_may_only_look_gives_nothing(value: Supply, does: str) -> None:
    (told,) = refusals(value, who=GUEST)
    assert told.startswith(f"访客 (guest) may look, not {does}.")


@pytest.mark.parametrize("typed", ["good", "GOOD", "Splendid prospects", "前景极好"])
def test_a_level_goes_by_its_title_too(store: LedgerStore, typed: str) -> None:
    level = {**PROSPECTS["levels"][0], "title": {"zh": "前景极好", "en": "Splendid prospects"}}
    text = Field(id="outlook", title=Text("前景", "outlook"), kind=Kind.TEXT)
    rules = given_rules(criteria=[{**PROSPECTS, "levels": [level]}])
    ground = on(policy=rules, subjects={"outlook": Subject(text, None, rules.criteria[0])})
    assert Desk(store, LI).supply(judgement(typed), ground, NOW).value == "good"


def test_a_refused_value_leaves_nothing(store: LedgerStore) -> None:
    with pytest.raises(RungError) as refused:
        Desk(store, LI).supply(correction("x", reason="y"), on(), NOW)
    assert len(refused.value.problems) == 2
    assert store.head().sequence == 0


def test_a_policy_where_nobody_judges_says_so() -> None:
    subjects = {"days": Subject(DAYS, "40")}
    assert refusals(judgement(), on(subjects=subjects)) == [
        "The policy “test.tiers” has no criterion that people judge. To replace a datum, correct it."
    ]


def test_a_policy_that_has_ended_takes_nothing_in(store: LedgerStore) -> None:
    last = on(policy=given_rules(effective_to=TODAY))
    assert Desk(store, LI).supply(judgement(), last, NOW).id == "J1"
    ended = on(policy=given_rules(effective_to=TODAY - timedelta(days=1)))
    with pytest.raises(RungError, match=r"The policy “test.tiers” 2026.1 ended on 2026-02-28\. Grade by the"):
        Desk(store, LI).supply(judgement(), ended, NOW)


EXPOSED = [{"when": {"days": "> 20"}, "approval": "two"}]


@pytest.mark.parametrize(
    ("days", "value", "needed"), [(40, "10", 2), (10, "40", 2), (40, "95", 2), (10, "5", 0)]
)
def test_a_level_counts_with_the_value_before_and_with_the_value_given(
    store: LedgerStore, days: int, value: str, needed: int
) -> None:
    rules = given_rules(correction={"approval": {"up": "none"}, "levels": EXPOSED})
    made = Desk(store, LI).supply(correction(value), on(days, policy=rules), NOW)
    assert made.approvals_needed == needed


def test_one_subject_has_one_open_input_and_others_stand_beside_it(store: LedgerStore) -> None:
    desk = Desk(store, LI, OFFICE)
    desk.supply(correction("95"), on(), NOW)
    desk.supply(judgement(), on(95, "D"), NOW)
    with pytest.raises(RungError, match="The customer has an open correction of it already: C1, by 李娜"):
        Desk(store, WANG, OFFICE).supply(correction("99"), on(95, "D"), NOW)
    third = Desk(store, WANG, OFFICE).supply(correction("99", supersedes=("c1",)), on(95, "D"), NOW)
    assert third.supersedes == ("C1",)
    fourth = Desk(store, WANG, OFFICE).supply(correction("97"), on(99, "D"), NOW)
    assert fourth.supersedes == ("C3",)
    status = {each.id: each.status(TODAY) for each in store.inputs()}
    assert status == {
        "C1": Status.SUPERSEDED,
        "J2": Status.APPROVED,
        "C3": Status.SUPERSEDED,
        "C4": Status.APPROVED,
    }


def test_ones_own_correction_is_renewed_with_the_same_value(store: LedgerStore) -> None:
    desk = Desk(store, LI)
    desk.supply(correction("95"), on(), NOW)
    later = NOW + timedelta(days=30)
    assert desk.supply(correction("95"), on(95, "D"), later).expires_at == date(2027, 3, 31)


def test_a_returned_correction_is_changed_and_put_forward_anew(store: LedgerStore) -> None:
    made = Desk(store, LI, OFFICE).supply(correction("10"), on(), NOW)
    Desk(store, ZHAO, OFFICE).give_back(made.id, NOW, "哪一页？")
    anew = Desk(store, LI, OFFICE).resubmit(
        made.id, Resubmission(value="70", evidence="卷宗 3，第 8 页", note="补充页码"), on(), NOW
    )
    assert isinstance(anew, DataInput)
    assert (anew.value, anew.evidence, anew.proposed_grade, anew.notches) == ("70", "卷宗 3，第 8 页", "C", 0)
    assert anew.status(TODAY) == Status.APPROVED  # it makes the grade no better any more
    assert store.input(made.id) == anew


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (Kind.MONEY, 1234, "12.34"),
        (Kind.MONEY, -300, "-3"),
        (Kind.MONEY, -5, "-0.05"),
        (Kind.NUMBER, 10_500, "1.05"),
        (Kind.INTEGER, 0, "0"),
        (Kind.PERCENT, 1250, "12.5"),
        (Kind.BOOLEAN, True, "true"),
        (Kind.BOOLEAN, False, "false"),
        (Kind.DATE, date(2026, 3, 1), "2026-03-01"),
        (Kind.TEXT, "无", "无"),
        (Kind.TEXT, None, None),
    ],
)
def test_a_value_has_one_text_and_the_text_that_value(
    kind: Kind, value: Value | None, text: str | None
) -> None:
    quantity = Quantity(id="q", title=Text.same("q"), kind=kind)
    assert written_value(value, quantity) == text
    assert read_value(text, quantity) == value


@pytest.mark.parametrize(
    ("kind", "typed", "text"),
    [
        (Kind.MONEY, "10万", "100000"),
        (Kind.BOOLEAN, "是", "true"),
        (Kind.DATE, "2026年3月1日", "2026-03-01"),
        (Kind.NUMBER, "-0", "0"),
        (Kind.NUMBER, "99999", "99999"),
        (Kind.INTEGER, " 7 ", "7"),
        (Kind.TEXT, "  ", None),
    ],
)
def test_what_a_person_types_is_kept_in_the_one_spelling(kind: Kind, typed: str, text: str | None) -> None:
    quantity = Quantity(id="q", title=Text.same("q"), kind=kind)
    assert written_value(read_value(typed, quantity), quantity) == text


def test_nobody_finds_out_a_value_by_guesses_that_leave_no_trace() -> None:
    assert refusals(correction("40"), who=GUEST) == refusals(correction("41"), who=GUEST)
    unfounded = correction("40", reason="")
    assert refusals(unfounded) == refusals(correction("41", reason=""))

"""``rung judge`` and ``rung correct``: what a person knows better, and the grade there is with it."""

from __future__ import annotations

import pytest
from commands import Cli
from ledger_office import WHY, As, events, grades, in_days, statuses

pytestmark = pytest.mark.usefixtures("office")


def until(cli: Cli, input_id: str) -> str:
    (found,) = cli("override", "show", input_id, "--json").json["inputs"]
    return str(found["expires_at"])


@pytest.mark.usefixtures("acting")
def test_a_correction_says_the_grade_before_and_with_it(cli: Cli) -> None:
    down = cli("correct", "C2", "late", "120", *WHY, "--expires", in_days(40))
    assert (down.code, down.out.splitlines()) == (
        0,
        [
            "Correction C1 of C2: Days late 30 → 120.",
            "Grade: B → C (-1).",
            f"It is in effect until {in_days(40)}.",
            "Take it back with: rung override withdraw C1",
        ],
    )
    up = cli("correct", "C5", "spent", "6000", *WHY)
    assert up.out.splitlines() == [
        "Correction C2 of C5: Spent 1,000 yuan → 6,000 yuan.",
        "The grade stays B.",
        f"It is in effect until {until(cli, 'C2')}.",
        "Take it back with: rung override withdraw C2",
    ]
    assert grades(cli, "C2") == ("B", "C", "C")
    assert cli("explain", "C2", "--json").json["grade"] == "C"
    assert grades(cli, "C5") == ("B", "B", "B")


@pytest.mark.usefixtures("acting")
def test_customer_and_field_are_known_by_their_names_too(cli: Cli) -> None:
    made = cli("correct", "乙公司", "逾期", "5", *WHY, "--json").json["correction"]
    assert (made["customer_id"], made["subject"], made["was"], made["value"]) == ("C2", "late", "30", "5")
    assert (made["reason"], made["evidence"], made["maker"]) == ("entered_wrong", "卷宗 3", "lina")


def test_ones_own_older_correction_is_superseded_and_anothers_has_to_be_named(cli: Cli, acting: As) -> None:
    cli("correct", "C2", "late", "40", *WHY)
    own = cli("correct", "C2", "late", "50", *WHY)
    assert own.out.splitlines()[3] == "It supersedes C1."
    acting("wang")
    refused = cli("correct", "C2", "late", "60", *WHY)
    assert (refused.code, refused.out, events(cli)) == (2, "", 2)
    assert refused.err == (
        "rung: The customer has an open correction of it already: C2, by 李娜 on "
        f"{in_days(0)}. If yours is to take its place, say so: --supersede C2.\n"
    )
    assert cli("correct", "C2", "late", "60", *WHY, "--supersede", "c2").code == 0
    assert statuses(cli) == {"C1": "superseded", "C2": "superseded", "C3": "approved"}


def test_what_another_value_hides_is_approved_before_it_lifts_a_grade(cli: Cli, acting: As) -> None:
    assert cli("correct", "C5", "spent", "5", *WHY).out.splitlines()[1] == "Grade: B → C (-1)."
    hidden = cli("correct", "C5", "late", "0", *WHY)
    assert hidden.out.splitlines()[1:3] == [
        "The grade stays C.",
        "It awaits the approval of 1 and is not in effect.",
    ]
    assert cli("override", "withdraw", "C1").code == 0
    assert grades(cli, "C5") == ("B", "B", "B")
    acting("wang")
    assert cli("override", "approve", "C2").code == 0
    assert grades(cli, "C5") == ("B", "A", "A")


@pytest.mark.usefixtures("acting")
def test_a_value_whose_worth_a_gate_hides_is_approved_like_a_better_grade(cli: Cli) -> None:
    assert cli("correct", "C3", "spent", "6000", *WHY).out.splitlines()[:3] == [
        "Correction C1 of C3: Spent 5 yuan → 6,000 yuan.",
        "The grade stays C.",
        "It awaits the approval of 1 and is not in effect.",
    ]
    assert statuses(cli) == {"C1": "proposed"}


@pytest.mark.usefixtures("acting")
def test_a_value_may_be_negative_or_not_known(cli: Cli) -> None:
    assert cli("correct", "C2", "late", "-3", *WHY, "--json").json["correction"]["value"] == "-3"
    unknown = cli("correct", "C5", "spent", "missing", *WHY, "--json").json["correction"]
    assert (unknown["value"], unknown["was"]) == (None, "1000")
    assert (unknown["model_grade"], unknown["proposed_grade"]) == ("B", None)
    assert cli("correct", "C1", "late", "-", *WHY).out.startswith(
        "Correction C3 of C1: Days late 0 → not known.\n"
    )


@pytest.mark.usefixtures("acting")
def test_a_judgement_regrades_at_once(cli: Cli) -> None:
    judged = cli("judge", "C1", "prospects", "差", "--narrative", "订单减", "--json")
    made = judged.json["judgement"]
    assert (made["id"], made["subject"], made["value"]) == ("J1", "prospects", "poor")
    assert (made["model_grade"], made["proposed_grade"], made["notches"]) == ("A", "B", -1)
    assert (made["narrative"], made["approvals_needed"], made["status"]) == ("订单减", 0, "approved")
    explained = cli("explain", "C1")
    assert "The grade with it is B; the source's data alone give A." in explained.out
    assert grades(cli, "C1") == ("A", "B", "B")
    assert cli("override", "withdraw", "J1").out == "Judgement J1 of C1 is withdrawn.\n"
    assert grades(cli, "C1") == ("A", "A", "A")


@pytest.mark.usefixtures("acting")
def test_a_judgement_says_the_grade_before_and_with_it(cli: Cli) -> None:
    judged = cli("judge", "C1", "prospects", "good", "--expires", in_days(20))
    assert (judged.code, judged.out.splitlines()) == (
        0,
        [
            "Judgement J1 of C1: Prospects not known → good.",
            "The grade stays A.",
            f"It is in effect until {in_days(20)}.",
            "Take it back with: rung override withdraw J1",
        ],
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("correct", "C2", "lat", "3"), "Did you mean “late”?"),
        (("correct", "C2", "late", "soon"), "“soon” is no number that can be read here."),
        (("correct", "C2", "late", "30"), "30 is the value already: there is nothing to correct."),
        (("correct", "C2", "customer_name", "甲"), "id and name are not corrected here"),
        (("correct", "C9", "late", "3"), "There is no customer “C9” in the run"),
        (("correct", "C2", "late", "3", "--run", "x"), "There is no run “x”."),
        (("correct", "C2", "prospects", "good"), "is judged, not measured. Give a judgement: rung judge."),
        (("judge", "C2", "late", "good"), "“late” is no criterion that people judge."),
        (("judge", "C2", "prospects", "superb"), "“superb” is none of the choices: good, poor."),
        (("judge", "C2", "prospects", "missing"), "A judgement names one of the levels: good, poor."),
        (("judge", "C2", "prospects", "good", "--reason", "mood"), "“mood” is none of it."),
    ],
)
@pytest.mark.usefixtures("acting")
def test_a_value_that_may_not_be_given_is_refused(cli: Cli, arguments: tuple[str, ...], told: str) -> None:
    why = () if arguments[0] == "judge" else WHY
    ended = cli(*arguments, *why)
    assert (ended.code, ended.out, events(cli)) == (2, "", 0)
    assert ended.err.startswith("rung: ")
    assert told in ended.err
    assert len(ended.err.splitlines()) == 1


@pytest.mark.usefixtures("acting")
def test_a_correction_says_why_and_where_its_evidence_is(cli: Cli) -> None:
    bare = cli("correct", "C2", "late", "3")
    assert (bare.code, bare.out, events(cli)) == (2, "", 0)
    assert [line.partition(". ")[0] for line in bare.err.splitlines()] == [
        "rung: The policy asks for a reason from its list",
        "rung: The policy asks for evidence",
    ]

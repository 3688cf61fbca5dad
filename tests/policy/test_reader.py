"""A policy's file is read, or every mistake in it is told at once, at its line."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st
from policy_texts import LIBRARY, SCORE, TEN, USING, libraries, told

from rung.errors import RungError
from rung.policy.files import decoded
from rung.policy.library import parse_library
from rung.policy.model import Policy, ScoreGrading
from rung.policy.reader import parse_policy, read_policy
from rung.text import Text


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


def test_a_value_of_several_types_is_told_by_the_one_meant():
    assert told(SCORE.replace("[[criteria]]", "[[criteria]]\nmissing = { point = 5 }")) == [
        "8 [criteria[0].missing.points]: “points” is missing. It takes a number.",
        "8 [criteria[0].missing.point]: There is no key “point” here. Did you mean “points”?",
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

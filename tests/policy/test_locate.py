"""A key's line is found in any TOML text, and a line is never made up."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from rung.policy.keys import read_key, written_key
from rung.policy.locate import key_lines, line_of

TEXT = '''\
# a policy
id = "x.y"
"quoted key" = 1
'literal' = 2
title.zh = "甲"
title.en = "A"
purpose = """
[not a table]
fake = 1
""\\"quoted\\""""""
raw = \'\'\'
grades = ["Z"]\'\'\'
grades = [
    "A",  # best = 1
    "B", [
    "nested"
    ],
]

[grading]
cutoffs = { A = 80, B = { deep = [1,
  { x = 2 }] } }

[[criteria]]
id = "first"
bands = [{ when = "< 5, ] }", points = 1 }, { when = ">= 5" }]

  [[criteria]]  # second
  id = "second"
  bands = [
    { when = "-",
      points = 2 },
  ]
  [criteria.title]
  zh = "乙"
  [[criteria.notes]]
  text = "one"
  [[criteria.notes]]
  text = "two"

[service."A.B".contact]
every = 2026-01-01 07:00:00  # a date with a space

[a.b.c]
d = 1
[a.b]
e = 2
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("id",), 2),
        (("quoted key",), 3),
        (("literal",), 4),
        (("title",), 5),
        (("title", "zh"), 5),
        (("title", "en"), 6),
        (("purpose",), 7),
        (("raw",), 11),
        (("grades",), 13),
        (("grades", 0), 14),
        (("grades", 1), 15),
        (("grades", 2, 0), 16),
        (("grading",), 20),
        (("grading", "cutoffs", "B", "deep"), 21),
        (("grading", "cutoffs", "B", "deep", 1, "x"), 22),
        (("criteria",), 24),
        (("criteria", 0), 24),
        (("criteria", 0, "bands", 0, "points"), 26),
        (("criteria", 0, "bands", 1, "when"), 26),
        (("criteria", 1), 28),
        (("criteria", 1, "id"), 29),
        (("criteria", 1, "bands", 0), 31),
        (("criteria", 1, "bands", 0, "points"), 32),
        (("criteria", 1, "title", "zh"), 35),
        (("criteria", 1, "notes", 1), 38),
        (("criteria", 1, "notes", 1, "text"), 39),
        (("service", "A.B", "contact"), 41),
        (("service", "A.B", "contact", "every"), 42),
        (("a", "b", "c", "d"), 45),
        (("a",), 44),
        (("a", "b"), 46),
        (("a", "b", "e"), 47),
    ],
)
def test_a_key_stands_on_its_line(path, line):
    assert line_of(TEXT, path) == line
    assert path in key_lines(TEXT)


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("criteria", 1, "weight"), 28),
        (("criteria", 0, "bands", 1, "points"), 26),
        (("criteria", 1, "bands", 0, "points", "x"), 32),
        (("criteria", 5, "id"), 24),
        (("grading", "mode"), 20),
        (("fake",), None),
        (("A",), None),
        ((), None),
    ],
)
def test_a_key_that_is_not_there_is_placed_at_the_nearest_around_it_or_nowhere(path, line):
    assert line_of(TEXT, path) == line


def test_a_cell_is_found_behind_the_joins_of_its_condition():
    text = "[[gates]]\nwhen.any = [\n{ days = 1 },\n{ not = { assets = 2 } },\n{ days = 3 },\n]\n"
    assert line_of(text, ("gates", 0, "when", "assets")) == 4
    assert line_of(text, ("gates", 0, "when", "days")) == 2  # it is there twice


def test_a_key_of_the_same_name_elsewhere_is_no_substitute():
    assert line_of('[[criteria]]\nid = "a"\nlevels = [\n{ title = "t" }]\n', ("criteria", 0, "title")) == 1


@pytest.mark.parametrize(
    "text", ["a = 1\nb = = 2\nc = 3", "a = 1\n[b\nc = 3", "a = 1\n" + "b = " + "[" * 5000]
)
def test_what_stands_before_a_mistake_is_found(text):
    assert line_of(text, ("a",)) == 1
    assert line_of(text, ("c",)) is None


KEYS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
SCALARS = (
    st.booleans()
    | st.integers(-9, 9)
    | st.text("a\"'\\\n\r#[]{},.= \t甲", max_size=8)
    | st.just(date(2026, 1, 1))
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


def paths(value, around=()):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*around, key)
            yield from paths(inner, (*around, key))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield (*around, position)
            yield from paths(inner, (*around, position))


@given(st.dictionaries(KEYS, VALUES, max_size=5), st.booleans())
def test_every_key_a_parser_finds_has_a_line_and_no_other_has_one(table, multiline):
    text = tomli_w.dumps(table, multiline_strings=multiline)
    read = tomllib.loads(text)
    lines = key_lines(text)
    assert set(lines) == set(paths(read))
    assert all(1 <= line <= text.count("\n") + 1 for line in lines.values())


@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=5), st.data())
def test_removing_all_lines_from_a_top_level_keys_line_on_removes_the_key(table, data):
    text = tomli_w.dumps(table)
    key = data.draw(st.sampled_from(sorted(table)))
    before = "\n".join(text.split("\n")[: line_of(text, (key,)) - 1])
    assert key not in tomllib.loads(before)


@given(st.text(max_size=200))
def test_no_text_whatever_raises(text):
    lines = key_lines(text)
    assert all(1 <= line <= text.count("\n") + 1 for line in lines.values())


@given(st.lists(st.text() | st.integers(0, 99)).filter(lambda path: not path or isinstance(path[0], str)))
def test_a_written_key_reads_back(path):
    assert read_key(written_key(tuple(path))) == tuple(path)


def test_a_key_is_written_as_people_write_it():
    assert written_key(("criteria", 2, "bands", 0, "when")) == "criteria[2].bands[0].when"
    assert written_key(("service", "A.B", "contact")) == 'service."A.B".contact'


def test_one_table_stands_for_a_list_of_one():
    text = '[service.A.contact]\nevery = "7d"\nby = "x"\n'
    assert line_of(text, ("service", "A", "contact", 0, "by")) == 3
    assert line_of(text, ("service", "A", "contact", 1, "by")) == 1

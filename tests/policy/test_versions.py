"""Several versions of a policy stand side by side; the day, or a name, says which one is meant."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rung.errors import RungError, Severity
from rung.policy.heading import days, read_heading
from rung.policy.shelf import Shelf
from rung.vocabulary import Sector

POLICY = """\
id = "my.tiers"
version = "{version}"
{days}
title = "Tiers"
grades = ["A", "B"]
[grading]
mode = "rules"
otherwise = "B"
[[rules]]
id = "big"
grade = "A"
when = {{ customer_id = "x" }}
reason = "Big"
"""


class NoPlugins:
    def ids(self) -> tuple[str, ...]:
        return ()

    def sector(self, plugin_id: str) -> Sector:
        raise RungError.of(plugin_id)

    def policies_folder(self, plugin_id: str) -> Path | None:
        raise RungError.of(plugin_id)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(NoPlugins(), (tmp_path,))


@pytest.fixture
def put(tmp_path: Path):
    def put(name: str, version: str, days: str = "", more: str = "") -> Path:
        file = tmp_path / name
        file.write_text(POLICY.format(version=version, days=days) + more, encoding="utf-8")
        return file

    return put


JAN, JUN, DEC = date(2026, 1, 1), date(2026, 6, 30), date(2026, 12, 31)
FIRST_HALF = "effective_from = 2026-01-01\neffective_to = 2026-06-30"
FROM_JULY = "effective_from = 2026-07-01"


@pytest.mark.parametrize(
    ("day", "version"), [(JAN, "1"), (JUN, "1"), (date(2026, 7, 1), "2"), (date(2030, 1, 1), "2")]
)
def test_the_version_in_force_on_the_day_is_found(shelf, put, day, version):
    put("a.toml", "1", FIRST_HALF)
    put("b.toml", "2", FROM_JULY)
    found = shelf.find("my.tiers", day)
    assert (found.policy.version, found.notices) == (version, ())


def test_where_none_of_several_is_in_force_each_is_told_with_its_days(shelf, put):
    put("a.toml", "1", FIRST_HALF)
    put("b.toml", "2", FROM_JULY)
    with pytest.raises(RungError) as raised:
        shelf.find("my.tiers", date(2025, 12, 31))
    assert str(raised.value) == (
        "No version of “my.tiers” is in force on 2025-12-31: version 1 from 2026-01-01 to 2026-06-30, "
        "version 2 from 2026-07-01 on. To look at one all the same, name it: my.tiers@1."
    )


def test_a_version_is_named_with_an_at_sign_and_a_preview_says_it_is_one(shelf, put):
    put("a.toml", "1", FIRST_HALF)
    put("b.toml", "2", FROM_JULY)
    for found in (shelf.find("my.tiers@2", JAN), shelf.find("my.tiers", JAN, version="2")):
        assert found.policy.version == "2"
        (notice,) = found.notices
        assert notice.message == (
            "Version 2 of “my.tiers” holds from 2026-07-01 on; on 2026-01-01 this is only a preview."
        )
        assert notice.severity is Severity.WARNING


def test_a_version_that_is_not_there_is_told(shelf, put):
    put("a.toml", "2026.1")
    with pytest.raises(RungError, match=r"“my\.tiers” has no version 2026\.2\. Did you mean “2026\.1”\?"):
        shelf.find("my.tiers@2026.2")


def test_a_single_version_never_published_is_taken_on_any_day_with_a_notice(shelf, put):
    put("b.toml", "2", FROM_JULY)
    assert shelf.find("my.tiers", date(2026, 7, 1)).notices == ()
    assert [each.message for each in shelf.find("my.tiers", JAN).notices] == [
        "Version 2 of “my.tiers” holds from 2026-07-01 on; on 2026-01-01 this is only a preview."
    ]


@pytest.mark.parametrize(
    ("one", "other", "message"),
    [
        (
            "effective_to = 2026-07-01",
            FROM_JULY,
            "hold from 2026-07-01 to 2026-07-01: 1 ({a}) and 2 ({b}). "
            "Write effective_to = 2026-06-30 in {a}.",
        ),
        (
            "",
            FROM_JULY,
            "hold from 2026-07-01 on: 1 ({a}) and 2 ({b}). Write effective_to = 2026-06-30 in {a}.",
        ),
        ("", "", "hold at all times: 1 ({a}) and 2 ({b}). Let effective_from of the newer one be"),
    ],
)
def test_versions_that_hold_on_the_same_days_are_told_with_both_files(shelf, put, one, other, message):
    a, b = put("a.toml", "1", one), put("b.toml", "2", other)
    with pytest.raises(RungError) as raised:
        shelf.find("my.tiers", JAN)
    assert message.format(a=a, b=b) in str(raised.value)
    assert [[each.message for each in entry.problems] for entry in shelf.entries()] == [
        [raised.value.problems[0].message]
    ] * 2


def test_one_version_in_two_files_is_told_with_both(shelf, put):
    a, b = put("a.toml", "1", FIRST_HALF), put("b.toml", "1", FROM_JULY)
    for wanted in ("my.tiers", "my.tiers@1"):
        with pytest.raises(RungError, match="stands in several files") as raised:
            shelf.find(wanted, JAN)
        assert f"{a}, {b}" in str(raised.value)


def test_days_that_touch_do_not_overlap(shelf, put):
    put("a.toml", "1", "effective_to = 2026-06-30")
    put("b.toml", "2", FROM_JULY)
    assert [entry.problems for entry in shelf.entries()] == [(), ()]


def test_a_layer_takes_the_version_of_its_base_in_force_on_the_day(shelf, put, tmp_path):
    put("a.toml", "1", FIRST_HALF)
    put("b.toml", "2", FROM_JULY)
    (tmp_path / "top.toml").write_text(
        'id = "my.top"\nversion = "1"\nextends = "my.tiers"\n', encoding="utf-8"
    )
    assert [shelf.find("my.top", day).sources.layers[0].name[-6:] for day in (JAN, DEC)] == [
        "a.toml",
        "b.toml",
    ]


def test_a_file_finds_its_base_in_its_own_folder(tmp_path):
    (tmp_path / "base.toml").write_text(POLICY.format(version="1", days=""), encoding="utf-8")
    top = tmp_path / "top.toml"
    top.write_text('id = "my.top"\nversion = "1"\nextends = "my.tiers"\n', encoding="utf-8")
    assert Shelf(NoPlugins()).find(top).policy.title.en == "Tiers"


class TestHeadings:
    def test_only_the_head_of_a_file_is_read(self, tmp_path):
        file = tmp_path / "a.toml"
        file.write_text(
            'id = "a.b"\nversion = "3"\neffective_from = 2026-01-01\n[grading]\n???', encoding="utf-8"
        )
        found = read_heading(file)
        assert (found.id, found.version, found.start, found.end) == ("a.b", "3", JAN, None)

    @pytest.mark.parametrize(
        ("text", "name", "version"),
        [
            ('grades = [\n["A"],\n]\nid = "a.b"\nversion = "3"\n', "a.b", "3"),
            ('note = """\n[x]\n"""\nid = "a.b"\n', "a.b", ""),
            ('id = "a.b"\n', "a.b", ""),
            ("id = 3\nversion = 4\neffective_from = 1\n[a]\n", "file", ""),
            ("???", "file", ""),
            ("\n[a]\nid = 'no'\n", "file", ""),
            ('id = "a.b"\r\nversion = "1"\r\n[a]\r\n', "a.b", "1"),
        ],
    )
    def test_whatever_a_file_holds_it_has_an_id(self, tmp_path, text, name, version):
        file = tmp_path / "file.toml"
        file.write_bytes(text.encode())
        found = read_heading(file)
        assert (found.id, found.version, found.start) == (name, version, None)

    @pytest.mark.parametrize(
        ("start", "end", "words"),
        [
            (None, None, "at all times"),
            (None, JUN, "until 2026-06-30"),
            (JAN, None, "from 2026-01-01 on"),
            (JAN, JUN, "from 2026-01-01 to 2026-06-30"),
        ],
    )
    def test_days_in_words(self, start, end, words):
        assert days(start, end) == words

    @pytest.mark.parametrize(
        ("day", "holds"), [(date(2025, 12, 31), False), (JAN, True), (JUN, True), (DEC, False)]
    )
    def test_the_first_and_the_last_day_belong_to_it(self, tmp_path, day, holds):
        file = tmp_path / "a.toml"
        file.write_text(POLICY.format(version="1", days=FIRST_HALF), encoding="utf-8")
        assert read_heading(file).holds_on(day) is holds

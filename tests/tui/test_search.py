"""A typed filter is words that must all be found; a prefix says where."""

from __future__ import annotations

import pytest

from rung_tui.queue.search import Part, Term, matching, terms


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", []),
        ("  ", []),
        ("王伟", [Term("王伟")]),
        ("C001 王", [Term("c001"), Term("王")]),
        ("grade:A", [Term("a", Part.GRADE)]),
        ("等级：Ａ 公司", [Term("a", Part.GRADE), Term("公司")]),
        ("原因:逾期", [Term("逾期", Part.REASON)]),
        ("grade:", []),
        ("10:30", [Term("10:30")]),
        ("（北京）", [Term("(北京)")]),
    ],
)
def test_words_are_folded_and_placed(typed: str, found: list[Term]) -> None:
    assert list(terms(typed)) == found


def test_a_reason_is_found_by_part_of_its_words_in_either_language() -> None:
    titles = {"overdue:3": ("逾期31至90天", "31 to 90 days past due"), "assets:2": ("资产不够大", "Assets")}
    assert matching("逾期", titles) == ["overdue:3"]
    assert matching("past due", titles) == ["overdue:3"]
    assert matching("z", titles) == []


def test_a_grade_is_found_by_its_whole_name_only() -> None:
    titles = {"A": ("A类客户", "Grade A"), "AA": ("AA", "AA")}
    assert matching("a", titles, whole=True) == ["A"]
    assert matching("a类客户", titles, whole=True) == ["A"]

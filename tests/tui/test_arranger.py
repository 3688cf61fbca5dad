"""Orders and selections are what a plain loop over the rows would give."""

from __future__ import annotations

import mmap
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rung.ledger import Effective
from rung.runs import ArrowFile
from rung.runs.flatbuffer import Damaged
from rung.workspace.run_review import CutPoints
from rung_tui.queue import searching, spooled
from rung_tui.queue.arranger import Arranger, SupersededError
from rung_tui.queue.lending import lent
from rung_tui.queue.places import Places
from rung_tui.queue.search import folded
from rung_tui.queue.searching import TextSearch
from rung_tui.queue.wish import Sort, View, Wish

GRADES = ["A", "B", "C"]
REASONS = ["assets:1", "assets:2", "gate:late"]
TITLES = {
    "assets:1": ("资产少", "Few assets"),
    "assets:2": ("资产中", "Some assets"),
    "gate:late": ("逾期", "Late"),
}
NAMES = st.sampled_from(["北京恒通", "王伟", "Ａcme（中国）", "acme", "O'Brien [x]", "a.b*c", "", None])
Rows = list[dict[str, Any]]


@st.composite
def populations(draw: st.DrawFn) -> Rows:
    count = draw(st.integers(1, 25))
    rows = []
    for number in range(count):
        grade = draw(st.sampled_from([*GRADES, None]))
        rows.append(
            {
                "customer_id": f"C{number:03d}",
                "customer_name": draw(NAMES),
                "model_grade": grade,
                "score": None if grade is None else draw(st.integers(0, 100)) * 100,
                "flags": 0,
                "reason_1": draw(st.sampled_from([*REASONS, None])),
                "reason_2": None,
                "reason_3": None,
                "evidence": draw(st.integers(0, 100)),
                "not_graded": None if grade else "no_rule",
            }
        )
    return rows


def written(rows: Rows, path: Path) -> Path:
    types = {
        "customer_id": pl.String,
        "customer_name": pl.String,
        "model_grade": pl.Enum(GRADES),
        "score": pl.Int64,
        "flags": pl.Int64,
        **dict.fromkeys(("reason_1", "reason_2", "reason_3"), pl.Enum(REASONS)),
        "evidence": pl.Int16,
        "not_graded": pl.Enum(["no_rule"]),
    }
    pl.DataFrame(rows, schema=types).lazy().sink_ipc(path, compression="uncompressed")
    return path


def arranger(rows: Rows, folder: Path) -> Arranger:
    titles = {grade: (f"{grade}类", f"Tier {grade}") for grade in GRADES}
    return Arranger(written(rows, folder / "results.arrow"), len(rows), GRADES, titles, TITLES)


def order(found: Arranger, wish: Wish) -> list[int]:
    arranged = found.arrange(wish).order
    return list(range(found.rows)) if arranged is None else list(arranged)


def fits(row: dict[str, Any], word: str) -> bool:
    text = folded(f"{row['customer_id']}\x1f{row['customer_name'] or ''}")
    reasons = TITLES.get(row["reason_1"] or "", ())
    return (
        word in text
        or any(word in folded(title) for title in (*reasons, row["reason_1"] or ""))
        or (
            row["model_grade"] is not None
            and word in {row["model_grade"].lower(), folded(f"{row['model_grade']}类")}
        )
    )


AGAIN = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


@AGAIN
@given(
    rows=populations(),
    words=st.lists(
        st.sampled_from(["c00", "王", "ACME", "(中国)", "[x]", "b*", "资产", "late", "a", "'"]), max_size=2
    ),
)
def test_a_filter_finds_what_a_loop_finds(tmp_path: Path, rows: Rows, words: list[str]) -> None:
    expected = [n for n, row in enumerate(rows) if all(fits(row, folded(word)) for word in words)]
    assert order(arranger(rows, tmp_path), Wish(text=" ".join(words))) == expected


@AGAIN
@given(rows=populations(), word=st.sampled_from(["c0012", "王五", "acme", "(中国)", "[x]", "资产规模"]))
def test_a_word_typed_letter_by_letter_finds_what_it_finds_at_once(
    tmp_path: Path, rows: Rows, word: str
) -> None:
    typed = arranger(rows, tmp_path)
    for end in (*range(1, len(word) + 1), *range(len(word) - 1, 0, -1)):
        expected = [n for n, row in enumerate(rows) if fits(row, folded(word[:end]))]
        assert order(typed, Wish(text=word[:end])) == expected


@AGAIN
@given(
    rows=populations(),
    column=st.sampled_from(["id", "name", "score", "evidence", "grade"]),
    descending=st.booleans(),
)
def test_a_sort_puts_the_empty_last_and_leaves_equals_as_they_were(
    tmp_path: Path, rows: Rows, column: str, descending: bool
) -> None:
    def key(row: dict[str, Any]) -> Any:
        match column:
            case "grade":
                if row["model_grade"] is None:
                    return None
                return (GRADES.index(row["model_grade"]), -row["score"])
            case "id" | "name":
                value = row[f"customer_{column}"]
                return None if value is None else value.encode()
            case _:
                return row[column]

    full = [n for n, row in enumerate(rows) if key(row) is not None]
    empty = [n for n, row in enumerate(rows) if key(row) is None]
    full.sort(key=lambda n: key(rows[n]), reverse=descending)
    if descending:  # Python's reverse keeps equals in their order, as ours does
        pass
    assert order(arranger(rows, tmp_path), Wish(sort=Sort(column, descending))) == full + empty


@AGAIN
@given(rows=populations())
def test_the_counts_are_those_of_the_rows_shown(tmp_path: Path, rows: Rows) -> None:
    found = arranger(rows, tmp_path).arrange(Wish(text="c0"))
    assert sum(found.counts.values()) == len(rows)
    for grade in GRADES:
        assert found.counts[grade] == sum(row["model_grade"] == grade for row in rows)


ROW = {"flags": 0, "reason_2": None, "reason_3": None, "reason_1": "assets:1", "not_graded": None}


def row(number: int, grade: str | None, score: int | None = 0, evidence: int = 100) -> dict[str, Any]:
    given = {"customer_id": f"C{number}", "customer_name": "甲", "model_grade": grade, "score": score}
    return {**ROW, **given, "evidence": evidence}


def test_a_grade_a_person_gave_counts_and_sorts_as_theirs(tmp_path: Path) -> None:
    rows = [row(0, "A", 9000), row(1, "B", 8000), row(2, "C", 5000)]
    found = arranger(rows, tmp_path)
    raised = Effective("C", "C", "A", override=_override())
    found.lay_over({"C2": raised})
    arranged = found.arrange(Wish(sort=Sort("grade", False)))
    assert list(arranged.order or ()) == [0, 2, 1]
    assert arranged.counts == {"A": 2, "B": 1, "C": 0, "": 0}
    assert order(found, Wish(text="grade:a")) == [0, 2]
    assert order(found, Wish(view=View.OVERRIDDEN)) == [2]


def test_a_pending_override_is_in_its_view_and_changes_no_grade(tmp_path: Path) -> None:
    found = arranger([row(0, "B")], tmp_path)
    found.lay_over({"C0": Effective("B", "B", "B", pending=_override())})
    assert order(found, Wish(view=View.OVERRIDDEN)) == [0]
    assert found.arrange(Wish()).counts["B"] == 1


def test_a_stale_override_is_in_its_view(tmp_path: Path) -> None:
    found = arranger([row(0, "B"), row(1, "C")], tmp_path)
    found.lay_over({"C0": Effective("B", "B", "A", override=_override())})
    assert order(found, Wish(view=View.STALE)) == [0]


@pytest.mark.parametrize(("evidence", "is_thin"), [(0, True), (59, True), (60, False), (100, False)])
def test_evidence_under_sixty_per_cent_is_thin(tmp_path: Path, evidence: int, is_thin: bool) -> None:
    found = arranger([row(0, "A", evidence=evidence)], tmp_path)
    assert order(found, Wish(view=View.THIN)) == ([0] if is_thin else [])


@pytest.mark.parametrize(
    ("score", "is_near"), [(6799, False), (6800, True), (7000, True), (7200, True), (7201, False)]
)
def test_a_customer_is_borderline_within_the_margin_on_either_side(
    tmp_path: Path, score: int, is_near: bool
) -> None:
    found = arranger([row(0, "B", score)], tmp_path)
    found.cut_points = CutPoints(found.results, "score", (7000,), (200,))
    assert order(found, Wish(view=View.BORDERLINE)) == ([0] if is_near else [])


def test_changes_are_of_customers_in_both_runs_whose_grade_differs(tmp_path: Path) -> None:
    before = [row(1, "A"), row(2, "B"), row(3, None), row(9, "C")]
    now = [row(0, "A"), row(1, "B"), row(2, "B"), row(3, "C")]
    found = arranger(now, tmp_path)
    found.before = written(before, tmp_path / "before.arrow")
    arranged = found.arrange(Wish(view=View.CHANGED))
    assert list(arranged.order or ()) == [1, 3]
    assert dict(arranged.before) == {1: "A", 3: ""}


def test_what_nobody_waits_for_is_given_up(tmp_path: Path) -> None:
    with pytest.raises(SupersededError):
        arranger([row(0, "A")], tmp_path).arrange(Wish(text="a"), lambda: False)


# Where the texts lie that a filter looks in

TRICKY = st.sampled_from("aAcß王五有限Ａａ（）。·　㈱①ﬁΣσςİıſK\u0301-'")
CHARACTERS = st.one_of(TRICKY, st.characters(exclude_categories=["Cs", "Cn"]))
CUSTOMERS = st.lists(
    st.tuples(st.text(CHARACTERS, min_size=1, max_size=6), st.none() | st.text(CHARACTERS, max_size=12)),
    min_size=1,
    max_size=40,
)
SPOOLED, HELD, READ_ANEW = "in a file of its own", "in memory", "read anew for each word"


def lying(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spooled, "_BATCH", 7)
    monkeypatch.setattr(searching, "_WORTH", 2)
    if where != SPOOLED:
        monkeypatch.setattr(tempfile, "tempdir", "/nowhere")
    if where == READ_ANEW:
        monkeypatch.setattr(searching, "_HELD", 0)


def searched(customers: list[tuple[str, str | None]], folder: Path) -> TextSearch:
    types = {"customer_id": pl.String, "customer_name": pl.String}
    path = folder / "searched.arrow"
    pl.DataFrame(customers, schema=types, orient="row").lazy().sink_ipc(path, compression="uncompressed")
    return TextSearch(path, len(customers))


@pytest.mark.parametrize("where", [SPOOLED, HELD, READ_ANEW])
@AGAIN
@given(customers=CUSTOMERS, data=st.data())
def test_a_text_is_found_where_it_is_in_the_folded_id_or_name_wherever_the_texts_lie(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    where: str,
    customers: list[tuple[str, str | None]],
    data: st.DataObject,
) -> None:
    lying(where, monkeypatch)
    folds = [folded(f"{customer}\x1f{name or ''}") for customer, name in customers]
    search = searched(customers, tmp_path)
    whole = data.draw(st.sampled_from([part for fold in folds for part in fold.split("\x1f") if part]))
    start = data.draw(st.integers(0, len(whole) - 1))
    for text in (*(whole[start:end] for end in range(start + 1, len(whole) + 1)), folded(whole[::-1])):
        assert search.containing(text).to_list() == [text in fold for fold in folds], text
    search.let_go()


@pytest.mark.parametrize(
    ("name", "text", "is_found"),
    [
        ("恒通（中国）", "(中国)", True),
        ("恒通(中国)", "（中国）", True),
        ("恒通　贸易", "通", True),
        ("ＡＣＭＥ", "acme", True),
        ("Acme", "ACME", True),
        ("ÉTÉ", "été", True),
        ("㈱恒通", "(株)", True),
        ("恒通", "通恒", False),
        ("2恒通", "C12", False),  # across the end of the id
        (None, "1", True),
    ],
)
def test_a_name_is_found_in_any_case_and_width(
    tmp_path: Path, name: str | None, text: str, is_found: bool
) -> None:
    assert searched([("C1", name)], tmp_path).containing(folded(text)).to_list() == [is_found]


@pytest.mark.parametrize(
    ("where", "is_spooled", "is_held"),
    [(SPOOLED, True, False), (HELD, False, True), (READ_ANEW, False, False)],
)
def test_texts_that_find_no_room_in_a_file_are_held_in_memory_unless_they_are_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str, is_spooled: bool, is_held: bool
) -> None:
    lying(where, monkeypatch)
    search = searched([("C1", "王伟")], tmp_path)
    search.prepare()
    assert (search._spooled is not None, search._held is not None) == (is_spooled, is_held)
    search.let_go()
    assert (search._spooled, search._held) == (None, None)
    assert search.containing("王").to_list() == [True]
    search.let_go()


@pytest.mark.skipif(sys.platform == "win32", reason="a disk cannot be made full there so easily")
def test_a_full_disk_does_not_keep_a_filter_from_working(tmp_path: Path) -> None:
    search = searched([("C1", "王伟"), ("C2", "李娜")], tmp_path)
    with full_disk():
        search.prepare()
    assert search._held is not None
    assert search.containing("李").to_list() == [False, True]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads what is mapped")
def test_the_file_of_a_filter_has_no_name_and_is_gone_when_the_filter_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "temporary"
    own.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(own))
    search = searched([("C1", "王伟")], tmp_path)
    search.prepare()
    assert str(own) in Path("/proc/self/maps").read_text()
    assert not list(own.iterdir())
    search.let_go()
    assert str(own) not in Path("/proc/self/maps").read_text()


def test_a_run_cut_short_while_a_filter_is_open_is_searched_on(tmp_path: Path) -> None:
    search = searched([("C1", "王伟"), ("C2", "李娜")], tmp_path)
    search.prepare()
    search.results.write_bytes(search.results.read_bytes()[:100])
    assert search.containing("娜").to_list() == [False, True]
    search.let_go()
    with pytest.raises(pl.exceptions.PolarsError):
        search.containing("伟")


def test_a_program_that_ends_with_a_filter_open_ends_well(tmp_path: Path) -> None:
    search = searched([("C1", "王伟")], tmp_path)
    program = f"""
from pathlib import Path
from rung_tui.queue.searching import TextSearch
search = TextSearch(Path({str(search.results)!r}), 1)
texts = search.containing("王"), search._spooled.texts
print(texts[0].to_list())
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "[True]\n", "")


@pytest.mark.parametrize("column", [["甲", None], [1, 2]])
def test_only_a_column_of_texts_alone_is_lent(tmp_path: Path, column: list[Any]) -> None:
    path = tmp_path / "other.arrow"
    pl.DataFrame({"texts": column}).write_ipc(path)
    with path.open("r+b") as file:
        raw = mmap.mmap(file.fileno(), 0)
    with pytest.raises(Damaged), ArrowFile(path, raw) as arrow:
        lent(raw, arrow.arrays("texts"))


@AGAIN
@given(
    numbers=st.lists(st.integers(0, 9), max_size=12),
    start=st.integers(0, 14),
    count=st.integers(0, 14),
    wanted=st.integers(0, 9),
)
def test_places_are_a_sequence_as_a_list_is(numbers: list[int], start: int, count: int, wanted: int) -> None:
    places = Places(pl.Series(numbers, dtype=pl.UInt32))
    assert (len(places), list(places)) == (len(numbers), numbers)
    assert list(places[start : start + count]) == numbers[start : start + count]
    assert [places[place] for place in range(len(places))] == numbers
    if wanted in numbers:
        assert places.index(wanted) == numbers.index(wanted)
    else:
        with pytest.raises(ValueError):
            places.index(wanted)


@contextmanager
def full_disk() -> Iterator[None]:
    """Let no file grow beyond a few bytes for a moment."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def _override() -> Any:
    from datetime import UTC, date, datetime

    from rung.ledger import Override

    return Override(
        id="O1",
        customer_id="C2",
        policy_id="p",
        policy_version="1",
        policy_hash="",
        run_id="r",
        model_grade="C",
        proposed_grade="A",
        notches=2,
        reason="other",
        narrative="",
        evidence="",
        approvals_needed=0,
        maker="li",
        made_at=datetime(2026, 1, 1, tzinfo=UTC),
        effective_from=datetime(2026, 1, 1, tzinfo=UTC),
        expires_at=date(2027, 1, 1),
        supersedes=(),
        inputs_hash="",
    )

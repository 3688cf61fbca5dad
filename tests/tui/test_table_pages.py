"""Pages come from another thread: at once where they can, blank and late where they cannot."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from rung.errors import RungError
from rung_tui.table.arranged import Arranged
from rung_tui.table.pages import Pages


class Numbers:
    """As many numbers as asked for; may be made to wait or to fail."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.asked: list[int] = []
        self.gate = threading.Event()
        self.gate.set()
        self.error: RungError | None = None

    def __len__(self) -> int:
        return self.count

    def page(self, start: int, count: int) -> Sequence[int]:
        self.gate.wait(5)
        self.asked.append(start)
        if self.error is not None:
            raise self.error
        return range(start, min(start + count, self.count))

    def rows(self, numbers: Sequence[int]) -> Sequence[int]:
        return list(numbers)


@pytest.fixture
def readers() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as pool:
        yield pool


def test_rows_wanted_are_there_at_once_where_the_source_is_quick(readers: ThreadPoolExecutor) -> None:
    pages = Pages(Numbers(1_000_000), readers, lambda: None)
    assert pages.want(500_000, 40)
    assert pages.rows(500_000, 3) == [500_000, 500_001, 500_002]


def test_a_page_is_read_once(readers: ThreadPoolExecutor) -> None:
    source = Numbers(1000)
    pages = Pages(source, readers, lambda: None)
    pages.want(0, 10)
    pages.want(5, 10)
    assert source.asked == [0]


def test_a_slow_source_leaves_rows_blank_and_tells_when_they_came(readers: ThreadPoolExecutor) -> None:
    source, came = Numbers(1000), threading.Event()
    pages = Pages(source, readers, came.set)
    source.gate.clear()
    assert not pages.want(0, 10)
    assert pages.row(3) is None
    source.gate.set()
    assert came.wait(5)
    assert pages.want(0, 10)
    assert pages.row(3) == 3


def test_pages_nobody_waits_for_any_more_are_not_read(readers: ThreadPoolExecutor) -> None:
    source = Numbers(1_000_000)
    pages = Pages(source, readers, lambda: None)
    source.gate.clear()
    for place in range(0, 640_000, 6_400):
        pages.want(place, 10)
    source.gate.set()
    while not pages.want(633_600, 10):
        pass
    assert len(source.asked) <= 3


def test_what_a_source_raises_is_kept_and_nothing_more_is_read(readers: ThreadPoolExecutor) -> None:
    source = Numbers(1000)
    source.error = RungError.of("damaged")
    pages = Pages(source, readers, lambda: None)
    pages.want(0, 10)
    assert isinstance(pages.error, RungError)
    assert pages.row(0) is None


def test_the_end_of_the_source_is_the_end(readers: ThreadPoolExecutor) -> None:
    pages = Pages(Numbers(70), readers, lambda: None)
    assert pages.want(60, 40)
    assert pages.rows(60, 40) == list(range(60, 70))
    assert pages.row(70) is None


def test_an_empty_source_has_no_rows(readers: ThreadPoolExecutor) -> None:
    pages = Pages(Numbers(0), readers, lambda: None)
    assert pages.want(0, 10)
    assert pages.rows(0, 10) == []


def test_an_arrangement_gives_rows_by_its_order() -> None:
    arranged = Arranged(Numbers(10), array("I", [7, 3, 3, 0]))
    assert len(arranged) == 4
    assert arranged.page(1, 2) == [3, 3]
    assert arranged.page(3, 5) == [0]
    assert arranged.place_of(3) == 1
    assert arranged.place_of(5) is None

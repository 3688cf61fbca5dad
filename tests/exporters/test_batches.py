"""What an exporter is handed: every row once, in order, in batches; whose fault an early end is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from rung.errors import RungError
from rung.runs import by_exporter
from rung.runs.by_exporter import write_by
from rung.supplies import Exporter
from rung.text import Text

Told = list[tuple[str, int, int | None]]


def exporter(write: Any) -> Exporter:
    return Exporter(id="own", title=Text("清单", "A list"), endings=(".lst",), write=write)


def table(rows: int) -> pl.LazyFrame:
    return pl.LazyFrame({"customer_id": [f"C{n}" for n in range(rows)]}, schema={"customer_id": pl.String})


@pytest.mark.parametrize(("rows", "heights"), [(7, [3, 3, 1]), (6, [3, 3]), (0, [0])])
def test_every_row_comes_once_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int, heights: list[int]
) -> None:
    monkeypatch.setattr(by_exporter, "_BATCH", 3)
    got: list[pl.DataFrame] = []

    def write(batches: Iterator[pl.DataFrame], file: Path, _about: Any) -> None:
        got.extend(batches)
        file.touch()

    told: Told = []
    write_by(
        exporter(write),
        "rung-own 1",
        table(rows),
        tmp_path / "g.lst",
        rows,
        {},
        lambda *told_now: told.append(told_now),
    )
    assert [each.height for each in got] == heights
    assert [each.columns for each in got] == [["customer_id"]] * len(heights)
    assert pl.concat(got)["customer_id"].to_list() == [f"C{n}" for n in range(rows)]
    assert told[0] == ("Writing g.lst", 0, rows)
    assert told[-1] == ("Writing g.lst", rows, rows)


class StoppedError(Exception):
    pass


@pytest.mark.parametrize("swallows", [True, False])
def test_work_that_is_stopped_is_no_fault_of_the_plugin(tmp_path: Path, swallows: bool) -> None:
    def stop(_stage: str, done: int, _whole: int | None) -> None:
        if done:
            raise StoppedError

    def write(batches: Iterator[pl.DataFrame], file: Path, _about: Any) -> None:
        file.touch()
        try:
            list(batches)
        except Exception:
            if not swallows:
                raise ValueError("what now") from None

    with pytest.raises(StoppedError):
        write_by(exporter(write), "rung-own 1", table(5), tmp_path / "g.lst", 5, {}, stop)
    assert list(tmp_path.iterdir()) == []


def test_what_it_is_told_of_the_run_cannot_be_changed(tmp_path: Path) -> None:
    def write(_batches: Iterator[pl.DataFrame], _file: Path, about: Any) -> None:
        about["customers"] = 0

    with pytest.raises(RungError, match="failed: TypeError"):
        write_by(exporter(write), "rung-own 1", table(5), tmp_path / "g.lst", 5, {}, lambda *_told: None)

"""The suite of an exporter: ``class TestSav(ExporterSuite): plugin = "sav"``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from rung.errors import RungError
from rung.hooks import EXPORTER_GROUP
from rung.supplies import Exporter
from rung.testing.hostile import TEXTS
from rung.testing.installed import host, told
from rung.testing.mistakes import Mistakes
from rung.testing.plugin_suite import PluginSuite
from rung.testing.suite import not_declared, replaceable

if TYPE_CHECKING:
    import polars as pl

__all__ = ["ExporterSuite"]

_ABOUT = {
    "run_id": "20260701-090000-trial",
    "policy": "hotel.tiers",
    "version": "1",
    "as_of": date(2026, 6, 30),
    "runs": ({"run_id": "20260701-090000-trial", "policy": "hotel.tiers", "version": "1"},),
}


class ExporterSuite(PluginSuite):
    """What an exporter is held to: it is handed grades as ``rung grade --out`` hands them."""

    can_count: ClassVar[bool] = False
    """Whether the class has ``count``, which reads a file back."""
    _group = EXPORTER_GROUP
    _hook = "rung_exporter"

    def _supplied(self) -> Any:
        return host().exporter(self.plugin)

    @replaceable
    def count(self, file: Path) -> int:
        """Return how many rows a file holds; a subclass with ``can_count = True`` writes it."""
        raise NotImplementedError(file)

    @property
    def _exporter(self) -> Exporter:
        __tracebackhide__ = True
        found = self._loaded
        assert isinstance(found, Exporter)
        return found

    def _written(
        self, rows: int, folder: Path, mistakes: Mistakes, *, is_hostile: bool = False
    ) -> Path | None:
        """Have a file written as Rung does; notes an error, a missing file, and files beside it."""
        from rung.runs.by_exporter import write_by

        folder.mkdir(exist_ok=True)
        file = folder / f"grades{self._exporter.endings[0]}"
        frame = grades(rows, is_hostile=is_hostile)
        about = {**_ABOUT, "customers": rows}
        try:
            write_by(self._exporter, self.plugin, frame.lazy(), file, rows, about, lambda *_told: None)
        except RungError as error:
            mistakes.add(f"{rows:,} customers", told(error), "a file")
            return None
        if rows == 1:
            # Rung hands over a path in a folder that it clears away: what stands beside is seen only here.
            apart = folder.parent / f"{folder.name}-apart"
            apart.mkdir(exist_ok=True)
            alone = apart / file.name
            alone.unlink(missing_ok=True)
            self._exporter.write(iter([frame]), alone, about)
            for other in sorted(each.name for each in apart.iterdir() if each != alone):
                mistakes.add(f"{rows:,} customers", f"left {other} beside the file", "one file and no other")
        return file

    @pytest.mark.parametrize("rows", [0, 1, 10_000])
    def test_it_writes_any_number_of_customers(self, rows: int, tmp_path: Path) -> None:
        """None, one and ten thousand, into the one file it is given."""
        mistakes = Mistakes("write to the path handed over and nowhere else; batches may hold no row")
        file = self._written(rows, tmp_path / "out", mistakes)
        if file is not None and not file.stat().st_size and rows:
            mistakes.add(f"{rows:,} customers", "an empty file", "the customers in it")
        mistakes.tell()

    def test_a_file_read_back_holds_every_customer(
        self, tmp_path: Path, request: pytest.FixtureRequest
    ) -> None:
        """As many rows come back as were written; none is left out or cut off."""
        if not self.can_count:
            not_declared(request, "can_count", "way to read a file back in this test")
        mistakes = Mistakes("take every batch, in order, and finish the file before returning")
        for rows in (0, 1, 10_000):
            file = self._written(rows, tmp_path / str(rows), mistakes)
            found = None if file is None else self.count(file)
            if file is not None and found != rows:
                mistakes.add(f"{rows:,} customers", f"{found:,} read back", f"{rows:,}")
        mistakes.tell()

    def test_it_takes_hostile_and_missing_values(self, tmp_path: Path) -> None:
        """Formulas, control characters, emoji, very long names, and nothing at all in each column."""
        mistakes = Mistakes(
            "escape or cut what the format cannot hold; a customer's name is never a reason to fail"
        )
        self._written(len(TEXTS) * 2, tmp_path / "out", mistakes, is_hostile=True)
        mistakes.tell()

    def test_what_goes_wrong_on_the_way_comes_through(self, tmp_path: Path) -> None:
        """When the grades break off, it raises: half a file is not passed off as whole."""
        mistakes = Mistakes("let errors of the iterator through, and close what was opened with a with block")
        file = tmp_path / f"grades{self._exporter.endings[0]}"

        def broken() -> Iterator[pl.DataFrame]:
            yield grades(10)
            raise _BrokenOffError

        try:
            self._exporter.write(broken(), file, {**_ABOUT, "customers": 20})
        except _BrokenOffError:
            pass
        except BaseException as error:
            if not _comes_from(error):
                mistakes.add("grades that break off", f"{type(error).__name__}: {error}", "their own error")
        else:
            mistakes.add(
                "grades that break off", "it returned as if all were written", "their error to come through"
            )
        mistakes.tell()

    def test_it_replaces_a_file_whole_or_not_at_all(self, tmp_path: Path) -> None:
        """Where it stood before, a file is replaced by a new one, and the folder holds nothing else."""
        mistakes = Mistakes("write to the path handed over, which does not exist, and to no name of your own")
        folder = tmp_path / "out"
        for rows in (100, 1):
            self._written(rows, folder, mistakes)
        mistakes.tell()


class _BrokenOffError(Exception):
    """The grades broke off."""


def _comes_from(error: BaseException) -> bool:
    while error.__cause__ or error.__context__:
        error = error.__cause__ or error.__context__ or error
        if isinstance(error, _BrokenOffError):
            return True
    return False


def grades(rows: int, *, is_hostile: bool = False) -> pl.DataFrame:
    """Return grades with the columns and types of an export."""
    import polars as pl

    names = [TEXTS[n % len(TEXTS)] if is_hostile else f"客户{n}" for n in range(rows)]
    missing = [is_hostile and n >= rows // 2 for n in range(rows)]
    marks = [None if gone else "AB"[n % 2] for n, gone in enumerate(missing)]
    return pl.DataFrame(
        {
            "customer_id": [f"{name}{n}" if is_hostile else f"C{n:05d}" for n, name in enumerate(names)],
            "customer_name": [None if gone else name for name, gone in zip(names, missing, strict=True)],
            "model_grade": marks,
            "effective_grade": marks,
            "score": [None if gone else 87.5 for gone in missing],
            "flags": ["vip" if n % 3 else "" for n in range(rows)],
            "points_stays": [None if gone else 12.25 for gone in missing],
            "reasons": ["stays:2; spend:1"] * rows,
            "reason_texts": names,
            "evidence": [0 if gone else 100 for gone in missing],
            "not_graded": ["missing:stays" if gone else None for gone in missing],
            "not_graded_text": ["入住次数缺失" if gone else None for gone in missing],
        },
        schema={
            **dict.fromkeys(("customer_id", "customer_name", "model_grade", "effective_grade"), pl.String),
            "score": pl.Float64,
            "flags": pl.String,
            "points_stays": pl.Float64,
            **dict.fromkeys(("reasons", "reason_texts"), pl.String),
            "evidence": pl.Int16,
            **dict.fromkeys(("not_graded", "not_graded_text"), pl.String),
        },
    )

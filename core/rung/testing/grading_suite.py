"""Whether grading is a function of the table: the same twice, in any order, alone, and by any engine."""

from __future__ import annotations

import json
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest

from rung.testing import engines
from rung.testing.digest import of_sector
from rung.testing.grading import grade_all, write_tables
from rung.testing.importing import child
from rung.testing.invented import Tables
from rung.testing.mistakes import Mistakes
from rung.testing.sector_tests import SectorTests, base_tables

__all__ = ["GradingTests"]

_SEEDS = ("1", "20260701")
_SAME = "let no chance, clock, set or dictionary of hashes decide; sort what comes from a set"


class GradingTests(SectorTests):
    """Customers of the sample, or invented ones, graded by every policy of the sector."""

    def test_the_same_table_gives_the_same_bytes_twice(self) -> None:
        """Grades and measured values, written out, are the same bytes when the same table is graded again."""
        first = {each.policy: each.digest for each in self._graded()}
        again = {each.policy: each.digest for each in grade_all(self._sector, base_tables(self.plugin))}
        mistakes = Mistakes(_SAME)
        for policy, digest in first.items():
            if again.get(policy) != digest:
                mistakes.add(policy, "two runs on one table differ", "the same bytes")
        mistakes.tell()

    def test_another_process_gives_the_same_bytes(self) -> None:
        """Declaration, sample and runs are equal whatever PYTHONHASHSEED says."""
        sector, tables = self._sector, base_tables(self.plugin)
        mistakes = Mistakes(_SAME)
        with TemporaryDirectory(prefix="rung-testing-") as temporary:
            folder = Path(temporary)
            write_tables(tables, folder)
            here = of_sector(sector) | {each.policy: each.digest for each in self._graded()}

            def there(seed: str) -> dict[str, str]:
                arguments = (sector.id, str(folder), tables.as_of.isoformat())
                done = child("rung.testing.digest", *arguments, folder=folder, env={"PYTHONHASHSEED": seed})
                if done.returncode:
                    return {"process": done.stderr.strip()[-2000:]}
                found: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
                return found

            with ThreadPoolExecutor(len(_SEEDS)) as pool:
                for seed, found in zip(_SEEDS, pool.map(there, _SEEDS), strict=True):
                    if "process" in found:
                        mistakes.add(f"PYTHONHASHSEED={seed}", found["process"], "a process that ends well")
                        continue
                    for what, digest in here.items():
                        if found.get(what) != digest:
                            mistakes.add(what, f"differs with PYTHONHASHSEED={seed}", "the same bytes")
        mistakes.tell()

    def test_the_order_of_rows_changes_no_grade(self) -> None:
        """Customers and events shuffled: each customer keeps grade, score, reasons and flags."""
        sector, tables = self._sector, base_tables(self.plugin)
        rng = Random(11)
        shuffled = Tables(
            rng.sample(tables.customers, len(tables.customers)),
            {name: rng.sample(rows, len(rows)) for name, rows in tables.events.items()},
            tables.as_of,
            tables.headers,
        )
        mistakes = Mistakes("compute each value from its own row or its own events, whatever their order")
        again = {each.policy: each for each in grade_all(sector, shuffled)}
        for graded in self._graded():
            here = {row["customer_id"]: row for row in graded.results.iter_rows(named=True)}
            for row in again[graded.policy].results.iter_rows(named=True):
                before = here[row["customer_id"]]
                for column in (name for name in row if row[name] != before[name]):
                    where = f"{graded.policy}, customer {row['customer_id']}, {column}"
                    mistakes.add(where, f"{row[column]!r} when shuffled", f"{before[column]!r}, as before")
        mistakes.tell()

    def test_one_customer_alone_is_graded_as_among_all(self) -> None:
        """The row function, by the cut-offs the population gave, says what the batch says in each column."""
        self._tell_differences(engines.by_row(each) for each in self._graded())

    def test_every_engine_gives_the_same_codes(self) -> None:
        """DuckDB gives each customer the grade, score, points and reasons that Polars gives."""
        found = self._graded()
        if not engines.is_there("duckdb"):
            pytest.skip('DuckDB is not installed: pip install "rung[testing]"')
        self._tell_differences(engines.by_duckdb(each) for each in found)

    def _tell_differences(self, found: Iterable[Iterable[engines.Difference]]) -> None:
        __tracebackhide__ = True
        mistakes = Mistakes(
            "if a measure is at fault, keep to what narwhals promises on every engine (ARCHITECTURE.md, The "
            "narwhals subset); if none is, report it to Rung with the policy"
        )
        for differences in found:
            for difference in differences:
                mistakes.add(*difference)
        mistakes.tell()

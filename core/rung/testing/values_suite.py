"""Whether hostile, missing and extreme values end in a grade or in a reason, and never in an error."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from rung.errors import RungError
from rung.testing.grading import Graded, grade_all, write_tables
from rung.testing.hostile import HUGE, NOT_NUMBERS, NULS, TEXTS
from rung.testing.installed import told
from rung.testing.invented import Rows, Tables, invented
from rung.testing.measuring import inputs_frame, values
from rung.testing.mistakes import Mistakes
from rung.testing.sector_tests import SectorTests
from rung.vocabulary import Quantity, Sector

if TYPE_CHECKING:
    import polars as pl

__all__ = ["ValuesTests", "ungraded"]

_SOUND = 6
# Customers without fault beside the hostile ones: no column is of another kind altogether.
_MEND = (
    "a measure takes any whole number within the bounds of its inputs, and missing ones; a policy says what "
    "a missing value means; an error that names no measure and no policy is Rung's own: report it"
)


class ValuesTests(SectorTests):
    """Each customer is graded, or not graded with a reason, whatever the table holds."""

    def test_missing_values_are_graded_or_given_a_reason(self) -> None:
        """Each field blank by itself, all blank at once, and only the columns that are required."""
        sector = self._sector
        mistakes = Mistakes(_MEND)
        sound = invented(sector, _SOUND, by_events=False)
        if sector.events:
            with_events = invented(sector, _SOUND)
            blank = _each_by_itself(sector, with_events, ("",), is_blank=True)
            _grade(sector, _with(with_events, blank), "blank values", mistakes)
        blank = _each_by_itself(sector, sound, ("",), is_blank=True)
        _grade(sector, _with(sound, blank), "blank values", mistakes)
        kept = {sector.key, sector.name, *(each.id for each in sector.fields if each.is_required)}
        few = [{name: value for name, value in row.items() if name in kept} for row in sound.customers]
        _grade(sector, Tables(few, {}, sound.as_of), "only the required columns", mistakes)
        mistakes.tell()

    def test_what_is_not_a_number_counts_as_missing(self) -> None:
        """NaN, infinities and other programs' words for nothing, as text and as floating point."""
        sector = self._sector
        mistakes = Mistakes(_MEND)
        sound = invented(sector, _SOUND, by_events=False)
        _grade(
            sector, _with(sound, _each_by_itself(sector, sound, NOT_NUMBERS)), "words for nothing", mistakes
        )
        with TemporaryDirectory(prefix="rung-testing-") as folder:
            files = {"customers": _floating(sector, sound, Path(folder))}
            _grade(sector, Tables([*sound.customers] * 3, {}, sound.as_of), "NaN", mistakes, files)
        mistakes.tell()

    def test_hostile_texts_are_graded_or_given_a_reason(self) -> None:
        """Formulas, control characters, right to left, emoji, NUL, markup and very long texts, everywhere."""
        sector = self._sector
        mistakes = Mistakes(_MEND)
        sound = invented(sector, _SOUND)
        for what, texts in (("hostile texts", TEXTS), ("texts with NUL", NULS)):
            hostile = _each_by_itself(sector, sound, texts)
            ids = [
                {**sound.customers[0], sector.key: f"{text}{number}", sector.name: text}
                for number, text in enumerate(texts)
            ]
            events = {
                table.id: _hostile_events(table.columns, table.customer, sound.events[table.id], texts)
                for table in sector.events
            }
            tables = Tables([*sound.customers, *hostile, *ids], events, sound.as_of)
            if texts is NULS:  # a text file with NUL is taken for one in UTF-16
                with TemporaryDirectory(prefix="rung-testing-") as folder:
                    _grade(sector, tables, what, mistakes, _as_parquet(tables, Path(folder)))
            else:
                _grade(sector, tables, what, mistakes)
        mistakes.tell()

    def test_huge_and_negative_values_are_graded_or_given_a_reason(self) -> None:
        """Zero, negative, the bounds of what is kept, those of 64 bits and beyond, in fields and features."""
        sector = self._sector
        mistakes = Mistakes(_MEND)
        sound = invented(sector, _SOUND, by_events=False)
        _grade(
            sector, _with(sound, _each_by_itself(sector, sound, HUGE)), "huge and negative values", mistakes
        )
        mistakes.tell()

    def test_a_table_without_customers_is_no_error(self) -> None:
        """Each measure and each policy takes a table of no rows."""
        sector = self._sector
        mistakes = Mistakes("an expression takes as many rows as there are, none included")
        for graded in self._graded():
            _tried(mistakes, graded.policy, "no customers", partial(_of_nobody, graded))
        for measure in sector.measures:
            empty = inputs_frame(sector, measure, [])
            _tried(mistakes, f"measure {measure.id}", "no customers", partial(values, measure, empty))
        mistakes.tell()


def _of_nobody(graded: Graded) -> pl.DataFrame:
    return graded.scorecard.results(graded.measured.clear().lazy()).collect()


def _each_by_itself(sector: Sector, sound: Tables, given: Sequence[str], *, is_blank: bool = False) -> Rows:
    """Return customers with one column each holding one of the values, and with all columns holding it."""
    first = sound.customers[0]
    required = (
        {sector.key, *(each.id for each in sector.fields if each.is_required)} if is_blank else {sector.key}
    )
    columns = [name for name in first if name not in required]
    made = [{**first, name: value} for name in columns for value in given]
    made += [{**first, **dict.fromkeys(columns, value)} for value in given]
    return [{**row, sector.key: f"H{number:06d}"} for number, row in enumerate(made)]


def _with(sound: Tables, more: Rows) -> Tables:
    return Tables([*sound.customers, *more], sound.events, sound.as_of)


def _as_parquet(tables: Tables, folder: Path) -> dict[str, Path]:
    import polars as pl

    files: dict[str, Path] = {}
    for name, rows in {"customers": tables.customers, **tables.events}.items():
        files[name] = folder / f"{name}.parquet"
        pl.DataFrame(rows, schema=dict.fromkeys(rows[0], pl.String)).write_parquet(files[name])
    return files


def _hostile_events(columns: Sequence[Quantity], customer: str, sound: Rows, texts: Sequence[str]) -> Rows:
    first = sound[0]
    cells = texts if texts is NULS else (*texts, *HUGE, *NOT_NUMBERS)
    return [
        *sound,
        *({**first, each.id: value} for each in columns for value in cells if each.id != customer),
        *({**first, customer: value} for value in cells),
    ]


def _floating(sector: Sector, sound: Tables, folder: Path) -> Path:
    """Write the customers three times as Parquet: as they are, with NaN, and with infinities."""
    import polars as pl

    numeric = {each.id for each in (*sector.fields, *sector.features) if each.kind.is_numeric}
    parts = [
        [
            {
                name: (bad if bad is not None else float(value or "nan"))
                if name in numeric
                else value or None
                for name, value in row.items()
            }
            | {sector.key: f"{row[sector.key]}-{number}"}
            for row in sound.customers
        ]
        for number, bad in enumerate((None, float("nan"), float("inf")))
    ]
    schema = {name: pl.Float64 if name in numeric else pl.String for name in sound.customers[0]}
    file = folder / "customers.parquet"
    pl.DataFrame([row for part in parts for row in part], schema=schema).write_parquet(file)
    return file


def _grade(
    sector: Sector, tables: Tables, what: str, mistakes: Mistakes, files: dict[str, Path] | None = None
) -> None:
    """Grade by every policy, and measure everything, and note what is no grade and no reason."""
    rows = len(tables.customers)
    found: list[Graded] = []
    _tried(mistakes, "grading", what, lambda: found.extend(grade_all(sector, tables, files)))
    for graded in found:
        for mistake in ungraded(graded, rows, what):
            mistakes.add(*mistake)
    if sector.measures:
        _tried(mistakes, "measuring", what, lambda: _measured(sector, tables, files, what, mistakes))


def _measured(
    sector: Sector, tables: Tables, files: dict[str, Path] | None, what: str, mistakes: Mistakes
) -> None:
    """Measure everything the sector has, asked for by a policy or not."""
    from rung.intake import Duplicates, IntakeRequest, take_in
    from rung.vocabulary import Vocabulary

    with TemporaryDirectory(prefix="rung-testing-") as temporary:
        folder = Path(temporary)
        places = files or write_tables(tables, folder)
        scratch = folder / "scratch"
        scratch.mkdir()
        intake = take_in(
            IntakeRequest(
                source=places["customers"],
                vocabulary=Vocabulary.of(sector),
                as_of=tables.as_of,
                scratch=scratch,
                events={name: path for name, path in places.items() if name != "customers"},
                duplicates=Duplicates.FIRST,
            )
        )
        intake.measured.collect()
        for fault in intake.faults:
            mistakes.add(fault.id, f"{what}: {fault.message}", "a value, or none, for each customer")


def ungraded(graded: Graded, rows: int, what: str) -> list[tuple[str, str, str]]:
    """Return what is wrong with a run: customers lost, faults, neither grade nor reason, or both."""
    quality = graded.manifest.quality
    accounted = (
        quality["customers"] + quality["without_id"] + quality["repeated"] + quality["read"]["misfits"]
    )
    accounted += quality["read"]["blank_rows"]
    found = [
        (graded.policy, f"{what}: {fault}", "no fault of the plugin") for fault in graded.manifest.faults
    ]
    if accounted != rows or graded.results.height != quality["customers"]:
        given = f"{what}: of {rows} rows {accounted} are accounted for, {graded.results.height} have a result"
        found.append((graded.policy, given, "every customer graded or set aside"))
    for row in graded.results.select("customer_id", "model_grade", "not_graded").iter_rows():
        if (row[1] is None) == (row[2] is None):
            given = f"{what}: customer {row[0]!r} has grade {row[1]!r} and reason {row[2]!r}"
            found.append((graded.policy, given, "a grade, or the reason there is none"))
    return found


def _tried(mistakes: Mistakes, where: str, what: str, work: Callable[[], Any]) -> None:
    try:
        work()
    except RungError as error:
        mistakes.add(where, f"{what}: {told(error)}", "each customer graded, or not graded with a reason")
    except Exception as error:
        mistakes.add(where, f"{what}: {type(error).__name__}: {error}", "no error, whatever the values")

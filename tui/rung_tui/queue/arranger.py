"""Computes orders and selections of a run's customers by Polars, on one thread beside the screen's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rung_tui.language import _
from rung_tui.queue.places import Places
from rung_tui.queue.search import Part, Term, matching, terms
from rung_tui.queue.searching import TextSearch
from rung_tui.queue.wish import Arrangement, Sort, View, Wish

if TYPE_CHECKING:
    import polars as pl

    from rung.ledger import Effective
    from rung.ledger.grades.laid_over import LaidGrade
    from rung.workspace.run_review import CutPoints

__all__ = ["Arranger", "SupersededError", "Titles"]

THIN: Final = 60
"""Per cent of the weight on real values under which evidence is thin."""
_REASONS: Final = ("reason_1", "reason_2", "reason_3")
_PART: Final = 1 << 16
# Rows made of bytes at a time.
_RECENT: Final = 16
# Words whose rows are remembered, at a bit a row: letters are taken back as often as typed.

Titles = Mapping[str, Sequence[str]]
"""Code → what it is called, in both languages."""


class SupersededError(Exception):
    """A newer wish has come: this one need not be finished."""


@dataclass
class Arranger:
    """Arranges one run; every method but the constructor is for one worker thread."""

    results: Path
    rows: int
    grades: Sequence[str]
    grade_titles: Titles = field(default_factory=dict)
    reason_titles: Titles = field(default_factory=dict)
    cut_points: CutPoints | None = None
    """None where the policy has no cut-offs."""
    before: Path | None = None
    """Results of the run before by the same policy."""
    standings: Mapping[str, Effective | LaidGrade] = field(default_factory=dict)
    """What people laid over the model's grades, by customer."""
    recomputed: pl.DataFrame | None = None
    """The results, with ``row``, of whom people gave data, as the file has its columns."""
    mine: pl.Series | None = None
    """Whose customers are those of whoever is at the keyboard, by place; None where that is nobody's."""
    marked: Callable[[], bytes] = bytes
    """Gives a byte for each row, 1 where it is marked."""
    _orders: dict[Sort, pl.Series] = field(default_factory=dict)
    _masks: dict[tuple[View, str], pl.Series] = field(default_factory=dict)
    _hits: dict[Term, pl.Series] = field(default_factory=dict)
    _codes: pl.DataFrame | None = None
    _effective: pl.Series | None = None
    _changes: pl.Series | None = None

    def __post_init__(self) -> None:
        self._texts = TextSearch(self.results, self.rows)

    def prepare(self) -> None:
        """Make ready what a filter looks in, so that the first letter typed finds it at hand."""
        self._texts.prepare()
        self._reason_codes()
        self._grade_codes()

    def let_go(self) -> None:
        """Give back what only a filter needs."""
        self._texts.let_go()
        self._codes = None

    def lay_over(
        self, standings: Mapping[str, Effective | LaidGrade], recomputed: pl.DataFrame | None = None
    ) -> None:
        """Take other standings and results; what rests on the ones before is computed anew."""
        keeps_values = recomputed is None and self.recomputed is None
        self.standings = standings
        self.recomputed = None if recomputed is None else self._as_the_file(recomputed)
        self._effective = self._codes = None
        self._orders = {
            sort: order for sort, order in self._orders.items() if sort.column != "grade" and keeps_values
        }
        self._masks.clear()
        self._hits.clear()

    def _as_the_file(self, recomputed: pl.DataFrame) -> pl.DataFrame:
        """Return results in the file's own kinds, so that their codes are the same."""
        import polars as pl

        kinds = pl.scan_ipc(self.results).collect_schema()
        return recomputed.cast({name: kinds[name] for name in recomputed.columns if name in kinds})

    def arrange(self, wish: Wish, go_on: Callable[[], bool] = lambda: True) -> Arrangement:
        """Return what a wish comes to; raises SupersededError once ``go_on`` says nobody waits."""
        note = self._unanswerable(wish.view)
        if note:
            return Arrangement(wish, (), note=note)
        mask = self._mask(wish, go_on)
        order = self._order(wish.sort) if wish.sort else None
        _check(go_on)
        numbers = self._numbers(mask, order)
        _check(go_on)
        counts = self._counts(mask)
        everyone = numbers is None or (order is None and len(numbers) == self.rows)
        listed = None if numbers is None or everyone else Places(numbers)
        return Arrangement(wish, listed, counts, before=self._before(wish, numbers))

    def _unanswerable(self, view: View) -> str:
        if view is View.CHANGED and self.before is None:
            return _("There is no earlier run by this policy to compare with.")
        if view is View.BORDERLINE and self.cut_points is None:
            return _("This policy decides by rules: there is no cut-off to be near to.")
        return ""

    def found(self, typed: str, most: int) -> list[int]:
        """Return the places of the first customers whose id or name has every word of a text typed."""
        mask: pl.Series | None = None
        for term in terms(typed):
            if term.part is Part.ANY:
                mask = _both(mask, self._texts.containing(term.text))
        return [] if mask is None else mask.arg_true().head(most).to_list()

    # Which customers

    def _mask(self, wish: Wish, go_on: Callable[[], bool]) -> pl.Series | None:
        """Return which rows are shown, None for all."""
        if wish.view in (View.MARKED, View.MINE):
            found = self._view(wish.view)  # at hand, and not the same for long
        else:
            found = self._kept_mask((wish.view, ""), lambda: self._view(wish.view))
        for term in terms(wish.text):
            _check(go_on)
            if term not in self._hits:
                if len(self._hits) >= _RECENT:
                    del self._hits[next(iter(self._hits))]
                self._hits[term] = self._term(term)
            found = _both(found, self._hits[term])
        return found

    def _kept_mask(self, key: tuple[View, str], make: Callable[[], pl.Series | None]) -> pl.Series | None:
        if key not in self._masks:
            mask = make()
            if mask is None:
                return None
            self._masks[key] = mask
        return self._masks[key]

    def _view(self, view: View) -> pl.Series | None:
        import polars as pl

        match view:
            case View.ALL:
                return None
            case View.UNGRADED:
                return self._grade_codes().is_null()
            case View.THIN:
                return self._laid(pl.col("evidence") < THIN)
            case View.BORDERLINE:
                return self._near()
            case View.CHANGED:
                return self._changed()
            case View.STALE:
                stale = [name for name, each in self.standings.items() if each.is_stale or each.suspended]
                return self._read(pl.col("customer_id").is_in(stale))
            case View.MINE:
                return self.mine
            case View.MARKED:
                return self._marked()
            case View.OVERRIDDEN:
                return self._read(pl.col("customer_id").is_in(list(self.standings)))

    def _marked(self) -> pl.Series:
        import polars as pl

        flags = self.marked()
        parts = [list(flags[start : start + _PART]) for start in range(0, len(flags), _PART)]
        return (
            pl.concat([pl.Series(part, dtype=pl.UInt8) for part in parts] or [pl.Series(dtype=pl.UInt8)]) == 1
        )

    def _near(self) -> pl.Series:
        import polars as pl

        assert self.cut_points is not None
        column = pl.col(self.cut_points.column)
        pairs = zip(self.cut_points.at_least, self.cut_points.margins, strict=True)
        near = [column.is_between(cut - margin, cut + margin) for cut, margin in pairs]
        expression = pl.any_horizontal(near) if near else pl.lit(value=False)
        expression = expression.fill_null(value=False)
        if self.cut_points.file == self.results:
            return self._laid(expression)
        return self._read(expression, self.cut_points.file)

    def _changed(self) -> pl.Series:
        import polars as pl

        assert self.before is not None
        before = pl.scan_ipc(self.before).select(
            "customer_id", pl.col("model_grade").cast(pl.String).alias("before"), pl.lit(1).alias("was")
        )
        now = pl.scan_ipc(self.results).select("customer_id", pl.col("model_grade").cast(pl.String))
        joined = now.join(before, on="customer_id", how="left", maintain_order="left")
        found = joined.select(
            "before",
            (pl.col("was").is_not_null() & pl.col("before").ne_missing(pl.col("model_grade"))).alias("is"),
        ).collect()
        self._changes = found["before"]
        return found["is"]

    def _before(self, wish: Wish, numbers: pl.Series | None) -> Mapping[int, str]:
        if wish.view is not View.CHANGED or self._changes is None or numbers is None:
            return {}
        return dict(zip(numbers.to_list(), (was or "" for was in self._changes.gather(numbers)), strict=True))

    def _term(self, term: Term) -> pl.Series:
        import polars as pl

        reasons = matching(term.text, self.reason_titles) if term.part is not Part.GRADE else []
        grades = [] if term.part is Part.REASON else matching(term.text, self.grade_titles, whole=True)
        found = self._texts.containing(term.text) if term.part is Part.ANY else None
        if reasons:
            codes = self._reason_codes()
            wanted = [place for place, code in enumerate(self._reason_names) if code in set(reasons)]
            held = codes.select(pl.any_horizontal(pl.col(name).is_in(wanted) for name in _REASONS))
            found = _either(found, held.to_series().fill_null(value=False))
        if grades:
            wanted_grades = [place for place, grade in enumerate(self.grades) if grade in grades]
            found = _either(found, self._grade_codes().is_in(wanted_grades).fill_null(value=False))
        return pl.repeat(value=False, n=self.rows, eager=True, dtype=pl.Boolean) if found is None else found

    def _reason_codes(self) -> pl.DataFrame:
        import polars as pl

        if self._codes is None:
            frame = pl.scan_ipc(self.results).select(_REASONS).collect()
            self._reason_names = list(frame.schema["reason_1"].categories)  # type: ignore[attr-defined]
            anew = (self._with_anew(frame[name], pl.col(name)) for name in _REASONS)
            self._codes = frame.with_columns(anew).select(pl.all().to_physical())
        return self._codes

    def _grade_codes(self) -> pl.Series:
        """Return the effective grade of each row as its place among the grades."""
        import polars as pl

        if self._effective is None:
            frame = pl.scan_ipc(self.results)
            codes = frame.select(pl.col("model_grade").to_physical().cast(pl.UInt8)).collect().to_series()
            laid = self.standings.items()
            changed = {name: each.grade for name, each in laid if each.grade != each.model_grade}
            if changed:
                places = {grade: place for place, grade in enumerate(self.grades)}
                rows = frame.with_row_index().filter(pl.col("customer_id").is_in(list(changed)))
                found = rows.select("index", "customer_id").collect()
                values = [places.get(changed[name] or "") for name in found["customer_id"]]
                codes = codes.scatter(found["index"], pl.Series(values, dtype=pl.UInt8))
            self._effective = codes
        return self._effective

    # In which order

    def _order(self, sort: Sort) -> pl.Series:
        """Return all places in the run, in order; equals stay as the run has them."""
        import polars as pl

        if sort not in self._orders:
            self._orders.clear()  # one is four megabytes; another is there again in a moment
            keys = self._keys(sort)
            # Best grades come first when ascending, and whoever has no value comes last either way.
            order = pl.arg_sort_by(
                keys.columns, descending=sort.descending, nulls_last=True, maintain_order=True
            )
            self._orders[sort] = keys.select(order.cast(pl.UInt32)).to_series()
        return self._orders[sort]

    def _keys(self, sort: Sort) -> pl.DataFrame:
        import polars as pl

        match sort.column:
            case "grade":
                # Within a grade by score: one number holds both, and one column sorts four times as fast.
                code = self._grade_codes().cast(pl.Int64) * _WITHIN_GRADE
                score = self._laid(pl.col("score").fill_null(0))
                return (code - score).to_frame()
            case "reason":
                first = pl.coalesce(pl.col("reason_1").to_physical().cast(pl.UInt32), pl.lit(None, pl.UInt32))
                return self._laid(first).to_frame()
            case "score" | "evidence" as column:
                return self._laid(pl.col(column)).to_frame()
            case column:
                return self._read(pl.col(_FILE_COLUMNS.get(column, column))).to_frame()

    def _numbers(self, mask: pl.Series | None, order: pl.Series | None) -> pl.Series | None:
        if mask is None:
            return order
        return mask.arg_true() if order is None else order.filter(mask.gather(order))

    def _counts(self, mask: pl.Series | None) -> dict[str, int]:
        import polars as pl

        codes = pl.DataFrame({"code": self._grade_codes(), "shown": True if mask is None else mask})
        # Grade by grade: ten times as fast as counting the values.
        is_so = {grade: pl.col("code") == place for place, grade in enumerate(self.grades)}
        is_so[""] = pl.col("code").is_null()
        return codes.select((each & pl.col("shown")).sum().alias(grade) for grade, each in is_so.items()).row(
            0, named=True
        )

    def _laid(self, expression: pl.Expr) -> pl.Series:
        """Return an expression over the results, those computed anew in the machine's place."""
        return self._with_anew(self._read(expression), expression)

    def _with_anew(self, found: pl.Series, expression: pl.Expr) -> pl.Series:
        if self.recomputed is None:
            return found
        anew = self.recomputed.select(expression).to_series().cast(found.dtype)
        return found.scatter(self.recomputed["row"], anew)

    def _read(self, expression: pl.Expr, file: Path | None = None) -> pl.Series:
        import polars as pl

        return pl.scan_ipc(file or self.results).select(expression).collect().to_series()


_WITHIN_GRADE: Final = 1 << 48
_FILE_COLUMNS: Final = {"id": "customer_id", "name": "customer_name"}


def _both(one: pl.Series | None, other: pl.Series) -> pl.Series:
    return other if one is None else one & other


def _either(one: pl.Series | None, other: pl.Series) -> pl.Series:
    return other if one is None else one | other


def _check(go_on: Callable[[], bool]) -> None:
    if not go_on():
        raise SupersededError

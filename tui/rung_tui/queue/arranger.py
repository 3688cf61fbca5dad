"""Computes orders and selections of a run's customers by Polars, on one thread beside the screen's."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rung_tui.language import _
from rung_tui.queue.search import Part, Term, matching, terms
from rung_tui.queue.wish import Arrangement, Sort, View, Wish

if TYPE_CHECKING:
    import polars as pl

    from rung.ledger import Effective
    from rung.workspace.run_review import CutPoints

__all__ = ["Arranger", "SupersededError", "Titles"]

THIN: Final = 60
"""Per cent of the weight on real values under which evidence is thin."""
_REASONS: Final = ("reason_1", "reason_2", "reason_3")
_CHUNK: Final = 1 << 16
_RECENT: Final = 16
# Words whose rows are remembered, at a bit a row: letters are taken back as often as typed.
_WORTH: Final = 4
# A part of the rows this small is looked through by itself: gathering it costs less than the rest.
_HELD: Final = 2_000_000
# Rows up to which the texts searched are held in memory; beyond, they are read anew for each filter.

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
    standings: Mapping[str, Effective] = field(default_factory=dict)
    """What people laid over the model's grades, by customer."""
    _searched: pl.Series | None = None
    _orders: dict[Sort, pl.Series] = field(default_factory=dict)
    _masks: dict[tuple[View, str], pl.Series] = field(default_factory=dict)
    _hits: dict[Term, pl.Series] = field(default_factory=dict)
    _found: dict[str, pl.Series] = field(default_factory=dict)
    """Text → whose id or name has it."""
    _codes: pl.DataFrame | None = None
    _effective: pl.Series | None = None
    _changes: pl.Series | None = None

    def prepare(self) -> None:
        """Read the texts a filter looks in, so that the first letter typed finds them at hand."""
        if self.rows <= _HELD:
            self._texts()

    def let_go(self) -> None:
        """Give back what only a filter needs: it is half of all the memory there is."""
        self._searched = None
        self._codes = None

    def lay_over(self, standings: Mapping[str, Effective]) -> None:
        """Take other standings; what rests on the ones before is computed anew."""
        self.standings = standings
        self._effective = None
        self._orders = {sort: order for sort, order in self._orders.items() if sort.column != "grade"}
        self._masks.clear()
        self._hits.clear()

    def arrange(self, wish: Wish, go_on: Callable[[], bool] = lambda: True) -> Arrangement:
        """Return what a wish comes to; raises SupersededError once ``go_on`` says nobody waits."""
        note = self._unanswerable(wish.view)
        if note:
            return Arrangement(wish, array("I"), note=note)
        mask = self._mask(wish, go_on)
        order = self._order(wish.sort) if wish.sort else None
        _check(go_on)
        numbers = self._numbers(mask, order)
        _check(go_on)
        counts = self._counts(mask)
        everyone = numbers is None or (order is None and len(numbers) == self.rows)
        listed = None if numbers is None or everyone else _listed(numbers)
        return Arrangement(wish, listed, counts, before=self._before(wish, numbers))

    def _unanswerable(self, view: View) -> str:
        if view is View.CHANGED and self.before is None:
            return _("There is no earlier run by this policy to compare with.")
        if view is View.BORDERLINE and self.cut_points is None:
            return _("This policy decides by rules: there is no cut-off to be near to.")
        return ""

    # Which customers

    def _mask(self, wish: Wish, go_on: Callable[[], bool]) -> pl.Series | None:
        """Return which rows are shown, None for all."""
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
                return self._read(pl.col("model_grade").is_null())
            case View.THIN:
                return self._read(pl.col("evidence") < THIN)
            case View.BORDERLINE:
                return self._near()
            case View.CHANGED:
                return self._changed()
            case View.STALE:
                stale = [name for name, each in self.standings.items() if each.is_stale or each.suspended]
                return self._read(pl.col("customer_id").is_in(stale))
            case View.OVERRIDDEN:
                return self._read(pl.col("customer_id").is_in(list(self.standings)))

    def _near(self) -> pl.Series:
        import polars as pl

        assert self.cut_points is not None
        column = pl.col(self.cut_points.column)
        pairs = zip(self.cut_points.at_least, self.cut_points.margins, strict=True)
        near = [column.is_between(cut - margin, cut + margin) for cut, margin in pairs]
        expression = pl.any_horizontal(near) if near else pl.lit(value=False)
        return self._read(expression.fill_null(value=False), self.cut_points.file)

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
        found = self._in_text(term.text) if term.part is Part.ANY else None
        if reasons:
            codes = self._reason_codes()
            wanted = [place for place, code in enumerate(self._reason_names) if code in set(reasons)]
            held = codes.select(pl.any_horizontal(pl.col(name).is_in(wanted) for name in _REASONS))
            found = _either(found, held.to_series().fill_null(value=False))
        if grades:
            wanted_grades = [place for place, grade in enumerate(self.grades) if grade in grades]
            found = _either(found, self._grade_codes().is_in(wanted_grades).fill_null(value=False))
        return pl.repeat(value=False, n=self.rows, eager=True, dtype=pl.Boolean) if found is None else found

    def _in_text(self, text: str) -> pl.Series:
        """Return whose id or name has a text in it; a text typed on is looked for where its beginning was."""
        import polars as pl

        known = next((text[:end] for end in range(len(text) - 1, 0, -1) if text[:end] in self._found), None)
        before = None if known is None else self._found[known]
        if before is not None and before.sum() * _WORTH < self.rows:
            rows = before.arg_true()
            there = rows.filter(self._texts().gather(rows).str.contains(_pattern(text)))
            found = pl.repeat(value=False, n=self.rows, eager=True, dtype=pl.Boolean).scatter(there, True)
        else:
            found = self._texts().str.contains(_pattern(text))
        if len(self._found) >= _RECENT:
            del self._found[next(iter(self._found))]
        self._found[text] = found
        return found

    def _texts(self) -> pl.Series:
        """Return id and name of each customer, half-width."""
        import polars as pl

        if self._searched is not None:
            return self._searched
        text = pl.concat_str("customer_id", pl.lit("\x1f"), pl.col("customer_name").fill_null(""))
        half_width = text.str.replace_many(_HALF_WIDTH)
        frame = pl.scan_ipc(self.results).select(half_width).collect(engine="streaming")
        found = frame.to_series()
        if self.rows <= _HELD:
            self._searched = found
        return found

    def _reason_codes(self) -> pl.DataFrame:
        import polars as pl

        if self._codes is None:
            frame = pl.scan_ipc(self.results).select(_REASONS).collect()
            self._reason_names = list(frame.schema["reason_1"].categories)  # type: ignore[attr-defined]
            self._codes = frame.select(pl.all().to_physical())
        return self._codes

    def _grade_codes(self) -> pl.Series:
        """Return the effective grade of each row as its place among the grades."""
        import polars as pl

        if self._effective is None:
            frame = pl.scan_ipc(self.results)
            codes = frame.select(pl.col("model_grade").to_physical().cast(pl.UInt8)).collect().to_series()
            changed = {name: each.grade for name, each in self.standings.items() if each.is_overridden}
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

        frame = pl.scan_ipc(self.results)
        match sort.column:
            case "grade":
                # Within a grade by score: one number holds both, and one column sorts four times as fast.
                code = self._grade_codes().cast(pl.Int64) * _WITHIN_GRADE
                score = frame.select(pl.col("score").fill_null(0)).collect().to_series()
                return (code - score).to_frame()
            case "reason":
                first = pl.coalesce(pl.col("reason_1").to_physical().cast(pl.UInt32), pl.lit(None, pl.UInt32))
                return frame.select(first).collect()
            case column:
                return frame.select(_FILE_COLUMNS.get(column, column)).collect()

    def _numbers(self, mask: pl.Series | None, order: pl.Series | None) -> pl.Series | None:
        if mask is None:
            return order
        return mask.arg_true() if order is None else order.filter(mask.gather(order))

    def _counts(self, mask: pl.Series | None) -> dict[str, int]:
        codes = self._grade_codes() if mask is None else self._grade_codes().filter(mask)
        counts = dict.fromkeys((*self.grades, ""), 0)
        for code, count in codes.value_counts().iter_rows():
            counts["" if code is None else self.grades[int(code)]] += count
        return counts

    def _read(self, expression: pl.Expr, file: Path | None = None) -> pl.Series:
        import polars as pl

        return pl.scan_ipc(file or self.results).select(expression).collect().to_series()


_WITHIN_GRADE: Final = 1 << 48
_FILE_COLUMNS: Final = {"id": "customer_id", "name": "customer_name"}


_HALF_WIDTH: Final = {"\u3000": " ", **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}}

# All of NFKC that names have use for, at a fifth of its price.


def _pattern(text: str) -> str:
    # Letters of either case: a pattern costs less than a second copy of every name in small ones.
    escaped = re.sub(r"([\\.+*?()|\[\]{}^$#&~\-])", r"\\\1", text)
    return f"(?i){escaped}"


def _both(one: pl.Series | None, other: pl.Series) -> pl.Series:
    return other if one is None else one & other


def _either(one: pl.Series | None, other: pl.Series) -> pl.Series:
    return other if one is None else one | other


def _listed(numbers: pl.Series) -> array[int]:
    """Return the numbers as four bytes each, taken over piece by piece so that the screen can draw."""
    listed = array("I")
    for start in range(0, len(numbers), _CHUNK):
        listed.extend(numbers.slice(start, _CHUNK).to_list())
    return listed


def _check(go_on: Callable[[], bool]) -> None:
    if not go_on():
        raise SupersededError

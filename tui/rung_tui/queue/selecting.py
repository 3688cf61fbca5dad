"""Which customers of a run a view and words typed select, looked for by Polars."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rung_tui.queue.laid_results import REASONS, LaidResults
from rung_tui.queue.search import Part, Term, matching, terms
from rung_tui.queue.searching import TextSearch
from rung_tui.queue.wish import View, Wish

if TYPE_CHECKING:
    import polars as pl

    from rung.ledger import Effective
    from rung.ledger.grades.laid_over import LaidGrade
    from rung.workspace.run_review import CutPoints

__all__ = ["Selection", "SupersededError", "Titles", "check"]

_THIN: Final = 60
# Per cent of the weight on real values under which evidence is thin.
_PART: Final = 1 << 16
# Rows made of bytes at a time.
_RECENT: Final = 16
# Words whose rows are remembered, at a bit a row: letters are taken back as often as typed.

Titles = Mapping[str, Sequence[str]]
"""Code → what it is called, in both languages."""


class SupersededError(Exception):
    """A newer wish has come: this one need not be finished."""


def check(go_on: Callable[[], bool]) -> None:
    """Raise SupersededError once nobody waits any more."""
    if not go_on():
        raise SupersededError


@dataclass
class Selection(LaidResults):
    """Selects among one run's customers; every method but the constructor is for one thread."""

    grade_titles: Titles = field(default_factory=dict)
    reason_titles: Titles = field(default_factory=dict)
    cut_points: CutPoints | None = None
    """None where the policy has no cut-offs."""
    before: Path | None = None
    """Results of the run before by the same policy."""
    mine: pl.Series | None = None
    """Whose customers are those of whoever is at the keyboard, by place; None where that is nobody's."""
    marked: Callable[[], bytes] = bytes
    """Gives a byte for each row, 1 where it is marked."""
    _masks: dict[tuple[View, str], pl.Series] = field(default_factory=dict, init=False, repr=False)
    _hits: dict[Term, pl.Series] = field(default_factory=dict, init=False, repr=False)
    _changes: pl.Series | None = field(default=None, init=False, repr=False)

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
        """Take other standings and results; whom they select is looked for anew."""
        super().lay_over(standings, recomputed)
        self._masks.clear()
        self._hits.clear()

    def found(self, typed: str, most: int) -> list[int]:
        """Return the places of the first customers whose id or name has every word of a text typed."""
        mask: pl.Series | None = None
        for term in terms(typed):
            if term.part is Part.ANY:
                mask = _both(mask, self._texts.containing(term.text))
        return [] if mask is None else mask.arg_true().head(most).to_list()

    def _mask(self, wish: Wish, go_on: Callable[[], bool]) -> pl.Series | None:
        """Return which rows are shown, None for all."""
        if wish.view in (View.MARKED, View.MINE):
            found = self._view(wish.view)  # at hand, and not the same for long
        else:
            found = self._kept_mask((wish.view, ""), lambda: self._view(wish.view))
        for term in terms(wish.text):
            check(go_on)
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
                return self._laid(pl.col("evidence") < _THIN)
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

    def _term(self, term: Term) -> pl.Series:
        import polars as pl

        reasons = matching(term.text, self.reason_titles) if term.part is not Part.GRADE else []
        grades = [] if term.part is Part.REASON else matching(term.text, self.grade_titles, whole=True)
        found = self._texts.containing(term.text) if term.part is Part.ANY else None
        if reasons:
            codes = self._reason_codes()
            wanted = [place for place, code in enumerate(self._reason_names) if code in set(reasons)]
            held = codes.select(pl.any_horizontal(pl.col(name).is_in(wanted) for name in REASONS))
            found = _either(found, held.to_series().fill_null(value=False))
        if grades:
            wanted_grades = [place for place, grade in enumerate(self.grades) if grade in grades]
            found = _either(found, self._grade_codes().is_in(wanted_grades).fill_null(value=False))
        return pl.repeat(value=False, n=self.rows, eager=True, dtype=pl.Boolean) if found is None else found


def _both(one: pl.Series | None, other: pl.Series) -> pl.Series:
    return other if one is None else one & other


def _either(one: pl.Series | None, other: pl.Series) -> pl.Series:
    return other if one is None else one | other

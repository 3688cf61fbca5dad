"""Finds whose id or name has a text in it, among as many customers as a run has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rung.errors import RungError
from rung.runs.flatbuffer import Damaged
from rung_tui.chinese.tables import learned, spelled_pattern
from rung_tui.queue.spooled import SpooledTexts

if TYPE_CHECKING:
    import polars as pl

__all__ = ["TextSearch"]

_RECENT: Final = 16
# Texts whose rows are remembered, at a bit a row: letters are taken back as often as typed.
_WORTH: Final = 16
# A part of the rows this small is looked through by itself: gathering it costs less than the rest.
_HELD: Final = 2_000_000
# Rows up to which texts may be held in memory where there is no file for them; beyond, they are read anew.
_BETWEEN: Final = "\x1f"
# Stands in no word typed, so that none is found across the end of an id.
_WIDE: Final = r"[^\x00-\x7f·、。\x{3400}-\x{9fff}]"
# Finds what NFKC may change: it leaves ASCII and Chinese alone, and names are made of little else.
_UNFOLDED: Final = r"[^\x00-@\[-\x7f·、。\x{3400}-\x{9fff}]"


@dataclass
class TextSearch:
    """The texts of one run, folded as ``rung_tui.queue.search.compared`` does it; for one thread.

    A letter typed also finds the characters whose pinyin begins with it: nothing is spelled beforehand, for
    looking for characters by the thousand takes no longer than reading as many initials would.
    """

    results: Path
    rows: int
    _spooled: SpooledTexts | None = None
    _held: pl.Series | None = None
    _found: dict[str, pl.Series] = field(default_factory=dict)
    """Text → whose id or name has it."""

    def prepare(self) -> None:
        """Fold the texts, so that the first letter typed finds them at hand."""
        import polars as pl

        if self._spooled is not None or self._held is not None:
            return
        try:
            self._spooled = SpooledTexts(self._folded())
        except (OSError, Damaged, RungError, pl.exceptions.PolarsError):
            # No room, or none we may use. If it was the run that could not be read, the next line says so.
            if self.rows <= _HELD:
                self._held = self._folded().collect(engine="streaming").to_series()

    def let_go(self) -> None:
        """Give the texts back; what was found in them stays known."""
        self._held = None
        if self._spooled is not None:
            self._spooled.close()
            self._spooled = None

    def containing(self, text: str) -> pl.Series:
        """Return for each row whether its id or name has a folded text in it, its letters as initials too.

        A text typed on is looked for where its beginning was.
        """
        if text not in self._found:
            self.prepare()
            found = self._search(text)
            if len(self._found) >= _RECENT:
                del self._found[next(iter(self._found))]
            self._found[text] = found
            if self._spooled is not None:
                self._spooled.rest()
        return self._found[text]

    def _search(self, text: str) -> pl.Series:
        import polars as pl

        texts = self._spooled.texts if self._spooled is not None else self._held
        if texts is None:
            return _containing(self._folded(), text)
        before = self._known(text)
        if before is None or before.sum() * _WORTH >= self.rows:
            return _containing(texts.to_frame().lazy(), text)
        rows = before.arg_true()
        there = rows.filter(_containing(texts.gather(rows).to_frame().lazy(), text))
        return pl.repeat(value=False, n=self.rows, eager=True, dtype=pl.Boolean).scatter(there, True)

    def _known(self, text: str) -> pl.Series | None:
        """Return where the longest beginning of a text that was looked for was found."""
        beginnings = (text[:end] for end in range(len(text) - 1, 0, -1))
        if spelled_pattern(text) is not None:
            # A beginning that was not looked for as initials was found in fewer places.
            beginnings = (each for each in beginnings if spelled_pattern(each) is not None)
        return next((self._found[each] for each in beginnings if each in self._found), None)

    def _folded(self) -> pl.LazyFrame:
        import polars as pl

        how = {"customer_id": _fold, "customer_name": _fold_name}
        folded = (
            pl.col(name).fill_null("").map_batches(fold, return_dtype=pl.String, is_elementwise=True)
            for name, fold in how.items()
        )
        text = pl.concat_str(folded, separator=_BETWEEN)
        return pl.scan_ipc(self.results).select(text.alias("text"))


def _containing(texts: pl.LazyFrame, text: str) -> pl.Series:
    import polars as pl

    spelled = spelled_pattern(text)
    has_it = pl.first().str.contains(spelled or text, literal=spelled is None)
    found = texts.select(has_it).collect(engine="streaming")
    return found.to_series().rechunk()


def _fold(texts: pl.Series) -> pl.Series:
    """Return texts half-width and in small letters; most are so, and only the others are touched."""

    def fold(some: pl.Series) -> pl.Series:
        return _changed(some, _WIDE, lambda wide: wide.str.normalize("NFKC")).str.to_lowercase()

    return _changed(texts, _UNFOLDED, fold)


def _fold_name(names: pl.Series) -> pl.Series:
    """Return names folded and in simplified characters."""
    simple = learned().simple
    folded = _fold(names)
    if not simple:
        return folded
    traditional, others = [chr(code) for code in simple], list(simple.values())
    pattern = f"[{''.join(traditional)}]"
    return _changed(folded, pattern, lambda some: some.str.replace_many(traditional, others))


def _changed(texts: pl.Series, pattern: str, change: Callable[[pl.Series], pl.Series]) -> pl.Series:
    rows = texts.str.contains(pattern).arg_true()
    return texts.scatter(rows, change(texts.gather(rows))) if len(rows) else texts

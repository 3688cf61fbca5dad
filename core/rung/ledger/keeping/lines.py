"""The line of a human input in its table: what laying over asks of it, written and read by the million.

A line has four parts: its shape, which a great many share (kind, state, grades, subject, notches, last day),
then its id, its customer and its value. Shapes are taken apart once each, so that a million lines cost little
more than their texts. Nothing is quoted, and nothing at all is null; what would be taken for one of the signs
between parts is escaped. Kinds and states are letters, days are numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from rung.ledger.keeping.record_frame import unreadable_inputs
from rung.ledger.keeping.separated import BETWEEN, WITHIN, read, written
from rung.ledger.kinds import InputKind
from rung.ledger.records import InputRecord, State

if TYPE_CHECKING:
    import polars as pl

__all__ = ["frame_of", "line_of"]

_KINDS: Final = {kind.letter: kind.value for kind in InputKind}
_STATES: Final = {"p": State.PENDING, "r": State.RETURNED, "e": State.IN_EFFECT, "c": State.CLOSED}
_LETTERS: Final = {state: letter for letter, state in _STATES.items()}
_SHAPE: Final = ("kind", "model_grade", "proposed_grade", "subject", "state", "notches", "expires_at")
_IN_FRAME: Final = (
    "id",
    "kind",
    "customer_id",
    "model_grade",
    "proposed_grade",
    "subject",
    "value",
    "state",
    "notches",
    "expires_at",
)
_EPOCH: Final = date(1970, 1, 1)


def line_of(record: InputRecord) -> str:
    """Return the line of a human input."""
    shape = (
        record.kind.letter,
        written(record.model_grade),
        written(record.proposed_grade),
        written(getattr(record, "subject", None)),
        _LETTERS[record.state],
        "" if record.notches is None else str(record.notches),
        str((record.expires_at - _EPOCH).days),
    )
    own = (record.id, record.customer_id, getattr(record, "value", None))
    return BETWEEN.join((WITHIN.join(shape), *map(written, own)))


def frame_of(texts: Iterable[bytes], place: str) -> pl.DataFrame:
    """Return texts of lines as the frame of ``LedgerStore.open_frame``; raises RungError where one is none.

    One text is parsed while the next is fetched.
    """
    import polars as pl

    # Of this frame alone: shapes of one ledger are no use to the next.
    categories = pl.Categories.random()
    try:
        with ThreadPoolExecutor(1) as parser:
            parts = list(parser.map(lambda text: _parsed(text, categories), texts))
        lines = pl.concat(parts) if parts else _parsed(b"", categories)
        return _with_shapes(lines)
    except (ValueError, pl.exceptions.PolarsError) as error:
        raise unreadable_inputs(place) from error


def _parsed(text: bytes, categories: pl.Categories) -> pl.DataFrame:
    import polars as pl

    own = ("id", "customer_id", "value")
    schema: dict[str, Any] = {"shape": pl.Categorical(categories), **dict.fromkeys(own, pl.String)}
    if not text:
        return pl.DataFrame(schema=schema)
    found = pl.read_csv(text, has_header=False, separator=BETWEEN, quote_char=None, schema=schema)
    return found.with_columns(map(read, map(pl.col, own))) if b"\\" in text else found


def _with_shapes(lines: pl.DataFrame) -> pl.DataFrame:
    """Return lines with what their shapes say in columns; raises ValueError where one says nothing."""
    import polars as pl

    shapes = lines["shape"].unique()
    if any(lines[name].has_nulls() for name in ("shape", "id", "customer_id")):
        raise ValueError
    codes = shapes.to_physical()
    said = _said(shapes.cast(pl.String))
    size = 1 + int(codes.max() or 0)  # type: ignore[arg-type]
    numbers = pl.Series([None], dtype=pl.UInt32).new_from_index(0, size)
    numbers = numbers.scatter(codes, pl.int_range(len(codes), dtype=pl.UInt32, eager=True))
    each = said[numbers.gather(lines["shape"].to_physical())]
    return lines.drop("shape").hstack(each).select(_IN_FRAME)


def _said(shapes: pl.Series) -> pl.DataFrame:
    import polars as pl

    parts = shapes.str.split(WITHIN)
    if not (parts.list.len() == len(_SHAPE)).all():
        raise ValueError
    found = pl.DataFrame({name: parts.list.get(place) for place, name in enumerate(_SHAPE)})
    texts = ("model_grade", "proposed_grade", "subject")
    states = {letter: state.value for letter, state in _STATES.items()}
    return found.with_columns(
        pl.col("kind").replace_strict(_KINDS, return_dtype=pl.Enum(_KINDS.values())),
        pl.col("state").replace_strict(states, return_dtype=pl.Enum(states.values())),
        *(read(_null_if_empty(name)).cast(pl.Categorical) for name in texts),
        _null_if_empty("notches").cast(pl.Int32),
        pl.col("expires_at").cast(pl.Int32).cast(pl.Date),
    )


def _null_if_empty(name: str) -> pl.Expr:
    import polars as pl

    return pl.when(pl.col(name) != "").then(name)

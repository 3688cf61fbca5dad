"""The line of a human input in its table: what laying over asks of it, written and read by the million.

Parts stand between unit separators, nothing is quoted, and nothing at all is null; what would be taken for
one of these signs is escaped. Kinds and states are letters, days are numbers. So a text of lines is short and
is parsed as it stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from rung.ledger.keeping.record_frame import unreadable_inputs
from rung.ledger.kinds import InputKind
from rung.ledger.records import InputRecord, State

if TYPE_CHECKING:
    import polars as pl

__all__ = ["frame_of", "line_of"]

_BETWEEN: Final = "\x1f"
_ESCAPES: Final = {"\\": "\\\\", _BETWEEN: "\\u", "\n": "\\n", "\r": "\\r"}
_EMPTY: Final = "\\e"
_KINDS: Final = {kind.value: kind.letter for kind in InputKind}
_STATES: Final = {State.PENDING: "p", State.RETURNED: "r", State.IN_EFFECT: "e", State.CLOSED: "c"}
_COLUMNS: Final = (
    "kind",
    "id",
    "customer_id",
    "model_grade",
    "proposed_grade",
    "subject",
    "value",
    "state",
    "notches",
    "expires_at",
)
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
    texts = (record.id, record.customer_id, record.model_grade, record.proposed_grade)
    given = (getattr(record, "subject", None), getattr(record, "value", None))
    return _BETWEEN.join(
        (
            record.kind.letter,
            *map(_written, (*texts, *given)),
            _STATES[record.state],
            "" if record.notches is None else str(record.notches),
            str((record.expires_at - _EPOCH).days),
        )
    )


def _written(text: str | None) -> str:
    if text is None:
        return ""
    if not text:
        return _EMPTY
    for sign, escape in _ESCAPES.items():
        if sign in text:
            text = text.replace(sign, escape)
    return text


def frame_of(texts: Iterable[bytes], place: str) -> pl.DataFrame:
    """Return texts of lines as the frame of ``LedgerStore.open_frame``; raises RungError where one is none.

    One text is parsed while the next is fetched.
    """
    import polars as pl

    with ThreadPoolExecutor(1) as parser:
        parts = list(parser.map(lambda text: _parsed(text, place), texts))
    return pl.concat(parts) if parts else _parsed(b"", place)


def _parsed(text: bytes, place: str) -> pl.DataFrame:
    import polars as pl

    schema: dict[str, Any] = dict.fromkeys(_COLUMNS, pl.String)
    schema |= dict.fromkeys(("model_grade", "proposed_grade", "subject"), pl.Categorical)
    schema |= {"kind": pl.Enum(_KINDS.values()), "state": pl.Enum(_STATES.values())}
    schema |= {"notches": pl.Int32, "expires_at": pl.Int32}
    try:
        found = (
            pl.read_csv(text, has_header=False, separator=_BETWEEN, quote_char=None, schema=schema)
            if text
            else pl.DataFrame(schema=schema)
        )
        if any(found[name].has_nulls() for name in ("kind", "state", "expires_at")):
            raise ValueError
    except (ValueError, pl.exceptions.PolarsError) as error:
        raise unreadable_inputs(place) from error
    if b"\\" in text:
        found = found.with_columns(map(_read, ("id", "customer_id", "value"))).with_columns(
            _read(name).cast(pl.Categorical) for name in ("model_grade", "proposed_grade", "subject")
        )
    return found.select(
        pl.col("expires_at").cast(pl.Date) if name == "expires_at" else _named(name) for name in _IN_FRAME
    )


def _read(name: str) -> pl.Expr:
    """Return a column of texts with their escapes undone."""
    import polars as pl

    signs = {escape: sign for sign, escape in _ESCAPES.items()} | {_EMPTY: ""}
    return pl.col(name).cast(pl.String).str.replace_many(list(signs), list(signs.values()))


def _named(name: str) -> pl.Expr:
    """Return a column, letters as what they stand for."""
    import polars as pl

    names = {"kind": list(_KINDS), "state": [state.value for state in _STATES]}.get(name)
    if names is None:
        return pl.col(name)
    # By their codes: no text is compared or copied.
    return pl.col(name).cat.physical().cat.to(pl.Enum(names))

"""Human inputs as a wide table: all of a policy's, whatever their state, parsed by the hundred thousand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from rung.errors import Place, RungError
from rung.ledger.records import InputRecord
from rung.ledger.written_records import written_record
from rung.text import _

if TYPE_CHECKING:
    import polars as pl

__all__ = ["frame_of_records", "moment_of", "record_frame", "unreadable_inputs"]

_TEXTS: Final = (
    "id",
    "kind",
    "customer_id",
    "subject",
    "value",
    "was",
    "model_grade",
    "proposed_grade",
    "reason",
    "maker",
    "superseded_by",
)
_MOMENTS: Final = ("made_at", "effective_from", "superseded_at")
_NUMBERS: Final = ("notches", "approvals_needed")
_NEVER_NULL: Final = ("id", "kind", "customer_id", "reason", "maker", "made_at", "approvals_needed")
_MOMENT: Final = "%Y-%m-%dT%H:%M:%S%.6fZ"
_STRIDE: Final = 20_000
# Records written into one text.


def record_frame(
    texts: Iterable[bytes], place: str, report: Callable[[int], None] = lambda _done: None
) -> pl.DataFrame:
    """Return records, each a line of JSON, as the frame of ``LedgerStore.record_frame``.

    One text is parsed while the next is fetched, and no more are held. ``report`` is told how many are read.
    Raises RungError where one is no record.
    """
    import polars as pl

    parts = [_parsed(b"", place)]
    with ThreadPoolExecutor(1) as parser:
        ahead: Future[pl.DataFrame] | None = None
        done = 0
        for text in texts:
            following = parser.submit(_parsed, text, place)
            if ahead is not None:
                parts.append(ahead.result())
                done += parts[-1].height
                report(done)
            ahead = following
        if ahead is not None:
            parts.append(ahead.result())
    return pl.concat(parts)


def frame_of_records(records: Iterable[InputRecord], place: str) -> pl.DataFrame:
    """Return records as the same frame."""
    return record_frame(_written(iter(records)), place)


def _written(records: Iterator[InputRecord]) -> Iterator[bytes]:
    while lines := [written_record(each) for each in islice(records, _STRIDE)]:
        yield b"\n".join(lines)


def _parsed(text: bytes, place: str) -> pl.DataFrame:
    import polars as pl

    decision = pl.Struct({"act": pl.String, "by": pl.String, "at": pl.String})
    schema: dict[str, Any] = dict.fromkeys((*_TEXTS, *_MOMENTS, "expires_at"), pl.String)
    schema |= dict.fromkeys(_NUMBERS, pl.Int32) | {"decisions": pl.List(decision)}
    try:
        found = pl.read_ndjson(text, schema=schema) if text else pl.DataFrame(schema=schema)
        found = found.with_columns(moment_of(pl.col(_MOMENTS)), pl.col("expires_at").str.to_date("%Y-%m-%d"))
        if any(found[name].has_nulls() for name in (*_NEVER_NULL, "expires_at", "decisions")):
            raise ValueError
    except (ValueError, pl.exceptions.PolarsError) as error:
        raise unreadable_inputs(place) from error
    return found


def moment_of(texts: pl.Expr) -> pl.Expr:
    """Return moments from texts as the ledger writes them."""
    return texts.str.to_datetime(_MOMENT, time_unit="us", time_zone="UTC")


def unreadable_inputs(place: str) -> RungError:
    """Return the refusal of what is none of what the ledger keeps of human inputs."""
    return RungError.of(
        _("What the ledger keeps of human inputs cannot be read."),
        _("“rung audit verify” says more; “rung ledger rebuild” makes it anew from the events."),
        Place(place),
    )

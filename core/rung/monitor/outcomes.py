"""Reads what became of customers: a table of their ids, whether it came about, and when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from rung.errors import Place, RungError
from rung.intake import IntakeRequest, take_in
from rung.progress import Progress
from rung.text import Text, _
from rung.vocabulary import Field, Kind, Vocabulary

__all__ = ["Outcomes", "read_outcomes"]

_OUTCOME: Final = Field(
    id="outcome",
    title=Text("结果", "Outcome"),
    kind=Kind.BOOLEAN,
    aliases=(
        *("result", "event", "label", "target", "default", "defaulted", "bad", "churned"),
        *("是否违约", "违约", "是否逾期", "是否流失", "流失", "是否成交", "成交", "结局", "标签"),
    ),
    is_required=True,
)
_ON: Final = Field(
    id="outcome_date",
    title=Text("结果日期", "Outcome date"),
    kind=Kind.DATE,
    aliases=("date", "outcome_on", "日期", "发生日期", "违约日期", "逾期日期", "流失日期", "成交日期"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """What became of customers."""

    name: str
    """The table's file name."""
    frame: pl.DataFrame
    """``customer_id``, ``outcome`` (Boolean, there for everyone) and ``outcome_date`` (or null)."""
    header: str
    """What the table calls the outcome."""
    unknown: int
    """Rows without an outcome, or with one that cannot be read."""

    @property
    def is_dated(self) -> bool:
        """Whether some of the outcomes tell their day."""
        return self.frame["outcome_date"].count() > 0


def read_outcomes(
    path: Path, today: date, scratch: Path, *, key: Field | None = None, progress: Progress | None = None
) -> Outcomes:
    """Read a table of outcomes; ``key`` is the sector's own field for a customer's id.

    Raises RungError for a table that cannot be read, and for one in which a customer stands twice.
    """
    vocabulary = Vocabulary.of(None, {_OUTCOME.id: _OUTCOME, _ON.id: _ON})
    if key is not None:
        usual = vocabulary.fields[vocabulary.key]
        known = replace(usual, aliases=tuple(dict.fromkeys((*usual.aliases, *key.names()))))
        vocabulary = replace(vocabulary, fields={**vocabulary.fields, usual.id: known})
    wish = IntakeRequest(
        source=path,
        vocabulary=vocabulary,
        as_of=today,
        scratch=scratch,
        wanted=frozenset({_OUTCOME.id, _ON.id}),
    )
    taken = take_in(wish, progress)
    rows = taken.measured.select("customer_id", _OUTCOME.id, _ON.id).collect()
    frame = rows.drop_nulls(_OUTCOME.id)
    if frame.is_empty():
        raise RungError.of(
            _("No outcome in the table can be read."),
            _("Write 1 or 0, yes or no, 是 or 否 in its column “{name}”.").format(
                name=taken.headers.get(_OUTCOME.id, _OUTCOME.id)
            ),
            Place(str(path)),
        )
    return Outcomes(
        name=path.name,
        frame=frame,
        header=taken.headers.get(_OUTCOME.id, _OUTCOME.id),
        unknown=rows.height - frame.height,
    )

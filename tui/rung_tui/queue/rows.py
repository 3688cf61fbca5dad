"""The customers of one run as the queue's table shows them, read page by page from the mapped results."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rung_tui.queue.recomputed import Recomputed

if TYPE_CHECKING:
    from rung.ledger import Effective
    from rung.ledger.grades.laid_over import LaidGrade
    from rung.runs import ArrowFile

__all__ = ["RECOMPUTED", "QueueRow", "RunRows"]

_COLUMNS: Final = (
    "customer_id",
    "customer_name",
    "model_grade",
    "score",
    "flags",
    "reason_1",
    "evidence",
    "not_graded",
)

RECOMPUTED: Final = ("score", "flags", "reason_1", "evidence", "not_graded")
"""The columns that people's data change."""


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One customer of a run."""

    number: int
    """Its place in the run."""
    id: str
    name: str
    model_grade: str | None
    score: int | None
    """Scaled by the policy's score decimals."""
    flags: int
    """Bit i is the i-th flag of the manifest."""
    reason: str | None
    """Code of the first reason."""
    evidence: int
    not_graded: str | None
    """Code of the cause."""
    standing: Effective | LaidGrade | None
    """What people have laid over the model's grade, if anything."""
    is_recomputed: bool = False
    """Whether score, flags, reason and evidence are those with people's data, and not the machine's."""

    @property
    def grade(self) -> str | None:
        """The effective grade."""
        return self.model_grade if self.standing is None else self.standing.grade


class RunRows:
    """A RowSource over the results of one run, in the run's order."""

    def __init__(self, results: ArrowFile) -> None:
        self._results = results
        self.standings: Mapping[str, Effective | LaidGrade] = {}
        """By customer; replaced as a whole when the ledger was read."""
        self.recomputed = Recomputed(None, RECOMPUTED)
        """Of whom people gave data; replaced with the standings."""

    def __len__(self) -> int:
        return self._results.num_rows

    def page(self, start: int, count: int) -> Sequence[QueueRow]:
        """Return ``count`` customers from ``start``."""
        found = self._results.page(_COLUMNS, start, count)
        return [
            self._row(number, values)
            for number, values in enumerate(zip(*found.values(), strict=True), start)
        ]

    def rows(self, numbers: Sequence[int]) -> Sequence[QueueRow]:
        """Return the customers at these places, in this order; neighbours are read together."""
        rows: list[QueueRow] = []
        for start, count in _stretches(numbers):
            rows += self.page(start, count)
        if len(rows) > 1 and numbers[-1] - numbers[0] != len(numbers) - 1:
            self._results.let_go()  # each row read alone maps half a megabyte in
        return rows

    def _row(self, number: int, values: tuple[Any, ...]) -> QueueRow:
        customer, name, grade, score, flags, reason, evidence, not_graded = values
        standing = self.standings.get(customer)
        anew = self.recomputed.at(number) if standing is not None else None
        if anew is not None:
            score, flags, reason, evidence, not_graded = anew
        return QueueRow(
            number,
            customer,
            name or "",
            grade,
            score,
            flags,
            reason,
            evidence,
            not_graded,
            standing,
            is_recomputed=anew is not None,
        )


def _stretches(numbers: Iterable[int]) -> Iterable[tuple[int, int]]:
    start, count = 0, 0
    for number in numbers:
        if count and number == start + count:
            count += 1
            continue
        if count:
            yield start, count
        start, count = number, 1
    if count:
        yield start, count

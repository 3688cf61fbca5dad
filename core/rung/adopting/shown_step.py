"""What a question is shown with: how its measure is spread, where it cuts, and who lands where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rung.adopting.picture import Cut, bars, picture
from rung.adopting.steps import SCORE, Step
from rung.errors import RungError
from rung.grading.compiled import Collecting, CompiledPolicy, Table, WeightedScore
from rung.policy.cells import InRanges, InValues, IsMissing, Test, read_cell
from rung.policy.keys import KeyPath
from rung.text import Text, _, current_language
from rung.values import format_value
from rung.vocabulary import Kind, Quantity

if TYPE_CHECKING:
    import polars as pl

    from rung.adopting.trial import Trial

__all__ = ["picture_of"]


def picture_of(step: Step, compiled: CompiledPolicy, trial: Trial, cell: object = None) -> list[str]:
    """Return the lines that show a question's measure among the customers; none where it has no measure.

    ``cell``: what stands now where the question is about, its parameters filled in.
    """
    if step.measure is None:
        return []
    if step.measure == SCORE:
        return _of_scores(compiled, trial)
    quantity = compiled.quantities.get(step.measure)
    values = trial.values(compiled, step.measure)
    if quantity is None or values is None:
        return [_("The table has no values of “{name}”.").format(name=step.measure)]
    bands = _bands(step.place, compiled) or _cells(cell, quantity)
    lines = [f"{quantity.title}", *picture(values, quantity, _cuts([test for _l, test in bands], quantity))]
    if bands:
        lines += ["", *bars([(label, _count(values, test)) for label, test in bands])]
    return lines


def _of_scores(compiled: CompiledPolicy, trial: Trial) -> list[str]:
    match compiled.method:
        case WeightedScore(cutoffs, scale):
            pass
        case Table(collecting=Collecting(cutoffs=cutoffs, score_scale=scale)):
            pass
        case _:
            return []
    quantity = Quantity(
        id=SCORE,
        title=Text("得分", "Score"),
        kind=Kind.NUMBER,
        decimals=len(str(scale)) - 1,
    )
    cuts = [
        Cut(at, _("{grade} from here up").format(grade=compiled.policy.grade_title(grade)))
        for grade, at in zip(compiled.grades, cutoffs, strict=False)
    ]
    return [f"{quantity.title}", *picture(trial.scores(compiled), quantity, cuts)]


def _bands(place: KeyPath, compiled: CompiledPolicy) -> list[tuple[str, Test]]:
    if place[0] != "criteria" or "bands" not in place:
        return []
    policy = compiled.policy.criteria[int(place[1])]
    quantity = compiled.quantities[policy.measure]
    found = []
    for number, band in enumerate(policy.bands, start=1):
        if band.when is not None and band.top is None:
            words = f" ({band.label})" if band.label else ""
            found.append((f"{number}. {_written(band.when)}{words}", read_cell(band.when, quantity)))
    return found


def _cells(cell: object, quantity: Quantity) -> list[tuple[str, Test]]:
    if not isinstance(cell, str | int) or isinstance(cell, bool):
        return []
    try:
        return [(_written(cell), read_cell(cell, quantity))]
    except RungError:
        return []  # an answer that cannot be read is told where it is given


def _written(cell: object) -> str:
    return ", ".join(map(str, cell)) if isinstance(cell, tuple) else str(cell)


def _cuts(tests: Sequence[Test], quantity: Quantity) -> list[Cut]:
    """Return the bounds between the cells."""
    if not quantity.kind.is_numeric:
        return []
    ends: dict[int, str] = {}
    for test in tests:
        for each in test.ranges if isinstance(test, InRanges) else ():
            if each.low is not None:
                ends.setdefault(each.low, "")
            if each.high is not None:
                ends.setdefault(each.high + 1, "")
    return [Cut(at, format_value(at, quantity, current_language())) for at in sorted(ends)]


def _count(values: pl.Series, test: Test) -> int:
    import polars as pl

    match test:
        case InRanges(ranges):
            if values.dtype == pl.Date:
                values = values.cast(pl.Int64) + _EPOCH
            met = pl.Series([False]).new_from_index(0, len(values))
            for each in ranges:
                inside = pl.Series([True]).new_from_index(0, len(values))
                if each.low is not None:
                    inside &= values >= each.low
                if each.high is not None:
                    inside &= values <= each.high
                met |= inside
            return int((met & values.is_not_null()).sum())
        case InValues(chosen, negated):
            met = values.is_in(list(chosen))
            return int(((~met if negated else met) & values.is_not_null()).sum())
        case IsMissing(negated):
            return len(values) - values.null_count() if negated else values.null_count()
    return len(values)


_EPOCH = 719_163
# Ordinal of 1970-01-01, which dates are counted from in a column.

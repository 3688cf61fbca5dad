"""Cut-offs for a first scheme, where the scores of its own customers part them; and what they give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from rung.adopting.scheme import Scheme, scheme_text
from rung.adopting.trial import Counts, Trial, trial
from rung.errors import Problem, RungError
from rung.intake import read_mapping
from rung.pipeline import GradeRequest
from rung.pipeline.cards import grading_policy
from rung.policy.shelf import Shelf
from rung.progress import Progress

if TYPE_CHECKING:
    from rung.plugins import PluginHost

__all__ = ["cut_between", "with_cutoffs"]

_SHARES = {2: (30,), 3: (20, 50), 4: (20, 50, 80), 5: (10, 30, 60, 85)}


def with_cutoffs(
    scheme: Scheme,
    data: Path,
    host: PluginHost,
    day: date,
    *,
    is_numbered: bool,
    report: Progress = lambda *_: None,
) -> tuple[Scheme, Counts]:
    """Return the scheme with cut-offs from the scores of the table, and its customers by grade.

    Raises RungError with everything wrong with the scheme or the table.
    """
    with TemporaryDirectory(prefix="rung-") as folder:
        file, mapping = Path(folder) / "scheme.toml", Path(folder) / "map.toml"
        mapping.write_text("[customers]\ncustomer_id = { row_number = true }\n", encoding="utf-8")
        try:
            return _tried(scheme, file, data, host, day, mapping if is_numbered else None, report)
        except RungError as error:
            # The file is gone when this is read: what is wrong came from what was asked for.
            told = (replace(each, place=None) if _is_in(each, file) else each for each in error.problems)
            raise RungError.all(told) from error


def _is_in(problem: Problem, file: Path) -> bool:
    return problem.place is not None and problem.place.file == str(file)


def _tried(
    scheme: Scheme,
    file: Path,
    data: Path,
    host: PluginHost,
    day: date,
    mapping: Path | None,
    report: Progress,
) -> tuple[Scheme, Counts]:
    file.write_text(scheme_text(scheme), encoding="utf-8")
    shelf = Shelf(host)
    request = GradeRequest(
        source=data,
        policy=shelf.find(file),
        as_of=day,
        created_at=datetime.now(UTC),
        mapping=None if mapping is None else read_mapping(mapping),
    )
    with trial(request, grading_policy(request.policy, host), frozenset(), report) as tried:
        if scheme.mode == "score":
            scheme = replace(scheme, cutoffs=_cutoffs(scheme, tried, request, host))
            file.write_text(scheme_text(scheme), encoding="utf-8")
        return scheme, tried.counts(grading_policy(shelf.find(file), host))


def _cutoffs(
    scheme: Scheme, tried: Trial, request: GradeRequest, host: PluginHost
) -> Mapping[str, int | Decimal]:
    compiled = grading_policy(request.policy, host)
    scores = tried.scores(compiled).drop_nulls().to_list()
    return cut_between(scheme.grades, scores, compiled.score_scale)


def cut_between(grades: Sequence[str], scores: Sequence[int], scale: int) -> Mapping[str, int | Decimal]:
    """Return the least score of each grade but the last: every grade holds some score there is.

    ``scores`` are whole numbers, a point being ``scale`` of them. Empty where there are fewer different
    scores than grades: then they say nothing of where to cut.
    """
    ordered, size = sorted(scores, reverse=True), len(grades)
    distinct = sorted(set(scores), reverse=True)
    if len(distinct) < size:
        return {}
    shares = _SHARES.get(size) or tuple(round(100 * (n + 1) / size) for n in range(size - 1))
    cutoffs: dict[str, int | Decimal] = {}
    lowest = -1  # place of the lowest score the grade before holds
    for place, (grade, share) in enumerate(zip(grades, shares, strict=False)):
        wanted = distinct.index(ordered[min(len(ordered) - 1, len(ordered) * share // 100)])
        left = size - 1 - place  # grades that still want a score below
        lowest = min(max(wanted, lowest + 1), len(distinct) - 1 - left)
        cutoffs[grade] = _round_cut(distinct[lowest], distinct[lowest + 1], scale)
    return cutoffs


def _round_cut(least: int, below: int, scale: int) -> int | Decimal:
    """Return the roundest number that is no more than one score and more than the next."""
    for step in (5, 1):
        if least // (step * scale) * step * scale > below:
            return least // (step * scale) * step
    return Decimal(least) / scale

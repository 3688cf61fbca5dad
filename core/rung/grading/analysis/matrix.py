"""A matrix: cells nobody falls in, and grades that turn along an axis where the others do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from rung.errors import Severity
from rung.grading.analysis.finding import Finding, FindingKind
from rung.grading.analysis.reach_scales import Placed
from rung.grading.analysis.space import Box
from rung.grading.analysis.study import Study
from rung.grading.compiled import Matrix
from rung.grading.row import Assessment
from rung.policy.keys import KeyPath
from rung.text import _

__all__ = ["matrix_findings"]


def matrix_findings(study: Study, matrix: Matrix) -> Iterator[Finding]:
    """Yield the cells nobody falls in, and the rows and columns in which grades go one way and back."""
    met: dict[tuple[int, int], Box] = {}
    for row, column, box in Placed(study, matrix).cells(study.space.full):
        met.setdefault((row, column), box)
    for row, grades in enumerate(matrix.cells):
        for column, _grade in enumerate(grades):
            if (row, column) not in met:
                message = _("Nobody falls in this cell of the matrix: no customer meets both bands.")
                yield Finding.at(
                    FindingKind.UNREACHABLE_BAND,
                    Severity.NOTE,
                    ("grading", "cells", row, column),
                    message,
                )
    if study.compiled.policy.ordered:
        yield from _turning(study, matrix, met)


def _turning(study: Study, matrix: Matrix, met: dict[tuple[int, int], Box]) -> Iterator[Finding]:
    """Yield each row and column whose grades go one way and back."""
    criteria = study.compiled.criteria
    down, across = (criteria[place].id for place in matrix.axes)
    columns = tuple(zip(*matrix.cells, strict=True))
    for lines, is_row, axis in ((matrix.cells, True, across), (columns, False, down)):
        for number, line in enumerate(lines):
            turn = _turn(line)
            if turn is None:
                continue
            row, column = (number, turn) if is_row else (turn, number)
            path: KeyPath = ("grading", "cells", row, column)
            message = _("Along “{axis}” the grades go one way and back in {line} of the matrix.")
            line_words = _("row {n}") if is_row else _("column {n}")
            box = met.get((row, column))
            grade = study.compiled.grades[matrix.cells[row][column]]

            def is_so(told: Assessment, grade: str = grade) -> bool:
                return told.unheld == grade

            yield Finding.at(
                FindingKind.NON_MONOTONE,
                Severity.WARNING,
                path,
                message.format(axis=axis, line=line_words.format(n=number + 1)),
                _("If a grade was mistyped, this is where."),
                example=study.example([box], is_so),
                inside=None if box is None else study.space.condition(box),
            )


def _turn(line: Sequence[int]) -> int | None:
    """Return the place at which a sequence turns back, ``None`` where it never does."""
    way = 0
    for place, (before, after) in enumerate(pairwise(line)):
        now = (after > before) - (after < before)
        if now and way and now != way:
            return place
        way = now or way
    return None

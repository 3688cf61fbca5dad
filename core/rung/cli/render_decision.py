"""Lays out what decided one customer's grade: criteria with their bands, the cell of a matrix, the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from rung.cli.terminal import grid, line
from rung.grading.condition_words import found_words
from rung.grading.held_words import of_segment
from rung.policy.model import Basis, CombineGrading
from rung.text import _

if TYPE_CHECKING:
    from rich.console import RenderableType

    from rung.grading.explanation import CriterionLine, Explanation, MatrixLine, RuleLine
    from rung.policy.conditions import Condition
    from rung.policy.model import Flag, Gate, Policy, Rule

__all__ = ["conditions_of", "held_word", "part_title", "render_decision"]


def render_decision(explanation: Explanation, policy: Policy) -> Iterator[RenderableType]:
    """Yield the criteria, the matrix and the rules, as far as the policy has them."""
    if explanation.criteria:
        yield part_title(_("Criteria"))
        yield (
            _scored(explanation.criteria)
            if policy.grading.mode == "score"
            else _banded(explanation.criteria, policy)
        )
        yield from _ranked_cutoffs(explanation.criteria)
    if explanation.matrix is not None:
        yield part_title(_("Matrix"))
        yield _matrix(explanation.matrix)
    if explanation.rules:
        yield part_title(_("Rules"))
        yield _rules(explanation.rules, conditions_of(policy.rules))


def part_title(text: str) -> RenderableType:
    """Return the title of a part."""
    return line(text, "bold cyan underline")


def held_word(held: bool | None) -> str:
    """Return whether a condition holds, in a word."""
    return _("open") if held is None else _("yes") if held else _("no")


def conditions_of(parts: Iterable[Rule | Gate | Flag]) -> Mapping[str, Condition]:
    """Return the conditions as written, by the id of the part they stand in."""
    return {part.id: part.when for part in parts}


def _scored(lines: Iterable[CriterionLine]) -> RenderableType:
    headers = (
        _("criterion"),
        _("value"),
        _("band met"),
        _("next better"),
        _("next worse"),
        _("points"),
        _("weight"),
        _("gives"),
        _("loses"),
    )
    rows = (
        (
            _assumed(each.title, each.basis),
            each.value,
            each.band,
            each.better or "",
            each.worse or "",
            "" if each.points is None else f"{_plain(each.points)}/{_plain(each.best_points)}",
            f"{_plain(each.weight_share)}%",
            "" if each.contribution is None else _plain(each.contribution),
            _plain(each.lost) if each.lost else "",
        )
        for each in lines
    )
    return grid(headers, rows, right=(5, 6, 7, 8))


def _banded(lines: Iterable[CriterionLine], policy: Policy) -> RenderableType:
    """Return the criteria of a policy without points: bands, and the grade each one alone would give."""
    combines = isinstance(policy.grading, CombineGrading)
    is_weighted = isinstance(policy.grading, CombineGrading) and policy.grading.how == "weighted"
    graded = (_("grade"),) if combines else ()
    weighted = (_("weight"),) if is_weighted else ()
    headers = (
        _("criterion"),
        _("value"),
        _("band met"),
        *graded,
        *weighted,
        _("next better"),
        _("next worse"),
    )
    rows = (
        (
            _assumed(each.title, each.basis),
            each.value,
            each.band,
            *((each.grade or "",) if combines else ()),
            *((f"{_plain(each.weight_share)}%",) if is_weighted else ()),
            each.better or "",
            each.worse or "",
        )
        for each in lines
    )
    return grid(headers, rows)


def _assumed(title: object, basis: Basis) -> str:
    return f"{title} *" if basis is Basis.ASSUMED else str(title)


def _ranked_cutoffs(lines: Iterable[CriterionLine]) -> Iterator[RenderableType]:
    every = list(lines)
    for each in every:
        if each.cutoffs:
            found = " · ".join(f"≥ {least}" for least in each.cutoffs)
            words = _("  {criterion}: cut-offs {found}").format(criterion=each.title, found=found)
            yield line(f"{words}{of_segment(each.segment)}", "dim")
    if any(each.basis is Basis.ASSUMED for each in every):
        yield line(_("  * bands and weight are assumed; the practice does not state them."), "dim")


def _matrix(matrix: MatrixLine) -> RenderableType:
    """Return the whole matrix with arrows at the bands met and the customer's cell in brackets."""

    def pointed(words: object, is_met: bool) -> str:
        return f"→ {words}" if is_met else str(words)

    headers = [pointed(words, n == matrix.column) for n, words in enumerate(matrix.columns)]
    rows = (
        (
            pointed(words, row == matrix.row),
            *(
                f"[{cell}]" if (row, column) == (matrix.row, matrix.column) else cell
                for column, cell in enumerate(cells)
            ),
        )
        for row, (words, cells) in enumerate(zip(matrix.rows, matrix.cells, strict=True))
    )
    return grid((f"{matrix.down} ＼ {matrix.across}", *headers), rows)


def _rules(lines: Iterable[RuleLine], asked: Mapping[str, Condition]) -> RenderableType:
    every = list(lines)
    collects = any(each.points is not None for each in every)
    rows = (
        (
            "→" if each.decided else "",
            each.id,
            (_plain(each.points) if each.points is not None else "") if collects else each.grade,
            held_word(each.held),
            each.reason,
            found_words(asked[each.id], each.conditions),
        )
        for each in every
    )
    worth = _("points") if collects else _("grade")
    return grid(("", _("rule"), worth, _("holds"), _("reason"), _("conditions")), rows)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"

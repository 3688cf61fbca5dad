"""Conditions and gates in words: which parts must all hold, which of several is enough, what a gate does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from rung.policy.conditions import AllOf, AnyOf, Cell, Condition, Not, conditions_in
from rung.policy.wording import cell_words
from rung.text import _

if TYPE_CHECKING:
    from rung.grading.explanation import ConditionLine, GateLine
    from rung.vocabulary import Quantity

__all__ = ["asked_words", "effect_words", "found_words"]


def asked_words(condition: Condition, quantities: Mapping[str, Quantity]) -> str:
    """Return what a condition over these quantities asks, in the current language."""
    return _joined(
        condition,
        (
            f"{quantities[cell.name].title} {cell_words(cell.raw, quantities[cell.name])}"
            for cell in conditions_in(condition)
        ),
    )


def found_words(condition: Condition, lines: Iterable[ConditionLine]) -> str:
    """Return what a condition asks and what was found; ``lines`` are its cells, in the order written."""
    told = _("{title} {asked} (is {found})")
    return _joined(
        condition, (told.format(title=each.title, asked=each.asked, found=each.found) for each in lines)
    )


def effect_words(gate: GateLine) -> str:
    """Return what a gate does to the grade."""
    words = {
        "at_most": _("at most {grade}"),
        "at_least": _("at least {grade}"),
        "set": _("always {grade}"),
    }
    return words[gate.effect].format(grade=gate.grade)


def _joined(condition: Condition, cells: Iterator[str]) -> str:
    """Join the words of the cells as the condition joins the cells."""
    match condition:
        case Cell():
            return next(cells)
        case AllOf(parts):
            return _list(parts, cells)
        case AnyOf(parts):
            return _("any of: {parts}").format(parts=_list(parts, cells))
        case Not(part):
            return _("not: {part}").format(part=_part(part, cells))


def _list(parts: tuple[Condition, ...], cells: Iterator[str]) -> str:
    return _("; ").join([_part(part, cells) for part in parts])


def _part(condition: Condition, cells: Iterator[str]) -> str:
    """Return a part among others, in brackets where its own list could be taken for theirs."""
    match condition:
        case Cell():
            return next(cells)
        case AllOf(parts):
            words = _("all of: {parts}").format(parts=_list(parts, cells))
        case _:
            words = _joined(condition, cells)
    return _("({words})").format(words=words)

"""Pieces that several parts of a customer's page are laid out with."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from rung_tui.drawn import Line, Span, line, width_of, wrap
from rung_tui.language import _, words
from rung_tui.roles import grade_role
from rung_tui.scale import called

if TYPE_CHECKING:
    from rung.grading.explanation import ConditionLine

Part = Span | str | tuple[str, str]
"""What a line is put together from."""

__all__ = ["Part", "conditions", "grade_span", "held_mark", "number", "paragraph", "title"]


def title(text: str, width: int) -> Line:
    """Return a heading with a rule to the end of the line."""
    head = wrap(line(("── ", "muted"), (text, "title"), " "), width)[0]
    return (*head, Span(" " + "─" * (width - width_of(head) - 1) if width_of(head) < width else "", "muted"))


def paragraph(parts: Iterable[Part], width: int, hanging: int = 2) -> list[Line]:
    """Return a text broken to the width."""
    return wrap(line(*parts), width, hanging)


def number(value: Decimal, *, signed: bool = False) -> str:
    """Return a number without needless zeros, the sign before it if asked for."""
    text = f"{value.normalize():f}" if value else "0"
    return f"+{text}" if signed and value > 0 else text


def grade_span(grade: str | None, grades: tuple[str, ...]) -> Span:
    """Return a grade in its colour, by its title where ``grades`` knows it and the id is a word."""
    if grade is None:
        return Span(_("none"), "muted")
    role = grade_role(grades.index(grade), len(grades)) if grade in grades else "strong"
    return Span(called(grade, grades), role)


def held_mark(held: bool | None, *, good: bool | None = None) -> Span:
    """Return ✓, ✗ or ?; in green or red only where ``good`` says which of the two is good."""
    if held is None:
        return Span("?", "open")
    if good is None:
        return Span("✓" if held else "✗", "strong" if held else "muted")
    return Span("✓" if held else "✗", "good" if held is good else "bad")


def conditions(
    found: Iterable[ConditionLine], width: int, indent: int = 6, *, whole_held: bool | None = False
) -> list[Line]:
    """Return what was asked and what was found, one condition a line.

    Where the whole held, a condition that did not was one of several ways to it: it is no failure.
    """
    lines: list[Line] = []
    for each in found:
        mark = Span("○", "muted") if whole_held and not each.held else held_mark(each.held)
        asked = _(" {title}: {asked}").format(title=words(each.title), asked=words(each.asked))
        parts: list[Part] = [
            " " * (indent - 2),
            mark,
            (asked, "" if each.held else "muted"),
            (_("  found {value}").format(value=words(each.found)), "muted"),
        ]
        lines += paragraph(parts, width, indent)
    return lines

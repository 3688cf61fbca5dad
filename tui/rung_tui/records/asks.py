"""What a form asks, what it is for, and the lines beside its answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from rung.errors import Problem, RungError
from rung_tui.customer.layout import paragraph
from rung_tui.drawn import Line
from rung_tui.language import _
from rung_tui.records.answers import Option

__all__ = ["Ask", "Work", "label", "not_recorded", "problem_lines"]

Judge = Callable[[Mapping[str, str]], Mapping[str, Problem]]
"""Gives what is wrong with the answers, each mistake by the name of what it is about."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing a form asks; the texts are asked for in the language of now."""

    name: str
    title: Callable[[], str]
    how: Literal["line", "text", "choice"] = "line"
    options: tuple[Option, ...] = ()
    value: str = ""
    """What stands there before anything is typed."""
    is_required: bool = False
    is_sensitive: bool = False
    hint: Callable[[], str] = str
    """What stands in the empty line; below the answer where it is no line."""


@dataclass(frozen=True, slots=True)
class Work:
    """What a form is for."""

    key: str
    """What is typed is kept by it."""
    heading: Callable[[], str]
    asks: tuple[Ask, ...]
    judge: Judge
    record: Callable[[dict[str, str]], Any]
    """Records the answers that differ from what stood there; on the desk's thread."""
    told: Callable[[], Sequence[tuple[str, str]]] = tuple
    """What to know first, each line with its role."""


def label(ask: Ask, width: int) -> list[Line]:
    """Return what is asked, with signs for what is needed and what is sensitive."""
    marks = [(" *", "warning")] if ask.is_required else []
    marks += [(" ◌", "muted")] if ask.is_sensitive else []
    return paragraph([(ask.title(), "muted"), *marks], max(2, width - 1), 0)


def problem_lines(problem: Problem, width: int) -> list[Line]:
    """Return what is wrong and what to do about it."""
    place = f"{problem.place}: " if problem.place else ""
    hint = f" {problem.hint}" if problem.hint else ""
    return paragraph([("✗ ", "error"), (place, "muted"), problem.message, (hint, "muted")], width, 2)


def not_recorded(error: Exception) -> list[Problem]:
    """Return why nothing was recorded, whatever the error is."""
    if isinstance(error, RungError):
        return list(error.problems)
    return [Problem(_("Nothing was recorded: {error}").format(error=f"{type(error).__name__}: {error}"))]

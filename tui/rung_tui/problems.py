"""What speaks against something that was to be recorded: as problems, and as lines below what was typed."""

from __future__ import annotations

from collections.abc import Iterable

from rung.errors import Problem, RungError
from rung_tui.customer.layout import paragraph
from rung_tui.drawn import Line
from rung_tui.language import _

__all__ = ["objection_lines", "told_problems"]


def told_problems(error: Exception) -> list[Problem]:
    """Return what went wrong while something was to be recorded."""
    if isinstance(error, RungError):
        return list(error.problems)
    return [Problem(_("Nothing was recorded: {error}").format(error=f"{type(error).__name__}: {error}"))]


def objection_lines(problems: Iterable[Problem], width: int) -> list[Line]:
    """Return problems as a dialog tells them: of what is typed in it, so without a place."""
    lines: list[Line] = []
    for each in problems:
        hint = f" {each.hint}" if each.hint else ""
        lines += paragraph([("✗ ", "error"), each.message, (hint, "muted")], width, 2)
    return lines

"""Pages to read before a version is made: what changes, which tests fail, what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from rung_tui.customer.layout import paragraph, title
from rung_tui.drawn import Line
from rung_tui.language import _
from rung_tui.scroll_text import ReadingScreen

if TYPE_CHECKING:
    from rung.errors import Problem
    from rung.policy.diff import DiffLine
    from rung.workspace.drafting.finishing import Tested

__all__ = ["PolicyPage", "changed_lines", "problem_lines", "tested_lines"]


class PolicyPage(ReadingScreen):
    """Lines under a heading."""

    def __init__(self, heading: Callable[[], str], made: Callable[[int], list[Line]]) -> None:
        super().__init__()
        self._heading, self._made = heading, made

    def heading(self) -> str:
        """Return the title."""
        return self._heading()

    def lines(self, width: int) -> list[Line]:
        """Return the lines for a width."""
        return self._made(width)


def changed_lines(found: Sequence[DiffLine], width: int) -> list[Line]:
    """Return what a draft changes, part by part: before → after."""
    if not found:
        return paragraph([(_("The draft says what the policy says."), "muted")], width)
    lines: list[Line] = []
    for section, group in groupby(found, lambda each: each.section):
        lines.append(title(section, width))
        for each in group:
            before, after = each.before or "–", each.after or "–"
            lines += paragraph(
                [f" {each.what}: ", (before, "muted"), (" → ", "key"), (after, "pending")], width, 4
            )
    return lines


def tested_lines(found: Sequence[Tested], width: int) -> list[Line]:
    """Return the tests that fail first, each with what came out."""
    if not found:
        return paragraph([(_("No test is written, here or in the policy below."), "muted")], width)
    lines: list[Line] = []
    for is_own, heading in (
        (True, _("Tests of this policy: they must pass before it is published")),
        (False, _("Tests of the policy below: what comes out otherwise now is for you to judge")),
    ):
        mine = [each for each in found if each.is_own is is_own]
        if not mine:
            continue
        failed = [each for each in mine if each.problems]
        lines += paragraph([("── ", "muted"), (heading, "title")], width, 3)
        told = _("{passed} of {all} tests passed").format(passed=len(mine) - len(failed), all=len(mine))
        lines += paragraph([(f" {told}", "bad" if failed else "good")], width)
        for each in failed:
            lines += paragraph([(" ✗ ", "error"), (each.name, "strong")], width, 3)
            for problem in each.problems:
                lines += paragraph([f"   {problem.message}"], width, 5)
        lines.append(())
    return lines


def problem_lines(found: Sequence[Problem], width: int) -> list[Line]:
    """Return what is wrong, each with its key."""
    lines: list[Line] = []
    for problem in found:
        place = f"{problem.place.key} " if problem.place and problem.place.key else ""
        hint = f" {problem.hint}" if problem.hint else ""
        lines += paragraph([("✗ ", "error"), (place, "muted"), problem.message, (hint, "muted")], width, 2)
    return lines or paragraph([(_("Nothing is wrong with it."), "good")], width)

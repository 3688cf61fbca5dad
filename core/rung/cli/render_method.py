"""Lays out how a policy finds a grade: where the grades begin, what counts, which rules or cells decide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rung.cli.method_tables import criteria_table, grades_table, how_words, matrix_table, rules_table
from rung.cli.method_words import limits_words
from rung.cli.tables import Table, starred
from rung.cli.terminal import Grid, grid, line
from rung.policy.model import MatrixGrading, NoGrading
from rung.text import _

if TYPE_CHECKING:
    from rich.console import RenderableType

    from rung.grading.compiled import CompiledPolicy

__all__ = ["heading", "render_method", "set_out"]


def render_method(compiled: CompiledPolicy) -> Iterator[RenderableType]:
    """Yield the grades and what leads to them, in the current language."""
    policy = compiled.policy
    if not isinstance(policy.grading, NoGrading):
        yield from heading(starred(_("Grades"), policy.grading.basis))
        yield set_out(grades_table(policy))
    how = how_words(policy)
    for told in ([how] if how else []) + limits_words(compiled):
        yield line(f"  {told}", "dim")
    if policy.criteria:
        yield from heading(_("Criteria"))
        yield set_out(criteria_table(compiled))
    if isinstance(policy.grading, MatrixGrading):
        yield from heading(_("Matrix"))
        yield set_out(matrix_table(compiled, policy.grading))
    if policy.rules:
        yield from heading(_("Rules"))
        yield set_out(rules_table(compiled))


def heading(text: str) -> Iterator[RenderableType]:
    """Yield the title of a part."""
    yield line("")
    yield line(text, "bold cyan underline")


def set_out(table: Table) -> Grid:
    """Return a table as a terminal shows it."""
    return grid(table.headers, table.rows, right=table.right)

"""Lays a policy out for a terminal: its grades, what counts for them, and what was promised with each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rung.cli.input_words import input_lines, input_tables
from rung.cli.policy_tables import (
    alarms_table,
    flags_table,
    gates_table,
    outcomes_table,
    parameters_table,
    scripts_table,
    service_table,
)
from rung.cli.procedure_words import records_words, step_words
from rung.cli.render_method import heading, render_method, set_out
from rung.cli.tables import Table
from rung.cli.terminal import line
from rung.policy.assumed import assumptions
from rung.policy.diff.key_words import section_word
from rung.policy.model import Policy
from rung.text import _

if TYPE_CHECKING:
    from rich.console import RenderableType

    from rung.grading.compiled import CompiledPolicy

__all__ = ["render_policy"]


def render_policy(compiled: CompiledPolicy) -> Iterator[RenderableType]:
    """Yield the parts of a policy to print, in the current language."""
    policy = compiled.policy
    yield line(f"{policy.title}  ({policy.id} {policy.version})", "bold")
    if policy.purpose is not None:
        yield line(policy.purpose)
    yield from _part(_("Parameters"), parameters_table(compiled))
    yield from render_method(compiled)
    yield from _part(_("Gates"), gates_table(compiled))
    yield from _part(_("Flags"), flags_table(compiled))
    yield from _part(_("Service promised"), service_table(compiled))
    yield from _part(_("What is said"), scripts_table(compiled))
    yield from _part(section_word("outcomes"), outcomes_table(compiled))
    yield from _part(_("Alarms"), alarms_table(compiled))
    yield from _procedures(policy)
    for name, rules in input_tables(compiled).items():
        yield from heading(section_word(name))
        yield from (line(f"  {each}") for each in input_lines(rules, compiled))
    if assumptions(policy):
        yield line("")
        yield line(_("* assumed: the practice does not state it. Put in your own."), "dim")


def _part(title: str, table: Table) -> Iterator[RenderableType]:
    if table.rows:
        yield from heading(title)
        yield set_out(table)


def _procedures(policy: Policy) -> Iterator[RenderableType]:
    for procedure in policy.procedures:
        yield from heading(_("Procedure: {title}").format(title=procedure.title))
        for number, step in enumerate(procedure.steps, start=1):
            yield line(f"  {number}. {step_words(step, policy.roles)}")
        if procedure.records:
            yield line(f"  {records_words(procedure)}")

"""The assumed numbers of a policy in words: which part, and why it was chosen so; first thing to change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.cli.tables import Table, table
from rung.policy.assumed import Assumption, assumptions, stated_remarks
from rung.policy.model import Policy
from rung.policy.place_words import place_words
from rung.text import _

if TYPE_CHECKING:
    from rung.grading.compiled import CompiledPolicy

__all__ = ["assumed_table", "remarks_table"]


def assumed_table(compiled: CompiledPolicy) -> Table:
    """Return each assumed part of a policy and its because."""
    return _told(compiled.policy, _("assumed"), assumptions(compiled.policy))


def remarks_table(compiled: CompiledPolicy) -> Table:
    """Return each stated part that says how a source was read."""
    return _told(compiled.policy, _("stated, and read so"), stated_remarks(compiled.policy))


def _told(policy: Policy, header: str, parts: tuple[Assumption, ...]) -> Table:
    return table((header, _("because")), ((place_words(policy, each.path), each.because) for each in parts))

"""The assumed numbers of a policy in words: which part, and why it was chosen so; first thing to change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from rung.cli.tables import Table, table
from rung.policy.assumed import Assumption, assumptions, stated_remarks
from rung.policy.diff.key_words import member_word, section_word
from rung.policy.keys import KeyPath
from rung.policy.model import Policy
from rung.text import Text, _

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
    return table((header, _("because")), ((_where(policy, each.path), each.because) for each in parts))


def _where(policy: Policy, path: KeyPath) -> str:
    return " › ".join([section_word(str(path[0])), *_steps(policy, path)])


def _steps(policy: Policy, path: KeyPath) -> Iterator[str]:
    part: object = getattr(policy, str(path[0]))
    for place, key in enumerate(path[1:], start=1):
        around, part = part, _inside(part, key)
        if isinstance(part, tuple):
            continue  # its member is named next
        title = getattr(part, "title", None) or getattr(part, "reason", None) or getattr(part, "text", None)
        if path[0] == "service" and place == 1:
            yield str(policy.grade_title(str(key)))
        elif isinstance(title, Text):
            yield str(title)
        elif isinstance(key, int):
            yield member_word(str(path[place - 1])).format(n=key + 1)
        elif isinstance(around, Mapping):
            yield str(key)


def _inside(part: object, key: str | int) -> object:
    match part:
        case tuple():
            return part[int(key)]
        case Mapping():
            return part[key]
    return getattr(part, str(key))

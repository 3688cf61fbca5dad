"""What service waits for, in words: the record that must be open before any of it starts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rung.policy.service_words import starting_words

if TYPE_CHECKING:
    from rung.grading.explanation import ServiceLine

__all__ = ["waiting_words"]


def waiting_words(line: ServiceLine) -> Iterator[str]:
    """Yield what service that has not started waits for; nothing where it has."""
    requires = line.terms.requires
    if not line.is_started and requires is not None and line.record is not None:
        yield starting_words(requires, {requires: line.record})

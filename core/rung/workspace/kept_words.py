"""A value of the ledger in words, for a line of text: whatever stands there, it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.text import _, current_language

if TYPE_CHECKING:
    from rung.vocabulary import Quantity

__all__ = ["value_words"]


def value_words(value: str | None, quantity: Quantity | None = None) -> str:
    """Return a value as the ledger keeps it; with its quantity as a person reads it."""
    if value is None:
        return _("not known")
    if quantity is None:
        return value
    from rung.ledger.grades.kept_values import kept_value
    from rung.values import format_value

    try:
        return format_value(kept_value(value, quantity), quantity, current_language())
    except ValueError:
        return value  # the policy reads it otherwise by now

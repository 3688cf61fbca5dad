"""Promises of service in words, and whether they are in force."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from rung.text import Text
from rung_tui.language import _, spoken

if TYPE_CHECKING:
    from rung.grading.explanation import ServiceLine
    from rung.policy.model import ServiceTerms

__all__ = ["promises", "standing", "waiting"]


def promises(terms: ServiceTerms, roles: Mapping[str, Text]) -> list[str]:
    """Return every promise in words; ``roles`` are the titles of who owes them."""
    from rung.policy.service_words import obligation_words

    spoken()
    return [obligation_words(each, roles) for each in terms.obligations()]


def waiting(line: ServiceLine) -> list[str]:
    """Return what must be opened before any of the service starts; nothing where it has."""
    from rung.grading.waiting_words import waiting_words

    spoken()
    return list(waiting_words(line))


def standing(terms: ServiceTerms) -> str:
    """Return a word on terms that are only suggested."""
    return "" if terms.is_in_force else _("(suggested, not in force)")

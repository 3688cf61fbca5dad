"""Refuses texts that not every database can keep: a ledger must be able to move from one to another."""

from __future__ import annotations

from collections.abc import Mapping

from rung.errors import Place, RungError
from rung.ledger.events import Draft
from rung.text import _

__all__ = ["check_row", "check_texts"]


def check_texts(draft: Draft, place: str) -> None:
    """Raise RungError where an act names its customer, policy or maker by what cannot be kept."""
    for text in (draft.customer_id, draft.policy_id, draft.maker):
        if text is not None and "\0" in text:
            raise _unkeepable(text, place)


def check_row(row: Mapping[str, object], place: str) -> None:
    """Raise RungError where a text of a row cannot be kept."""
    for value in row.values():
        if isinstance(value, str) and "\0" in value:
            raise _unkeepable(value, place)


def _unkeepable(text: str, place: str) -> RungError:
    # On SQLite too, which could: a ledger must be able to move.
    return RungError.of(
        _("“{text}” holds a NUL character, which a ledger cannot keep.").format(text=text[:80]),
        _("Nothing was recorded. Take the character out."),
        Place(place),
    )

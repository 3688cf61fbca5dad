"""Takes payloads of events apart: what has other keys or other types than this Rung writes is refused."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import wraps
from typing import Any, Final, TypeVar

from rung.ledger.canonical import canonical
from rung.ledger.events import Draft, Event, moment_text, read_moment
from rung.ledger.kinds import EventKind
from rung.ledger.store import UnreadableEventError
from rung.text import Text

__all__ = [
    "MOST",
    "as_date",
    "as_flag",
    "as_moment",
    "as_number",
    "as_number_or_none",
    "as_text",
    "as_text_or_none",
    "as_texts",
    "as_values",
    "as_words",
    "date_text",
    "drafted",
    "moment_or_none",
    "strictly",
    "words_of",
]

_Made = TypeVar("_Made")
_Read = Callable[[Event, dict[str, Any]], _Made]

MOST: Final = 2**31 - 1
"""The largest whole number a payload of service holds, numbers of events apart."""


def strictly(*names: str) -> Callable[[_Read[_Made]], Callable[[Event], _Made]]:
    """Make a reader of events of one that is handed their payload, which has exactly these keys.

    It raises UnreadableEventError for an event of no customer, and for a payload that is none.
    """
    wanted = frozenset(names)

    def reader(read: _Read[_Made]) -> Callable[[Event], _Made]:
        @wraps(read)
        def taken(event: Event) -> _Made:
            try:
                payload = json.loads(event.payload)
                if not isinstance(payload, dict) or payload.keys() != wanted or event.customer_id is None:
                    raise ValueError("payload")
                return read(event, payload)
            except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
                raise UnreadableEventError(event.sequence) from error

        return taken

    return reader


def drafted(
    kind: EventKind,
    customer_id: str,
    payload: Mapping[str, Any],
    by: str,
    at: datetime,
    policy_id: str | None = None,
) -> Draft:
    """Return an act of service to be recorded; raises ValueError for a payload that cannot be written."""
    return Draft(
        kind=kind,
        customer_id=customer_id,
        policy_id=policy_id,
        payload=canonical(payload),
        made_at=at,
        maker=by,
    )


def as_text(value: object) -> str:
    """Return a text."""
    if not isinstance(value, str):
        raise ValueError("text")
    return value


def as_text_or_none(value: object) -> str | None:
    """Return a text or nothing."""
    return None if value is None else as_text(value)


def as_texts(value: object) -> tuple[str, ...]:
    """Return a list of texts."""
    if not isinstance(value, list):
        raise ValueError("list")
    return tuple(map(as_text, value))


def as_values(value: object) -> dict[str, str | None]:
    """Return values by name, each a text or not known."""
    if not isinstance(value, dict):
        raise ValueError("values")
    return {name: as_text_or_none(each) for name, each in value.items()}


def as_words(value: object) -> Text:
    """Return a text in both languages."""
    if not isinstance(value, dict) or value.keys() != {"zh", "en"}:
        raise ValueError("words")
    return Text(zh=as_text(value["zh"]), en=as_text(value["en"]))


def as_flag(value: object) -> bool:
    """Return yes or no."""
    if not isinstance(value, bool):
        raise ValueError("flag")
    return value


def as_number(value: object, least: int = 0, most: int = MOST) -> int:
    """Return a whole number."""
    if type(value) is not int or not least <= value <= most:
        raise ValueError("number")
    return value


def as_number_or_none(value: object) -> int | None:
    """Return a whole number or nothing."""
    return None if value is None else as_number(value)


def as_moment(value: object) -> datetime:
    """Return a moment."""
    return read_moment(as_text(value))


def as_date(value: object) -> date | None:
    """Return a day or nothing."""
    if value is None:
        return None
    found = date.fromisoformat(as_text(value))
    if found.isoformat() != value:
        raise ValueError("date")
    return found


def date_text(day: date | None) -> str | None:
    """Return a day as it is written."""
    return None if day is None else day.isoformat()


def words_of(text: Text) -> dict[str, str]:
    """Return a text in both languages as it is written."""
    return {"zh": text.zh, "en": text.en}


def moment_or_none(moment: datetime | None) -> str | None:
    """Return a moment as it is written, or nothing."""
    return None if moment is None else moment_text(moment)

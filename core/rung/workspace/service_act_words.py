"""What an act of service on record says, in words: contacts, what arrived, alarms, whose customer it is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from rung.text import _

if TYPE_CHECKING:
    from rung.ledger import People

__all__ = ["SERVICE", "service_words"]

SERVICE: Final = ("contact", "event", "alarm", "customer")
"""The first parts of the kinds of event told of here."""


def service_words(kind: str, payload: Mapping[str, Any], people: People) -> list[str]:
    """Return the parts of one line about an act of service; what is damaged is left out."""
    tell = {"contact": _contact, "event": _arrival, "alarm": _alarm}.get(kind.partition(".")[0])
    return list(_holder(payload, people) if tell is None else tell(payload))


def _contact(payload: Mapping[str, Any]) -> Iterator[str]:
    if "number" in payload:
        yield f"K{_flat(payload['number'])}"
        yield _flat(payload.get("reason"))
        return
    yield from (_flat(payload.get(name)) for name in ("outcome", "channel"))
    if payload.get("reached") is False:
        yield _("not reached")
    yield _flat(payload.get("text"))
    yield from _values(payload.get("facts"))
    day, step = _flat(payload.get("next_on")), _flat(payload.get("next"))
    if day or step:
        yield _("next: {what}").format(what=" ".join(each for each in (day, step) if each))


def _arrival(payload: Mapping[str, Any]) -> Iterator[str]:
    yield from (_flat(payload.get(name)) for name in ("table", "key"))
    yield from _values(payload.get("values"))
    if payload.get("is_known") is False:
        yield _("customer not known")


def _alarm(payload: Mapping[str, Any]) -> Iterator[str]:
    alarm, event = payload.get("alarm"), payload.get("event")
    yield f"W{alarm}" if isinstance(alarm, int) else _flat(alarm)
    if isinstance(event, int):
        yield _("raised by {id}").format(id=f"E{event}")
    if isinstance(payload.get("duty"), int):
        yield _("duty {number}").format(number=payload["duty"] + 1)
    if "to" in payload:
        yield _("to {name}").format(name=_flat(payload["to"]))
    if isinstance(payload.get("is_delivered"), bool):
        words = (
            _("{way}, try {number}: delivered")
            if payload["is_delivered"]
            else _("{way}, try {number}: failed")
        )
        yield words.format(way=_flat(payload.get("way")), number=_flat(payload.get("attempt")))
    yield from (_flat(payload.get(name)) for name in ("said", "outcome", "note"))


def _holder(payload: Mapping[str, Any], people: People) -> Iterator[str]:
    for name, words in (("from", _("from {name}")), ("to", _("to {name}")), ("by", _("by {name}"))):
        account = _flat(payload.get(name))
        if account:
            yield words.format(name=people.name(account))
    yield _flat(payload.get("because"))
    until = _flat(payload.get("cooling_off_until"))
    if until:
        yield _("cooling off until {day}").format(day=until)


def _values(found: object) -> Iterator[str]:
    if isinstance(found, dict):
        for name, value in sorted(found.items()):
            yield f"{name}: {_('not known') if value is None else _flat(value)}"


def _flat(found: object) -> str:
    if found is None:
        return ""
    return found if isinstance(found, str) else json.dumps(found, ensure_ascii=False)

"""What each act on record says, in words: for the log, whatever kind of act it is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from rung.text import _
from rung.workspace.kept_words import value_words
from rung.workspace.service_act_words import SERVICE, service_words

if TYPE_CHECKING:
    from rung.ledger import People
    from rung.vocabulary import Quantity
    from rung.workspace.record_titles import Titles

__all__ = ["act_title", "act_words"]


def act_title(kind: str) -> str:
    """Return what a kind of act is called; the kind itself where this Rung does not know it."""
    from rung.ledger import EventKind

    return str(EventKind(kind).words) if kind in tuple(EventKind) else kind


def act_words(kind: str, payload: object, people: People, titles: Titles | None = None) -> str:
    """Return what was done in one line, from what the act carries; “?” where that is damaged.

    ``titles`` tell what reasons and values are called; else their codes stand for them.
    """
    if not isinstance(payload, dict):
        return "?"
    subject = kind.partition(".")[0]
    match subject:
        case "override" | "judgement" | "correction":
            words = _about_input(subject, payload, people, titles)
        case "delegation":
            words = _about_delegation(payload, people)
        case "note":
            # What a private note says is for those it is for, not for the log.
            words = [_number(payload.get("id"))]
        case "sensitive":
            words = [_listed(payload.get("fields")), _by(payload.get("by"))]
        case "export":
            words = _about_export(payload)
        case "ledger":
            words = _about_editions(payload)
        case _ if subject in SERVICE:
            words = service_words(kind, payload, people)
        case "record":
            words = _about_record(payload)
        case _:
            words = [f"{name}: {_flat(value)}" for name, value in sorted(payload.items())]
    return "  ".join(word for word in words if word)


def _about_input(kind: str, payload: Mapping[str, Any], people: People, titles: Titles | None) -> list[str]:
    words = [_flat(payload.get("id"))]
    if "subject" in payload:
        quantity = _quantity(payload, titles)
        was, value = (_value(payload.get(name), quantity) for name in ("was", "value"))
        subject = str(quantity.title) if quantity else _flat(payload["subject"])
        told = {"subject": subject, "was": was, "value": value}
        words.append(_("{subject}: {was} → {value}").format(**told))
    if "proposed_grade" in payload:
        words.append(f"{payload.get('model_grade') or '–'} → {payload['proposed_grade'] or '–'}")
    words.append(_reason(kind, payload, titles))
    words += [_flat(payload.get(name)) for name in ("narrative", "evidence", "note")]
    superseded = _listed(payload.get("supersedes"))
    if superseded:
        words.append(_("supersedes {ids}").format(ids=superseded))
    batch = _flat(payload.get("batch"))
    if batch:
        words.append(_("of the batch {id}").format(id=batch))
    if payload.get("is_effective"):
        words.append(_("takes effect"))
    principal = _flat(payload.get("on_behalf_of"))
    if principal:
        words.append(_("on behalf of {name}").format(name=people.name(principal)))
    return words


def _about_delegation(payload: Mapping[str, Any], people: People) -> list[str]:
    if "to" not in payload:
        return [_number(payload.get("id"))]
    days = {"first": _flat(payload.get("from")), "last": _flat(payload.get("until"))}
    words = _("to {name}, {first} to {last}").format(name=people.name(_flat(payload["to"])), **days)
    return [words, _flat(payload.get("reason"))]


def _about_export(payload: Mapping[str, Any]) -> list[str]:
    rows = payload.get("rows")
    words = [_flat(payload.get(name)) for name in ("what", "policy", "run", "file")]
    if isinstance(rows, int):
        words.append(_("{n} rows").format(n=f"{rows:,}"))
    fields = _listed(payload.get("fields"))
    if fields:
        words.append(_("unmasked: {fields}").format(fields=fields))
    return words


def _about_record(payload: Mapping[str, Any]) -> list[str]:
    number, values = payload.get("record"), payload.get("fields")
    words = [_flat(payload.get("type")) if number is None else f"R{_flat(number)}"]
    if isinstance(values, dict):
        words += [f"{name}: {_value(value, None)}" for name, value in sorted(values.items())]
    return [*words, _flat(payload.get("state")), _flat(payload.get("note"))]


def _about_editions(payload: Mapping[str, Any]) -> list[str]:
    if "from" in payload and "to" in payload:
        words = _("edition {old} → {new}")
        return [words.format(old=_flat(payload["from"]), new=_flat(payload["to"]))]
    return [f"{name}: {_flat(value)}" for name, value in sorted(payload.items())]


def _number(found: object) -> str:
    return "" if found is None else _("no. {number}").format(number=_flat(found))


def _by(found: object) -> str:
    return _("by {way}").format(way=found) if found else ""


def _quantity(payload: Mapping[str, Any], titles: Titles | None) -> Quantity | None:
    subject, *origin = (_flat(payload.get(name)) for name in ("subject", *_ORIGIN))
    return titles.quantity_at(subject, *origin) if titles and all(origin) else None


def _reason(kind: str, payload: Mapping[str, Any], titles: Titles | None) -> str:
    code, *origin = (_flat(payload.get(name)) for name in ("reason", *_ORIGIN))
    return titles.reason_at(kind, code, *origin) if titles and all(origin) else code


_ORIGIN: Final = ("policy_hash", "run_id")
# Keys of what an act says of the policy it was done under.


def _value(found: object, quantity: Quantity | None) -> str:
    return _("not known") if found is None else value_words(_flat(found), quantity)


def _listed(found: object) -> str:
    return _(", ").join(map(_flat, found)) if isinstance(found, list) else ""


def _flat(found: object) -> str:
    if found is None:
        return ""
    return found if isinstance(found, str) else json.dumps(found, ensure_ascii=False)

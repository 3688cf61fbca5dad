"""The layer that, laid over one policy, gives another: what ``merge`` does, the other way round."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from rung.policy.keys import KeyPath
from rung.policy.merge import OWN
from rung.policy.named import is_always_named, name_key, name_of

__all__ = ["layer_between"]

_WHOLE: Final = frozenset({"title", "purpose", "guide"})
# Texts about a policy are replaced, never changed in part.


def layer_between(base: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Return the keys of a layer that makes ``wanted`` of ``base``, two policies' tables put together.

    Keys that speak of one layer alone (id, version, tests and their like) are left out. Empty where both
    say the same.
    """
    theirs, ours = (
        {key: value for key, value in table.items() if key not in OWN} for table in (base, wanted)
    )
    return _table(theirs, ours, ())


def _table(base: Mapping[str, Any], wanted: Mapping[str, Any], path: KeyPath) -> dict[str, Any]:
    layer: dict[str, Any] = {key: {"remove": True} for key in base if key not in wanted}
    for key, value in wanted.items():
        if key not in base:
            layer[key] = value
        elif base[key] != value:
            layer[key] = _value(base[key], value, (*path, key))
    return layer


def _value(base: Any, wanted: Any, path: KeyPath) -> Any:
    if isinstance(base, dict) and isinstance(wanted, dict) and not _is_another(base, wanted, path):
        return _table(base, wanted, path)
    if isinstance(base, list) and isinstance(wanted, list) and _are_named(base, wanted, path):
        return _list(base, wanted, path)
    return wanted


def _is_another(base: Mapping[str, Any], wanted: Mapping[str, Any], path: KeyPath) -> bool:
    if len(path) == 1:
        return path[0] in _WHOLE or (path[0] == "grading" and base.get("mode") != wanted.get("mode"))
    return "service" in path and base.get("id") != wanted.get("id")


def _are_named(base: list[Any], wanted: list[Any], path: KeyPath) -> bool:
    if is_always_named(path):
        return True
    entries = [*base, *wanted]
    named = all(isinstance(each, dict) and isinstance(each.get("id"), str) for each in entries)
    return path[0] in {"service", "flags"} and bool(entries) and named


def _list(base: list[Any], wanted: list[Any], path: KeyPath) -> list[dict[str, Any]]:
    """Return what is taken out, changed, added and moved; members come in the order wanted."""
    key = name_key(path)
    before = {name_of(entry, key): entry for entry in base}
    after = {name_of(entry, key): entry for entry in wanted}
    gone = [{key: name, "remove": True} for name in before if name not in after]
    as_it_falls = [name for name in before if name in after] + [name for name in after if name not in before]
    in_place = _common_start(as_it_falls, list(after))
    layer: list[dict[str, Any]] = []
    previous: str | None = None
    for place, (name, entry) in enumerate(after.items()):
        # Any position will do: only what kind of place it is counts.
        changed = _table(before[name], entry, (*path, 0)) if name in before else dict(entry)
        beside = {"after": previous} if place >= max(1, in_place) else {}
        if changed or beside:
            layer.append({key: name, **changed, **beside})
        previous = name
    return [*gone, *layer]


def _common_start(first: list[Any], second: list[Any]) -> int:
    pairs = zip(first, second, strict=True)
    return next((place for place, (one, other) in enumerate(pairs) if one != other), len(first))

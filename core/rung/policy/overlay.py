"""Writes a policy laid over another, for a user who changed something in a program; keeps its history."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from rung.errors import Place, RungError
from rung.policy.keys import KeyPath
from rung.policy.model import Change
from rung.policy.named import is_named_list, name_key, name_of
from rung.policy.program_owned import WRITTEN_BY, owned_table, write_owned
from rung.text import _

__all__ = ["combined", "write_overlay"]

_FIRST: Final = ("id", "version", "extends")
_LAST: Final = ("change", "history")


def write_overlay(path: Path, base_id: str, changes: Mapping[str, Any], change: Change) -> None:
    """Write what ``changes`` a policy, in the keys of a policy file, as a layer over ``base_id``.

    Where the program wrote the file before, the new changes are laid over those in it, and who made the
    earlier ones stands in its ``history``. ``changes`` has the layer's ``id`` and ``version`` at least
    the first time. Nothing is judged here: examine the file after. Raises RungError for a file that a
    person wrote, a file over another base, a layer without id or version, or a disk that refuses.
    """
    before = owned_table(path)
    if before.get("extends", base_id) != base_id:
        raise RungError.of(
            _("This file is laid over “{found}”, not “{wanted}”.").format(
                found=before["extends"], wanted=base_id
            ),
            _("Name another file."),
            Place(str(path), key="extends"),
        )
    table = {key: value for key, value in before.items() if key not in _LAST}
    merged = combined(table, {**changes, "extends": base_id, **WRITTEN_BY})
    for key in _FIRST:
        if not merged.get(key):
            raise RungError.of(
                _("A layer has an id and a version of its own: “{key}” is missing.").format(key=key)
            )
    earlier = [before["change"], *before.get("history", [])] if "change" in before else []
    ordered = {key: merged.pop(key) for key in _FIRST} | WRITTEN_BY
    made = {"author": change.author, "date": change.date, "reason": change.reason}
    history = {"history": earlier} if earlier else {}
    write_owned(path, {**ordered, **merged, "change": made, **history}, _heading())


def _heading() -> str:
    return _(
        "Written by rung, which may write it again.\n"
        "To look after it yourself, take out the line written_by: then it is never rewritten."
    )


def combined(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Return two layers over the same base as one: ``after`` has the last word.

    What ``before`` takes out and ``after`` writes again is there again, as it is below.
    """
    merged: dict[str, Any] = _laid_over(dict(before), after, ())
    return merged


def _laid_over(before: Any, after: Any, path: KeyPath) -> Any:
    """Return two layers over the same base as one: ``after`` has the last word, key by key."""
    if (
        isinstance(before, dict)
        and isinstance(after, Mapping)
        and True
        not in (
            before.get("remove"),
            after.get("remove"),
        )
    ):
        merged = dict(before)
        for key, value in after.items():
            merged[key] = _laid_over(before[key], value, (*path, key)) if key in before else value
        return merged
    if path and is_named_list(path, before, after):
        return _listed(_as_list(before), _as_list(after), path)
    return after


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _listed(before: list[Any], after: list[Any], path: KeyPath) -> list[Any]:
    key = name_key(path)
    merged = list(before)
    places = {name_of(entry, key): at for at, entry in enumerate(before)}
    for entry in after:
        at = places.get(name_of(entry, key)) if name_of(entry, key) else None
        if at is None:
            merged.append(entry)
        else:
            merged[at] = _laid_over(merged[at], entry, (*path, at))
    return merged

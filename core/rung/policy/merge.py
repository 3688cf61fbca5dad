"""Lays one policy's table over another's: tables key by key, named lists by name, all else as a whole."""

from __future__ import annotations

from typing import Any, Final, get_args

from rung.errors import Problem, RungError, did_you_mean
from rung.policy.keys import KeyPath
from rung.policy.library import Libraries
from rung.policy.named import Members, Side, is_always_named, is_named_list, name_key, name_of
from rung.policy.node import Node
from rung.policy.sources import Origin, Removed, SourceText
from rung.text import _

__all__ = ["OWN", "Merge"]

OWN: Final = frozenset(
    {
        *("id", "version", "extends", "change", "effective_from", "effective_to", "tests"),
        *("history", "published", "written_by"),
    }
)
"""Keys that speak of one layer alone: no other inherits them."""
_WHOLE: Final = frozenset({"title", "purpose", "guide"})
# Texts about the policy: a layer that has its own says them itself.
_FIRST: Final = frozenset({"id", "version", "extends"})
_SIDES: Final[tuple[Side, ...]] = get_args(Side)
_RIVALS: Final = (
    (frozenset({"criteria"}), frozenset({"bands", "levels"})),
    (frozenset({"gates"}), frozenset({"at_most", "at_least", "set"})),
    (frozenset({"service", "flags"}), frozenset({"every", "phases"})),
)
# A table has one of these keys: writing one takes the place of the others.

_Wishes = list[tuple[str | int, dict[Side, Any], Origin]]
"""Which members of a list a layer wants where."""


class Merge:
    """Lays layer over layer; keeps what was taken out, and every mistake made on the way."""

    def __init__(self, libraries: Libraries) -> None:
        self.problems: list[Problem] = []
        self.removed: list[Removed] = []
        self._libraries: Final = libraries

    def laid_over(self, base: Node, table: dict[str, Any], origin: Origin) -> Node:
        """Return ``table``, written at ``origin``, laid over the policy ``base``."""
        members = {key: Node(table[key], origin.inside(key)) for key in table if key in _FIRST}
        members |= {key: member for key, member in base.table().items() if key not in OWN}
        for key, value in table.items():
            if key in OWN:
                members[key] = Node(value, origin.inside(key))
            else:
                self._set(members, key, value, origin.inside(key), (key,))
        return Node({}, origin, members=members)

    # Tables

    def _set(self, table: dict[str, Node], key: str, value: Any, origin: Origin, path: KeyPath) -> None:
        if _is_removal(value):
            self._take_out(table, key, origin)
            return
        below = table.get(key) or self._lent(table, value, path)
        if below is None and is_always_named(path) and isinstance(value, list):
            below = Node([], origin)
        table[key] = self._new(value, origin) if below is None else self._merged(below, value, origin, path)

    def _take_out(self, table: dict[str, Node], key: str, origin: Origin) -> None:
        if key in table:
            self.removed.append(Removed(table.pop(key).gone(), origin))
        else:
            self._report(
                origin,
                _("There is no “{name}” to take out.").format(name=key),
                did_you_mean(key, list(table)),
            )

    def _merged(self, below: Node, value: Any, origin: Origin, path: KeyPath) -> Node:
        if is_named_list(path, below.plain(), value):
            return Node([], below.origin, below.overrode, self._merged_list(below, value, origin, path))
        if not (isinstance(value, dict) and below.is_table) or _is_another(below, value, path):
            return below.replaced(self._new(value, origin).raw, origin)
        table = dict(below.table())
        for key, inner in self._but_removal(value, origin).items():
            self._drop_rivals(table, key, value, origin, path)
            self._set(table, key, inner, origin.inside(key), (*path, key))
        return Node({}, below.origin, below.overrode, table)

    def _drop_rivals(
        self, table: dict[str, Node], key: str, value: dict[str, Any], origin: Origin, path: KeyPath
    ) -> None:
        for starts, rivals in _RIVALS:
            if path[0] in starts and key in rivals and not _is_removal(value[key]):
                for rival in (rivals - value.keys()) & table.keys():
                    self.removed.append(Removed(table.pop(rival).gone(), origin.inside(key)))

    def _lent(self, table: dict[str, Node], value: Any, path: KeyPath) -> Node | None:
        """Return what a library brings under a key that a layer changes only in part."""
        match path:
            case ("criteria", int(), str(key)) if "use" in table and isinstance(value, dict | list):
                sector, _point, name = str(table["use"].raw).partition(".")
            case _:
                return None
        try:
            library = self._libraries(sector)
        except RungError:
            return None  # told where the criterion is put together
        lent = library.criteria.get(name, {})
        origin = Origin(SourceText(library.name, library.text, sector), (name, key))
        return Node(lent[key], origin) if key in lent else None

    # Lists

    def _merged_list(self, below: Node, value: Any, origin: Origin, path: KeyPath) -> list[Node]:
        key = name_key(path)
        members = Members((name_of(node.plain(), key), node) for node in below.listed())
        written = value if isinstance(value, list) else [value]
        if not written and below.listed():
            self._report(
                origin,
                _("An empty list takes nothing out of “{name}”.").format(name=path[-1]),
                _("To take all of it out, write {key} = {{ remove = true }}.").format(key=path[-1]),
            )
        wishes: _Wishes = []
        gone: set[str] = set()
        seen: set[str] = set()
        for at, entry in enumerate(written):
            inside = origin.inside(at) if isinstance(value, list) else origin
            name = name_of(entry, key)
            if name in seen:
                self._report(
                    inside.inside(key),
                    _("“{name}” stands twice in this layer.").format(name=name),
                    _("Write all that changes about it in one table."),
                )
            elif isinstance(entry, dict) and entry.get("remove") is True:
                gone |= self._remove(members, entry, key, inside)
            else:
                self._enter(members, entry, name, inside, path, wishes)
            seen |= {name} if name else set()
        return self._ordered(members, wishes, gone)

    def _remove(self, members: Members[Node], entry: dict[str, Any], key: str, origin: Origin) -> set[str]:
        name = name_of(entry, key)
        if name is None:
            self._report(
                origin.inside("remove"),
                _("It is not said what to take out."),
                _('Name it: {key} = "…".').format(key=key),
            )
            return set()
        self._but_removal({each: value for each, value in entry.items() if each != key}, origin)
        if name in members:
            self.removed.append(Removed(members.remove(name).gone(), origin))
        else:
            self._report(
                origin.inside(key),
                _("There is no “{name}” to take out.").format(name=name),
                did_you_mean(name, members.names()),
            )
        return {name}

    def _enter(
        self,
        members: Members[Node],
        entry: Any,
        name: str | None,
        origin: Origin,
        path: KeyPath,
        wishes: _Wishes,
    ) -> None:
        wish: dict[Side, Any] = {}
        if isinstance(entry, dict):
            wish = {side: entry[side] for side in _SIDES if side in entry}
            entry = {key: value for key, value in entry.items() if key not in _SIDES}
        place: str | int
        if name is not None and name in members:
            place = name
            # Any position will do: only what kind of place it is counts.
            members[name] = self._merged(members[name], entry, origin, (*path, 0))
        else:
            place = members.add(name, self._new(entry, origin))
        if wish:
            wishes.append((place, wish, origin))

    def _ordered(self, members: Members[Node], wishes: _Wishes, gone: set[str]) -> list[Node]:
        for place, wish, origin in wishes:
            side, anchor = next(iter(wish.items()))
            if len(wish) > 1:
                self._report(
                    origin.inside("after"),
                    _("It cannot stand both before one and after another."),
                    _("Leave out before or after."),
                )
            elif anchor in gone:
                self._report(
                    origin.inside(side), _("“{name}” is taken out in this layer.").format(name=anchor)
                )
            elif not isinstance(anchor, str) or anchor not in members:
                self._report(
                    origin.inside(side),
                    _("There is no “{name}” to stand beside.").format(name=anchor),
                    did_you_mean(str(anchor), members.names()),
                )
            else:
                members.move(place, side, anchor)
        ordered, stranded = members.in_order()
        for place, wish, origin in wishes:
            if place in stranded:
                self._report(
                    origin.inside(next(iter(wish))),
                    _("The places asked for hang on each other."),
                    _("Let one of them stand beside something that is not moved."),
                )
        return ordered

    # What a layer writes

    def _new(self, value: Any, origin: Origin) -> Node:
        """Return what a layer writes where nothing is: there, nothing can be taken out."""
        return Node(self._kept(value, origin), origin)

    def _kept(self, value: Any, origin: Origin) -> Any:
        if isinstance(value, list):
            return [self._kept(inner, origin.inside(at)) for at, inner in enumerate(value)]
        if not isinstance(value, dict):
            return value
        kept: dict[str, Any] = {}
        for key, inner in self._but_removal(value, origin).items():
            if _is_removal(inner):
                self._take_out({}, key, origin.inside(key))
            else:
                kept[key] = self._kept(inner, origin.inside(key))
        return kept

    def _but_removal(self, value: dict[str, Any], origin: Origin) -> dict[str, Any]:
        """Return a table without ``remove = true``, which does not go with other keys."""
        if value.get("remove") is not True:
            return value
        others = {key: inner for key, inner in value.items() if key != "remove"}
        if others:
            self._report(
                origin.inside("remove"),
                _("What is taken out has no other keys; here is {keys}.").format(keys=", ".join(others)),
                _("Leave out remove = true, or all the rest."),
            )
        return others

    def _report(self, origin: Origin, message: str, hint: str = "") -> None:
        self.problems.append(Problem(message, hint, origin.place()))


def _is_removal(value: Any) -> bool:
    return isinstance(value, dict) and len(value) == 1 and value.get("remove") is True


def _is_another(below: Node, value: dict[str, Any], path: KeyPath) -> bool:
    """Return whether a table is no change of the one below, but something else in its place."""
    table = below.table()
    if len(path) == 1:
        told = table["mode"].plain() if "mode" in table else None
        return path[0] in _WHOLE or (path[0] == "grading" and "mode" in value and value["mode"] != told)
    is_promise = path[0] == "service" or "service" in path
    return is_promise and (table["id"].plain() if "id" in table else None) != value.get("id")

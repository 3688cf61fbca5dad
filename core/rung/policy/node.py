"""A value on its way through the layers, with who wrote it; taken apart only where a layer reaches in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rung.policy.keys import KeyPath
from rung.policy.sources import Origin, Overridden

__all__ = ["Flat", "Node"]


@dataclass(frozen=True, slots=True)
class Flat:
    """A table put together, and who wrote what of it."""

    value: Any
    origins: dict[KeyPath, Origin] = field(default_factory=dict)
    overrode: dict[KeyPath, tuple[Overridden, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class Node:
    """A value with its origin and what it overrode; ``members`` are there once it was taken apart."""

    raw: Any
    origin: Origin
    overrode: tuple[Overridden, ...] = ()
    members: dict[str, Node] | list[Node] | None = None

    @property
    def is_table(self) -> bool:
        """Whether it is a table."""
        return isinstance(self.raw, dict)

    @property
    def is_list(self) -> bool:
        """Whether it is a list."""
        return isinstance(self.raw, list)

    def table(self) -> dict[str, Node]:
        """Return the keys of a table, each a node; none for what is no table."""
        if not self.is_table:
            return {}
        if not isinstance(self.members, dict):
            self.members = {key: Node(value, self.origin.inside(key)) for key, value in self.raw.items()}
        return self.members

    def listed(self) -> list[Node]:
        """Return the members of a list; anything else is the only one."""
        if not self.is_list:
            return [self]
        if not isinstance(self.members, list):
            self.members = [Node(value, self.origin.inside(at)) for at, value in enumerate(self.raw)]
        return self.members

    def replaced(self, value: Any, origin: Origin) -> Node:
        """Return what another layer writes in this one's place."""
        return Node(value, origin, (*self.overrode, self.gone()))

    def gone(self) -> Overridden:
        """Return this value as one that no longer counts."""
        return Overridden(self.origin, self.plain())

    def plain(self) -> Any:
        """Return the value alone."""
        match self.members:
            case dict():
                return {key: member.plain() for key, member in self.members.items()}
            case list():
                return [member.plain() for member in self.members]
        return self.raw

    def flat(self) -> Flat:
        """Return the value, and who wrote what of it by the keys it now has."""
        flat = Flat(self.plain())
        waiting: list[tuple[KeyPath, Node]] = [((), self)]
        while waiting:
            path, node = waiting.pop()
            flat.origins[path] = node.origin
            if node.overrode:
                flat.overrode[path] = node.overrode
            match node.members:
                case dict():
                    waiting += [((*path, key), member) for key, member in node.members.items()]
                case list():
                    waiting += [((*path, at), member) for at, member in enumerate(node.members)]
        return flat

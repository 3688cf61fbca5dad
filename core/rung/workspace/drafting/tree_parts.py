"""What the tree of a policy is made of: its lines, and how a policy's tables are read for them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from rung.policy.diff.key_words import key_word
from rung.policy.keys import KeyPath, written_key
from rung.text import Text, _

__all__ = [
    "CUTS",
    "JOINS",
    "PARAMETER",
    "Node",
    "Settled",
    "because_of",
    "effect_of",
    "hoisted",
    "is_list",
    "is_text",
    "join_word",
    "other_of",
    "plain",
    "standing_at",
    "summed",
    "text_of",
]

CUTS: Final = ("cutoffs", "shares")
JOINS: Final = ("any", "all", "not")
PARAMETER: Final = re.compile(r"\$\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Settled:
    """How far what is assumed was gone through."""

    done: int = 0
    of: int = 0

    def plus(self, other: Settled) -> Settled:
        """Return both together."""
        return Settled(self.done + other.done, self.of + other.of)


@dataclass(frozen=True, slots=True)
class Node:
    """One line of the tree, in the language of the thread that made it."""

    path: KeyPath
    title: str
    other: str = ""
    """The title in the other language, where a policy gives it in both."""
    value: str = ""
    edit: KeyPath | None = None
    """The value that is changed here, if any."""
    was: str = ""
    """What stood there, where the draft says something else."""
    said: str = ""
    """What it was called, where the draft calls it otherwise."""
    because: str = ""
    """Why it is assumed; nothing for what the practice states."""
    about: str = ""
    settled: Settled = field(default_factory=Settled)
    """Of what is assumed here and below."""
    children: tuple[Node, ...] = ()

    @property
    def key(self) -> str:
        """What it is known by."""
        return written_key(self.path)


def join_word(key: str) -> str:
    """Return what joins conditions, in words; nothing for any other key."""
    return {"any": _("any of these"), "all": _("all of these"), "not": _("not this")}.get(key, "")


def plain(value: Any) -> str:
    """Return a parameter's value as it reads in a text."""
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def summed(node: Node) -> Node:
    """Return a node with what is assumed below it counted in."""
    whole = node.settled
    for each in node.children:
        whole = whole.plus(each.settled)
    return replace(node, settled=whole)


def hoisted(node: Node) -> tuple[Node, ...]:
    """Return the cells of a condition in its place: that they are its condition, one sees."""
    if len(node.path) > 1 and node.path[-2] in JOINS and len(node.children) == 1:
        return node.children
    is_plain = node.path[-1:] == ("when",) and all(each.path[-1] not in JOINS for each in node.children)
    return node.children if is_plain and node.children else (node,)


def is_list(node: Node) -> bool:
    """Return whether the lines are members of a list."""
    return all(isinstance(each.path[-1], int) for each in node.children) and bool(node.children)


def effect_of(gate: Mapping[str, Any]) -> str:
    """Return what a gate does, in words."""
    found = ((key, gate[key]) for key in ("at_most", "at_least", "set") if key in gate)
    return "; ".join(f"{key_word(key)} {grade}" for key, grade in found)


def because_of(part: Mapping[str, Any]) -> str:
    """Return why a part is assumed, nothing for what is stated."""
    return str(text_of(part["because"])) if part.get("basis") == "assumed" and "because" in part else ""


def text_of(value: Any) -> Text:
    """Return a text as a policy writes it, in both languages."""
    match value:
        case {"zh": zh, "en": en}:
            return Text(str(zh), str(en))
        case Text():
            return value
    return Text.same(str(value))


def is_text(value: Any) -> bool:
    """Return whether a value is a text as a policy writes it in both languages."""
    return isinstance(value, Mapping) and value.keys() == {"zh", "en"}


def other_of(text: Text | None) -> str:
    """Return a text in the language it is not shown in; nothing where both say the same."""
    if text is None or text.zh == text.en:
        return ""
    return text.en if str(text) == text.zh else text.zh


def standing_at(table: Any, path: KeyPath) -> Any:
    """Return what stands at a path of a table, None where nothing does."""
    at = table
    for part in path:
        if isinstance(part, int) and isinstance(at, Mapping):
            continue
        try:
            at = at[part]
        except (KeyError, IndexError, TypeError):
            return None
    return at

"""The tree as the table shows it: the lines in sight of what is folded and unfolded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rung_tui.language import _
from rung_tui.table import Cell, Column

if TYPE_CHECKING:
    from rung.workspace.drafting.tree import Node

__all__ = ["TreeRow", "TreeRows", "every_key", "node_at", "tree_columns", "way_to"]


@dataclass(frozen=True, slots=True)
class TreeRow:
    """One line."""

    node: Node
    depth: int
    is_open: bool

    @property
    def sign_at(self) -> int:
        """The cell of the sign that folds, from the line's own beginning."""
        return 2 * self.depth


class TreeRows:
    """A RowSource over the lines in sight."""

    def __init__(self, nodes: Sequence[Node], unfolded: AbstractSet[str]) -> None:
        self.rows = tuple(_flat(nodes, unfolded, 0))

    def __len__(self) -> int:
        return len(self.rows)

    def page(self, start: int, count: int) -> Sequence[TreeRow]:
        """Return ``count`` lines from ``start``."""
        return self.rows[start : start + count]

    def place_of(self, key: str) -> int:
        """Return the place of a line, 0 for one that is not in sight."""
        return next((place for place, row in enumerate(self.rows) if row.node.key == key), 0)


def _flat(nodes: Sequence[Node], unfolded: AbstractSet[str], depth: int) -> Iterator[TreeRow]:
    for node in nodes:
        is_open = node.key in unfolded
        yield TreeRow(node, depth, is_open)
        if is_open:
            yield from _flat(node.children, unfolded, depth + 1)


def every_key(nodes: Sequence[Node]) -> Iterator[str]:
    """Yield the key of every part that has an inside."""
    for node in nodes:
        if node.children:
            yield node.key
            yield from every_key(node.children)


def node_at(nodes: Sequence[Node], key: str) -> Node | None:
    """Return a line by its key, None where there is none."""
    for node in nodes:
        found = node if node.key == key else node_at(node.children, key)
        if found is not None:
            return found
    return None


def way_to(nodes: Sequence[Node], wanted: object) -> tuple[Node, ...]:
    """Return the line that changes the value at a path, after the parts around it; empty where none does."""
    for node in nodes:
        if node.edit == wanted:
            return (node,)
        below = way_to(node.children, wanted)
        if below:
            return (node, *below)
    return ()


def tree_columns() -> tuple[Column[TreeRow], ...]:
    """Return the columns, left to right."""
    return (
        Column("what", lambda: _("Policy"), _what, 24, 76, rank=0),
        Column("value", lambda: _("Value"), _value, 12, 44, rank=1),
        Column("mark", lambda: _("Assumed"), _mark, 7, 12, rank=2),
        Column(
            "was",
            lambda: _("Before"),
            lambda row: Cell(row.node.was or row.node.said, "muted"),
            6,
            30,
            rank=3,
        ),
        Column("other", lambda: _("In the other language"), _other, 10, 40, rank=4),
    )


def _what(row: TreeRow) -> Cell:
    sign = "  " if not row.node.children else "- " if row.is_open else "+ "
    role = "pending" if row.node.said else "strong" if row.depth == 0 else ""
    return Cell(f"{'  ' * row.depth}{sign}{row.node.title}", role)


def _value(row: TreeRow) -> Cell:
    return Cell(row.node.value, "pending" if row.node.was else "" if row.node.edit else "muted")


def _mark(row: TreeRow) -> Cell:
    settled = row.node.settled
    if not settled.of:
        return Cell("")
    if settled.of == 1 and not row.node.children:
        return Cell("✓", "good") if settled.done else Cell("≈", "open")
    return Cell(f"{settled.done}/{settled.of}", "good" if settled.done == settled.of else "open")


def _other(row: TreeRow) -> Cell:
    return Cell(row.node.other, "muted")

"""The matrix of a policy in the tree: a line for each band of one axis, in it a grade for each other band."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rung.policy.diff.key_words import key_word, member_word
from rung.policy.keys import KeyPath
from rung.text import _
from rung.workspace.drafting.tree_parts import Node, summed, text_of

if TYPE_CHECKING:
    from rung.workspace.drafting.draft import PolicyDraft

__all__ = ["matrix_node"]


def matrix_node(
    draft: PolicyDraft,
    path: KeyPath,
    rows: Sequence[Sequence[str]],
    edited: Callable[[Node, KeyPath, str], Node],
    because: str,
) -> Node:
    """Return the matrix; ``edited`` makes the line of a cell one that is changed."""
    table = draft.adoption.wanted
    down, across = (_bands(table, str(name)) for name in (*table["grading"].get("axes", ()), "", "")[:2])

    def cell(place: KeyPath, title: str, grade: str) -> Node:
        shown = grade if len(grade) <= 2 else str(draft.sound.policy.grade_title(grade))
        return replace(edited(Node(place, title, because=because), place, because), value=shown)

    lines = []
    for at, row in enumerate(rows):
        cells = tuple(
            cell((*path, at, number), _titled(across, number), str(grade)) for number, grade in enumerate(row)
        )
        told = _(", ").join(each.value for each in cells)
        lines.append(summed(Node((*path, at), _titled(down, at), value=told, children=cells)))
    return summed(Node(path, key_word("cells"), because=because, children=tuple(lines)))


def _bands(table: Mapping[str, Any], name: str) -> tuple[str, Sequence[Mapping[str, Any]]]:
    """Return what a criterion is called, and its bands."""
    for each in table.get("criteria", ()):
        if name and name in (each.get("id"), str(each.get("use", "")).rpartition(".")[2]):
            return str(text_of(each.get("title", name))), each.get("bands", ())
    return name, ()


def _titled(axis: tuple[str, Sequence[Mapping[str, Any]]], number: int) -> str:
    name, bands = axis
    band = bands[number] if number < len(bands) else {}
    words = member_word("bands").format(n=number + 1)
    label = f"  {text_of(band['label'])}" if "label" in band else ""
    when = f"  {band['when']}" if not label and isinstance(band.get("when"), str | int) else ""
    return f"{name}  {words}{label or when}"

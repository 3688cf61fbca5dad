"""A page to be read or printed: a title, facts, and sections of sentences, lists and tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rung.cli.tables import Table

__all__ = ["Block", "Items", "Page", "Section", "section"]


@dataclass(frozen=True, slots=True)
class Items:
    """A list, numbered where its order counts."""

    items: tuple[str, ...]
    is_numbered: bool = False


Block = str | Items | Table
"""A sentence or paragraph, a list, or a table."""


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of a page and what stands in it, sections within it last."""

    title: str
    blocks: tuple[Block, ...]
    within: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One page, in one language."""

    name: str
    """Names its file."""
    version: str
    language: str
    title: str
    about: str
    """One line below the title."""
    sections: tuple[Section, ...]
    footer: str = ""


def section(title: str, blocks: Iterable[Block | None], within: Iterable[Section] = ()) -> Section:
    """Return a section without the blocks that say nothing."""
    kept: list[Block] = []
    for block in blocks:
        match block:
            case Items(items=()) | Table(rows=()) | "" | None:
                continue
            case _:
                kept.append(block)
    return Section(title, tuple(kept), tuple(each for each in within if each.blocks or each.within))

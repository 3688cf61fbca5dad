"""Writes a page as Markdown; what a policy says is text there and never markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rung.cli.page import Block, Items, Page, Section
from rung.cli.tables import Table
from rung.text import inert

__all__ = ["markdown"]

_MARKUP: Final = re.compile(r"[\\`*_\[\]<>|~&$]|(?<!\w)#|(?<=!)(?=\[)")
_LEADING: Final = re.compile(r"^(\s*)([-+=#]|\d+[.)])(?=\s|$|[-=])")


def markdown(page: Page) -> str:
    """Return the page as Markdown."""
    parts = [f"# {_text(page.title)}", _text(page.about)]
    for each in page.sections:
        parts += _section(each, 2)
    if page.footer:
        parts += ["---", _text(page.footer)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _section(section: Section, level: int) -> Iterator[str]:
    yield f"{'#' * level} {_text(section.title)}"
    yield from map(_block, section.blocks)
    for each in section.within:
        yield from _section(each, level + 1)


def _block(block: Block) -> str:
    match block:
        case str():
            return _text(block)
        case Items(items=items, is_numbered=is_numbered):
            return "\n".join(
                f"{f'{number}.' if is_numbered else '-'} {_text(item)}"
                for number, item in enumerate(items, start=1)
            )
        case Table():
            return _table(block)


def _table(table: Table) -> str:
    rule = ["---:" if number in table.right else "---" for number in range(len(table.headers))]
    rows = [[_text(cell) for cell in row] for row in (table.headers, *table.rows)]
    return "\n".join("| " + " | ".join(row) + " |" for row in (rows[0], rule, *rows[1:]))


def _text(text: str) -> str:
    escaped = _MARKUP.sub(lambda found: f"\\{found[0]}", inert(text).strip())
    return _LEADING.sub(lambda found: f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", escaped)

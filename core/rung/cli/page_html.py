"""Lays a page out as one HTML file that reads well on a screen and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rung.cli.page import Block, Items, Page, Section
from rung.cli.tables import Table
from rung.html import Markup, document, element, joined, text

__all__ = ["html"]

_STYLE: Final = """
:root { color-scheme: light dark; }
body { max-width: 60rem; margin: 2.5rem auto; padding: 0 1.25rem; line-height: 1.55;
  font-family: "Noto Sans", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif; }
h1 { font-size: 1.8rem; line-height: 1.25; margin-bottom: .25rem; }
h2 { font-size: 1.25rem; margin: 2.25rem 0 .5rem; border-bottom: 1px solid color-mix(in srgb, currentColor 25%, transparent); }
h3 { font-size: 1.05rem; margin: 1.5rem 0 .35rem; }
.about, footer { opacity: .75; }
table { border-collapse: collapse; width: 100%; margin: .75rem 0; font-size: .95em; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; overflow-wrap: anywhere;
  border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent); }
th { border-bottom-width: 2px; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
footer { margin-top: 3rem; font-size: .85em; overflow-wrap: anywhere; }
@page { margin: 18mm 15mm; }
@media print {
  :root { color-scheme: light; }
  body { max-width: none; margin: 0; padding: 0; font-size: 10pt; }
  h1, h2, h3 { break-after: avoid; }
  tr, li { break-inside: avoid; }
  thead { display: table-header-group; }
}
"""  # noqa: E501 - a rule a line


def html(page: Page) -> str:
    """Return the page as an HTML document."""
    head = element("h1", text(page.title)), Markup("\n"), element("p", text(page.about), class_="about")
    body = (
        element("header", *head),
        Markup("<main>"),
        *(line for each in page.sections for line in _section(each, 2)),
        Markup("</main>"),
        element("footer", text(page.footer)),
    )
    return document(page.language, page.title, _STYLE, body)


def _section(section: Section, level: int) -> Iterator[Markup]:
    yield Markup(f"<section>{element(f'h{level}', text(section.title))}")
    yield from map(_block, section.blocks)
    for each in section.within:
        yield from _section(each, level + 1)
    yield Markup("</section>")


def _block(block: Block) -> Markup:
    match block:
        case str():
            return element("p", text(block))
        case Items(items=items, is_numbered=is_numbered):
            return element("ol" if is_numbered else "ul", *(element("li", text(item)) for item in items))
        case Table():
            return _table(block)


def _table(table: Table) -> Markup:
    def row(cells: tuple[str, ...], tag: str) -> Markup:
        return element("tr", *(_cell(tag, cell, number in table.right) for number, cell in enumerate(cells)))

    rows = joined((row(each, "td") for each in table.rows), "\n")
    line = Markup("\n")
    head = (element("thead", row(table.headers, "th")), line) if any(table.headers) else ()
    return element("table", *head, element("tbody", line, rows, line))


def _cell(tag: str, cell: str, is_number: bool) -> Markup:
    return element(tag, text(cell), class_="n") if is_number else element(tag, text(cell))

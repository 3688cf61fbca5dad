"""Writes a page as one HTML file: nothing is fetched, nothing runs, every text is escaped; it prints well."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from rung.cli.page import Block, Items, Page, Section
from rung.cli.tables import Table
from rung.text import inert

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
_NUMBER: Final = ' class="n"'
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
# Should an escape ever fail, the browser still loads and runs nothing.


def html(page: Page) -> str:
    """Return the page as an HTML document."""
    language = {"zh": "zh-Hans"}.get(page.language, page.language)
    return "\n".join(
        (
            "<!doctype html>",
            f'<html lang="{_text(language)}">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{_text(page.title)}</title>",
            f"<style>{_STYLE}</style>",
            "</head>",
            "<body>",
            f"<header><h1>{_text(page.title)}</h1>",
            f'<p class="about">{_text(page.about)}</p></header>',
            "<main>",
            *(line for each in page.sections for line in _section(each, 2)),
            "</main>",
            f"<footer>{_text(page.footer)}</footer>",
            "</body>",
            "</html>",
            "",
        )
    )


def _section(section: Section, level: int) -> Iterator[str]:
    yield f"<section><h{level}>{_text(section.title)}</h{level}>"
    yield from map(_block, section.blocks)
    for each in section.within:
        yield from _section(each, level + 1)
    yield "</section>"


def _block(block: Block) -> str:
    match block:
        case str():
            return f"<p>{_text(block)}</p>"
        case Items(items=items, is_numbered=is_numbered):
            tag = "ol" if is_numbered else "ul"
            return f"<{tag}>" + "".join(f"<li>{_text(item)}</li>" for item in items) + f"</{tag}>"
        case Table():
            return _table(block)


def _table(table: Table) -> str:
    def row(cells: tuple[str, ...], tag: str) -> str:
        told = (
            f"<{tag}{_NUMBER if number in table.right else ''}>{_text(cell)}</{tag}>"
            for number, cell in enumerate(cells)
        )
        return "<tr>" + "".join(told) + "</tr>"

    rows = "\n".join(row(each, "td") for each in table.rows)
    head = f"<thead>{row(table.headers, 'th')}</thead>\n" if any(table.headers) else ""
    return f"<table>{head}<tbody>\n{rows}\n</tbody></table>"


def _text(text: str) -> str:
    return escape(inert(text))

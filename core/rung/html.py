"""Writes HTML that is safe to open anywhere: every text is escaped, nothing is fetched, nothing runs."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final, NewType

from rung.text import inert

__all__ = ["Markup", "document", "element", "joined", "text"]

Markup = NewType("Markup", str)
"""HTML, as opposed to a text that is yet to be escaped."""

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
# Should an escape ever fail, the browser still loads and runs nothing.


def text(words: object) -> Markup:
    """Return what these read in the current language, to be shown as it stands: no markup, nothing hidden."""
    return Markup(escape(inert(str(words))))


def joined(parts: Iterable[Markup], between: str = "") -> Markup:
    """Return parts one after the other."""
    return Markup(text(between).join(parts))


def element(tag: str, *inside: Markup, **attributes: object) -> Markup:
    """Return an element; ``class_`` is the attribute class, and other underscores are hyphens."""
    told = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{text(value)}"' for name, value in attributes.items()
    )
    return Markup(f"<{tag}{told}>{''.join(inside)}</{tag}>")


def document(language: str, title: object, style: str, body: Iterable[Markup]) -> str:
    """Return a whole file; ``style`` is the program's own CSS, in which no text from outside may stand."""
    spoken = {"zh": "zh-Hans"}.get(language, language)
    return "\n".join(
        (
            "<!doctype html>",
            f'<html lang="{text(spoken)}">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{text(title)}</title>",
            f"<style>{style}</style>",
            "</head>",
            "<body>",
            *body,
            "</body>",
            "</html>",
            "",
        )
    )

"""What the sections of a sheet are built of: titles, tables, lists, and small words used all over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from rung.html import Markup, element, joined, text
from rung.moments import local
from rung.text import _

__all__ = [
    "Column",
    "age_words",
    "listed",
    "minute",
    "plain",
    "remark",
    "section",
    "small",
    "starred",
    "table",
]


@dataclass(frozen=True, slots=True)
class Column:
    """A column's header and its share of the width, in per cent."""

    header: object
    width: int
    is_number: bool = False
    drawing: Markup | None = None
    """In place of the header's words."""

    @property
    def head(self) -> Markup:
        """What stands above the column."""
        return text(self.header) if self.drawing is None else self.drawing


def section(title: object, *inside: Markup, kind: str = "") -> Markup:
    """Return a titled part of a sheet."""
    return element("section", element("h2", text(title)), *inside, class_=kind or "part")


def remark(title: object, words: object) -> Markup:
    """Return a titled part that takes one line."""
    return section(title, small(words), kind="part line")


def table(columns: Sequence[Column], rows: Iterable[Sequence[Markup]], kind: str = "") -> Markup:
    """Return a table; its head is repeated where it goes on on another page."""

    def cells(tag: str, row: Sequence[Markup]) -> Markup:
        return element(
            "tr",
            *(
                element(tag, cell, class_="n" if column.is_number else "w", style=f"width:{column.width}%")
                for column, cell in zip(columns, row, strict=True)
            ),
        )

    head = element("thead", cells("th", [column.head for column in columns]))
    body = element("tbody", joined((cells("td", row) for row in rows), "\n"))
    return element("table", head, body, class_=f"grid {kind}".strip())


def listed(items: Iterable[Markup], *, is_numbered: bool = False) -> Markup:
    """Return a list."""
    return element("ol" if is_numbered else "ul", *(element("li", item) for item in items))


def small(words: object) -> Markup:
    """Return a remark."""
    return element("p", text(words), class_="small")


def starred(words: object, is_assumed: bool) -> Markup:
    """Return words with a star where what they name is assumed."""
    if not is_assumed:
        return text(words)
    return joined((text(words), element("sup", text("*"), class_="star")))


def plain(number: Decimal | None) -> Markup:
    """Return a number without needless zeros; nothing where there is none."""
    return text("" if number is None else f"{number.normalize():f}")


def minute(moment: datetime) -> str:
    """Return a moment as a person writes it, by the clock that the whole sheet goes by."""
    return f"{local(moment):%Y-%m-%d %H:%M}"


def age_words(since: date, today: date) -> str:
    """Return how old something is."""
    days = (today - since).days
    if days < 0:
        return since.isoformat()
    return _("{day}, {n} days old").format(day=since.isoformat(), n=days)

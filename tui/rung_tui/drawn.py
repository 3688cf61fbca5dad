"""Lines of text as the screens compose them: spans with a role each, measured in cells, never markup."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from rung.text import display_width
from rung_tui.table.cells import fit, settled

__all__ = ["Line", "Span", "indent", "line", "padded", "plain", "strip", "width_of", "wrap"]


class Span(NamedTuple):
    """A piece of text and the role that styles it ("" for the screen's own)."""

    text: str
    role: str = ""


Line = tuple[Span, ...]
"""One line; nothing in it moves the cursor or is read as markup."""


def line(*parts: Span | str | tuple[str, str]) -> Line:
    """Return a line of spans, each made inert."""
    spans = (Span(part) if isinstance(part, str) else Span(*part) for part in parts)
    return tuple(Span(settled(span.text), span.role) for span in spans if span.text)


def width_of(spans: Iterable[Span]) -> int:
    """Return how many cells the spans fill."""
    return sum(display_width(span.text) for span in spans)


def plain(spans: Iterable[Span]) -> str:
    """Return the text of the spans."""
    return "".join(span.text for span in spans)


def padded(text: str, width: int, role: str = "", *, right: bool = False) -> Span:
    """Return a span of exactly ``width`` cells, cut if need be."""
    return Span(fit(text, width, right=right), role)


def indent(lines: Iterable[Line], cells: int) -> Iterator[Line]:
    """Move lines to the right."""
    for each in lines:
        yield (Span(" " * cells), *each)


def strip(spans: Line, width: int, base: Style, style_of: Callable[[str], Style]) -> Strip:
    """Return a line as Textual draws it, cut or filled to ``width`` cells."""
    segments = [Segment(text, base + style_of(role) if role else base) for text, role in spans]
    return Strip(segments).adjust_cell_length(width, base)


def wrap(spans: Sequence[Span], width: int, hanging: int = 0) -> list[Line]:
    """Break a line to ``width`` cells, at blanks and between Chinese characters; later lines hang in."""
    if width_of(spans) <= width:
        return [_merged(_without_end(spans))]
    lines: list[list[Span]] = [[]]
    room, hanging = width, min(hanging, width // 2, max(0, width - 2))  # a Chinese letter takes two
    for word, role in _words(spans):
        if display_width(word.rstrip()) > room and (plain(lines[-1]).strip() or room < 2 <= width):
            lines.append([Span(" " * hanging)])
            room = width - hanging
            word = word.lstrip()
        while display_width(word.rstrip()) > room > 1:
            head = _head(word, room)
            lines[-1].append(Span(head, role))
            word = word[len(head) :]
            lines.append([Span(" " * hanging)])
            room = width - hanging
        lines[-1].append(Span(word, role))
        room -= display_width(word)
    return [_merged(_without_end(each)) for each in lines]


_NOT_FIRST = frozenset("，。、；：？！）》”’…%,.;:?!)")
# Chinese typesetting: no line begins with closing punctuation.


def _without_end(spans: Sequence[Span]) -> Iterator[Span]:
    """Yield the spans without the blanks the line ends in."""
    kept = len(spans)
    while kept and not spans[kept - 1].text.strip():
        kept -= 1
    for place, (text, role) in enumerate(spans[:kept]):
        yield Span(text.rstrip() if place == kept - 1 else text, role)


def _words(spans: Iterable[Span]) -> Iterator[Span]:
    for text, role in spans:
        word = ""
        for char in text:
            wide = _is_wide(char)
            if word and char not in _NOT_FIRST and (wide or _ends(word) or (char == " " and word != " ")):
                yield Span(word, role)
                word = ""
            word += char
        if word:
            yield Span(word, role)


def _ends(word: str) -> bool:
    return word[-1] == " " or any(map(_is_wide, word))


@lru_cache(maxsize=8192)
def _is_wide(char: str) -> bool:
    return display_width(char) == 2


def _head(word: str, room: int) -> str:
    used = 0
    for place, char in enumerate(word):
        used += display_width(char)
        if used > room:
            return word[: max(1, place)]
    return word


def _merged(spans: Iterable[Span]) -> Line:
    merged: list[Span] = []
    for span in spans:
        if merged and merged[-1].role == span.role:
            merged[-1] = Span(merged[-1].text + span.text, span.role)
        else:
            merged.append(span)
    return tuple(merged)

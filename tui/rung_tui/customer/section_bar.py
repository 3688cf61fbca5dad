"""The line of sections below a customer's page, each with the number that goes to it."""

from __future__ import annotations

from collections.abc import Iterable

from rung_tui.bar import Bar, Piece
from rung_tui.customer.page import SECTIONS
from rung_tui.language import _

__all__ = ["SectionBar"]


class SectionBar(Bar):
    """Goes to a section by a click; the keys are the numbers."""

    DEFAULT_CSS = """
    SectionBar { background: $panel; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.filled: frozenset[str] = frozenset()
        self.current = SECTIONS[0].id
        self.trying = 0
        """How many values are being tried."""

    def pieces(self) -> Iterable[Piece]:
        """Return number and title of each section."""
        for place, section in enumerate(SECTIONS, start=1):
            is_here, is_filled = section.id == self.current, section.id in self.filled
            if section.is_optional and not is_filled:
                continue
            action = f"section({place - 1})" if is_filled else ""
            title = f"[{section.title()}]" if is_here else f" {section.title()}"
            yield Piece(f"{' ' if place > 1 else ''}{place}", "key" if is_filled else "muted", action)
            yield Piece(title, "strong" if is_here else "" if is_filled else "muted", action)

    def right_pieces(self) -> Iterable[Piece]:
        """Return how many values are being tried."""
        if self.trying:
            yield Piece(_("being tried: {count}").format(count=self.trying), "pending", "what_if")

"""The lines around what a mode shows, for its own to be made of: title, choices, place on the list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Generic, TypeVar

from rung_tui.bar import Bar, Piece
from rung_tui.language import language_name

__all__ = ["ListStatus", "ModeTitle", "ModeViews", "choice"]

D = TypeVar("D", bound=Any)


class _DeskBar(Bar, Generic[D]):
    """A line that tells of what a mode works on."""

    ID: ClassVar[str] = ""

    def __init__(self, desk: D) -> None:
        super().__init__(widget_id=self.ID)
        self._desk = desk


class ModeTitle(_DeskBar[D]):
    """The line at the top: what the screen is about is for subclasses; the language is at its end."""

    ID = "title"
    DEFAULT_CSS = """
    ModeTitle { background: $panel; }
    """

    def right_pieces(self) -> Iterable[Piece]:
        """Return the language."""
        yield Piece(language_name(), "muted", "app.language")
        yield Piece(" ")


class ModeViews(_DeskBar[D]):
    """The line below the title: subclasses put the choices in it, each after the key that changes it."""

    ID = "views"
    DEFAULT_CSS = """
    ModeViews { background: $surface; }
    """


class ListStatus(_DeskBar[D]):
    """The line below a list: where one is on it and what is being worked at; subclasses tell the rest."""

    ID = "status"
    DEFAULT_CSS = """
    ListStatus { background: $surface; }
    """

    def __init__(self, desk: D) -> None:
        super().__init__(desk)
        self.place = 0
        self.work = ""
        """What is being worked at, in words; "" when nothing is."""

    def place_piece(self, shown: int) -> Piece:
        """Return the place of the cursor among so many rows."""
        place = f"{self.place + 1:,}" if shown else "0"
        return Piece(f" {place}/{shown:,} ", "strong")

    def right_pieces(self) -> Iterable[Piece]:
        """Return the work under way."""
        if self.work:
            yield Piece(f"{self.work} ", "pending")


def choice(text: str, action: str, *, here: bool) -> Piece:
    """Return a choice that a click makes, marked where it is the one of now."""
    return Piece(f"[{text}]" if here else f" {text} ", "strong" if here else "muted", action)

"""Shows a letter beside every row and pane in sight; typing it goes there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from string import ascii_lowercase
from typing import Any, ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.geometry import Offset
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Label

from rung_tui.acts import Act, bindings_of
from rung_tui.language import _
from rung_tui.queue.search import folded
from rung_tui.table import VirtualTable

__all__ = ["Jump", "Target", "labels", "targets"]

_LETTERS: Final = "asdfghjkl" + "".join(sorted(set(ascii_lowercase) - set("asdfghjkl")))
# Those under the fingers first.


@dataclass(frozen=True, slots=True)
class Target:
    """A place to go to."""

    widget: Widget
    at: Offset
    """Where its letter stands, on the screen."""
    row: int | None = None
    """The row of a table; None for the widget itself."""

    def go(self) -> None:
        """Go there."""
        self.widget.focus()
        if self.row is not None and isinstance(self.widget, VirtualTable):
            self.widget.cursor = self.row


def targets(screen: Screen[Any]) -> Iterator[Target]:
    """Yield the rows of tables and the other panes in sight, top to bottom as they are laid out."""
    for widget in screen.focus_chain:
        region = widget.region
        if isinstance(widget, VirtualTable):
            for line, row in enumerate(widget.rows_in_sight, start=1):
                yield Target(widget, Offset(region.x, region.y + line), row)
        elif region.area:
            yield Target(widget, region.offset)


def labels(count: int) -> list[str]:
    """Return as many labels: letters, or pairs of letters where there are not enough.

    >>> labels(3), labels(27)[:3], len(set(labels(100)))
    (['a', 's', 'd'], ['aa', 'as', 'ad'], 100)
    """
    size = 1 if count <= len(_LETTERS) else 2
    return ["".join(pair) for pair in product(_LETTERS, repeat=size)][:count]


class Jump(ModalScreen[Target | None]):
    """Lies over a screen, with the letters; gives the place chosen."""

    ACTS: ClassVar[tuple[Act, ...]] = (Act("leave", lambda: _("Back"), "escape"),)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(ACTS)]
    DEFAULT_CSS = """
    Jump { background: transparent; }
    Jump Label {
        position: absolute; width: auto; height: 1;
        color: $block-cursor-foreground; background: $accent; text-style: bold reverse;
    }
    """

    def __init__(self, places: Iterable[Target]) -> None:
        super().__init__()
        found = list(places)
        self._places = dict(zip(labels(len(found)), found, strict=False))
        self._typed = ""

    def compose(self) -> ComposeResult:
        """Put each letter where it stands for."""
        for letters, place in self._places.items():
            label = Label(letters, markup=False)
            label.styles.offset = place.at
            yield label

    def on_key(self, event: events.Key) -> None:
        """Take a letter, half or full width; one that stands nowhere ends it."""
        if event.key == "escape" or not event.character:
            return
        event.stop()
        self._typed += folded(event.character)
        if self._typed in self._places:
            self.dismiss(self._places[self._typed])
        elif not any(letters.startswith(self._typed) for letters in self._places):
            self.dismiss(None)

    def on_click(self) -> None:
        """End it: a click goes where it points by itself."""
        self.dismiss(None)

    def action_leave(self) -> None:
        """Stay where one is."""
        self.dismiss(None)

"""The bottom line: what can be done here and by which key; a click does it too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.widgets import Input, TextArea

from rung.text import display_width
from rung_tui.acts import Act, acts_on, key_name, offered_by
from rung_tui.bar import Bar, Piece

__all__ = ["KeyHints"]


class KeyHints(Bar):
    """Shows the acts of its screen and then the program's, as many as fit.

    A screen's ``offers(name)`` says whether an act is worth a hint now: one that would only be told why not
    is none. Where the keys go to a field, no act is hinted at by a letter: it would be typed.
    """

    DEFAULT_CSS = """
    KeyHints { dock: bottom; background: $panel; }
    """

    def on_mount(self) -> None:
        """Follow the focus."""
        self.watch(self.screen, "focused", self._follow, init=False)

    def _follow(self) -> None:
        self.refresh()

    def pieces(self) -> Iterable[Piece]:
        """Return a hint for each act, up to the last that fits whole: a key alone says nothing."""
        room = self.size.width
        for act in self._hinted():
            pieces = tuple(_hint(act))
            room -= sum(display_width(each.text) for each in pieces)
            if room < 0:
                return
            yield from pieces

    def _hinted(self) -> Iterator[Act]:
        is_typed = isinstance(self.screen.focused, Input | TextArea)
        return (act for act in self._offered() if act.hint and not (is_typed and _is_text(act)))

    def _offered(self) -> Iterator[Act]:
        screen = self.screen
        offers = getattr(screen, "offers", None)
        for act in acts_on(screen):
            name = act.action.partition("(")[0]
            if screen.check_action(name, ()) and (offers is None or offers(name)):
                yield act
        if not screen.is_modal:
            yield from offered_by(self.app, screen)


def _is_text(act: Act) -> bool:
    return len(act.first_key) == 1 or act.first_key == "space"


def _hint(act: Act) -> Iterable[Piece]:
    yield Piece(f" {key_name(act.first_key)}", "key", act.action)
    yield Piece(f" {(act.short or act.title)()} ", "", act.action)

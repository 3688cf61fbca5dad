"""The bottom line: what can be done here and by which key; a click does it too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rung.text import display_width
from rung_tui.acts import Act, acts_on, key_name, offered_by
from rung_tui.bar import Bar, Piece

__all__ = ["KeyHints"]


class KeyHints(Bar):
    """Shows the acts of its screen and then the program's, as many as fit.

    A screen's ``offers(name)`` says whether an act is worth a hint now: one that would only be told why not,
    or whose letter would be typed, is none.
    """

    DEFAULT_CSS = """
    KeyHints { dock: bottom; background: $panel; }
    """

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
        screen = self.screen
        offers = getattr(screen, "offers", None)
        for act in acts_on(screen):
            name = act.action.partition("(")[0]
            if act.hint and screen.check_action(name, ()) and (offers is None or offers(name)):
                yield act
        if not screen.is_modal:
            yield from (act for act in offered_by(self.app, screen) if act.hint)


def _hint(act: Act) -> Iterable[Piece]:
    yield Piece(f" {key_name(act.first_key)}", "key", act.action)
    yield Piece(f" {(act.short or act.title)()} ", "", act.action)

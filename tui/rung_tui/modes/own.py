"""What lists share that are narrowed to one's own: the key, the choice, and what is shown at first."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

from rung_tui.acts import Act
from rung_tui.bar import Piece
from rung_tui.language import _
from rung_tui.modes.bars import ModeViews, choice
from rung_tui.modes.desk import ListDesk
from rung_tui.modes.reading import ReadsList

if TYPE_CHECKING:
    from rung.workspace import Workspace

__all__ = ["MINE", "NarrowsToOwn", "settled", "whose_pieces"]

D = TypeVar("D", bound=ListDesk)
W = TypeVar("W", bound=Any)

MINE: Final = Act("mine", lambda: _("Mine or all"), "m f3", hint=False)


class NarrowsToOwn(ReadsList[D]):
    """A list whose wish has ``is_mine``; None there: one's own for whoever looks after anybody, else all."""

    @abstractmethod
    def want(self, wish: Any) -> None:
        """Have the list read by a wish."""

    def action_mine(self) -> None:
        """Show one's own, or everybody's."""
        self.want(replace(self.desk.wish, is_mine=not self.desk.wish.is_mine))

    def action_whose(self, mine: int) -> None:
        """Show one's own (1) or everybody's (0)."""
        self.want(replace(self.desk.wish, is_mine=bool(mine)))


def settled(wish: W, workspace: Workspace) -> W:
    """Return a wish that says whose; for ``work``."""
    from rung.workspace.own_customers import has_own

    return wish if wish.is_mine is not None else replace(wish, is_mine=has_own(workspace))


def whose_pieces(bar: ModeViews[Any], wish: Any) -> Iterator[Piece]:
    """Yield the choice between one's own and everybody's, with its key."""
    yield bar.key("mine")
    yield choice(_("All"), "whose(0)", here=not wish.is_mine)
    yield choice(_("Mine"), "whose(1)", here=wish.is_mine)

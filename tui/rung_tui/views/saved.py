"""A view as it is kept: which customers, in which order, with which columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

from rung_tui.queue.wish import Sort, View, Wish

if TYPE_CHECKING:
    from rung_tui.preferences.memory import Memory

__all__ = ["SavedView", "SavedViews"]

_NAME: Final = "views"
_KEPT: Final = tuple(view.value for view in View if view is not View.MARKED)
# Marks are not kept, and neither is a view of them.


@dataclass(frozen=True, slots=True)
class SavedView:
    """One view with a name."""

    name: str
    wish: Wish
    hidden: tuple[str, ...] = ()
    """Columns left out."""

    @property
    def plain(self) -> dict[str, Any]:
        """The view as JSON holds it."""
        sort = self.wish.sort
        return {
            "name": self.name,
            "view": self.wish.view.value,
            "text": self.wish.text,
            "sort": None if sort is None else sort.column,
            "descending": sort is not None and sort.descending,
            "hidden": list(self.hidden),
        }

    @classmethod
    def of(cls, plain: object) -> Self | None:
        """Return the view that was kept so; None for what is none."""
        if not isinstance(plain, dict):
            return None
        name, view, text = (plain.get(key) for key in ("name", "view", "text"))
        sort, hidden = plain.get("sort"), plain.get("hidden")
        if not (isinstance(name, str) and isinstance(text, str) and view in _KEPT):
            return None
        order = Sort(sort, plain.get("descending") is True) if isinstance(sort, str) else None
        columns = tuple(map(str, hidden)) if isinstance(hidden, list) else ()
        return cls(name, Wish(View(view), text, order), columns)


class SavedViews:
    """The views of one workspace."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def all(self) -> tuple[SavedView, ...]:
        """Return them, in the order they were first named."""
        kept = self._memory.get(_NAME, here=True)
        found = map(SavedView.of, kept if isinstance(kept, list) else ())
        return tuple(view for view in found if view is not None)

    def named(self, name: str) -> SavedView | None:
        """Return the view of a name."""
        return next((view for view in self.all() if view.name == name), None)

    def keep(self, view: SavedView) -> None:
        """Keep a view, in the place of one of the same name."""
        found = [view if each.name == view.name else each for each in self.all()]
        self._put(found if view in found else [*found, view])

    def remove(self, name: str) -> None:
        """Forget the view of a name."""
        self._put([view for view in self.all() if view.name != name])

    def _put(self, views: Sequence[SavedView]) -> None:
        self._memory.put(_NAME, [view.plain for view in views], here=True)

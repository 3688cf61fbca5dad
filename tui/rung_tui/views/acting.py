"""Goes to views by their names, keeps the one shown under a name, leaves columns out: for the queue."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final

from textual.widgets import Input

from rung.errors import Problem
from rung_tui.acts import acts_on, key_of
from rung_tui.language import _
from rung_tui.preferences.settings import Settings
from rung_tui.prompt import Prompt
from rung_tui.queue.wish import READY, Sort, View, Wish
from rung_tui.taking.acting import TakingOut
from rung_tui.views.saved import SavedView, SavedViews
from rung_tui.working import work

if TYPE_CHECKING:
    from rung_tui.chooser import Choice

__all__ = ["ViewActing"]

_READY: Final = "ready "
_SAVED: Final = "saved "
_KEEP: Final = "keep"
_REMOVE: Final = "remove "
_HIDDEN: Final = "hidden"


class ViewActing(TakingOut):
    """A screen with views that can be named."""

    @property
    def settings(self) -> Settings:
        """What is preferred and remembered."""
        found: Settings = getattr(self.app, "settings", None) or Settings()
        return found

    @cached_property
    def saved_views(self) -> SavedViews:
        """The views named in this workspace."""
        return SavedViews(self.settings.memory)

    def remember_columns(self) -> None:
        """Leave out the columns that were left out the last time."""
        kept = self.settings.memory.get(_HIDDEN, here=True)
        if isinstance(kept, list):
            self.review.columns.hidden = frozenset(map(str, kept))
            self.table.set_columns(self.review.columns.columns())

    @work(group="views", exclusive=True, opens=True)
    async def action_views(self) -> None:
        """Choose a view, keep this one under a name, or forget one."""
        from rung_tui.chooser import Chooser

        chosen = await self.app.push_screen_wait(Chooser(lambda: _("Views"), self._views, self._view_here()))
        if chosen is None:
            return
        if chosen.startswith(_READY):
            self.action_view(chosen.removeprefix(_READY))
        elif chosen.startswith(_SAVED):
            self.show_saved(chosen.removeprefix(_SAVED))
        elif chosen.startswith(_REMOVE):
            name = chosen.removeprefix(_REMOVE)
            self.saved_views.remove(name)
            self.notify(_("The view “{name}” is forgotten.").format(name=name), markup=False)
        elif chosen == _KEEP:
            await self._keep_view()

    def _view_here(self) -> str:
        here = next((view for view in self.saved_views.all() if view.wish == self._wish), None)
        return f"{_READY}{self._wish.view.value}" if here is None else f"{_SAVED}{here.name}"

    def _views(self) -> list[Choice]:
        from rung_tui.chooser import Choice

        ready = (*((View.MINE,) if self.review.has_own else ()), *READY)
        saved = self.saved_views.all()
        found = [Choice(f"{_READY}{view.value}", view.heading, view.about) for view in ready]
        found += [Choice(f"{_SAVED}{view.name}", view.name, self._about(view)) for view in saved]
        about = _("filter, order and columns, for this workspace")
        found.append(Choice(_KEEP, _("Keep this view under a name…"), about))
        for view in saved:
            title = _("Forget the view “{name}”").format(name=view.name)
            found.append(Choice(f"{_REMOVE}{view.name}", title, role="muted"))
        return found

    def _about(self, view: SavedView) -> str:
        titles = {column.id: column.title() for column in self.review.columns.every()}
        parts = [view.wish.view.heading, view.wish.text.strip()]
        if view.wish.sort is not None:
            sign = "▼" if view.wish.sort.descending else "▲"
            parts.append(f"{titles.get(view.wish.sort.column, view.wish.sort.column)} {sign}")
        return " · ".join(part for part in parts if part)

    def show_saved(self, name: str) -> None:
        """Show a view by its name, with what was typed for it in the line for that."""
        view = self.saved_views.named(name)
        if view is None:
            return
        columns = {column.id for column in self.review.columns.every()}
        wish = view.wish
        if wish.view is View.MINE and not self.review.has_own:
            wish = Wish(View.ALL, wish.text, wish.sort)
        if wish.sort is not None and wish.sort.column not in columns:
            wish = Wish(wish.view, wish.text)  # a policy without a score has no such column
        with self.prevent(Input.Changed):
            self.query_one("#filter", Prompt).value = wish.text
        self.set_class(bool(wish.text.strip()), "-filtering")
        self._hide(frozenset(view.hidden))
        self._want(wish)

    async def _keep_view(self) -> None:
        from rung_tui.asking import AskText

        here = next((view for view in self.saved_views.all() if view.wish == self._wish), None)
        name = await self.app.push_screen_wait(
            AskText(
                lambda: _("Keep this view"),
                lambda: _("A name of your own; it is kept for this workspace and is there the next time."),
                here.name if here is not None else self._wish.text.strip(),
                check=_check_name,
                again=self._replaces,
            )
        )
        if name is None:
            return
        wish = self._wish
        if wish.view is View.MARKED:
            wish = Wish(View.ALL, wish.text, wish.sort)
        sort = None if wish.sort is None else Sort(wish.sort.column, wish.sort.descending)
        hidden = tuple(sorted(self.review.columns.hidden))
        self.saved_views.keep(SavedView(name, Wish(wish.view, wish.text, sort), hidden))
        self.notify(
            _("The view “{name}” is kept; {key} shows it.").format(
                name=name, key=key_of(acts_on(self), "views")
            ),
            markup=False,
        )

    def _replaces(self, name: str) -> Sequence[Problem]:
        if self.saved_views.named(name) is None:
            return ()
        return (Problem(_("A view has that name already."), _("Enter once more replaces it.")),)

    # Columns

    @work(group="views", exclusive=True, opens=True)
    async def action_columns(self) -> None:
        """Show columns or leave them out, one after another."""
        from rung_tui.chooser import Choice, Chooser

        current = ""

        def choices() -> list[Choice]:
            hidden = self.review.columns.hidden
            offered = [column for column in self.review.columns.every() if column.id not in _ALWAYS]
            return [
                Choice(each.id, f"{' ' if each.id in hidden else '✓'} {each.title()}") for each in offered
            ]

        while chosen := await self.app.push_screen_wait(Chooser(lambda: _("Columns"), choices, current)):
            current = chosen
            self._hide(self.review.columns.hidden ^ {chosen})

    def _hide(self, hidden: frozenset[str]) -> None:
        self.review.columns.hidden = hidden
        self.settings.memory.put(_HIDDEN, sorted(hidden) or None, here=True)
        self.table.set_columns(self.review.columns.columns())


_ALWAYS: Final = frozenset({"id", "grade"})
"""Columns without which nobody knows who stands there, and with what."""
_LONGEST: Final = 40


def _check_name(name: str) -> Sequence[Problem]:
    if not name:
        return (Problem(_("A name is missing.")),)
    if len(name) > _LONGEST:
        return (Problem(_("A name has {count} letters at most.").format(count=_LONGEST)),)
    return ()

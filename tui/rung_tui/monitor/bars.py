"""The lines around the figures: which policy and runs, which view, what may be chosen, what is worked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rung.text import display_width
from rung_tui.bar import Bar, Piece
from rung_tui.language import _, words
from rung_tui.modes.bars import ModeTitle, choice
from rung_tui.monitor.desk import MonitorDesk
from rung_tui.monitor.wish import GROUPS, SPANS, WEEKS, View, view_title
from rung_tui.monitor.written import run_label
from rung_tui.table.cells import settled

__all__ = ["MonitorChoices", "MonitorStatus", "MonitorTitle", "MonitorViews"]


class _MonitorBar(Bar):
    def __init__(self, desk: MonitorDesk, widget_id: str) -> None:
        super().__init__(widget_id=widget_id)
        self.desk = desk


class MonitorTitle(ModeTitle[MonitorDesk]):
    """Whose grades are watched."""

    def pieces(self) -> Iterable[Piece]:
        """Return mode, policy and run."""
        yield Piece(" Rung ", "title")
        yield Piece(" " + _("Monitor"), "strong")
        manifest = self._desk.manifests.get(self._desk.wish.run_id)
        if manifest is not None:
            yield Piece(f"  {words(manifest.policy.title)} {manifest.policy.version}")


class MonitorViews(_MonitorBar):
    """The views, each with its key."""

    DEFAULT_CSS = """
    MonitorViews { background: $surface; }
    """

    def pieces(self) -> Iterable[Piece]:
        """Return the views, that of now marked."""
        for number, view in enumerate(View, 1):
            here = view is self.desk.wish.view
            named, action = view_title(view), f"view('{view.value}')"
            yield Piece(f" {number}", "key", action)
            yield choice(named, action, here=here)


class MonitorChoices(_MonitorBar):
    """What the view of now lets one choose, each with its key."""

    DEFAULT_CSS = """
    MonitorChoices { background: $surface; }
    """

    def pieces(self) -> Iterable[Piece]:
        """Return the choices with what is chosen, as far as they fit: a key alone says nothing."""
        room = self.size.width
        for key, text, action in self._choices():
            room -= display_width(settled(text)) + len(key) + 3
            if room < 0:
                return
            yield Piece(f" {key}", "key", action)
            yield Piece(f" {text} ", "", action)

    def _choices(self) -> Iterator[tuple[str, str, str]]:
        wish, manifests = self.desk.wish, self.desk.manifests
        now, before = manifests.get(wish.run_id), manifests.get(wish.before_id or "")
        if now is not None:
            yield ("n", run_label(now, manifests.values()), "choose_now")
        if wish.view is View.DISTRIBUTION:
            yield ("v", self._value(wish.value, _("customers alone")), "choose_value")
        if wish.view in (View.DISTRIBUTION, View.MIGRATION):
            named = _("none") if before is None else run_label(before, manifests.values())
            yield ("b", _("vs {run}").format(run=named), "choose_before")
        if wish.view is View.CONCENTRATION:
            found = self.desk.found.get(wish.key)
            held = wish.held if found is None else found.value.id
            yield ("v", self._value(held, _("the usual value")), "choose_value")
        if wish.view is View.OVERRIDES:
            yield ("g", _group_name(wish.by), "group")
            named = _("no outcomes") if wish.outcomes is None else wish.outcomes.name
            yield ("o", named, "outcomes")
            if wish.outcomes is not None:
                yield ("f", _("hoped for") if wish.is_hoped else _("feared"), "meaning")
        if wish.view is View.SERVICE:
            told = _("{days} days back, {weeks} weeks ahead")
            yield ("p", told.format(days=SPANS[wish.span], weeks=WEEKS[wish.span]), "span")

    def _value(self, value: str | None, otherwise: str) -> str:
        return next((words(each.title) for each in self.desk.values if each.id == value), otherwise)


def _group_name(by: str) -> str:
    names = (_("all together"), _("by person"), _("by reason"), _("by team"), _("by grade"), _("by kind"))
    return names[GROUPS.index(by)]


class MonitorStatus(_MonitorBar):
    """How many customers, and the work under way."""

    DEFAULT_CSS = """
    MonitorStatus { background: $surface; }
    """

    def __init__(self, desk: MonitorDesk, widget_id: str) -> None:
        super().__init__(desk, widget_id)
        self.work = ""
        """What is being worked at, in words; "" when nothing is."""

    def pieces(self) -> Iterable[Piece]:
        """Return the size of the run."""
        manifest = self.desk.manifests.get(self.desk.wish.run_id)
        if manifest is not None:
            told = _("{n} customers, as of {day}").format(n=f"{manifest.rows:,}", day=manifest.as_of)
            yield Piece(f" {told}", "muted")

    def right_pieces(self) -> Iterable[Piece]:
        """Return the work under way."""
        if self.work:
            yield Piece(f"{self.work} ", "pending")

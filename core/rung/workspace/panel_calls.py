"""Puts a question to one panel of a plugin, on a thread of its own, and waits no longer than one may."""

from __future__ import annotations

import time
from contextvars import copy_context
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Final

from rung.errors import Problem, RungError
from rung.plugins import Extra
from rung.plugins.aside import leave_behind
from rung.plugins.origins import failed_at_work, origin_of
from rung.supplies.shown import ChartShown, PanelDataError, PanelShown, RowShown, one_line, settled
from rung.text import Text, _

if TYPE_CHECKING:
    from rung.plugins import PluginHost
    from rung.supplies import CustomerSeen, Panel

__all__ = ["PanelCall"]

_PATIENCE: Final = 3.0
"""Seconds a panel may take; see ``Panel.show``."""
_LOADING: Final = 10.0
"""Seconds its plugin may take to be imported, the first time it is asked."""


class PanelCall:
    """One panel being asked about one customer; a plugin that hangs is left behind, and not asked again."""

    def __init__(self, host: PluginHost, name: str, seen: CustomerSeen) -> None:
        self._host, self._name, self._seen = host, name, seen
        self.panel: Panel | None = None
        """Once its plugin is imported."""
        self._shown: tuple[tuple[RowShown, ...], ChartShown | None] = ((), None)
        self._problem: Problem | None = None
        self._thread: Thread | None = None
        self._is_loaded, self._is_done = Event(), Event()
        self._made = self._began = time.monotonic()
        self._at_work = self
        """Whoever is being answered: this one, or one that asked before."""

    def begin(self) -> None:
        """Ask, unless an earlier question is not answered yet."""
        with _lock:
            self._at_work = _asked.setdefault((self._host, self._name), self)
        if self._at_work is self:
            self._made = time.monotonic()
            # With the language of whoever waits.
            context = copy_context()
            self._thread = Thread(
                target=lambda: context.run(self._ask), name=f"panel-{self._name}", daemon=True
            )
            self._thread.start()

    @property
    def _is_for_sector(self) -> bool:
        return self.panel is None or not self.panel.sectors or self._seen.sector in self.panel.sectors

    @property
    def _origin(self) -> str:
        return origin_of(self._host, Extra.PANEL, self._name)

    def _ask(self) -> None:
        try:
            self.panel = self._host.panel(self._name)
            self._began = time.monotonic()
            self._is_loaded.set()
            self._show(self.panel)
        except RungError as error:
            self._problem = error.problems[0]
        finally:
            with _lock:
                del _asked[self._host, self._name]
            self._is_loaded.set()
            self._is_done.set()

    def _show(self, panel: Panel) -> None:
        try:
            if self._is_for_sector:
                self._shown = settled(panel.show(self._seen))
        except PanelDataError as error:
            words = _("Plugin “{plugin}” ({distribution}) cannot be shown: {reason}.")
            told = words.format(plugin=self._name, distribution=self._origin, reason=error)
            self._problem = Problem(told, _("Report it to the plugin's author."))
        except BaseException as error:  # a plugin's SystemExit too: it ends nothing but its panel
            self._problem = failed_at_work(self._name, self._origin, error)

    def overdue(self) -> str:
        """Wait as long as a panel may take; return in words that it took longer, or nothing."""
        if not self._is_loaded.wait(max(0.0, self._made + _LOADING - time.monotonic())):
            return _("was not loaded within {n} s").format(n=f"{_LOADING:g}")
        if not self._is_done.wait(max(0.0, self._began + _PATIENCE - time.monotonic())):
            return _("gave no answer within {n} s").format(n=f"{_PATIENCE:g}")
        return ""

    def _found_wrong(self) -> Problem | None:
        """Wait, and return what keeps the panel from being shown."""
        # Who turns from one customer to the next asks before the last answer: that is not late yet.
        while self._at_work is not self and not self._at_work.overdue():
            self.begin()
        if self._at_work is not self:
            self.panel = self._at_work.panel
            said = _("has not answered an earlier question yet")
            return self._late(said) if self._is_for_sector else None
        if not (late := self.overdue()):
            return self._problem
        if self._thread is not None:
            leave_behind(self._thread)
        return self._late(late)

    def answer(self) -> PanelShown:
        """Wait as long as a panel may take, and return what there is by then."""
        problem = self._found_wrong()
        rows, chart = self._shown if problem is None else ((), None)
        title = Text.same(self._name) if self.panel is None else self.panel.title
        return PanelShown(
            id=self._name,
            title=Text(one_line(title.zh), one_line(title.en)),
            plugin=self._origin,
            rows=rows,
            chart=chart,
            problem="" if problem is None else one_line(str(problem)),
        )

    def _late(self, what: str) -> Problem:
        words = _("Plugin “{plugin}” ({distribution}) {what}.")
        return Problem(words.format(plugin=self._name, distribution=self._origin, what=what))


_asked: Final[dict[tuple[PluginHost, str], PanelCall]] = {}
# Those that have not answered yet: code of the own process cannot be ended, only left alone.
_lock: Final = Lock()

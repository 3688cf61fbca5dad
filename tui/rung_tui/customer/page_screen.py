"""One customer on a screen of its own: the page and its sections, and everything that can be done from it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container

from rung.errors import RungError
from rung_tui.acts import Act, bindings_of
from rung_tui.customer.acting import CustomerActs
from rung_tui.customer.desk import Owed
from rung_tui.customer.page import SECTIONS
from rung_tui.customer.page_acts import PAGE_ACTS
from rung_tui.customer.panel import CustomerPanel
from rung_tui.customer.panels import panels_asked
from rung_tui.customer.section_bar import SectionBar
from rung_tui.customer.told import Besides, Told
from rung_tui.customer.try_pane import TryPane
from rung_tui.key_hints import KeyHints
from rung_tui.language import _
from rung_tui.lines import Lines
from rung_tui.working import work

if TYPE_CHECKING:
    from rung_tui.queue.rows import QueueRow
    from rung_tui.review import Review

__all__ = ["CustomerPage"]

_WIDE: Final = 110
# Columns from which the sections stand side by side.
_LEFT: Final = frozenset({"why", "gates"})
_SETTLED: Final = 0.08
# Seconds a customer is looked at before what takes longer is read.

_IN_PANE: Final = frozenset({"record", "reset", "reset_all", "fill", "close_pane"})
_ON_PAGE: Final = frozenset(
    {
        *("leave", "override", "what_if", "supply", "note", "story", "contact", "suppose", "undo"),
        *("uncover", "section", "next_section", "step"),
    }
)


class CustomerPage(CustomerActs):
    """Everything about one customer; at its sides from 110 columns on, else below one another."""

    ACTS: ClassVar[tuple[Act, ...]] = (*PAGE_ACTS, Act("leave", lambda: _("Back"), "escape"))
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of(ACTS),
        *(Binding(str(place), f"section({place - 1})", show=False) for place in range(1, len(SECTIONS) + 1)),
        Binding("tab", "next_section(1)", show=False),
        Binding("shift+tab", "next_section(-1)", show=False),
        Binding("pagedown", "page(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    CustomerPage { background: $background; color: $foreground; }
    CustomerPage #body { height: 1fr; layout: vertical; }
    CustomerPage #trying { display: none; }
    CustomerPage #besides { display: none; }
    CustomerPage #page { height: 1fr; }
    CustomerPage.-trying #trying { display: block; }
    CustomerPage.-wide #body { layout: horizontal; }
    CustomerPage.-wide #page { width: 54%; height: 1fr; }
    CustomerPage.-wide #besides { display: block; width: 1fr; height: 1fr; border-left: vkey $panel; }
    CustomerPage.-wide.-trying #besides { display: none; }
    CustomerPage.-wide.-trying #trying { width: 46%; height: 1fr; }
    CustomerPage.-wide.-trying #page { width: 1fr; }
    """

    def __init__(
        self,
        review: Review,
        at_hand: Callable[[], QueueRow | None],
        show_ledger: Callable[[], Awaitable[None]],
    ) -> None:
        super().__init__(review, at_hand, show_ledger)
        self._section = 0

    def compose(self) -> ComposeResult:
        """Lay out the sections, the pane for other values, and the page."""
        with Container(id="body"):
            yield TryPane()
            yield CustomerPanel(widget_id="page")
            yield CustomerPanel(widget_id="besides")
        yield SectionBar()
        yield KeyHints()

    @property
    def panel(self) -> CustomerPanel:
        """The page, or its first half."""
        return self.query_one("#page", CustomerPanel)

    @property
    def second(self) -> CustomerPanel:
        """The other half, where there is room."""
        return self.query_one("#besides", CustomerPanel)

    def on_mount(self) -> None:
        """Explain the customer."""
        self._fit(self.size.width)
        (self.pane.prompt if self.is_trying else self.panel).focus()
        self._tell()

    def on_resize(self, event: events.Resize) -> None:
        """Stand side by side where there is room."""
        self._fit(event.size.width)

    def _fit(self, width: int) -> None:
        is_wide = width >= _WIDE
        self.set_class(is_wide, "-wide")
        self.panel.show_sections(_LEFT if is_wide else None)
        self.second.show_sections(frozenset(each.id for each in SECTIONS) - _LEFT if is_wide else frozenset())
        self._mark()

    def relabel(self) -> None:
        """Write everything anew, in the language of now."""
        for panel in self.query(CustomerPanel):
            panel.relabel()
        self.query_one(TryPane).relabel()
        for widget in self.query("Bar"):
            widget.refresh()
        for lines in self.query(Lines):
            lines.refresh(layout=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done where the keys go; what was tried last where it may be recorded."""
        if action == "uncover" and (self.told is None or not self.told.covered):
            return False
        if action in _IN_PANE or action in _ON_PAGE:
            return (action in _IN_PANE) is self.is_trying
        if action in ("app.quit", "app.mode") and self.is_trying:
            return False  # there letters are letters
        return super().check_action(action, parameters)

    # The customer

    def tell(self) -> None:
        """Explain the customer at hand."""
        self._tell()

    @work(group="tell", exclusive=True)
    async def _tell(self) -> None:
        row, review = self.current_row, self.review
        if row is None:
            self._say(_("No customer."))
            return
        try:
            told = await review.telling(lambda: review.tell(row.number, is_covered=True))
        except Exception as error:  # an explanation that fails must not take the program along
            self._say(_what(error))
            return
        before = self.told
        same = before is not None and before.number == told.number
        besides = before.besides if same and before is not None else None
        panels = before.panels if same and before is not None else ()
        self.told = replace(told, besides=besides or Besides(), panels=panels)
        self.draw()
        if self.is_trying:
            self.begin_trying()
        self._tell_besides(told)
        self._tell_panels(told)

    def _say(self, word: str) -> None:
        self.told = None
        for panel in self.query(CustomerPanel):
            panel.say(word)
        self._mark()

    @work(group="besides", exclusive=True)
    async def _tell_besides(self, told: Told) -> None:
        """Read what takes longer, for whom is still looked at then."""
        await asyncio.sleep(_SETTLED)
        review, why = self.review, told.explanation
        try:
            found = await review.telling(lambda: review.besides(told.number))
        except Exception as error:
            self.refuse(error)
            found = Besides()
        self._have(told, found)
        desk = self.desk
        try:
            owed = await desk.work(lambda: desk.owed(why.policy_id, why.customer_id))
        except Exception as error:
            owed = Owed(problem=_what(error))
        self._have(told, replace(found, owed=owed))

    @work(group="panels", exclusive=True)
    async def _tell_panels(self, told: Told) -> None:
        """Ask the plugins that have panels, for whom is still looked at then."""
        await asyncio.sleep(_SETTLED)
        try:
            found = await panels_asked(self.review, told)
        except RungError:
            return  # what is wrong with the values is said where they are shown
        except Exception as error:
            self.refuse(error)
            return
        if self.told is not None and self.told.number == told.number and found != self.told.panels:
            self.told = replace(self.told, panels=found)
            self.draw()

    def _have(self, told: Told, besides: Besides) -> None:
        if self.told is not None and self.told.number == told.number:
            self.told = replace(self.told, besides=besides)
            self.draw()

    def draw(self) -> None:
        """Show what is known by now."""
        if self.told is None:
            return
        told = self.told
        if self.is_trying and self.trial is not None:
            told = replace(told, explanation=self.trial.then.explanation, tried=self.trial)
        self.panel.tell(told)
        self.second.tell(self.told)
        self._mark()

    def _mark(self) -> None:
        bar = self.query_one(SectionBar)
        bar.filled = self.panel.begun | (self.second.begun if self.has_class("-wide") else frozenset())
        bar.current = SECTIONS[self._section].id
        bar.trying = len(self.written)
        bar.refresh()
        self.query_one(KeyHints).refresh()

    # Sections

    def action_section(self, place: int) -> None:
        """Bring a section to the top."""
        self._section = place
        for panel in (self.panel, self.second):
            if panel.go_to(SECTIONS[place].id):
                panel.focus()
        self._mark()

    def action_next_section(self, by: int) -> None:
        """Go to the next section that has something to say."""
        filled = self.query_one(SectionBar).filled
        for step in range(1, len(SECTIONS) + 1):
            place = (self._section + by * step) % len(SECTIONS)
            if SECTIONS[place].id in filled:
                self.action_section(place)
                return

    def action_page(self, direction: int) -> None:
        """Scroll the page by its height, whatever is typed beside it."""
        panel = self.second if self.second.has_focus else self.panel
        panel.scroll_relative(y=direction * (panel.size.height - 2), animate=False)

    def action_leave(self) -> None:
        """Go back."""
        self.app.pop_screen()


def _what(error: Exception) -> str:
    from rung.errors import RungError

    if isinstance(error, RungError):
        return str(error)
    return _("This cannot be told: {error}").format(error=f"{type(error).__name__}: {error}")

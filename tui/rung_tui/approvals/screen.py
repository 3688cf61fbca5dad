"""The mode's screen: what awaits decisions, the proposal under the cursor, and the keys that decide it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from rung.errors import RungError
from rung.text import Text
from rung_tui.acts import Act, bindings_of
from rung_tui.approvals.bars import ApprovalsStatus, ApprovalsTitle, ApprovalsViews
from rung_tui.approvals.deciding import ApprovalsDeciding
from rung_tui.approvals.desk import ApprovalsDesk
from rung_tui.approvals.pane import ProposalPane
from rung_tui.approvals.rows import Listed, ProposalRows
from rung_tui.approvals.table import ApprovalsTable
from rung_tui.key_hints import KeyHints
from rung_tui.language import _
from rung_tui.modes.bar import ModeBar
from rung_tui.modes.customers import CustomerPages, not_in_run
from rung_tui.table import VirtualTable
from rung_tui.working import work

if TYPE_CHECKING:
    from rung.workspace.deciders import Waiting
    from rung_tui.review import Review

__all__ = ["ApprovalsScreen"]

_SCROLL: Final = 4
# Lines by which the proposal is moved with one key.
_ON_PROPOSAL: Final = frozenset(
    {"approve", "give_back", "reject", "mark", "next", "read", "undo", "resubmit", "note", "open"}
)

_RECORDED: Final = {
    "approve": "approved",
    "give_back": "returned",
    "reject": "rejected",
    "undo": "withdrawn",
    "resubmit": "resubmitted",
}
# What an act of the screen puts on record.


class ApprovalsScreen(ApprovalsDeciding):
    """What awaits decisions, to be worked through."""

    MODE: ClassVar[str] = "approvals"
    PANE: ClassVar[str] = "#pane"
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("approve", lambda: _("Approve"), "y f4", about=lambda: _("with the note typed, if there is one")),
        Act("give_back", lambda: _("Return"), "b f5", about=lambda: _("for more information; say which")),
        Act("reject", lambda: _("Reject"), "x f6", about=lambda: _("say why")),
        Act("mark", lambda: _("Mark"), "space", about=lambda: _("to decide many at once")),
        Act("next", lambda: _("Next"), "n ctrl+n", hint=False, about=lambda: _("the next you may decide")),
        Act(
            "read",
            lambda: _("Read"),
            "enter",
            hint=False,
            about=lambda: _("the whole proposal; Esc shows the list"),
        ),
        Act("undo", lambda: _("Withdraw"), "u f9", about=lambda: _("a proposal of your own")),
        Act(
            "resubmit",
            lambda: _("Resubmit"),
            "s f10",
            about=lambda: _("your own that was returned"),
        ),
        Act("note", lambda: _("Note"), "e ctrl+e", hint=False),
        Act("open", lambda: _("Customer"), "c o ctrl+o", hint=False, about=lambda: _("the customer's page")),
        Act("view", lambda: _("Next view"), "v f3", hint=False),
        Act("mark_all", lambda: _("Mark all you may decide, or none"), "m ctrl+a", hint=False),
        Act("policies", lambda: _("All policies, or this one"), "a ctrl+g", hint=False),
        Act("stand_ins", lambda: _("Who stands in for whom"), "t ctrl+t", hint=False),
        Act("again", lambda: _("Read again"), "r f2", hint=False),
        Act("move_sheet(1)", lambda: _("Scroll the proposal down"), "] ctrl+down", hint=False),
        Act("move_sheet(-1)", lambda: _("Scroll the proposal up"), "[ ctrl+up", hint=False),
        Act("stop", lambda: _("Back"), "escape", about=lambda: _("back to the list; what was typed stays")),
        Act("leave", lambda: _("Queue"), "escape"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(ACTS)]
    DEFAULT_CSS = """
    ApprovalsScreen #body { height: 1fr; layout: vertical; }
    ApprovalsScreen.-wide #body { layout: horizontal; }
    ApprovalsScreen.-wide #pane { width: 48%; height: 1fr; border-top: none; border: vkey $panel; }
    ApprovalsScreen.-whole ApprovalsTable { display: none; }
    ApprovalsScreen.-whole #pane { width: 1fr; height: 1fr; }
    """

    def __init__(self, desk: ApprovalsDesk, review: Review) -> None:
        super().__init__(desk, review)
        self._pages = CustomerPages(review)

    def compose(self) -> ComposeResult:
        """Lay out the lines, the list and the pane."""
        yield ModeBar()
        yield ApprovalsTitle(self.desk)
        yield ApprovalsViews(self.desk)
        with Container(id="body"):
            rows = ProposalRows((), _none_listed, {})
            yield ApprovalsTable(self.desk.marked, rows, self._empty)
            yield ProposalPane()
        yield ApprovalsStatus(self.desk)
        yield KeyHints()

    def on_mount(self) -> None:
        """Paint first, then read."""
        super().on_mount()
        self.table.focus()
        self._want(self.desk.wish, anew=True)

    def relabel(self) -> None:
        """Write everything anew, in the language of now."""
        super().relabel()
        self.pane.relabel()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done where the keys go."""
        if action in ("app.quit", "app.mode"):
            return not self.pane.is_typing  # there letters are letters
        if action in _ON_PROPOSAL:
            return not self.pane.is_typing and bool(self.desk.listing and self.desk.listing.found)
        if action in ("stop", "leave"):
            is_within = self.pane.is_typing or self.has_class("-whole") or self.is_recording
            return (action == "stop") == is_within
        return super().check_action(action, parameters)

    def offers(self, action: str) -> bool:
        """Offer of the acts on a proposal those that may be done; the others' keys say why not."""
        from rung.ledger import Act

        told, act = self.pane.told, _RECORDED.get(action)
        if act is None:
            return True
        if told is None or self.desk.marked:
            return action != "resubmit"
        return not told.against[Act(act)]

    def on_descendant_focus(self) -> None:
        """Show the keys of where the focus came to."""
        self.query_one(KeyHints).refresh()

    def action_stop(self) -> None:
        """Go back a step: from the note, from the whole page."""
        if self.is_recording:
            self.stop_recording()
        elif self.pane.is_typing:
            self.pane.act = None
            self.pane.relabel()
            self.to_list()
        else:
            self.remove_class("-whole")
            self.table.focus()

    def action_note(self) -> None:
        """Have a note typed, for whatever comes of it."""
        self.pane.ask(None)

    @on(VirtualTable.Chosen)
    def action_read(self) -> None:
        """Show the whole proposal in place of the list."""
        self.add_class("-whole")
        self.pane.page.focus()

    def action_move_sheet(self, direction: int) -> None:
        """Move what is in sight of the proposal."""
        self.pane.page.scroll_relative(y=direction * _SCROLL, animate=False)

    def to_list(self) -> None:
        """Have the keys go where one goes from one proposal to another."""
        (self.pane.page if self.has_class("-whole") else self.table).focus()

    def action_stand_ins(self) -> None:
        """Show who stands in for whom."""
        from rung_tui.approvals.stand_ins import StandInsScreen

        listing = self.desk.listing
        if listing is not None:
            people = self.desk.workspace.human_input.people
            self.app.push_screen(StandInsScreen(listing.delegations, people, listing.now.date()))

    def action_open(self) -> None:
        """Open the page of the proposal's customer."""
        listed: Listed | None = self.table.current
        if listed is not None:
            self._open(listed)

    @work(group="open", exclusive=True, opens=True)
    async def _open(self, listed: Listed) -> None:
        desk, record = self.desk, listed.record
        try:
            run_id = await desk.work(lambda: desk.run_id(record.policy_id))
            is_there = await self._pages.open(self.app, run_id, record.customer_id, self.action_again)
        except RungError as error:
            self.refuse(error)
            return
        if not is_there:
            self.notify(not_in_run(record.customer_id, [Text.same(record.policy_id)]), markup=False)

    def on_unmount(self) -> None:
        """Give the runs back that were opened for a customer's page."""
        self._pages.close()

    def help_lines(self) -> list[tuple[str, str]]:
        """Return what the signs mean, and what is wrong with runs, for the page of keys."""
        listing = self.desk.listing
        problems = listing.problems if listing is not None else ()
        return [
            ("●", _("you may decide")),
            ("✗", _("you may not, and why")),
            ("!", _("stale: the grade or value it was proposed on has changed since")),
            ("✓", _("before a row: marked; within it: what you did to it")),
            *(("!", str(each)) for each in problems),
        ]


def _none_listed(_waiting: Waiting, _done: object) -> Listed:
    raise LookupError  # there is no row to ask for

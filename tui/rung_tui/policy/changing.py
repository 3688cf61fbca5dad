"""Changes made on the screen: values typed, taken back, accepted; each tried on the customers at once."""

from __future__ import annotations

from asyncio import sleep
from typing import TYPE_CHECKING, Final

from textual import on

from rung.errors import RungError
from rung_tui.key_hints import KeyHints
from rung_tui.language import _
from rung_tui.policy.editing import EditLine
from rung_tui.policy.rows import way_to
from rung_tui.policy.walking import PolicyWalking
from rung_tui.working import work

if TYPE_CHECKING:
    from collections.abc import Callable

    from rung.policy.keys import KeyPath
    from rung.workspace.drafting.draft import PolicyDraft
    from rung.workspace.drafting.tree import Node

__all__ = ["PolicyChanging"]

_PAUSE: Final = 0.1
"""Seconds without a key until what was typed is tried: faster than one looks up."""


class PolicyChanging(PolicyWalking):
    """The part of the mode that changes the draft."""

    failed: str = ""
    """Why there is no policy to show."""
    _insisted: str | None = None
    # What was typed with problems, once Enter was pressed on it: Enter again takes it all the same.

    # Reading

    @work(group="read", exclusive=True)
    async def read(self, *, anew: bool = False) -> None:
        """Read policy and draft, and try the draft."""
        desk = self.desk
        had = desk.draft is not None and not anew
        try:
            draft = await desk.work(desk.reopen if anew else desk.open)
        except RungError as error:
            self.failed = str(error)
            self.refuse(error)
            self.redraw()
            return
        self.redraw()
        for told in () if had else draft.notices:
            self.notify(told, severity="warning", markup=False)
        if not had and not anew:
            self._take_up(draft)
        if not self.is_typing:
            self.weigh(draft.sound)

    def _take_up(self, draft: PolicyDraft) -> None:
        """Say that a draft of an earlier sitting goes on, and have what was being typed typed on."""
        if draft.kept.is_begun:
            told = _("Your draft goes on: {n} changes. “x” throws it away.").format(n=len(draft.edits))
            self.notify(told, markup=False)
        path, typed = draft.typed_path(), draft.kept.typed
        way = () if path is None else way_to(self.desk.nodes, path)
        if way and typed is not None:
            self.go_to(way)
            self.begin(way[-1], str(typed.value))

    # Typing

    def begin(self, node: Node, typed: str | None = None) -> None:
        """Have the value of a line typed over."""
        from rung.adopting.answers import shown

        draft, path = self.desk.draft, node.edit
        if draft is None or path is None:
            return
        now = draft.value(path)
        text = shown(now) if typed is None and now is not None else typed or ""
        if path[-1] == "accepted" and typed is None:
            text = "false" if now else "true"
        quantity = draft.quantity_at(path)
        unit = "" if quantity is None or not quantity.unit else f"  {quantity.unit}"
        self._insisted = None
        self.desk.typing, self.desk.typed = path, text
        way = [each.title for each in way_to(self.desk.nodes, path)[1:]]
        title = f"{' › '.join(way) or draft.key(path)}{unit}"
        self.query_one(EditLine).begin(path, title, text, self._about_value(draft, path))
        self.query_one(KeyHints).refresh()
        if typed is not None:
            self._try(path, text)

    def _about_value(self, draft: PolicyDraft, path: KeyPath) -> str:
        quantity, choices = draft.quantity_at(path), draft.choices_at(path)
        words = [str(each) for each in choices]
        if quantity is not None and quantity.choices:
            words = [f"{each.id} {each.title}" for each in quantity.choices]
        usual = _("Enter takes it, Esc leaves it as it was.")
        if not words:
            return usual
        return _("One of: {choices}.").format(choices=_(", ").join(words)) + f" {usual}"

    @on(EditLine.Typed)
    def _typed(self, event: EditLine.Typed) -> None:
        path = self.query_one(EditLine).path
        if path is not None:
            self.desk.typed = event.text
            self._try(path, event.text)

    @work(group="try", exclusive=True)
    async def _try(self, path: KeyPath, text: str) -> None:
        """Try what is typed; the newest wins."""
        await sleep(_PAUSE)
        try:
            tried = await self.desk.work(lambda: self.desk.tried(path, text))
        except RungError as error:
            self.refuse(error)  # it cannot be kept on disk; typing goes on
            return
        edit = self.query_one(EditLine)
        if edit.path != path:
            return
        edit.tell(tried.problems, [f"{key} = {value}" for key, value in tried.followed])
        if tried.compiled is not None:
            self.weigh(tried.compiled)
        else:
            self.show_stale()

    @on(EditLine.Taken)
    def _taken(self, event: EditLine.Taken) -> None:
        path = self.query_one(EditLine).path
        if path is not None:
            self._take(path, event.text)

    @work(group="take", exclusive=True)
    async def _take(self, path: KeyPath, text: str) -> None:
        """Change the value, unless something speaks against it; Enter again takes it all the same."""
        desk, edit = self.desk, self.query_one(EditLine)
        self.workers.cancel_group(self, "try")
        tried = await desk.work(lambda: desk.draft.tried(path, text) if desk.draft is not None else None)
        if tried is None or edit.path != path:
            return
        if tried.problems and (not tried.is_read or self._insisted != text):
            edit.tell(tried.problems, ())
            if tried.is_read:
                self._insisted = text
                self.notify(_("Enter again takes it all the same, to set others right next."), markup=False)
            return
        is_same = desk.draft is not None and desk.draft.value(path) == tried.value
        self._close_edit()
        if is_same:
            await self._done(lambda draft: draft.note_typed(None))
        else:
            await self._done(lambda draft: draft.put(path, tried.value))

    def action_take(self) -> None:
        """Take what was typed."""
        edit = self.query_one(EditLine)
        if edit.path is not None:
            self._take(edit.path, self.desk.typed)

    def action_give_up(self) -> None:
        """Leave a value as it was."""
        self.workers.cancel_group(self, "try")
        self._close_edit()
        self._do(lambda draft: draft.note_typed(None))

    def _close_edit(self) -> None:
        self.desk.typing, self.desk.typed = None, ""
        self.query_one(EditLine).end()
        self.table.focus()

    # Doing and undoing

    @work(group="do")
    async def _do(self, done: Callable[[PolicyDraft], object]) -> None:
        await self._done(done)

    async def _done(self, done: Callable[[PolicyDraft], object]) -> object:
        """Do something to the draft, show it and, unless only texts change, try it; return what it gave."""
        desk = self.desk
        try:
            found = await desk.work(lambda: desk.change(done))
        except RungError as error:
            self.refuse(error)
            return None
        self.redraw()
        if getattr(found, "is_of_texts", False):
            return found
        if desk.draft is not None and not desk.draft.problems:
            self.weigh(desk.draft.sound)
        else:
            self.show_stale()
        return found

    def action_undo(self) -> None:
        """Take the last change back."""
        self._step(lambda draft: draft.undo(), _("Taken back: {key}"))

    def action_redo(self) -> None:
        """Make the change taken back last again."""
        self._step(lambda draft: draft.redo(), _("Made again: {key}"))

    @work(group="do")
    async def _step(self, step: Callable[[PolicyDraft], object], told: str) -> None:
        found = await self._done(step)
        if key := getattr(found, "key", ""):
            self.notify(told.format(key=key), markup=False, timeout=3)

    def action_accept(self) -> None:
        """Accept what is assumed under the cursor as it stands, and go on to the next."""
        draft, row = self.desk.draft, self.table.current
        step = (
            None if draft is None or row is None or row.node.edit is None else draft.steps.get(row.node.edit)
        )
        if draft is None or step is None:
            self.notify(_("Nothing is assumed here. “n” goes to the next that is."), markup=False)
        elif step.is_required and not draft.is_settled(step) and step.choices:
            self.notify(_("The practice leaves this open: choose with Enter."), markup=False)
        else:
            self._accept(step.path)

    @work(group="do")
    async def _accept(self, path: KeyPath) -> None:
        await self._done(lambda draft: draft.accept(draft.steps[path]))
        self.action_next_assumed()

    def action_next_assumed(self) -> None:
        """Go to the next value that is assumed and was not gone through."""
        draft, row = self.desk.draft, self.table.current
        if draft is None:
            return
        open_ = [path for path, step in draft.steps.items() if not draft.is_settled(step)]
        ways = [way for path in open_ if (way := way_to(self.desk.nodes, path))]
        if not ways:
            self.notify(_("Everything that is assumed was gone through."), markup=False)
            return
        here = None if row is None else row.node.edit
        places = [place for place, path in enumerate(draft.steps) if path == here]
        after = [way for way in ways if not places or _place(draft, way) > places[0]]
        self.go_to((after or ways)[0])


def _place(draft: PolicyDraft, way: tuple[Node, ...]) -> int:
    return list(draft.steps).index(way[-1].edit or ())

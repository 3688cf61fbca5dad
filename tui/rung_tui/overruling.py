"""What screens that show a customer share: to override its grade, take that back, say what went wrong."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from textual.screen import Screen

from rung.errors import RungError
from rung_tui.acts import acts_on, key_of
from rung_tui.bulk.desk import BatchDesk
from rung_tui.language import _, words
from rung_tui.scale import Scale, scale_of_run
from rung_tui.working import work

if TYPE_CHECKING:
    from rung.ledger import InputRecord
    from rung_tui.queue.rows import QueueRow
    from rung_tui.review import Review

__all__ = ["Overruling"]


class Overruling(Screen[None]):
    """A screen with a customer at hand.

    ``at_hand`` gives the customer acts are about; ``show_ledger`` shows what the ledger holds after one.
    """

    def __init__(
        self,
        review: Review,
        at_hand: Callable[[], QueueRow | None],
        show_ledger: Callable[[], Awaitable[None]],
    ) -> None:
        super().__init__()
        self.review = review
        self._at_hand, self._show_ledger = at_hand, show_ledger

    @property
    def current_row(self) -> QueueRow | None:
        """The customer acts are about."""
        return self._at_hand()

    def refuse(self, error: Exception) -> None:
        """Say what went wrong, in a notice that takes no focus."""
        self.notify(str(error) or type(error).__name__, severity="error", markup=False, timeout=12)

    @work(group="override", exclusive=True, opens=True)
    async def action_override(self) -> None:
        """Open the dialog for the customer at hand, and record what it gives."""
        from rung_tui.override.dialog import OverrideDialog

        row, review = self.current_row, self.review
        if row is None:
            return
        try:
            ground = await review.telling(lambda: review.ground(row.id))
            told = await review.telling(lambda: review.tell(row.number))
        except Exception as error:  # whatever it is, the program goes on
            self.refuse(error)
            return
        recorded = await self.app.push_screen_wait(OverrideDialog(review, ground, told))
        if recorded is None:
            return
        self.notify(self.recorded_words(recorded.id), markup=False, timeout=6)
        try:
            await self._show_ledger()
        except RungError as error:
            self.refuse(error)

    @work(group="override", exclusive=True, opens=True)
    async def action_undo(self) -> None:
        """Take back what one has open about the customer, or recorded last for many, once confirmed."""
        from rung_tui.chooser import Choice, Chooser

        row, review = self.current_row, self.review
        desk, scale = BatchDesk(review), scale_of_run(review.manifest)
        try:
            mine = [] if row is None else await review.telling(lambda: review.own_open(row.id))
            together = await review.telling(lambda: _together(desk, mine, review.last_batch))
        except RungError as error:
            self.refuse(error)
            return
        if not mine and not together:
            none = (
                _("Nobody is under the cursor.")
                if row is None
                else _("You have nothing open about this customer.")
            )
            self.notify(none, markup=False)
            return

        def names() -> list[Choice]:
            many = [Choice(f"{_ALL}{batch}", _taking_all_back(made)) for batch, made in together.items()]
            return [*(Choice(each.id, _taking_back(each, scale), each.narrative) for each in mine), *many]

        chosen = await self.app.push_screen_wait(Chooser(lambda: _("Take back"), names))
        if chosen is None:
            return
        made = together.get(chosen.removeprefix(_ALL), ()) if chosen.startswith(_ALL) else ()
        ids = [each.id for each in made] or [chosen]
        try:
            await review.arranging(lambda: desk.take_back(ids))
            await self._show_ledger()
        except RungError as error:
            self.refuse(error)
            return
        if len(ids) > 1:
            told = _("Taken back together: {n}").format(n=f"{len(ids):,}")
        else:
            told = _("{id} is taken back.").format(id=ids[0])
        self.notify(told, markup=False)

    def recorded_words(self, number: str) -> str:
        """Return that something is on record, and the key that takes it back."""
        told = _("Recorded as {id}. {key} takes it back.")
        return told.format(id=number, key=key_of(acts_on(self), "undo"))

    async def show_ledger(self) -> None:
        """Show what the ledger holds now; raises RungError where it cannot be read."""
        await self._show_ledger()


_ALL: Final = "all of "


def _together(
    desk: BatchDesk, mine: Sequence[InputRecord], last: str
) -> Mapping[str, tuple[InputRecord, ...]]:
    """Return what was recorded together with one of these, or last of all, and is open still."""
    batches = {each.batch for each in mine if each.batch} | ({last} if last else set())
    found = {batch: desk.open_of(batch) for batch in sorted(batches)}
    return {batch: made for batch, made in found.items() if len(made) > 1 or (made and batch == last)}


def _taking_all_back(made: Sequence[InputRecord]) -> str:
    told = {"n": f"{len(made):,}", "first": made[0].id, "last": made[-1].id}
    return _("Take back all {n} recorded together: {first} to {last}").format(**told)


def _taking_back(made: InputRecord, scale: Scale) -> str:
    old, new = (
        _("none") if each is None else scale.called(each) for each in (made.model_grade, made.proposed_grade)
    )
    told = {"id": made.id, "old": old, "new": new}
    if made.kind.value == "override":
        return _("Take back {id}: {old} → {new}").format(**told)
    return _("Take back {id}, a {kind}: {old} → {new}").format(kind=words(made.kind.words), **told)

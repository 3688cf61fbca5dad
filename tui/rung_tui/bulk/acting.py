"""Overrules the marked customers from the queue, and takes back what was recorded of many at once."""

from __future__ import annotations

from rung.errors import RungError
from rung_tui.acts import acts_on, key_of
from rung_tui.bulk.desk import BatchDesk
from rung_tui.language import _
from rung_tui.queue.marking import Marking
from rung_tui.working import work

__all__ = ["BulkActing"]


class BulkActing(Marking):
    """A screen whose marked customers can be overruled together."""

    @work(group="override", exclusive=True, opens=True)
    async def action_bulk(self) -> None:
        """Open the dialog for everybody marked, and record what it gives."""
        from rung_tui.bulk.dialog import BulkDialog

        review, numbers = self.review, list(self.review.marks)
        if not numbers:
            self.notify(
                _("Nobody is marked: {key} marks the customer under the cursor.").format(
                    key=key_of(acts_on(self), "mark")
                ),
                markup=False,
            )
            return
        try:
            customers = await review.telling(lambda: BatchDesk(review).ids(numbers))
            ground = await review.telling(lambda: review.ground(customers[0]))
        except RungError as error:
            self.refuse(error)
            return
        made = await self.app.push_screen_wait(BulkDialog(review, ground, customers))
        if made is None:
            return
        recorded = {each.customer_id for each in made.records}
        for number, customer in zip(numbers, customers, strict=True):
            if customer in recorded:
                review.marks.put(number, is_marked=False)
        words = _("On record: {n}, {first} to {last}. {key} takes them back together.")
        told = {"first": made.records[0].id, "last": made.records[-1].id, "n": f"{len(made.records):,}"}
        said = [words.format(**told, key=key_of(acts_on(self), "undo"))]
        if review.marks.count:
            words = _("Left marked, for the rules refused them: {n}")
            said.append(words.format(n=f"{review.marks.count:,}"))
        # One notice: of two the first would never be seen.
        self.notify("\n".join(said), markup=False, timeout=8)
        self.marks_changed()
        try:
            await self.show_ledger()
        except RungError as error:
            self.refuse(error)

"""What was typed of a contact besides its outcome, and what it says to the core."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from rung.errors import Problem, RungError
from rung_tui.due.words import facts_written, next_written
from rung_tui.language import _, spoken
from rung_tui.queue.search import folded

if TYPE_CHECKING:
    from rung.service.contacts import ContactSaid

__all__ = ["FIELDS", "ContactForm"]

FIELDS: Final = ("note", "next", "minutes", "fact")
"""The fields, in the order in which they are filled in."""
_CHANNEL: Final = "phone"
# As ``rung follow call`` has it.
_SEPARATORS: Final = str.maketrans("/.。年月", "-----", "日")


@dataclass(frozen=True, slots=True)
class ContactForm:
    """The fields as they were typed; "" is what nobody touched."""

    note: str = ""
    next: str = ""
    """A day, or a span such as 3d."""
    minutes: str = ""
    fact: str = ""
    """As FIELD=VALUE."""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        return not any(each.strip() for each in (self.note, self.next, self.minutes, self.fact))

    def said(self, outcome: str, today: date) -> ContactSaid:
        """Return the contact with an outcome; raises RungError with everything that cannot be read."""
        from rung.service.contacts import ContactSaid

        spoken()
        problems: list[Problem] = []
        next_on: date | None = None
        minutes: int | None = None
        facts: dict[str, str | None] = {}
        if written := folded(self.next).strip():
            try:
                next_on = next_written(written.translate(_SEPARATORS), today)
            except RungError as error:
                problems += error.problems
        if written := folded(self.minutes).strip():
            try:
                minutes = int(written)
            except ValueError:
                problems.append(Problem(_("“{found}” is no number of minutes.").format(found=self.minutes)))
        if self.fact.strip():
            try:
                facts = facts_written(self.fact.strip().replace("＝", "="))
            except RungError as error:
                problems += error.problems
        if problems:
            raise RungError.all(problems)
        return ContactSaid(
            outcome=outcome,
            channel=_CHANNEL,
            text=self.note.strip(),
            minutes=minutes,
            next_on=next_on,
            facts=facts,
        )

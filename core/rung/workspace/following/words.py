"""Contacts in words: the grade before and after, when the next is due, and a contact on one line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rung.moments import local
from rung.text import _

if TYPE_CHECKING:
    from rung.ledger import People
    from rung.ledger.service.contacts import LoggedContact
    from rung.policy.outcome import OutcomeInEffect
    from rung.service.contacts import NextContact
    from rung.workspace.following.made import ContactUndone, Grades, Restored

__all__ = ["contact_line", "grade_words", "next_words", "undone_words"]


def grade_words(before: Grades, after: Grades) -> str:
    """Return the grade before and after; what was computed where a person's grade stands above it."""
    names = {"before": before.effective or "–", "after": after.effective or "–"}
    if before.effective != after.effective:
        words = _("Grade: {before} → {after}").format(**names)
    else:
        words = _("Grade: {after}, as before").format(**names)
    if after.is_overridden and before.computed != after.computed:
        told = {"before": before.computed or "–", "after": after.computed or "–"}
        words = _("{grade} (an override; computed {before} → {after})").format(grade=words, **told)
    return words


def next_words(following: NextContact | None, *, is_ended: bool = False) -> str:
    """Return when the next contact is due."""
    if is_ended:
        return _("No more contact is owed until something else is known of the customer.")
    if following is None:
        return _("No contact comes due.")
    days = following.days
    if days.at is not None:
        return _("Next contact: {day}").format(day=f"{local(days.at):%Y-%m-%d %H:%M}")
    if days.latest is not None and days.latest != days.due:
        words = _("Next contact: {day}, {latest} at the latest")
        return words.format(day=days.due, latest=days.latest)
    return _("Next contact: {day}").format(day=days.due)


def undone_words(undone: ContactUndone) -> Iterator[str]:
    """Yield what came of taking a contact back, line by line."""
    contact = undone.contact
    yield _("{id} of {customer} is taken back; it stays on record.").format(
        id=contact.id, customer=contact.customer_id
    )
    if undone.withdrawn:
        ids = _(", ").join(each.id for each in undone.withdrawn)
        yield _("Withdrawn with it: {ids}").format(ids=ids)
    yield from map(_restored_words, undone.restored)
    yield from undone.notices
    if undone.before is not None and undone.after is not None:
        yield grade_words(undone.before, undone.after)
        yield next_words(undone.next, is_ended=undone.is_ended)


def contact_line(contact: LoggedContact, people: People, outcomes: Iterable[OutcomeInEffect]) -> str:
    """Return a contact on one line: when, by whom, how it went, what was said."""
    titles = {each.id: each.title for each in outcomes}
    parts = [
        f"{local(contact.at):%Y-%m-%d %H:%M}",
        people.name(contact.maker),
        str(titles.get(contact.outcome, contact.outcome)),
        contact.channel,
        " ".join(contact.text.split()),
    ]
    if contact.next_on is not None:
        parts.append(_("next {day}").format(day=contact.next_on))
    return "  ".join(each for each in parts if each)


def _restored_words(restored: Restored) -> str:
    if restored.record is None:
        words = _("{id} could not come back: {why}.")
        return words.format(id=restored.old.id, why=restored.why_not)
    return _("{id} counts again, as {new}.").format(id=restored.old.id, new=restored.record.id)

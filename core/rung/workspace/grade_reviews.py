"""Puts on record that somebody looked at customers' grades anew, and takes it back where it was a slip."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from rung.errors import Problem, RungError
from rung.ledger.actor import Role
from rung.ledger.rules.asked import texts_kept
from rung.ledger.service.reviews import ReviewDone, review_draft, review_withdrawal_draft
from rung.text import _
from rung.workspace.following.log import may_log

if TYPE_CHECKING:
    from rung.workspace.customers_meant import CustomersWanted
    from rung.workspace.workspace import Workspace

__all__ = ["MOST_UNDONE", "customers_due", "drawn_up", "review_numbers", "reviewed", "taken_back"]

_IDS: Final = re.compile(r"[Vv]?([1-9][0-9]{0,17})(?:\.\.[Vv]?([1-9][0-9]{0,17}))?")
MOST_UNDONE: Final = 100_000
"""The most events a range of ids may span."""


def customers_due(
    workspace: Workspace, wanted: CustomersWanted, now: datetime, run_id: str
) -> tuple[str, ...]:
    """Return the ids of the customers wanted of a run whose review is due."""
    from rung.service.due import Chosen
    from rung.service.due_list import DueKind

    found = workspace.service.due(now, Chosen(kinds=frozenset([DueKind.REVIEW])), (run_id,), None, wanted)
    return tuple(dict.fromkeys(each.customer_id for each in found.rows()))


def drawn_up(
    workspace: Workspace, customers: Sequence[str], because: str, on: date | None, now: datetime, run_id: str
) -> tuple[ReviewDone, ...]:
    """Return the reviews of customers of a run, by their ids, as they would go on record.

    ``on``: the day they took place; now if left out. Raises RungError with all that speaks against it.
    """
    human, calendar = workspace.human_input, workspace.service.calendar
    problems = [*may_log(workspace.contacts.who), *texts_kept((because,))]
    today = calendar.day_of(now)
    if on is not None and on > today:
        problems.append(
            Problem(_("{day} is still to come: a review is put on record once it is done.").format(day=on))
        )
    if problems:
        raise RungError.all(problems)
    at = now if on is None or on == today else datetime.combine(on, time(12), calendar.zone)
    with workspace.run(run_id) as run:
        standing = workspace.service.standing(run, now)
        policy = run.manifest.policy.id
    grades = dict(standing.frame.select("customer_id", "grade").iter_rows())
    account = human.actor().account
    return tuple(
        ReviewDone(
            customer_id=each,
            policy_id=policy,
            at=at,
            because=because.strip(),
            grade=grades[each] or "",
            maker=account,
            made_at=now,
        )
        for each in customers
    )


def reviewed(workspace: Workspace, reviews: Sequence[ReviewDone]) -> tuple[ReviewDone, ...]:
    """Record reviews as drawn up, all or none, and return them as recorded."""
    numbers: list[int] = []
    with workspace.human_input.ledger() as store:
        with store.appending() as ledger:
            numbers += (ledger.append(review_draft(each)).sequence for each in reviews)
        return tuple(filter(None, map(store.review, numbers)))


def review_numbers(ids: Sequence[str]) -> tuple[int, ...]:
    """Return the numbers meant by ids such as V12 and V12..V40; raises RungError for what is none."""
    found: dict[int, None] = {}
    for each in ids:
        match = _IDS.fullmatch(each.strip())
        first, last = (0, 0) if match is None else (int(match[1]), int(match[2] or match[1]))
        if match is None or not 0 <= last - first <= MOST_UNDONE:
            message = _("“{name}” is no review; they look like V12, several like V12..V40.")
            raise RungError.of(message.format(name=each))
        found |= dict.fromkeys(range(first, last + 1))
    return tuple(found)


def taken_back(
    workspace: Workspace, ids: Sequence[str], because: str, now: datetime
) -> tuple[ReviewDone, ...]:
    """Record that reviews were put on record by mistake, all or none; raises RungError with all against it.

    What in a range of ids is no review, or taken back already, is passed over.
    """
    human, numbers = workspace.human_input, review_numbers(ids)
    if not human.is_begun:
        raise RungError.of(_("There is no review {id} on record.").format(id=ids[0]))
    made: list[int] = []
    with human.ledger() as store:
        with store.appending() as ledger:
            found = [
                each for each in map(ledger.review, numbers) if each is not None and not each.is_withdrawn
            ]
            problems = [*_against(workspace, ids, found, because)]
            if problems:
                raise RungError.all(problems)
            for each in found:
                ledger.append(review_withdrawal_draft(each, because.strip(), human.actor().account, now))
                made.append(each.number)
        return tuple(filter(None, map(store.review, made)))


def _against(
    workspace: Workspace, ids: Sequence[str], found: Sequence[ReviewDone], because: str
) -> Iterator[Problem]:
    who = workspace.contacts.who
    yield from may_log(who)
    if not found:
        message = _("There is no review {id} on record, or it was taken back already.")
        yield Problem(message.format(id=_(", ").join(ids)))
    others = {each.maker for each in found} - {who.actor.account}
    if others and who.actor.role is not Role.OWNER:
        message = _(
            "{maker} made some of these reviews: only whoever made one may take it back, or an owner."
        )
        yield Problem(message.format(maker=who.people.name(min(others))))
    if not because.strip():
        yield Problem(_("Nothing says why the review is taken back."), _("Give a reason: --reason TEXT."))
    yield from texts_kept((because,))

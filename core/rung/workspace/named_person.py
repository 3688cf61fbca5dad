"""Whom a person means who writes an account or a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.errors import RungError, did_you_mean
from rung.text import _

if TYPE_CHECKING:
    from rung.ledger import People
    from rung.workspace.human_input import HumanInput

__all__ = ["account_meant", "maker_meant"]


def account_meant(given: str, people: People) -> str:
    """Return the account meant by an account or by a name on the workspace's list.

    What is neither is returned as it is: people leave lists, and what they did stays. Raises RungError
    for a name that several have.
    """
    if given in people.listed:
        return given
    found = [account for account, actor in people.listed.items() if actor.name == given]
    if len(found) > 1:
        message = _("“{name}” is the name of several people: {accounts}.")
        raise RungError.of(
            message.format(name=given, accounts=", ".join(found)), _("Write the account instead.")
        )
    return found[0] if found else given


def maker_meant(given: str, human_input: HumanInput) -> str:
    """Return the account meant of somebody who may have acted; raises RungError for who is nobody here."""
    people = human_input.people
    account = account_meant(given, people)
    if account in people.listed or account == human_input.actor().account or _has_acted(account, human_input):
        return account
    names = (*people.listed, *(actor.name for actor in people.listed.values()))
    raise RungError.of(_("There is nobody called “{name}”.").format(name=given), did_you_mean(given, names))


def _has_acted(account: str, human_input: HumanInput) -> bool:
    from rung.ledger import EventFilter

    if not human_input.is_begun:
        return False
    with human_input.ledger() as store:
        return any(True for _event in store.events(EventFilter(maker=account)))

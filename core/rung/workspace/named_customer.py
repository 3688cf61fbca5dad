"""Which customer or policy a person means who asks what is on record, by id, by name or by file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.errors import RungError, did_you_mean
from rung.text import _

if TYPE_CHECKING:
    from rung.ledger import EventFilter
    from rung.workspace import Workspace

__all__ = ["customer_meant", "policy_id_of", "policy_meant"]


def customer_meant(given: str, workspace: Workspace) -> str:
    """Return the id of a customer on record by that id, else of one in a latest run by id or name.

    Customers leave the tables, and what was done about them stays. Raises RungError for who is nowhere.
    """
    from rung.ledger import EventFilter

    if _is_on_record(EventFilter(customer_id=given), workspace):
        return given
    manifests = workspace.runs().manifests
    latest = {each.policy.id: each.run_id for each in reversed(manifests)}
    for run_id in latest.values():
        with workspace.run(run_id) as run:
            try:
                return run.find(given).id
            except RungError:
                continue
    raise RungError.of(
        _("There is no customer “{name}”: not on record, and not in a latest run.").format(name=given),
        _("Write the id as it stands in the table."),
    )


def policy_meant(given: str, workspace: Workspace) -> str:
    """Return the id of a policy by id or file; raises RungError for one without a run and off the record."""
    from rung.ledger import EventFilter

    policy = policy_id_of(workspace, given)
    known = tuple(dict.fromkeys(each.policy.id for each in workspace.runs().manifests))
    if policy in known or _is_on_record(EventFilter(policy_id=policy), workspace):
        return policy
    raise RungError.of(
        _("Nothing is on record under a policy “{name}”, and there is no run by it.").format(name=given),
        did_you_mean(given, known),
    )


def policy_id_of(workspace: Workspace, named: str) -> str:
    """Return the id of a policy named by id or by file."""
    if named.endswith(".toml") or "/" in named:
        return workspace.shelf.find(named).policy.id
    return named


def _is_on_record(wanted: EventFilter, workspace: Workspace) -> bool:
    human_input = workspace.human_input
    if not human_input.is_begun:
        return False
    with human_input.ledger() as store:
        return any(True for _event in store.events(wanted))

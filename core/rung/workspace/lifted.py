"""What was given without approval and has come to lift a grade since, by the last run of each policy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rung.errors import Problem, RungError
from rung.ledger import InputFilter, InputRecord
from rung.ledger.store import OPEN
from rung.workspace.overlaid import OverlaidRun
from rung.workspace.unapproved_lifts import unapproved_lifts

if TYPE_CHECKING:
    from rung.workspace.human_input import HumanInput

__all__ = ["Lifted", "lifted"]


@dataclass(frozen=True, slots=True)
class Lifted:
    """The records, oldest first, and what is wrong with runs that could not tell."""

    records: tuple[InputRecord, ...]
    problems: tuple[Problem, ...] = ()


def lifted(human: HumanInput, today: date, policies: Iterable[str] | None = None) -> Lifted:
    """Return what has come to lift, under some policies or all that have a run."""
    if not human.is_begun:
        return Lifted(())
    latest: dict[str, str] = {}
    for manifest in human.store.shelved().manifests:
        latest.setdefault(manifest.policy.id, manifest.run_id)
    found: list[InputRecord] = []
    problems: list[Problem] = []
    for policy_id in latest if policies is None else policies:
        if policy_id in latest:
            try:
                found += _under(human, policy_id, latest[policy_id], today)
            except RungError as error:
                problems += error.problems
    return Lifted(tuple(sorted(found, key=lambda each: each.made_at)), tuple(problems))


def _under(human: HumanInput, policy_id: str, run_id: str, today: date) -> list[InputRecord]:
    with human.ledger() as store, human.store.open(run_id) as run:
        wanted = InputFilter(policy_id=policy_id, states=OPEN)
        records = [each for each in store.inputs(wanted) if each.status(today).is_open]
        ids = unapproved_lifts(OverlaidRun(run, store, today, human.host), records, today)
        return [each for each in records if each.id in ids]

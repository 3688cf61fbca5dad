"""Where human inputs stand, and what each does to its customer in the latest run of its policy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rung.errors import Problem, RungError
from rung.ledger import Effective, InputRecord, Status
from rung.ledger.grades.data_standing import DatumStanding
from rung.workspace.overlaid import OverlaidRun

if TYPE_CHECKING:
    from rung.workspace.human_input import HumanInput

__all__ = ["Standing", "Standings", "standings_of"]


@dataclass(frozen=True, slots=True)
class Standing:
    """One human input and what it does to its customer in the latest run of its policy."""

    record: InputRecord
    status: Status
    effective: Effective | None
    """None where it is not open, or the customer is not in that run."""
    datum: DatumStanding | None = None
    """Of an open judgement or correction: how its value stands to the source's."""

    @property
    def is_gone(self) -> bool:
        """Whether it is open and its customer is no more in the runs."""
        return self.status.is_open and self.effective is None


@dataclass(frozen=True, slots=True)
class Standings:
    """The human input of a workspace, oldest first, and what is wrong with runs it could not be laid over."""

    found: tuple[Standing, ...]
    problems: tuple[Problem, ...]


def standings_of(human: HumanInput, today: date, inputs: Sequence[InputRecord]) -> Standings:
    """Return where human inputs of a workspace stand, each laid over the latest run of its policy."""
    told: dict[str, Standing] = {}
    problems: list[Problem] = []
    for policy_id in sorted({each.policy_id for each in inputs if each.status(today).is_open}):
        theirs = [each for each in inputs if each.policy_id == policy_id and each.status(today).is_open]
        try:
            told |= {each.record.id: each for each in _laid(human, policy_id, today, theirs)}
        except RungError as error:
            problems += error.problems
    found = (told.get(each.id) or Standing(each, each.status(today), None) for each in inputs)
    return Standings(tuple(found), tuple(problems))


def _laid(
    human: HumanInput, policy_id: str, today: date, inputs: Sequence[InputRecord]
) -> Iterator[Standing]:
    latest = next((m for m in human.store.shelved().manifests if m.policy.id == policy_id), None)
    if latest is None or not inputs:
        return
    with human.store.open(latest.run_id) as run, human.ledger() as store:
        overlaid = OverlaidRun(run, store, today, human.host)
        about = overlaid.inputs_of({each.customer_id for each in inputs})
        effective = overlaid.effective_grades(about)
        data = overlaid.standings_of(inputs)
        for each in inputs:
            found = effective.get(each.customer_id)
            yield Standing(each, each.status(today), found, data.get(each.id))

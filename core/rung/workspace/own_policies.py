"""Whose rules count: where people are listed, those of the policies that the workspace itself holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from rung.errors import Problem, RungError
from rung.moments import day_of
from rung.text import _

if TYPE_CHECKING:
    from rung.ledger import InputRecord
    from rung.policy.model import Policy
    from rung.policy.shelf import Shelf
    from rung.runs.run import Run
    from rung.workspace.human_input import HumanInput

__all__ = ["OwnPolicies"]


@dataclass(frozen=True)
class OwnPolicies:
    """The policies a workspace holds, as a measure of those that runs were graded by; good for one act.

    Else whoever may grade could bring a policy of their own, of the same id and with looser rules, and be
    held to these. A workspace that lists no people trusts everybody, with their policies too.
    """

    human: HumanInput
    _known: dict[tuple[str, str, date], frozenset[str]] = field(default_factory=dict)
    _days: dict[str, date] = field(default_factory=dict)

    @cached_property
    def _shelf(self) -> Shelf | None:
        from rung.policy.shelf import Shelf

        folder = self.human.policies
        return None if folder is None or not self.human.people.listed else Shelf(self.human.host, (folder,))

    def against_run(self, run: Run, policy: Policy) -> Problem | None:
        """Return why nobody may act on a run, given its policy as kept; None where the workspace holds it."""
        found = run.manifest
        return self._against(
            policy.id,
            policy.version,
            found.policy.sha256,
            found.as_of,
            _("Grade again, and act on that run."),
        )

    def against_approval(self, record: InputRecord) -> tuple[Problem, ...]:
        """Return why a human input may not be approved: the rules it was made under are not held any more."""
        problem = self._against(
            record.policy_id,
            record.policy_version,
            record.policy_hash,
            self._day(record),
            _("Reject it, grade again, and have it proposed anew on that run."),
        )
        return () if problem is None else (problem,)

    def _against(self, policy_id: str, version: str, sha256: str, day: date, remedy: str) -> Problem | None:
        try:
            known = self._hashes(policy_id, version, day)
        except RungError as error:
            return error.problems[0]
        if known is None or sha256 in known:
            return None
        told = {"policy": policy_id, "version": version}
        if known:
            message = _("The policy “{policy}” {version} says something else in this workspace by now.")
            return Problem(message.format(**told), remedy)
        message = _(
            "This workspace does not hold the policy “{policy}” {version}: where people are listed, only the "
            "workspace's own policies say who may overrule."
        )
        hint = _("Whoever keeps the workspace can put it into its folder policies, or publish it.")
        return Problem(message.format(**told), hint)

    def _hashes(self, policy_id: str, version: str, day: date) -> frozenset[str] | None:
        """Return what the workspace holds under an id and a version; None where nobody asks."""
        if self._shelf is None:
            return None
        key = (policy_id, version, day)
        if key not in self._known:
            self._known[key] = self._shelf.hashes(*key)
        return self._known[key]

    def _day(self, record: InputRecord) -> date:
        """Return the day a record's run was graded for: by it the layers below a policy are found."""
        if self._shelf is not None and record.run_id not in self._days:
            try:
                with self.human.store.open(record.run_id) as run:
                    self._days[record.run_id] = run.manifest.as_of
            except RungError:
                pass  # the run is gone, or damaged; the policy is held all the same
        return self._days.get(record.run_id, day_of(record.made_at))

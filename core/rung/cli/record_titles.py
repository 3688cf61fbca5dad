"""What human inputs are about, as people call it: the datum's quantity and the title of the reason given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.errors import RungError

if TYPE_CHECKING:
    from rung.grading.compiled import CompiledPolicy
    from rung.ledger import InputRecord
    from rung.vocabulary import Quantity
    from rung.workspace.human_input import HumanInput

__all__ = ["Titles", "reason_title"]


class Titles:
    """Looks titles up in the policy each input was made under, as it is kept with its run."""

    def __init__(self, human_input: HumanInput) -> None:
        self._human_input = human_input
        self._compiled: dict[str, CompiledPolicy | None] = {}

    def quantity(self, made: InputRecord) -> Quantity | None:
        """Return the quantity a judgement or correction is about; None of an override, or if not known."""
        from rung.ledger import DataInput

        if not isinstance(made, DataInput):
            return None
        compiled = self._policy(made)
        return None if compiled is None else compiled.quantities.get(made.subject)

    def reason(self, made: InputRecord) -> str:
        """Return the title of the reason given; its code where the policy is not at hand."""
        compiled = self._policy(made) if made.reason else None
        return made.reason if compiled is None else reason_title(made, compiled)

    def _policy(self, made: InputRecord) -> CompiledPolicy | None:
        if made.policy_hash not in self._compiled:
            self._compiled[made.policy_hash] = self._read(made)
        return self._compiled[made.policy_hash]

    def _read(self, made: InputRecord) -> CompiledPolicy | None:
        """Return the policy of the run an input was made on; None where that cannot be read any more."""
        from rung.pipeline import scorecard_of

        try:
            with self._human_input.store.open(made.run_id) as run:
                return scorecard_of(run, self._human_input.host).compiled
        except RungError:
            return None


def reason_title(made: InputRecord, compiled: CompiledPolicy) -> str:
    """Return the title of the reason given for an input; its code where the policy has it no more."""
    policy = compiled.policy
    rules = {"override": policy.override, "correction": policy.correction, "judgement": policy.judgement}
    titles = {each.id: str(each.title) for each in rules[made.kind.value].reasons}
    return titles.get(made.reason, made.reason)

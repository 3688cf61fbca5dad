"""What human inputs are about, as people call it: the datum's quantity and the title of the reason given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.errors import RungError
from rung.text import Text

if TYPE_CHECKING:
    from rung.grading.compiled import CompiledPolicy
    from rung.ledger import InputRecord
    from rung.vocabulary import Quantity
    from rung.workspace.human_input import HumanInput

__all__ = ["Titles"]


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
        return self.quantity_at(made.subject, made.policy_hash, made.run_id)

    def quantity_at(self, subject: str, policy_hash: str, run_id: str) -> Quantity | None:
        """Return the quantity of that id in the policy of a run; None where it is not known."""
        compiled = self._policy(policy_hash, run_id)
        return None if compiled is None else compiled.quantities.get(subject)

    def reason(self, made: InputRecord) -> str:
        """Return the title of the reason given; its code where the policy is not at hand."""
        return self.reason_at(made.kind.value, made.reason, made.policy_hash, made.run_id)

    def reason_at(self, kind: str, code: str, policy_hash: str, run_id: str) -> str:
        """Return the title of a reason for inputs of a kind in the policy of a run; else its code."""
        return str(self._reason(kind, code, policy_hash, run_id) or code)

    def reason_text(self, made: InputRecord) -> Text:
        """Return the title of the reason given in both languages; its code as above."""
        found = self._reason(made.kind.value, made.reason, made.policy_hash, made.run_id)
        return found or Text.same(made.reason)

    def _reason(self, kind: str, code: str, policy_hash: str, run_id: str) -> Text | None:
        compiled = self._policy(policy_hash, run_id) if code else None
        return None if compiled is None else _title(kind, code, compiled)

    def _policy(self, policy_hash: str, run_id: str) -> CompiledPolicy | None:
        if policy_hash not in self._compiled:
            self._compiled[policy_hash] = self._read(run_id)
        return self._compiled[policy_hash]

    def _read(self, run_id: str) -> CompiledPolicy | None:
        """Return the policy of the run an input was made on; None where that cannot be read any more."""
        from rung.pipeline import scorecard_of

        try:
            with self._human_input.store.open(run_id) as run:
                return scorecard_of(run, self._human_input.host).compiled
        except RungError:
            return None


def _title(kind: str, code: str, compiled: CompiledPolicy) -> Text | None:
    from rung.ledger.contact_reasons import REASON_TITLES

    policy = compiled.policy
    rules = {"override": policy.override, "correction": policy.correction, "judgement": policy.judgement}
    return {**REASON_TITLES, **{each.id: each.title for each in rules[kind].reasons}}.get(code)

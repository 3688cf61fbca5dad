"""What the people of a workspace may read, and the record of what they were shown and took out."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from rung.errors import RungError
from rung.ledger.canonical import canonical
from rung.ledger.confidential import MASK, Clearance, masked, masked_input, values_shown
from rung.ledger.events import Draft, Event
from rung.ledger.kinds import EventKind
from rung.ledger.notes import may_see
from rung.ledger.records import DataInput, InputRecord
from rung.text import _
from rung.workspace.confidential_names import check_names, names_of
from rung.workspace.recording.masks import masked_payload, told_values

if TYPE_CHECKING:
    from rung.grading.compiled import CompiledPolicy
    from rung.grading.explanation import Explanation
    from rung.policy.model import Policy
    from rung.workspace.config import ConfidentialityConfig
    from rung.workspace.workspace import Workspace

__all__ = ["Confidential", "Export", "Shown"]


@dataclass(frozen=True, slots=True)
class Shown:
    """An explanation as a person may read it."""

    explanation: Explanation
    inputs: tuple[DataInput, ...] = ()
    """The judgements and corrections asked for with it."""
    read: frozenset[str] = frozenset()
    """Sensitive quantities whose values it shows."""
    masked: frozenset[str] = frozenset()
    """Quantities whose values are masked."""
    notice: str = ""
    """Why values are masked though the person may read them: that they did could not be recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """Customers' data written to a file: what is on record of it."""

    what: str
    """``grades``, ``simulation``, ``ledger``, ``sheet``, ``due``, ``records``."""
    rows: int
    file: str
    """The file's name without its folder, “-” for standard output."""
    policy: str = ""
    run: str = ""
    fields: tuple[str, ...] = ()
    """Sensitive quantities whose values are in it."""

    @property
    def sensitive(self) -> bool:
        """Whether it holds sensitive values."""
        return bool(self.fields)


@dataclass(frozen=True)
class Confidential:
    """The confidentiality of one workspace, for whoever works in it."""

    workspace: Workspace
    _of_policies: dict[str, frozenset[str] | None] = field(default_factory=dict, compare=False)

    @property
    def _given(self) -> ConfidentialityConfig | None:
        return self.workspace.config.confidentiality

    @property
    def is_watched(self) -> bool:
        """Whether anything is confidential here: people are listed, or the config speaks of it."""
        return self._given is not None or bool(self.workspace.human_input.people.listed)

    @property
    def named(self) -> frozenset[str]:
        """The fields the config adds to those that sector and policy mark."""
        return frozenset(self._given.fields) if self._given else frozenset()

    def unquoted(self, policies: Iterable[Policy]) -> frozenset[str] | None:
        """Return the fields besides those marked whose values no report of a table quotes; None: quote all.

        Raises RungError where the config has mistakes; the fields of the policies graded by are known.
        """
        self.check([name for each in policies for name in (*each.fields, *each.derived)])
        return self.named if self.is_watched else None

    @property
    def may_read(self) -> bool:
        """Whether whoever works here may read sensitive values."""
        human = self.workspace.human_input
        actor = human.actor()
        if actor.clearance is not None:
            return actor.clearance
        least = self._given.visible_to if self._given else None
        return actor.role.reaches(least or ("approver" if human.people.listed else "viewer"))

    def clearance(self, compiled: CompiledPolicy) -> Clearance:
        """Return what may be read under a policy; raises RungError where the config has mistakes."""
        self.check(names_of(compiled))
        return Clearance(compiled.sensitive(self.named), self.may_read)

    def check(self, known: Collection[str] = ()) -> None:
        """Raise RungError for fields of the config that nothing has, or that cannot be masked.

        ``known``: names that need not be looked for any more.
        """
        if self._given is not None:
            check_names(self._given.fields, known, self.workspace)

    # What is shown

    def shown(
        self,
        explanation: Explanation,
        compiled: CompiledPolicy,
        by: str,
        now: datetime,
        *,
        inputs: Sequence[DataInput] = (),
        recorded: frozenset[str] = frozenset(),
    ) -> Shown:
        """Return an explanation, and inputs, as whoever works here may read them, with that on record.

        ``by``: ``explain``, ``sheet``, ``screen`` or ``export``. What cannot be put on record stays masked.
        ``recorded``: the quantities whose reading is on record already.
        """
        clearance = self.clearance(compiled)
        fields = values_shown(explanation, clearance.fields)
        fields |= clearance.fields.intersection(each.subject for each in inputs)
        notice = self.opened(explanation.customer_id, explanation.policy_id, fields - recorded, by, now)
        if notice:
            clearance = replace(clearance, may_read=False)
        return Shown(
            masked(explanation, clearance),
            tuple(masked_input(each, clearance) for each in inputs),
            read=fields - clearance.hidden,
            masked=fields & clearance.hidden,
            notice=notice,
        )

    def opened(self, customer_id: str, policy_id: str, fields: frozenset[str], by: str, now: datetime) -> str:
        """Put on record that sensitive values of a customer are read; return a notice if that fails.

        Nothing is to be recorded where nothing is shown, or nothing is confidential.
        """
        if not fields or not self.is_watched or not self.may_read:
            return ""
        try:
            self._append(
                EventKind.SENSITIVE_READ, customer_id, policy_id, {"fields": sorted(fields), "by": by}, now
            )
        except RungError as error:
            words = _("Sensitive values stay masked: that you read them cannot be recorded. {reason}")
            return words.format(reason=error.problems[0])
        return ""

    @overload
    def listed(self, record: DataInput) -> DataInput: ...

    @overload
    def listed(self, record: InputRecord) -> InputRecord: ...

    def listed(self, record: InputRecord) -> InputRecord:
        """Return a human input as lists of them show it: sensitive values masked for everybody, if watched.

        Who may read them has them explained, customer by customer, with that on record.
        """
        if not isinstance(record, DataInput) or not self.is_watched:
            return record
        if not self.is_sensitive(record.policy_id, record.subject):
            return record
        return masked_input(record, Clearance(frozenset({record.subject}), may_read=False))

    # What leaves

    def taken(self, export: Export, now: datetime) -> None:
        """Put on record that customers' data are written to a file; raises RungError where that fails.

        Nothing is recorded in a workspace where nothing is confidential.
        """
        if self.is_watched:
            self.record_export(export, now)

    def record_export(self, export: Export, now: datetime) -> None:
        """Put an export on record; raises RungError where that fails."""
        payload = {
            "what": export.what,
            "rows": export.rows,
            "fields": sorted(export.fields),
            "file": Path(export.file).name or export.file,
            "policy": export.policy,
            "run": export.run,
            "sensitive": export.sensitive,
        }
        self._append(EventKind.EXPORT_TAKEN, None, export.policy or None, payload, now)

    def _append(
        self,
        kind: EventKind,
        customer_id: str | None,
        policy_id: str | None,
        payload: Mapping[str, Any],
        now: datetime,
    ) -> None:
        human = self.workspace.human_input
        with human.ledger() as store, store.appending() as ledger:
            ledger.append(
                Draft(
                    kind=kind,
                    customer_id=customer_id,
                    policy_id=policy_id,
                    payload=canonical(payload),
                    made_at=now,
                    maker=human.actor().account,
                )
            )

    # What is on record

    def payload(self, event: Event, *, whole: bool = False) -> Any:
        """Return what an act on record carries, as whoever works here may read it in a list of acts.

        Values of sensitive subjects are masked for everybody, unless ``whole`` is asked for by who may read
        them; the text of a note for whom it is not. A text where the payload is damaged.
        """
        try:
            found = json.loads(event.payload)
        except ValueError:
            return MASK if self.is_watched else event.payload.decode("utf-8", "replace")
        if not isinstance(found, dict):
            return found
        if event.kind == EventKind.NOTE_WRITTEN and "text" in found:
            human = self.workspace.human_input
            if not may_see(event.maker, found, human.actor()):
                found["text"] = MASK
        subject = found.get("subject")
        is_open = not self.is_watched or (whole and self.may_read)
        if event.kind == EventKind.CONTACT_LOGGED and not is_open:
            self._cover_facts(found)
        if isinstance(subject, str) and not is_open and self.is_sensitive(event.policy_id, subject):
            found |= {name: MASK for name in ("value", "was") if found.get(name) is not None}
        return found if is_open else masked_payload(event.kind, found, self.workspace)

    def _cover_facts(self, payload: dict[str, Any]) -> None:
        """Mask what a contact told of sensitive subjects."""
        facts, policy = payload.get("facts"), payload.get("policy")
        if isinstance(facts, dict):
            payload["facts"] = {
                name: MASK if value is not None and self.is_sensitive(policy, name) else value
                for name, value in facts.items()
            }

    def told_by(self, event: Event, payload: object) -> set[str]:
        """Return the sensitive quantity whose values a payload gives unmasked, if any."""
        if event.kind == EventKind.CONTACT_LOGGED and isinstance(payload, dict) and self.is_watched:
            facts = payload.get("facts")
            told = facts.items() if isinstance(facts, dict) else ()
            policy = payload.get("policy")
            return {
                name for name, value in told if value not in (None, MASK) and self.is_sensitive(policy, name)
            }
        if self.is_watched and isinstance(payload, dict) and "fields" in payload:
            return told_values(event.kind, payload, self.workspace)
        subject = payload.get("subject") if isinstance(payload, dict) else None
        if not isinstance(payload, dict) or not isinstance(subject, str) or payload.get("value") == MASK:
            return set()
        is_told = self.is_watched and self.is_sensitive(event.policy_id, subject)
        return {subject} if is_told else set()

    def is_sensitive(self, policy_id: str | None, subject: str) -> bool:
        """Whether a subject is sensitive under a policy, by its last run; what nobody can tell is."""
        if subject in self.named:
            return True
        key = policy_id or ""
        if key not in self._of_policies:
            self._of_policies[key] = self._insensitive(key)
        known = self._of_policies[key]
        return known is None or subject not in known

    def _insensitive(self, policy_id: str) -> frozenset[str] | None:
        from rung.pipeline import scorecard_of

        try:
            with self.workspace.run(self.workspace.latest_by(policy_id)) as run:
                compiled = scorecard_of(run, self.workspace.host).compiled
        except RungError:
            return None
        return frozenset(compiled.quantities) - compiled.sensitive(self.named)

"""Everything the program can tell about one customer, gathered before anything is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from rung.text import Text

if TYPE_CHECKING:
    from rung.grading.explanation import Explanation, Suggestion
    from rung.ledger import Effective, InputRecord
    from rung.ledger.notes import Note
    from rung.supplies.shown import PanelShown
    from rung.workspace.given_values import GivenValue
    from rung.workspace.run_review import PastGrade
    from rung.workspace.what_if import Tried
    from rung_tui.customer.desk import Owed

__all__ = ["Besides", "Told", "Trial"]


@dataclass(frozen=True, slots=True)
class Besides:
    """What a customer's own page says besides."""

    worse: Suggestion | None = None
    """The smallest change that costs the grade."""
    answered: Mapping[str, date] = field(default_factory=dict)
    """The day each judged criterion was answered, by quantity."""
    owed: Owed | None = None
    """What is next due; None while it is being read."""


@dataclass(frozen=True, slots=True)
class Trial:
    """Values being tried, and what comes of them."""

    written: Mapping[str, str]
    """As they were typed, by quantity."""
    now: Explanation
    """Without them."""
    then: Tried


@dataclass(frozen=True, slots=True)
class Told:
    """One customer of a run, explained."""

    number: int
    """Its place in the run."""
    as_of: date
    grades: tuple[str, ...]
    """Of the policy, best first."""
    explanation: Explanation
    standing: Effective | None
    """What people laid over the model's grade."""
    history: tuple[PastGrade, ...]
    """Newest first."""
    roles: Mapping[str, Text]
    reasons: Mapping[str, Mapping[str, Text]]
    """Titles of the reasons a person may give, by the kind of input."""
    people: Mapping[str, str]
    """Names of people by account, where the workspace lists them."""
    today: date
    notes: tuple[Note, ...] = ()
    """Those for whoever is at the screen, oldest first."""
    records: tuple[InputRecord, ...] = ()
    """Every human input on record under the policy, newest first."""
    given: Mapping[str, GivenValue] = field(default_factory=dict)
    """The values of the judgements and corrections among them, by id, as they may be read here."""
    notice: str = ""
    """Why values are masked that might be read."""
    covered: Mapping[str, Text] = field(default_factory=dict)
    """Titles of the sensitive values that are masked and may be shown, by quantity."""
    besides: Besides | None = None
    """What takes longer to find; None where it is not looked for, or not found yet."""
    panels: tuple[PanelShown, ...] = ()
    """What plugins show of the customer, once they answered."""
    tried: Trial | None = None
    """Other values that are being tried."""

    @property
    def overrides(self) -> tuple[InputRecord, ...]:
        """The overrides on record, newest first."""
        return tuple(each for each in self.records if each.kind.value == "override")

    @property
    def in_effect(self) -> tuple[GivenValue, ...]:
        """The judgements and corrections in effect, oldest first."""
        return tuple(each for each in self.given.values() if each.record.status(self.today) == "approved")

    @property
    def grade(self) -> str | None:
        """The effective grade."""
        return self.explanation.grade if self.standing is None else self.standing.grade

"""What reason codes say: a word from the manifest at once, the whole once the policy has been read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rung.text import Text

if TYPE_CHECKING:
    from rung.runs import Manifest

__all__ = ["ReasonWords"]


@dataclass(frozen=True)
class ReasonWords:
    """The words of every code of a run."""

    reasons: Mapping[str, Text] = field(default_factory=dict)
    refusals: Mapping[str, Text] = field(default_factory=dict)
    criteria: Mapping[str, Text] = field(default_factory=dict)
    """Titles, which must do until the policy has been read."""

    @classmethod
    def of_manifest(cls, manifest: Manifest) -> ReasonWords:
        """Return what the manifest alone can say."""
        return cls(criteria={named.id: named.title for named in manifest.criteria})

    def reason(self, code: str) -> Text:
        """Return what a reason says."""
        return self.reasons.get(code) or self._title(code)

    def refusal(self, code: str) -> Text:
        """Return what a cause of not being graded says."""
        return self.refusals.get(code) or self._title(code.partition(":")[2] or code)

    def _title(self, code: str) -> Text:
        return self.criteria.get(code.partition(":")[0]) or Text.same(code)

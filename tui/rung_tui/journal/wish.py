"""Which acts on record are wanted, as it was typed."""

from __future__ import annotations

from dataclasses import dataclass, fields

__all__ = ["ActsTyped"]


@dataclass(frozen=True, slots=True)
class ActsTyped:
    """What stands in the fields of the filter."""

    customer: str = ""
    person: str = ""
    policy: str = ""
    kinds: str = ""
    since: str = ""
    until: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether every act is wanted."""
        return not self.written

    @property
    def written(self) -> tuple[str, ...]:
        """What was typed, field by field, the empty ones left out."""
        found = (getattr(self, field.name).strip() for field in fields(self))
        return tuple(each for each in found if each)

"""What a policy asks about: a name, a kind of value, a unit; the fields a table or a form has."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rung.text import Text

__all__ = ["LIMIT", "Choice", "Field", "Kind", "Quantity"]

LIMIT: Final = 9_000_000_000_000_000
# Largest scaled integer a value may have, below 2**53, so that every engine carries it exactly.


class Kind(StrEnum):
    """What sort of value a field holds."""

    MONEY = "money"
    """Yuan, or the currency the field's unit names; two decimals unless said otherwise."""
    NUMBER = "number"
    """A measured number; four decimals unless said otherwise."""
    INTEGER = "integer"
    """A count."""
    PERCENT = "percent"
    """Percentage points, so 12.5 % is 12.5; two decimals unless said otherwise."""
    TEXT = "text"
    """Free text."""
    CATEGORY = "category"
    """One of the field's choices."""
    BOOLEAN = "boolean"
    """Yes or no."""
    DATE = "date"
    """A calendar day."""

    @property
    def is_numeric(self) -> bool:
        """Whether values are numbers, kept as integers scaled by the quantity's decimals."""
        return self in _DECIMALS


_DECIMALS: Final = {Kind.MONEY: 2, Kind.NUMBER: 4, Kind.INTEGER: 0, Kind.PERCENT: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value a category may take: the id kept and compared, its name, and what tables call it."""

    id: str
    """What is kept, compared and written in a policy's cells."""
    title: Text
    """What people call it; a table may hold either language."""
    aliases: tuple[str, ...] = ()
    """Other words tables have for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """What is common to everything a policy can ask about: a name, a kind and a unit.

    A numeric value is kept as an integer, ``decimals`` digits scaled away: 12.50 yuan is 1250.
    """

    id: str
    """The name policies use: letters, digits and underscores, no digit first."""
    title: Text
    """What people call it."""
    kind: Kind
    """What sort of value it is."""
    unit: str = ""
    """The unit shown beside it, such as ``"元"`` or ``"天"``."""
    decimals: int | None = None
    """Digits kept after the point; ``None`` takes the kind's own."""
    choices: tuple[Choice, ...] = ()
    """For a category, the values it may take."""
    aliases: tuple[str, ...] = ()
    """Header names people use for it, in any language; the id and both titles count as well."""
    about: Text | None = None
    """What is meant, at more length."""
    is_changeable: bool = True
    """Whether "the smallest change to the next grade" may propose another value."""
    is_sensitive: bool = False
    """Whether a workspace shows it only to those who may read such values; see docs/confidentiality.md."""
    low: int | None = None
    """Least value allowed, in units (not scaled); less is refused as unreadable."""
    high: int | None = None
    """Greatest value allowed, in units (not scaled)."""

    @property
    def scale(self) -> int:
        """What a value is multiplied by to become the integer kept: 10 ** decimals, 1 for non-numbers."""
        if self.decimals is not None:
            return int(10**self.decimals)
        return int(10 ** _DECIMALS.get(self.kind, 0))

    def names(self) -> tuple[str, ...]:
        """Return every header this quantity is known by: its id, both titles, the aliases."""
        return tuple(dict.fromkeys((self.id, self.title.zh, self.title.en, *self.aliases)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Field(Quantity):
    """One datum of a customer, or one column of an event table."""

    is_required: bool = False
    """Whether a table without this column is refused."""

"""Which rules of a table keep another from deciding, by its hit policy and its way with missing values."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from rung.grading.analysis.regions import members
from rung.grading.compiled import Table

__all__ = ["Precedence"]


@dataclass(frozen=True)
class Precedence:
    """The order in which the rules of one table count; sets of rules are whole numbers."""

    table: Table

    @classmethod
    def of(cls, table: Table) -> Precedence:
        """Return a table's precedence."""
        return cls(table)

    @cached_property
    def _ranks(self) -> dict[int, int]:
        return {place: rank for rank, place in enumerate(self.table.precedence)}

    @cached_property
    def _ahead(self) -> list[int]:
        """For each rank, the rules of lower ranks."""
        ahead = [0]
        for place in self.table.precedence:
            ahead.append(ahead[-1] | 1 << place)
        return ahead

    @cached_property
    def _by_outcome(self) -> dict[tuple[int | None, int], int]:
        found: dict[tuple[int | None, int], int] = {}
        for place, rule in enumerate(self.table.rules):
            key = (rule.grade, rule.points)
            found[key] = found.get(key, 0) | 1 << place
        return found

    def alike(self, place: int) -> int:
        """Return the rules that give what one gives, itself among them."""
        rule = self.table.rules[place]
        return self._by_outcome[rule.grade, rule.points]

    def before(self, place: int) -> int:
        """Return the rules that decide in place of one where both hold."""
        every = (1 << len(self.table.rules)) - 1
        match self.table.hit:
            case "unique":
                return every & ~(1 << place)
            case "any":
                return every & ~self.alike(place)
            case "collect":
                return self._more_extreme(place)
        return self._ahead[self._ranks[place]]

    def after(self, place: int) -> int:
        """Return the rules that count only where one does not hold; under ``any``, all others."""
        every = (1 << len(self.table.rules)) - 1 & ~(1 << place)
        return every if self.table.hit == "any" else every & ~self._ahead[self._ranks[place]]

    def refusing(self, place: int) -> int:
        """Return the rules that refuse a customer of one where missing values leave them open."""
        if self.table.missing != "refuse":
            return 0
        others = self.before(place)
        return others if self.table.hit in {"unique", "collect"} else others & ~self.alike(place)

    def _more_extreme(self, place: int) -> int:
        """Return the rules whose points count in place of one's: more under ``max``, fewer under ``min``."""
        how = self.table.collecting.how if self.table.collecting else "count"
        own = self.table.rules[place].points
        return members(
            other
            for other, rule in enumerate(self.table.rules)
            if (how == "max" and rule.points > own) or (how == "min" and rule.points < own)
        )

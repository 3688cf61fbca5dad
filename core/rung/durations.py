"""Spans of time as people write them in a policy: ``7d``, ``24h``, ``2w``, ``12mo``, ``1y``."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from rung.errors import RungError
from rung.text import Text, _

__all__ = ["Duration", "Unit"]


class Unit(StrEnum):
    """The unit of a duration; months and years are calendar months and years."""

    HOUR = "h"
    DAY = "d"
    WEEK = "w"
    MONTH = "mo"
    YEAR = "y"


_WRITTEN: Final = re.compile(r"(\d{1,5})\s*(h|d|w|mo|y)")
_NAMES: Final = {
    Unit.HOUR: Text("小时", "hours"),
    Unit.DAY: Text("天", "days"),
    Unit.WEEK: Text("周", "weeks"),
    Unit.MONTH: Text("个月", "months"),
    Unit.YEAR: Text("年", "years"),
}


@dataclass(frozen=True, slots=True)
class Duration:
    """A count of one unit, at least 1."""

    count: int
    unit: Unit

    @classmethod
    def parse(cls, written: str) -> Duration:
        """Read ``7d``, ``24h``, ``2w``, ``12mo`` or ``1y``.

        Raises RungError for anything else, and for a count of zero.
        """
        match = _WRITTEN.fullmatch(written.strip())
        if match is None or int(match[1]) == 0:
            raise RungError.of(
                _("“{found}” is no duration.").format(found=written),
                _("Write a count of 1 or more and a unit: 24h, 7d, 2w, 12mo or 1y."),
            )
        return cls(int(match[1]), Unit(match[2]))

    def before(self, day: date) -> date:
        """Return the day this long before ``day``; a month's end stays within the shorter month.

        Hours count as whole days, rounded up.
        """
        match self.unit:
            case Unit.HOUR:
                return day - timedelta(days=-(-self.count // 24))
            case Unit.DAY:
                return day - timedelta(days=self.count)
            case Unit.WEEK:
                return day - timedelta(weeks=self.count)
            case Unit.MONTH:
                return _months_before(day, self.count)
            case Unit.YEAR:
                return _months_before(day, 12 * self.count)

    def after(self, day: date) -> date:
        """Return the day this long after ``day``, by the rules of ``before``; no later than dates go."""
        try:
            match self.unit:
                case Unit.HOUR:
                    return day + timedelta(days=-(-self.count // 24))
                case Unit.DAY:
                    return day + timedelta(days=self.count)
                case Unit.WEEK:
                    return day + timedelta(weeks=self.count)
                case Unit.MONTH:
                    return _months_before(day, -self.count)
                case Unit.YEAR:
                    return _months_before(day, -12 * self.count)
        except (OverflowError, ValueError):
            return date.max

    def __str__(self) -> str:
        return f"{self.count}{self.unit.value}"

    def text(self) -> Text:
        """Return the duration in words."""
        name = _NAMES[self.unit]
        english = name.en if self.count != 1 else name.en.removesuffix("s")
        return Text(f"{self.count}{name.zh}", f"{self.count} {english}")


def _months_before(day: date, months: int) -> date:
    total = day.year * 12 + day.month - 1 - months
    year, month = total // 12, total % 12 + 1
    if year < 1:
        return date.min
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))

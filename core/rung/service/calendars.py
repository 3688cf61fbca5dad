"""Working days: the public holidays of a country, make-up workdays among them, and what a workspace adds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum
from functools import cache, cached_property
from typing import TYPE_CHECKING, Final, Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rung.errors import Place, Problem, RungError, did_you_mean
from rung.text import _

if TYPE_CHECKING:
    from holidays import HolidayBase

__all__ = ["NOWHERE", "WEEKDAYS", "Calendar", "CalendarSaid", "Roll", "read_calendar", "system_zone"]

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""How a workspace's file writes the days of the week, Monday first."""
NOWHERE: Final = "none"
"""In place of a country: no public holidays, only the weekend and the days named."""

_DAY: Final = timedelta(days=1)
_SUBSTITUTED: Final = 4
# Numbers of a substituted holiday: the day off, and the day it was taken from.
_NO_HOLIDAYS: Final = 2100
# From that year on nobody knows any.
_REGULAR: Final = 3
# Years in a row with substituted days from which the next year's are to be expected too.


class Roll(StrEnum):
    """Where a day due goes that falls on a day off."""

    BEFORE = "before"
    """To the working day before: never late."""
    AFTER = "after"
    NONE = "none"
    """It stays."""


class CalendarSaid(Protocol):
    """What a workspace says of its calendar."""

    @property
    def country(self) -> str:
        """Its two letters, or ``NOWHERE``."""
        ...

    @property
    def subdivision(self) -> str | None:
        """A part of the country with holidays of its own."""
        ...

    @property
    def off(self) -> tuple[date, ...]:
        """Days off besides."""
        ...

    @property
    def on(self) -> tuple[date, ...]:
        """Days worked all the same."""
        ...

    @property
    def weekend(self) -> tuple[str, ...] | None:
        """The days of ``WEEKDAYS`` off; None: as the country has it."""
        ...

    @property
    def timezone(self) -> str | None:
        """Its name; None: this machine's."""
        ...

    @property
    def roll(self) -> str:
        """See ``Roll``."""
        ...


def system_zone() -> tzinfo:
    """Return the time zone of this machine, with its daylight saving where the system names it."""
    import os
    from pathlib import Path

    named = os.environ.get("TZ", "").removeprefix(":")
    linked = Path("/etc/localtime")
    if not named and linked.exists():
        named = str(linked.resolve()).partition("zoneinfo/")[2]
    try:
        return ZoneInfo(named)
    except (ValueError, ZoneInfoNotFoundError, OSError):
        return datetime.now().astimezone().tzinfo or ZoneInfo("UTC")


@cache
def _of_country(country: str, subdivision: str | None) -> HolidayBase:
    from holidays import country_holidays

    return country_holidays(country, subdiv=subdivision)


@dataclass(frozen=True)
class Calendar:
    """The days on which people work, in one time zone."""

    country: str = "CN"
    subdivision: str | None = None
    off: frozenset[date] = frozenset()
    """Days off besides."""
    on: frozenset[date] = frozenset()
    """Days worked all the same."""
    weekend: frozenset[int] | None = None
    """Days of the week off, Monday 0; None: as the country has it."""
    zone: tzinfo = field(default_factory=system_zone)
    roll: Roll = Roll.BEFORE

    @cached_property
    def _holidays(self) -> HolidayBase | None:
        if self.country == NOWHERE:
            return None
        return _of_country(self.country, self.subdivision)

    @cached_property
    def _weekend(self) -> frozenset[int]:
        if self.weekend is not None:
            return self.weekend
        return frozenset({5, 6}) if self._holidays is None else frozenset(self._holidays.weekend)

    @cached_property
    def _known(self) -> dict[date, bool]:
        return {}

    def is_working(self, day: date) -> bool:
        """Whether people work on a day; what the workspace says of a day goes before all else."""
        found = self._known.get(day)
        if found is None:
            found = self._known[day] = self._looked_up(day)
        return found

    def _looked_up(self, day: date) -> bool:
        if day in self.on:
            return True
        if day in self.off:
            return False
        kept = self._holidays if day.year < _NO_HOLIDAYS else None
        # The library reads a year the first time it is asked for a day of it, make-up workdays included.
        is_holiday = kept is not None and day in kept
        if day.weekday() in self._weekend:
            return kept is not None and day in kept.weekend_workdays
        return not is_holiday

    def on_or_before(self, day: date) -> date:
        """Return the last working day up to a day."""
        return self._nearest(day, -_DAY)

    def on_or_after(self, day: date) -> date:
        """Return the first working day from a day on."""
        return self._nearest(day, _DAY)

    def _nearest(self, day: date, step: timedelta) -> date:
        found = day
        try:
            while not self.is_working(found):
                found += step
        except OverflowError:
            return day
        return found

    def rolled(self, day: date, least: date) -> date:
        """Return the working day that stands for ``day``, none before ``least``.

        A day off goes to the working day before, or after, as the workspace has it. Where the one before
        lies before ``least``, such as the day of the contact it counts from, it goes to the one after.
        """
        if self.roll is Roll.NONE or self.is_working(day):
            return day
        before = self.on_or_before(day)
        return before if self.roll is Roll.BEFORE and before >= least else self.on_or_after(day)

    def day_of(self, moment: datetime) -> date:
        """Return the day a moment falls on here."""
        return moment.astimezone(self.zone).date()

    def moment_of(self, day: date) -> datetime:
        """Return the moment a day begins here."""
        return datetime(day.year, day.month, day.day, tzinfo=self.zone)

    def unannounced(self, years: Iterable[int]) -> tuple[int, ...]:
        """Return those of the years whose make-up workdays are not announced yet.

        Their days off are computed from the holidays the law names. In China the State Council announces
        a year's make-up workdays in November of the year before.
        """
        announced = self._announced
        return tuple(year for year in sorted(set(years)) if announced is not None and year > announced)

    @cached_property
    def _announced(self) -> int | None:
        """The last year with substituted days announced; None where the country does not use to have any."""
        if self._holidays is None:
            return None
        special = getattr(self._holidays, "special_public_holidays", {})
        years = {
            year for year, days in special.items() if any(len(each) == _SUBSTITUTED for each in _all(days))
        }
        last = max(years, default=0)
        return last if years and all(last - n in years for n in range(_REGULAR)) else None


def _all(days: object) -> tuple[tuple[object, ...], ...]:
    """Return the days of a year as the library keeps them: one, or several."""
    assert isinstance(days, tuple)
    return days if days and isinstance(days[0], tuple) else (days,)


def read_calendar(said: CalendarSaid, place_of: Callable[..., Place]) -> Calendar:
    """Return the calendar a workspace asks for; raises RungError with every problem, each placed.

    ``place_of`` gives the place of a key of the calendar, by its name.
    """
    problems = [
        *_country_problems(said, place_of),
        *_zone_problems(said, place_of),
        *(
            Problem(
                _("{day} is both off and on.").format(day=day),
                _("Leave it in one of the two lists."),
                place_of("on"),
            )
            for day in sorted({*said.off} & {*said.on})
        ),
    ]
    if said.weekend is not None and len({*said.weekend}) == len(WEEKDAYS):
        problems.append(
            Problem(
                _("A week without a working day is none."),
                _("Leave a day out of weekend."),
                place_of("weekend"),
            )
        )
    if problems:
        raise RungError.all(problems)
    return Calendar(
        country=said.country,
        subdivision=said.subdivision,
        off=frozenset(said.off),
        on=frozenset(said.on),
        weekend=None if said.weekend is None else frozenset(map(WEEKDAYS.index, said.weekend)),
        zone=system_zone() if said.timezone is None else ZoneInfo(said.timezone),
        roll=Roll(said.roll),
    )


def _country_problems(said: CalendarSaid, place_of: Callable[..., Place]) -> list[Problem]:
    if said.country == "CN" and said.subdivision is None:
        return []  # as nearly everywhere; the library need not be loaded to know it
    from holidays import list_supported_countries

    countries: Mapping[str, list[str]] = list_supported_countries()
    if said.country == NOWHERE:
        known: list[str] = []
    elif said.country not in countries:
        hint = did_you_mean(said.country, (*countries, NOWHERE))
        return [
            Problem(
                _("No holidays of a country “{name}” are known.").format(name=said.country),
                hint or _("Write its two letters, such as CN or HK, or “none” for no public holidays."),
                place_of("country"),
            )
        ]
    else:
        known = countries[said.country]
    if said.subdivision is None or said.subdivision in known:
        return []
    words = _("“{country}” has no subdivision “{name}” with holidays of its own.")
    return [
        Problem(
            words.format(country=said.country, name=said.subdivision),
            did_you_mean(said.subdivision, known) or _("Leave subdivision out."),
            place_of("subdivision"),
        )
    ]


def _zone_problems(said: CalendarSaid, place_of: Callable[..., Place]) -> list[Problem]:
    if said.timezone is None:
        return []
    try:
        ZoneInfo(said.timezone)
    except (ValueError, ZoneInfoNotFoundError, OSError):
        from zoneinfo import available_timezones

        return [
            Problem(
                _("There is no time zone “{name}”.").format(name=said.timezone),
                did_you_mean(said.timezone, sorted(available_timezones()))
                or _("For example: {example}").format(example='timezone = "Asia/Shanghai"'),
                place_of("timezone"),
            )
        ]
    return []

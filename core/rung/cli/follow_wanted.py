"""What of what is due a person means: options that every verb about the due list takes, and their list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from rung.cli.chosen_runs import chosen_runs
from rung.cli.options import Day, promised_policies_option
from rung.durations import Duration
from rung.errors import RungError
from rung.text import _
from rung.workspace.whose import whose

if TYPE_CHECKING:
    from rung.service.due_list import DueList
    from rung.workspace import Workspace

__all__ = ["KINDS", "DueWanted", "Within", "due_options"]

KINDS: Final = ("contact", "respond", "review", "approve", "override", "record", "alarm", "release")
"""Values of ``DueKind``, at hand without loading what lists them; a test holds them together."""
_Command = TypeVar("_Command", bound=Callable[..., Any])


class Within(click.ParamType[Duration]):
    """A span of time, written as in a policy: 7d, 2w, 1mo."""

    name = "span"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read the span; a problem where it is none."""
        if not isinstance(value, str):
            return value
        try:
            return Duration.parse(value)
        except RungError as error:
            return self.fail(str(error), param, ctx)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueWanted:
    """What the options say, by their names."""

    name: str | None = None
    portfolios: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    day: date | None = None
    within: Duration | None = None
    batch: bool = False
    policies: tuple[str, ...] = ()
    all_policies: bool = False

    def runs(self, place: Workspace) -> tuple[str, ...]:
        """Return the ids of the runs meant."""
        return chosen_runs(place, None, self.policies, all_policies=self.all_policies)

    def listed(self, place: Workspace, now: datetime) -> tuple[DueList, tuple[str, ...]]:
        """Return what is due, and what is to be told beside it; raises RungError for what there is not."""
        from rung.cli.due_words import silence_words
        from rung.service.due import Chosen
        from rung.service.due_list import DueKind
        from rung.workspace.customers_meant import CustomersWanted, read_where

        if self.name is not None and self.portfolios:
            raise RungError.of(_("--for and --portfolio exclude each other."))
        runs = self.runs(place)
        meant = whose(place, runs, self.name, self.portfolios)
        chosen = Chosen(
            within=_days(self.within, self.day or place.service.calendar.day_of(now)),
            roles=meant.roles,
            portfolios=meant.portfolios,
            holders=meant.holders,
            kinds=frozenset(map(DueKind, self.kinds)) if self.kinds else None,
            in_batches=self.batch,
        )
        wanted = CustomersWanted(grades=self.grades, where=tuple(map(read_where, self.where)))
        found = place.service.due(now, chosen, runs, self.day, wanted)
        return found, (*meant.notices, *silence_words(found), *found.notices)


def due_options(command: _Command) -> _Command:
    """Give a command the options of ``DueWanted``, under the names of its parts."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


_OPTIONS: Final[tuple[Callable[[Any], Any], ...]] = (
    click.option(
        "--for",
        "name",
        metavar="NAME",
        help=_("Only what is for a role, a person or a team; your own: “me”."),
    ),
    click.option("--portfolio", "portfolios", multiple=True, metavar="NAME", help=_("Only customers of it.")),
    click.option(
        "--grade", "grades", multiple=True, metavar="GRADE", help=_("Only customers of that grade.")
    ),
    click.option(
        "--kind", "kinds", multiple=True, type=click.Choice(KINDS), help=_("Only what is of a kind.")
    ),
    click.option(
        "--where",
        multiple=True,
        metavar="FIELD=CELL",
        help=_("Only customers whose value fits, such as “route=East”; may be repeated."),
    ),
    click.option(
        "--day",
        type=Day(),
        metavar="DATE",
        help=_("A later day to look from, if nothing is done until then."),
    ),
    click.option(
        "--within", type=Within(), metavar="SPAN", help=_("Also what comes due within, such as 7d or 1mo.")
    ),
    click.option(
        "--batch",
        is_flag=True,
        help=_("Only grades that are worked in one batch, one grade after the other."),
    ),
    promised_policies_option,
    click.option("--all-policies", is_flag=True, help=_("The promises of every policy that has a run.")),
)


def _days(within: Duration | None, day: date) -> int:
    return 0 if within is None else min((within.after(day) - day), timedelta(days=36_500)).days

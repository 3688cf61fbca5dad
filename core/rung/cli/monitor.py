"""``rung monitor``: watches the grades and what people do to them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import click

from rung import moments
from rung.cli.monitor_grades import concentration, distribution, migration
from rung.cli.options import Day, json_option, workspace_option
from rung.cli.progress import progress
from rung.cli.session import session
from rung.cli.terminal import console, print_json
from rung.errors import RungError
from rung.text import _
from rung.workspace.named_customer import policy_id_of

__all__ = ["monitor"]

_BY: Final = ("person", "reason", "team", "grade", "kind")
_MEANINGS: Final = ("feared", "hoped")

_FAR: Final = date(9000, 1, 1)
# Later days end after the last moment a clock can show, in one time zone or another.


@click.group(help=_("Watch the grades, what people do to them, and how that ends."))
def monitor() -> None:
    """Group the verbs that watch."""


monitor.add_command(distribution)
monitor.add_command(migration)
monitor.add_command(concentration)


@monitor.command(
    help=_(
        "Watch the overrides under a policy: how many customers of its last run bear a person's grade, which "
        "way and how far, why, by whom, how old, what waits and what is in doubt; corrections and judgements "
        "apart.\n\n"
        "With --outcomes, a table of what became of customers, the overruled are laid beside the others. "
        "Ends with 1 where the rate is outside the bounds in rung.toml."
    )
)
@click.option(
    "--policy",
    metavar="ID-or-FILE",
    help=_("The policy whose last run is watched; that of the last run if left out."),
)
@click.option(
    "--run", "run_id", metavar="ID", help=_("A run to watch instead, as of when the next took its place.")
)
@click.option(
    "--since", type=Day(), metavar="DATE", help=_("Follow only what was proposed on that day or after.")
)
@click.option(
    "--until",
    type=Day(),
    metavar="DATE",
    help=_("Look at everything as it stood when that day ended; what was done later does not count."),
)
@click.option(
    "--by", type=click.Choice(_BY), help=_("Lay the figures side by side instead: by who made it, and so on.")
)
@click.option(
    "--outcomes",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=_("A table of customer ids, whether the outcome came about, and if known on which day."),
)
@click.option(
    "--outcome-is",
    "meaning",
    type=click.Choice(_MEANINGS),
    default="feared",
    help=_(
        "Whether the outcome is feared, as a default is, or hoped for, as a purchase is; feared if left out."
    ),
)
@workspace_option
@json_option
def overrides(
    policy: str | None,
    run_id: str | None,
    since: date | None,
    until: date | None,
    by: str | None,
    outcomes: Path | None,
    meaning: str,
    workspace: Path | None,
    as_json: bool,
) -> int:
    """Watch overrides; return 1 where their rate is outside its bounds."""
    if policy is not None and run_id is not None:
        raise RungError.of(
            _("--run and --policy exclude each other."), _("A run is by one policy: name the run alone.")
        )
    place = session(workspace).in_workspace()
    now = moments.now()

    from rung.monitor import Dimension, Meaning, plain_overrides
    from rung.workspace.monitoring import OverridesAsked, watch_overrides

    asked = OverridesAsked(
        policy_id=None if policy is None else policy_id_of(place, policy),
        run_id=run_id,
        since=since,
        until=None if until is None else min(until, _FAR),
        by=None if by is None else Dimension(by),
        outcomes=outcomes,
        meaning=Meaning(meaning),
    )
    with progress() as report:
        found = watch_overrides(place, asked, now, report)
    name = place.human_input.people.name
    if as_json:
        print_json(plain_overrides(found, name))
    else:
        from rung.cli.render_overrides import render_overrides

        screen = console()
        for part in render_overrides(found, name):
            screen.print(part)
    return 1 if found.findings else 0

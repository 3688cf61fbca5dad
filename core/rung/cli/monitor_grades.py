"""``rung monitor distribution``, ``migration`` and ``concentration``: the grades themselves, run by run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from rung import moments
from rung.cli.chosen_runs import run_meant
from rung.cli.options import json_option, workspace_option
from rung.cli.session import session
from rung.cli.terminal import console, print_json
from rung.errors import RungError
from rung.text import _

if TYPE_CHECKING:
    from rung.workspace import Workspace

__all__ = ["concentration", "distribution", "migration"]

_Verb = TypeVar("_Verb", bound=Callable[..., Any])


def _run_options(verb: _Verb) -> _Verb:
    run = click.option("--run", "run_id", metavar="ID", help=_("A run to watch instead of the last."))
    policy = click.option(
        "--policy",
        metavar="ID-or-FILE",
        help=_("The policy whose last run is watched; that of the last run if left out."),
    )
    return policy(run(verb))


def _against_option(verb: _Verb) -> _Verb:
    words = _("The run to lay beside it; the one before by the same policy if left out.")
    return click.option("--against", metavar="ID", help=words)(verb)


@click.command(
    help=_(
        "Count the customers of each grade of a run, beside the run before by the same policy, and what "
        "they hold of a value."
    )
)
@_run_options
@_against_option
@click.option("--value", metavar="NAME", help=_("An amount or a count to add up by grade."))
@workspace_option
@json_option
def distribution(
    policy: str | None,
    run_id: str | None,
    against: str | None,
    value: str | None,
    workspace: Path | None,
    as_json: bool,
) -> int:
    """Show how customers are spread over the grades."""
    place = session(workspace).in_workspace()
    now_id = run_meant(place, run_id, policy)

    from rung.workspace.grades_watched import watch_distribution

    before = _against(place, now_id, against)
    found = watch_distribution(place, now_id, before, value, moments.now())
    from rung.cli.render_grades_watched import plain_distribution, render_distribution

    _told(found, plain_distribution, render_distribution, as_json=as_json)
    return 0


@click.command(
    help=_(
        "Count who moved from which grade to which between two runs by one policy, new and lost customers "
        "too, and how much moves."
    )
)
@_run_options
@_against_option
@workspace_option
@json_option
def migration(
    policy: str | None, run_id: str | None, against: str | None, workspace: Path | None, as_json: bool
) -> int:
    """Show who moved."""
    place = session(workspace).in_workspace()
    now_id = run_meant(place, run_id, policy)

    from rung.workspace.grades_watched import watch_migration

    before = _against(place, now_id, against)
    if before is None:
        raise RungError.of(
            _("There is no run before this one by the same policy."), _("Name one with --against ID.")
        )
    found = watch_migration(place, before, now_id)
    from rung.cli.render_grades_watched import plain_migration, render_migration

    _told(found, plain_migration, render_migration, as_json=as_json)
    return 0


@click.command(
    help=_(
        "Tell how much of a value few customers hold: the share of the first so many, how few hold half of "
        "it, the Pareto curve, Gini and Herfindahl."
    )
)
@_run_options
@click.option(
    "--value",
    metavar="NAME",
    help=_("An amount or a count; what the policy ranks by, else the first amount, if left out."),
)
@workspace_option
@json_option
def concentration(
    policy: str | None, run_id: str | None, value: str | None, workspace: Path | None, as_json: bool
) -> int:
    """Show who holds a value."""
    place = session(workspace).in_workspace()
    now_id = run_meant(place, run_id, policy)

    from rung.workspace.grades_watched import watch_concentration

    found = watch_concentration(place, now_id, value)
    from rung.cli.render_grades_watched import plain_concentration, render_concentration

    _told(found, plain_concentration, render_concentration, as_json=as_json)
    return 0


def _against(place: Workspace, run_id: str, against: str | None) -> str | None:
    """Return the run named, else the one before; None where there is none."""
    from rung.workspace.grades_watched import run_before

    if against is not None:
        return against
    with place.run(run_id) as run:
        found = run_before(place, run.manifest)
    return None if found is None else found.run_id


def _told(found: Any, plain: Callable[[Any], Any], render: Callable[[Any], Any], *, as_json: bool) -> None:
    if as_json:
        print_json(plain(found))
        return
    screen = console()
    for part in render(found):
        screen.print(part)

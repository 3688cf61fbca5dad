"""``rung alarm list`` and ``show``: the alarms that wait, and one with all that became of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from rung import moments
from rung.cli.alarm_words import alarm_page, alarm_rows, plain_alarm
from rung.cli.listing import the_rest
from rung.cli.options import json_option, workspace_option
from rung.cli.session import session
from rung.cli.terminal import console, line, print_json
from rung.text import _
from rung.workspace.arrivals.words import looked_words

if TYPE_CHECKING:
    from rung.workspace.arrivals.alarms import Looked

__all__ = ["list_", "show"]

_STATES: Final = ("open", "answered", "closed")


@click.command(
    "list",
    help=_(
        "List the alarms that are not closed: what is next, by when, and before whom. What is due first "
        "comes first.\n\nAlarms nobody answered in time are handed up by this, where the policy says so."
    ),
)
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice(_STATES),
    help=_("Only alarms that stand so; may be repeated."),
)
@click.option("--all", "every", is_flag=True, help=_("Closed ones too."))
@click.option("--late", is_flag=True, help=_("Only those with a duty past its time."))
@click.option(
    "--for", "name", metavar="NAME", help=_("Only what is before a role or a person; your own: “me”.")
)
@click.option("--customer", metavar="ID", help=_("Only those of a customer."))
@click.option("--policy", metavar="ID", help=_("Only those of a policy."))
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=50,
    metavar="N",
    help=_("How many are shown; 50 if left out."),
)
@workspace_option
@json_option
def list_(
    states: tuple[str, ...],
    every: bool,
    late: bool,
    name: str | None,
    customer: str | None,
    policy: str | None,
    limit: int,
    workspace: Path | None,
    as_json: bool,
) -> None:
    """List alarms."""
    from rung.workspace.arrivals.listed import STATES, AlarmsWanted, alarms_listed

    place, now = session(workspace).in_workspace(), moments.now()
    looked = place.alarms.look(now)
    wanted = AlarmsWanted(
        customer_id=customer,
        policy_id=policy,
        states=states or (STATES if every else STATES[:2]),
        is_late=late,
        name=name,
    )
    found = alarms_listed(place, wanted, now)
    shown, count = found.rows(0, limit), len(found)
    if as_json:
        print_json({"count": count, "alarms": [plain_alarm(each) for each in shown], **_plain(looked)})
        return
    for words in looked_words(looked):
        console().print(line(words))
    if not shown:
        console().print(line(_("No alarm.")))
        return
    console().print(alarm_rows(shown, place.service.calendar.zone))
    for part in the_rest(len(shown), count, has_out=False):
        console().print(part)


@click.command(help=_("Show the alarm ID: what happened, who must do what by when, and what was done."))
@click.argument("alarm_id", metavar="ID")
@workspace_option
@json_option
def show(alarm_id: str, workspace: Path | None, as_json: bool) -> None:
    """Show an alarm."""
    place, now = session(workspace).in_workspace(), moments.now()
    place.alarms.look(now)
    (shown,) = place.alarms.shown([place.alarms.alarm(alarm_id)], now)
    if as_json:
        print_json({"alarm": plain_alarm(shown)})
        return
    for part in alarm_page(shown, place.human_input.people, place.service.calendar.zone):
        console().print(part)


def _plain(looked: Looked) -> dict[str, list[str]]:
    return {
        "handed_up": [each.id for each in looked.escalated],
        "raised_from_aside": [each.id for each in looked.raised],
    }

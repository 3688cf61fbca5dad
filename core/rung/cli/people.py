"""``rung people``: who I am to this workspace, who the others are, and who stands in for whom until when."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rung import moments
from rung.cli.options import Day, json_option, workspace_option
from rung.cli.session import session
from rung.cli.terminal import console, grid, line, print_json
from rung.text import _
from rung.workspace.named_person import account_meant

if TYPE_CHECKING:
    from rung.ledger import Actor, Delegation, People
    from rung.workspace.human_input import HumanInput

__all__ = ["people"]


@click.group(
    help=_("Say who you are to this workspace and who the others are; let somebody stand in for you."),
    invoke_without_command=True,
)
@click.pass_context
def people(context: click.Context) -> None:
    """Group the verbs about people; alone it lists them."""
    if context.invoked_subcommand is None:
        context.invoke(list_)


@people.command("list", help=_("Say who you are, who the others are, and who stands in for whom."))
@workspace_option
@json_option
def list_(workspace: Path | None = None, as_json: bool = False) -> None:
    """List people and delegations."""
    human_input = session(workspace).in_workspace().human_input
    today = moments.today()
    me = human_input.actor()
    principals = human_input.acting_for(today)
    delegations = human_input.delegations(today)
    if as_json:
        listed = human_input.people.listed
        print_json(
            {
                "me": _plain_actor(me),
                "is_listed": me.account in listed,
                "acting_for": [each.on_behalf_of or each.account for each in principals],
                "people": [_plain_actor(each) for each in listed.values()],
                "delegations": [_plain(each) for each in delegations],
            }
        )
        return
    screen = console()
    for words in _me(me, human_input):
        screen.print(line(words))
    known = human_input.people
    for each in delegations:
        screen.print(line(_delegation_words(each, known, me.account)))
    if known.listed:
        screen.print()
        screen.print(_table(human_input))
    else:
        screen.print(line(_nobody_listed(), "dim"))


@people.command(
    help=_(
        "Let TO, by account or name, decide for you while you are away, from one day to another.\n\n"
        "They act with your role, and each act of theirs says on whose behalf. It can be recalled."
    )
)
@click.argument("to")
@click.option("--from", "first", type=Day(), metavar="DATE", help=_("The first day; today if left out."))
@click.option("--until", "last", type=Day(), required=True, metavar="DATE", help=_("The last day."))
@click.option("--reason", default="", metavar="TEXT", help=_("Why, such as a holiday."))
@workspace_option
@json_option
def delegate(
    to: str, first: date | None, last: date, reason: str, workspace: Path | None, as_json: bool
) -> None:
    """Delegate."""
    human_input = session(workspace).in_workspace().human_input
    now = moments.now()
    account = account_meant(to, human_input.people)
    made = human_input.delegate(account, first or now.date(), last, now, reason)
    if as_json:
        print_json({"delegation": _plain(made)})
        return
    screen = console()
    screen.print(line(_delegation_words(made, human_input.people, made.by)))
    words = _("End it earlier with: rung people recall {number}")
    screen.print(line(words.format(number=made.number), "dim"))


@people.command(help=_("End the delegation NUMBER before its last day, one you gave."))
@click.argument("number", type=click.IntRange(min=1))
@workspace_option
@json_option
def recall(number: int, workspace: Path | None, as_json: bool) -> None:
    """End a delegation."""
    human_input = session(workspace).in_workspace().human_input
    ended = human_input.end_delegation(number, moments.now())
    if as_json:
        print_json({"delegation": _plain(ended)})
        return
    words = _("Delegation {number} to {name} has ended.")
    console().print(line(words.format(number=ended.number, name=human_input.people.name(ended.to))))


def _me(me: Actor, human_input: HumanInput) -> list[str]:
    named = me.name if me.name == me.account else f"{me.name} ({me.account})"
    words = [_("You are {name}, {role}.").format(name=named, role=me.role.words)]
    if me.team:
        words.append(_("Team: {team}").format(team=me.team))
    if me.manager:
        words.append(_("Manager: {name}").format(name=human_input.people.name(me.manager)))
    if me.portfolio:
        words.append(_("Portfolio: {names}").format(names=_(", ").join(me.portfolio)))
    if human_input.people.listed and me.account not in human_input.people.listed:
        words.append(_("The workspace does not list you: you may look only."))
    return words


def _nobody_listed() -> str:
    return _(
        "The workspace lists nobody: everybody may propose, and nobody can approve. "
        "People are listed in rung.toml: [people.ACCOUNT]."
    )


def _delegation_words(made: Delegation, known: People, account: str) -> str:
    facts: dict[str, Any] = {"number": made.number, "first": made.first.isoformat()}
    facts |= {"last": made.last.isoformat(), "to": known.name(made.to), "name": known.name(made.by)}
    if made.to == account:
        words = _("You stand in for {name} from {first} to {last} (no. {number}).")
    elif made.by == account:
        words = _("{to} stands in for you from {first} to {last} (no. {number}).")
    else:
        words = _("{to} stands in for {name} from {first} to {last} (no. {number}).")
    told = words.format(**facts)
    return f"{told} {made.reason}" if made.reason else told


def _table(human_input: HumanInput) -> Any:
    known = human_input.people
    headers = (_("account"), _("name"), _("role"), _("team"), _("manager"), _("portfolio"))
    rows = (
        (
            each.account,
            each.name,
            each.role.words,
            each.team,
            known.name(each.manager) if each.manager else "",
            _(", ").join(each.portfolio),
        )
        for each in known.listed.values()
    )
    return grid(headers, rows)


def _plain_actor(actor: Actor) -> dict[str, Any]:
    return {
        "account": actor.account,
        "name": actor.name,
        "role": actor.role.value,
        "team": actor.team,
        "manager": actor.manager,
        "portfolio": list(actor.portfolio),
    }


def _plain(made: Delegation) -> dict[str, Any]:
    from dataclasses import fields

    return {item.name: getattr(made, item.name) for item in fields(made)}

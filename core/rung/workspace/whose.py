"""Whose work is meant: a role of the policy, a person, a team, or portfolios by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rung.errors import RungError, did_you_mean
from rung.text import _
from rung.workspace.named_person import account_meant

if TYPE_CHECKING:
    from rung.ledger import Actor, People
    from rung.workspace import Workspace

__all__ = ["ME", "Whose", "whose"]

ME: Final = "me"
"""Stands for whoever asks."""


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose work is meant; None: everybody's."""

    roles: frozenset[str] | None = None
    portfolios: frozenset[str] | None = None
    holders: frozenset[str] | None = None
    notices: tuple[str, ...] = ()


def whose(place: Workspace, runs: Sequence[str], name: str | None, portfolios: Sequence[str] = ()) -> Whose:
    """Return whose work is meant by a name or by portfolios; raises RungError for a name nobody has."""
    if portfolios:
        if place.config.portfolio is None:
            raise RungError.of(
                _("The workspace does not say whose customer somebody is."),
                _("Name the field in rung.toml: portfolio = “account_manager”."),
            )
        return Whose(portfolios=frozenset(portfolios))
    if name is None:
        return Whose()
    people = place.human_input.people
    if name == ME:
        return _of([place.human_input.actor()])
    roles = dict(_roles(place, runs))
    if name in roles:
        return Whose(roles=frozenset([roles[name]]))
    account = account_meant(name, people)
    if account in people.listed:
        return _of([people.listed[account]])
    team = [each for each in people.listed.values() if each.team == name]
    if team:
        return _of(team)
    raise RungError.of(
        _("“{name}” is no role of the policy, no person and no team here.").format(name=name),
        did_you_mean(name, tuple(dict.fromkeys((*roles, *_names(people))))),
    )


def _of(actors: Sequence[Actor]) -> Whose:
    portfolios = frozenset(each for actor in actors for each in actor.portfolio)
    notices: tuple[str, ...] = ()
    if not portfolios:
        words = _("{name} looks after no portfolio: rung.toml says which, as portfolio = [“…”] of a person.")
        notices = (words.format(name=_(", ").join(actor.name for actor in actors)),)
    return Whose(None, portfolios, frozenset(actor.account for actor in actors), notices)


def _roles(place: Workspace, runs: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the roles of records, and of the runs' policies, by ids and titles in both languages."""
    for declared in place.records.types:
        for role, title in declared.roles.items():
            yield from ((title.zh, role), (title.en, role), (role, role))
    for run_id in runs:
        with place.run(run_id) as run:
            policy = place.human_input.policy_of(run)
        every = [*policy.service.values(), *(flag.service for flag in policy.flags if flag.service)]
        for terms in every:
            for each in terms.obligations():
                if each.by is not None:
                    yield each.by, each.by
        for role, title in policy.roles.items():
            yield from ((title.zh, role), (title.en, role), (role, role))


def _names(people: People) -> Iterator[str]:
    for actor in people.listed.values():
        yield from (each for each in (actor.name, actor.team) if each)

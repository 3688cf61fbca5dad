"""Which acts on record are wanted: the options that ``audit log`` and ``audit export`` share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from rung.cli.named_customer import customer_meant, policy_meant
from rung.cli.options import Moment
from rung.errors import Problem, RungError, did_you_mean
from rung.text import _
from rung.workspace.named_person import maker_meant

if TYPE_CHECKING:
    from rung.ledger import EventFilter
    from rung.workspace import Workspace

__all__ = ["ActsGiven", "acts_options"]

_Verb = TypeVar("_Verb", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class ActsGiven:
    """What was given of these options."""

    customer: str | None
    person: str | None
    policy: str | None
    kinds: tuple[str, ...]
    since: datetime | None
    until: datetime | None

    def wanted(self, workspace: Workspace) -> EventFilter:
        """Return the filter; raises RungError for customers, policies, kinds and people there are not."""
        from rung.ledger import EventFilter

        return EventFilter(
            customer_id=None if self.customer is None else customer_meant(self.customer, workspace),
            policy_id=None if self.policy is None else policy_meant(self.policy, workspace),
            maker=None if self.person is None else maker_meant(self.person, workspace.human_input),
            kinds=tuple(dict.fromkeys(_kinds(self.kinds))),
            since=self.since,
            until=self.until,
        )


def acts_options(verb: _Verb) -> _Verb:
    """Give a verb the options that choose acts."""
    for option in reversed(_options()):
        verb = option(verb)
    return verb


def _options() -> tuple[Callable[[_Verb], _Verb], ...]:
    kind = _("Only those of a kind, such as override.approved, or all of “override”; may be repeated.")
    return (
        click.option("--customer", metavar="ID", help=_("Only those about one customer.")),
        click.option("--person", metavar="NAME", help=_("Only those of one person, by account or name.")),
        click.option("--policy", metavar="ID", help=_("Only those under one policy.")),
        click.option("--kind", "kinds", multiple=True, metavar="KIND", help=kind),
        click.option(
            "--since",
            type=Moment(),
            metavar="WHEN",
            help=_("Only those of that moment and after: 2026-06-30 or “2026-06-30 14:30”."),
        ),
        click.option(
            "--until",
            type=Moment(is_end=True),
            metavar="WHEN",
            help=_("Only those before its end: of that day, or that minute, and before."),
        ),
    )


def _kinds(given: Iterable[str]) -> Iterator[str]:
    """Yield the kinds meant, by their whole names or what these begin with."""
    from rung.ledger import EventKind

    known = tuple(kind.value for kind in EventKind)
    beginnings = tuple(dict.fromkeys(kind.partition(".")[0] for kind in known))
    problems: list[Problem] = []
    for each in given:
        wanted = each.strip().lower().removesuffix("*").removesuffix(".")
        found = [kind for kind in known if wanted in (kind, kind.partition(".")[0])]
        if not found:
            message = _("“{kind}” is no kind of act.").format(kind=each)
            problems.append(Problem(message, did_you_mean(each, (*beginnings, *known))))
        yield from found
    if problems:
        raise RungError.all(problems)

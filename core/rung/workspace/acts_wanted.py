"""Which acts on record are wanted, as a person says it: by customer, person, policy, kind and time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from rung.errors import Problem, RungError, did_you_mean
from rung.text import _
from rung.workspace.given_moment import given_moment
from rung.workspace.named_customer import customer_meant, policy_meant
from rung.workspace.named_person import maker_meant

if TYPE_CHECKING:
    from collections.abc import Callable

    from rung.ledger import EventFilter
    from rung.workspace.workspace import Workspace

__all__ = ["ActsGiven", "acts_written"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActsGiven:
    """What was said of the acts wanted."""

    customer: str | None = None
    person: str | None = None
    policy: str | None = None
    kinds: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None

    def wanted(self, workspace: Workspace) -> EventFilter:
        """Return the filter; raises RungError for customers, policies, kinds and people there are not."""
        from rung.ledger import EventFilter

        problems: list[Problem] = []

        def meant(find: Callable[[], str]) -> str | None:
            try:
                return find()
            except RungError as error:
                problems.extend(error.problems)
                return None

        customer, person, policy = self.customer, self.person, self.policy
        found = EventFilter(
            customer_id=None if customer is None else meant(lambda: customer_meant(customer, workspace)),
            policy_id=None if policy is None else meant(lambda: policy_meant(policy, workspace)),
            maker=None if person is None else meant(lambda: maker_meant(person, workspace.human_input)),
            kinds=tuple(dict.fromkeys(_kinds(self.kinds, problems))),
            since=self.since,
            until=self.until,
        )
        if problems:
            raise RungError.all(problems)
        return found


def acts_written(
    workspace: Workspace, customer: str, person: str, policy: str, kinds: str, since: str, until: str
) -> EventFilter:
    """Return the filter for what was written in each field, nothing where none matters.

    Kinds are separated by commas or blanks. Raises RungError with everything that cannot be read.
    """
    problems: list[Problem] = []
    moments = [_moment(since, problems, is_end=False), _moment(until, problems, is_end=True)]
    given = ActsGiven(
        customer=customer.strip() or None,
        person=person.strip() or None,
        policy=policy.strip() or None,
        kinds=tuple(kinds.replace(",", " ").replace("，", " ").split()),
        since=moments[0],
        until=moments[1],
    )
    try:
        found = given.wanted(workspace)
    except RungError as error:
        raise RungError.all([*error.problems, *problems]) from None
    if problems:
        raise RungError.all(problems)
    return found


def _moment(written: str, problems: list[Problem], *, is_end: bool) -> datetime | None:
    if not written.strip():
        return None
    found = given_moment(written.strip(), is_end=is_end)
    if found is None:
        message = _("“{found}” is no moment; write it as 2026-06-30 or “2026-06-30 14:30”.")
        problems.append(Problem(message.format(found=written.strip())))
    return found


def _kinds(given: Iterable[str], problems: list[Problem]) -> Iterator[str]:
    """Yield the kinds meant, by their whole names or what these begin with."""
    from rung.ledger import EventKind

    known = tuple(kind.value for kind in EventKind)
    beginnings = tuple(dict.fromkeys(kind.partition(".")[0] for kind in known))
    for each in given:
        wanted = each.strip().lower().removesuffix("*").removesuffix(".")
        found = [kind for kind in known if wanted in (kind, kind.partition(".")[0])]
        if not found:
            message = _("“{kind}” is no kind of act.").format(kind=each)
            problems.append(Problem(message, did_you_mean(each, (*beginnings, *known))))
        yield from found

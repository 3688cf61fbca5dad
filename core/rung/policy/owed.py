"""Checks that every role somebody owes something under is named: in service, procedures and alarms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rung.errors import Problem, did_you_mean
from rung.policy.found import found_at
from rung.policy.keys import KeyPath
from rung.policy.model import Escalate, Policy, ServiceTerms
from rung.text import _

__all__ = ["role_problems"]


def role_problems(policy: Policy) -> Iterator[Problem]:
    """Yield the roles that are owed something, or told of something, and do not stand under ``[roles]``."""
    for path, role in _named(policy):
        if role is not None and role not in policy.roles:
            yield found_at(
                path,
                _("There is no role “{found}”.").format(found=role),
                did_you_mean(role, list(policy.roles)) or _("Name it under [roles]."),
            )


def _named(policy: Policy) -> Iterator[tuple[KeyPath, str | None]]:
    for grade, terms in policy.service.items():
        yield from _of_terms(terms, ("service", grade))
    for number, flag in enumerate(policy.flags):
        if flag.service is not None:
            yield from _of_terms(flag.service, ("flags", number, "service"))
    for number, procedure in enumerate(policy.procedures):
        for position, step in enumerate(procedure.steps):
            yield ("procedures", number, "steps", position, "by"), step.by
    for number, alarm in enumerate(policy.alarms):
        for position, duty in enumerate(alarm.duties):
            yield ("alarms", number, "duties", position, "by"), duty.by
        yield ("alarms", number, "escalate_to"), alarm.escalate_to


def _of_terms(terms: ServiceTerms, path: KeyPath) -> Iterator[tuple[KeyPath, str | None]]:
    counted: Counter[str] = Counter()
    for obligation in terms.obligations():
        around = (*path, obligation.kind, counted[obligation.kind])
        counted[obligation.kind] += 1
        yield (*around, "by"), obligation.by
        if isinstance(obligation, Escalate):
            yield (*around, "to"), obligation.to

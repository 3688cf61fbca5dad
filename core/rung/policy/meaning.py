"""What a valid policy can still get wrong: grades, ids, roles and dates that do not fit together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from rung.errors import Problem
from rung.policy.cutpoints import cutpoint_problems
from rung.policy.found import found_at, unknown_grade
from rung.policy.input_problems import input_problems
from rung.policy.keys import KeyPath, written_key
from rung.policy.model import Policy, ServiceTerms
from rung.policy.modes import mode_problems
from rung.policy.outcomes import NOT_GRADED, outcome_problems
from rung.policy.owed import role_problems
from rung.text import _
from rung.vocabulary import Vocabulary

__all__ = ["meaning_problems"]

_CODE_WORDS: Final = frozenset({"gate", "rule", "share", "missing", "fault"})
# Reason codes begin with these: a criterion of the name would share codes with them.


def meaning_problems(policy: Policy, vocabulary: Vocabulary) -> tuple[Problem, ...]:
    """Return what does not fit together in a policy, apart from cells and formulas.

    Each problem's place carries the dotted key, such as ``service.E``, and no file. ``vocabulary`` is
    the sector's with the policy's own fields laid over it.
    """
    return (
        *_grades(policy),
        *_identities(policy),
        *mode_problems(policy),
        *cutpoint_problems(policy),
        *role_problems(policy),
        *_dates(policy),
        *input_problems(policy),
        *_shadows(policy, vocabulary),
        *outcome_problems(policy, vocabulary),
    )


def _grades(policy: Policy) -> Iterator[Problem]:
    classes = (flag.service_class for flag in policy.flags if flag.service_class is not None)
    known = tuple(dict.fromkeys((*policy.grades, *classes)))
    for table, named in (("meaning", policy.meaning), ("service", policy.service)):
        yield from (unknown_grade((table, grade), grade, known) for grade in named if grade not in known)
    if NOT_GRADED in policy.grades:
        yield found_at(
            ("grades", policy.grades.index(NOT_GRADED)),
            _("A grade is called “{name}”.").format(name=NOT_GRADED),
            _("So are customers called that cannot be graded; choose another name."),
        )


def _identities(policy: Policy) -> Iterator[Problem]:
    yield from _twice("criteria", (each.id for each in policy.criteria))
    yield from _twice("rules", (each.id for each in policy.rules))
    yield from _twice("gates", (each.id for each in policy.gates))
    yield from _twice("flags", (each.id for each in policy.flags))
    yield from _twice("alarms", (each.id for each in policy.alarms))
    yield from _twice("outcomes", (each.id for each in policy.outcomes))
    for grade, terms in policy.service.items():
        yield from _codes(terms, ("service", grade))
    for number, flag in enumerate(policy.flags):
        if flag.service is not None:
            yield from _codes(flag.service, ("flags", number, "service"))
    yield from _twice("procedures", (each.id for each in policy.procedures))
    for table, rules in policy.input_rules.items():
        yield from _twice(f"{table}.reasons", (each.id for each in rules.reasons))
    for number, criterion in enumerate(policy.criteria):
        if criterion.id in _CODE_WORDS:
            yield found_at(
                ("criteria", number, "id"),
                _("A criterion is called “{name}”.").format(name=criterion.id),
                _("Reason codes begin so; choose another name."),
            )
    for number, rule in enumerate(policy.rules):
        if rule.id == "otherwise":
            yield found_at(
                ("rules", number, "id"),
                _("A rule is called “{name}”.").format(name=rule.id),
                _("So is the outcome where no rule holds; choose another name."),
            )


def _twice(table: str, ids: Iterable[str]) -> Iterator[Problem]:
    around: KeyPath = tuple(table.split("."))
    first: dict[str, int] = {}
    for number, name in enumerate(ids):
        if name in first:
            yield found_at(
                (*around, number, "id"),
                _("“{name}” is already the id of {place}.").format(
                    name=name, place=written_key((*around, first[name]))
                ),
                _("Each id may stand once."),
            )
        first.setdefault(name, number)


def _codes(terms: ServiceTerms, path: KeyPath) -> Iterator[Problem]:
    """Yield obligations known by the same code: an id given twice, or an id that is another's kind."""
    seen: set[str] = set()
    for code, obligation in terms.coded():
        if code in seen:
            yield found_at(
                (*path, obligation.kind),
                _("Two obligations here are known as “{name}”.").format(name=code),
                _("Give one of them another id."),
            )
        seen.add(code)


def _dates(policy: Policy) -> Iterator[Problem]:
    start, end = policy.effective_from, policy.effective_to
    if start is not None and end is not None and end < start:
        yield found_at(
            ("effective_to",),
            _("The policy ends on {end}, before it begins on {start}.").format(end=end, start=start),
            _("effective_to is the last day it holds."),
        )


def _shadows(policy: Policy, vocabulary: Vocabulary) -> Iterator[Problem]:
    known = {*vocabulary.quantities(), *policy.fields}
    for name in policy.derived:
        if name in known:
            yield found_at(
                ("derived", name),
                _("“{name}” is a field or feature already.").format(name=name),
                _("Give the derived value a name of its own."),
            )

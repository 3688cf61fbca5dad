"""Checks where grades are cut: cut-offs fall from grade to grade, shares rise to 100, none is left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from rung.errors import Problem
from rung.policy.found import found_at, unknown_grade
from rung.policy.keys import KeyPath
from rung.policy.model import CountGrading, Policy, RulesGrading, ScoreGrading, ValueGrading
from rung.text import _

__all__ = ["cutpoint_problems"]


def cutpoint_problems(policy: Policy) -> Iterator[Problem]:
    """Yield what is wrong with cut-offs or shares; a table has cut-offs only where it collects points."""
    match policy.grading:
        case ScoreGrading(cutoffs=cutoffs):
            yield from _cutoffs(policy, cutoffs)
        case RulesGrading(hit="collect", cutoffs=collected) if collected is not None:
            yield from _cutoffs(policy, collected)
        case CountGrading(shares=shares) | ValueGrading(shares=shares):
            yield from _shares(policy, shares)


def _cutoffs(policy: Policy, cutoffs: Mapping[str, Decimal]) -> Iterator[Problem]:
    path: KeyPath = ("grading", "cutoffs")
    *wanted, last = policy.grades
    yield from _names(policy, path, cutoffs)
    if last in cutoffs:
        yield found_at(
            (*path, last),
            _("The last grade, “{grade}”, has a cut-off.").format(grade=last),
            _("Leave it out: “{grade}” is for every score below.").format(grade=last),
        )
    for grade in wanted:
        if grade not in cutoffs:
            yield found_at(
                path,
                _("Grade “{grade}” has no cut-off.").format(grade=grade),
                _("Say from which score on it is given; only the last grade has none."),
            )
    for better, worse in pairwise(grade for grade in wanted if grade in cutoffs):
        if cutoffs[worse] >= cutoffs[better]:
            yield found_at(
                (*path, worse),
                _("The cut-off of “{worse}”, {low}, is not below that of “{better}”, {high}.").format(
                    worse=worse, low=cutoffs[worse], better=better, high=cutoffs[better]
                ),
                _("Cut-offs fall from the best grade to the worst."),
            )


def _shares(policy: Policy, shares: Mapping[str, Decimal]) -> Iterator[Problem]:
    path: KeyPath = ("grading", "shares")
    yield from _names(policy, path, shares)
    for grade in policy.grades:
        if grade not in shares:
            yield found_at(
                path,
                _("Grade “{grade}” has no share.").format(grade=grade),
                _("Shares are cumulative and name every grade; the last is 100."),
            )
    for better, worse in pairwise(grade for grade in policy.grades if grade in shares):
        if shares[worse] <= shares[better]:
            yield found_at(
                (*path, worse),
                _("The share up to “{worse}”, {high}, is not above that up to “{better}”, {low}.").format(
                    worse=worse, high=shares[worse], better=better, low=shares[better]
                ),
                _("Shares are cumulative: each counts the better grades' customers too."),
            )
    last = policy.grades[-1]
    if last in shares and shares[last] != 100:
        yield found_at(
            (*path, last),
            _("The shares end at {share}.").format(share=shares[last]),
            _("The last grade's is 100: cumulative, all customers."),
        )


def _names(policy: Policy, path: KeyPath, cut: Mapping[str, Decimal]) -> Iterator[Problem]:
    yield from (
        unknown_grade((*path, name), name, policy.grades) for name in cut if name not in policy.grades
    )
    known = [name for name in cut if name in policy.grades]
    if known != [grade for grade in policy.grades if grade in cut]:
        yield found_at(
            path,
            _("The grades are not in the order of “grades”."),
            _("Write them best first: {grades}.").format(grades=", ".join(policy.grades)),
        )

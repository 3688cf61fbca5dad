"""Customers graded and kept as runs: by a verb's options, or again as a run on screen was made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from rung.errors import Problem
from rung.text import _
from rung.workspace.population import AtHand, SourceAsked, population_request
from rung.workspace.sound_policy import sound_policy

if TYPE_CHECKING:
    from rung.pipeline import GradeRequest
    from rung.policy.reader import LoadedPolicy
    from rung.progress import Progress
    from rung.runs.manifest import Manifest
    from rung.runs.run import Run
    from rung.workspace.workspace import Workspace

__all__ = ["Graded", "GradingAsked", "grade_again", "graded_runs", "nobody_overrules", "policy_in_effect"]


@dataclass(frozen=True, slots=True)
class GradingAsked:
    """One population to be graded by a policy, the version in effect on a day."""

    policy: str
    """Its id."""
    source: SourceAsked
    as_of: date


@dataclass(frozen=True, slots=True)
class Graded:
    """What came of it."""

    manifest: Manifest
    notices: tuple[Problem, ...]
    """What whoever uses the run should know, such as that its policy is a preview."""


def policy_in_effect(workspace: Workspace, policy: str, as_of: date) -> LoadedPolicy:
    """Return the version of a policy that grades on a day; raises RungError where none is fit to."""
    return sound_policy(AtHand.of(workspace), policy, as_of)


def grade_again(workspace: Workspace, asked: GradingAsked, progress: Progress) -> Graded:
    """Grade and keep the run, completely or not at all: whatever ``progress`` raises leaves nothing.

    Raises RungError with every problem of the policy, the mapping or the tables.
    """
    around = AtHand.of(workspace)
    loaded = sound_policy(around, asked.policy, asked.as_of)
    source = replace(asked.source, as_of=asked.as_of)
    with (
        population_request(source, (loaded,), around, (), lambda: nullcontext(progress)) as request,
        graded_runs([request], around, progress) as (run,),
    ):
        refused = nobody_overrules(workspace, run)
        graded = Graded(run.manifest, (*loaded.notices, *((Problem(refused),) if refused else ())))
        progress(_("Keeping the run"), 0, None)  # the last moment at which it can be stopped
    return graded


@contextmanager
def graded_runs(
    requests: Sequence[GradeRequest], at_hand: AtHand, progress: Progress
) -> Iterator[tuple[Run, ...]]:
    """Grade and give the runs: kept where there is a workspace, else only for the block."""
    if at_hand.workspace is not None:
        with at_hand.workspace.grading_all(requests, progress) as runs:
            yield runs
        return
    from rung.pipeline import graded_all

    with graded_all(requests, at_hand.host, progress) as runs:
        yield runs


def nobody_overrules(workspace: Workspace, run: Run) -> str:
    """Return why nobody can overrule on a run, in words; nothing where people can."""
    from rung.pipeline import scorecard_of
    from rung.workspace.own_policies import OwnPolicies

    own = OwnPolicies(workspace.human_input)
    problem = own.against_run(run, scorecard_of(run, workspace.host).compiled.policy)
    if problem is None:
        return ""
    return _("Nobody can overrule on this run. {cause}").format(cause=problem.message)

"""A policy published in a workspace: who may do it, and what it must pass first; one rule for every face."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rung.errors import Problem, RungError, Severity
from rung.text import _
from rung.workspace.places import POLICIES

if TYPE_CHECKING:
    from rung.policy.publish import Publication
    from rung.policy.reader import LoadedPolicy
    from rung.workspace.workspace import Workspace

__all__ = ["publish_policy", "publisher", "refuse_failing"]


def publisher(workspace: Workspace) -> str:
    """Return the name of whoever publishes; raises RungError for one who may not.

    Where people are listed, that takes the role “owner”.
    """
    from rung.ledger import Role

    human = workspace.human_input
    actor = human.actor()
    if human.people.listed and actor.role is not Role.OWNER:
        raise RungError.of(
            _("{name} may not publish policies: that takes the role “owner”.").format(name=actor.name),
            _("The people of a workspace are listed in its rung.toml, under [people]."),
        )
    return actor.name


def refuse_failing(loaded: LoadedPolicy, found: tuple[Problem, ...], workspace: Workspace) -> None:
    """Raise RungError, with everything against it, for a policy that is not sound or fails its tests.

    ``found`` is what is wrong with it by ``examine``.
    """
    from rung.grading.policy_tests import run_policy_tests

    problems = [each for each in found if each.severity is Severity.ERROR]
    report = run_policy_tests(loaded, workspace.shelf.vocabulary(loaded.policy))
    problems += [problem for outcome in report.failed for problem in report.problems(outcome)]
    if problems:
        raise RungError(
            Problem(_("Only a policy that is sound and passes its tests can be published.")), *problems
        )


def publish_policy(
    workspace: Workspace,
    file: Path,
    today: date,
    effective_from: date | None = None,
    reason: str | None = None,
) -> Publication:
    """Publish a version from its file; without a reason the file's own is taken.

    Raises RungError where whoever asks may not, where the policy is not sound, fails its tests or gives no
    reason, and where versions clash.
    """
    from rung.grading.check import examine
    from rung.policy.model import Change
    from rung.policy.publish import publish

    author = publisher(workspace)
    found = examine(file, workspace.shelf)
    loaded = _sound(workspace, file, found)
    refuse_failing(loaded, found, workspace)
    why = reason or (loaded.policy.change.reason if loaded.policy.change else "")
    change = Change(author=author, date=today, reason=why)
    return publish(loaded, workspace.folder / POLICIES, change, effective_from)


def _sound(workspace: Workspace, file: Path, found: tuple[Problem, ...]) -> LoadedPolicy:
    """Return a policy that can grade; raises RungError with everything that is wrong with it, placed."""
    from rung.pipeline import compiled_policy

    try:
        loaded = workspace.shelf.find(file)
        compiled_policy(loaded, workspace.host)
    except RungError:
        errors = [each for each in found if each.severity is Severity.ERROR]
        if errors:
            raise RungError.all(errors) from None
        raise
    return loaded

"""From a draft to a policy: its tests, what it changes in words, its file, its published version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rung.adopting import forget_answers
from rung.errors import Problem, RungError
from rung.grading.check import examine
from rung.grading.compile import compile_policy
from rung.grading.condition_words import asked_words
from rung.grading.inline_tests import run_tests
from rung.grading.policy_tests import run_policy_tests
from rung.ledger import Role
from rung.policy.diff import Area, Subject, diff, diff_lines
from rung.policy.model import Change
from rung.policy.published import read_register
from rung.text import _
from rung.workspace.drafting.kept_draft import KeptDraft, keep_draft
from rung.workspace.places import POLICIES
from rung.workspace.publishing import publish_policy, publisher, refuse_failing

if TYPE_CHECKING:
    from rung.grading.compiled import CompiledPolicy
    from rung.policy.diff import DiffLine
    from rung.policy.publish import Publication
    from rung.workspace.drafting.draft import PolicyDraft

__all__ = ["Finish", "Tested", "changes_of", "finish", "outcomes_of", "refusals"]


@dataclass(frozen=True, slots=True)
class Tested:
    """One test, and what came out of it."""

    name: str
    problems: tuple[Problem, ...]
    is_own: bool
    """Of the layer; else of the policy below, whose tests bind nobody who changes it."""


@dataclass(frozen=True, slots=True)
class Finish:
    """What the draft becomes."""

    version: str
    reason: str
    is_published: bool = False
    effective_from: date | None = None


def outcomes_of(draft: PolicyDraft) -> tuple[Tested, ...]:
    """Run the tests of the layer and those of the policy below; raises RungError if it is not sound."""
    loaded = draft.adoption.loaded()
    report = run_policy_tests(loaded, draft.workspace.shelf.vocabulary(loaded.policy))
    own = [Tested(each.name, report.problems(each), is_own=True) for each in report.outcomes]
    base = draft.adoption.base
    below = loaded.policy.model_copy(update={"tests": base.policy.tests})
    compiled = compile_policy(below, draft.workspace.shelf.vocabulary(below))
    theirs = [
        Tested(each.name, tuple(map(base.located, each.problems())), is_own=False)
        for each in run_tests(compiled)
    ]
    return (*own, *theirs)


def changes_of(draft: PolicyDraft) -> tuple[DiffLine, ...]:
    """Return what the draft changes, in words, the words of the policy itself last."""
    before, after = _subject(draft.begun), _subject(draft.adoption.compiled())
    lines = diff_lines(diff(before, after), before, after, asked_words)
    return tuple(sorted(lines, key=lambda each: each.difference.area in (Area.WORDS, Area.BASIS)))


def _subject(compiled: CompiledPolicy) -> Subject:
    return Subject(compiled.policy, compiled.quantities, compiled.vocabulary.events)


def refusals(draft: PolicyDraft, wanted: Finish) -> tuple[Problem, ...]:
    """Return what speaks against writing, or publishing, the draft; all that can be told beforehand."""
    found: list[Problem] = list(draft.problems)
    actor = draft.workspace.human_input.actor()
    if not actor.role.reaches(Role.REVIEWER):
        told = _("{name} may look only: a policy is changed by reviewers, and published by owners.")
        found.append(Problem(told.format(name=actor.name)))
    if not wanted.version.strip():
        found.append(
            Problem(_("The version has no name."), _("For example: {example}").format(example="2026.2"))
        )
    known = read_register(draft.workspace.folder / POLICIES).find(draft.place.own_id, wanted.version)
    if known is not None and draft.is_changed:
        told = _("Version {version} was published on {day} with another content.")
        hint = _("Give this one another version: a published one is not changed.")
        found.append(Problem(told.format(version=wanted.version, day=known.published_on), hint))
    if not draft.is_changed and (draft.place.is_published or not wanted.is_published):
        found.append(Problem(_("The draft says what the policy says: there is nothing to write.")))
    if not wanted.reason.strip():
        found.append(Problem(_("It is not said why it is changed."), _("Write the reason.")))
    if wanted.is_published and not found:
        found += _unpublishable(draft)
    return tuple(found)


def _unpublishable(draft: PolicyDraft) -> Sequence[Problem]:
    try:
        publisher(draft.workspace)
        refuse_failing(draft.adoption.loaded(), (), draft.workspace)
    except RungError as error:
        return error.problems
    return ()


def finish(draft: PolicyDraft, wanted: Finish, today: date) -> Publication | None:
    """Write the draft as a layer and, if that is wanted, publish its version.

    What is left of the draft is which assumed values were accepted. Raises RungError, nothing written, with
    what speaks against it; and where the version cannot be published after all: the layer is written then,
    and the error says so.
    """
    problems = refusals(draft, wanted)
    if problems:
        raise RungError.all(problems)
    author, out = draft.workspace.human_input.actor().name, draft.adoption.out
    if draft.is_changed or draft.place.is_new or wanted.version != draft.place.version:
        draft.adoption.version = wanted.version
        draft.adoption.write(Change(author=author, date=today, reason=wanted.reason))
    forget_answers(out)
    settled = KeptDraft(draft.place.policy_id, draft.place.own_id, accepted=draft.kept.accepted)
    keep_draft(draft.workspace.folder, draft.account, settled)
    if not wanted.is_published:
        found = [each for each in examine(out, draft.workspace.shelf) if each.severity.value == "error"]
        if found:
            raise RungError.all(found)
        return None
    try:
        return publish_policy(draft.workspace, out, today, wanted.effective_from, wanted.reason)
    except RungError as error:
        told = Problem(_("It is written to {file}, and not published.").format(file=out.name))
        raise RungError(told, *error.problems) from error

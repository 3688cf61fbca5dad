"""Checks what a policy means: every name, cell, formula, grade and number held against its vocabulary."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rung.errors import Problem, RungError, Severity
from rung.grading.compile import compile_policy
from rung.grading.hysteresis import previous_grade_field
from rung.grading.inline_tests import value_problems
from rung.policy.files import read_text
from rung.policy.meaning import meaning_problems
from rung.policy.method import PREVIOUS_GRADE
from rung.policy.model import Policy
from rung.policy.reader import Draft, draft_policy
from rung.policy.salvage import salvage
from rung.policy.shelf import Shelf
from rung.vocabulary import Vocabulary

__all__ = ["check", "examine", "examine_text"]

_TOLD_APART = ("grading.cutoffs", "grading.shares")
# Compiling tells these as a whole; where their parts are told, the whole is not.


def check(policy: Policy, vocabulary: Vocabulary) -> tuple[Problem, ...]:
    """Return everything wrong with a valid policy's meaning, each problem under its dotted key.

    ``LoadedPolicy.located`` adds file and line. Warnings are among the problems; without an error among
    them the policy compiles.
    """
    own = {name: spec.field(name) for name, spec in policy.fields.items()}
    if policy.hysteresis is not None:
        own.setdefault(PREVIOUS_GRADE, previous_grade_field(policy))
    found = (
        *meaning_problems(policy, vocabulary),
        *value_problems(policy, {**vocabulary.quantities(), **own}, vocabulary.events),
    )
    keys = [each.place.key for each in found if each.place and each.severity is Severity.ERROR]
    return (*found, *(each for each in _compiling(policy, vocabulary) if not _is_told(each, keys)))


def _compiling(policy: Policy, vocabulary: Vocabulary) -> tuple[Problem, ...]:
    try:
        compile_policy(policy, vocabulary)
    except RungError as error:
        return error.problems
    return ()


def _is_told(problem: Problem, keys: list[str]) -> bool:
    key = problem.place.key if problem.place else ""
    return key in keys or (key in _TOLD_APART and any(told.startswith(key) for told in keys))


def examine(id_or_path: str | Path, shelf: Shelf) -> tuple[Problem, ...]:
    """Return every problem of one policy file, of form and of meaning, at file and line.

    A file with mistakes of form is still checked for the meaning of its sound parts. Raises RungError
    only for a policy that is not on the shelf, or a file that cannot be read at all.
    """
    path = shelf.path_of(id_or_path)
    return examine_text(read_text(path), str(path), shelf)


def examine_text(text: str, name: str, shelf: Shelf) -> tuple[Problem, ...]:
    """Return what ``examine`` returns, for a policy's text that messages call ``name``."""
    draft = draft_policy(text, name, shelf.library, shelf.bases_near(Path(name)))
    located = (draft.sources.located(problem) for problem in _meaning(draft, shelf))
    sealed = shelf.seal_problems(Path(name), draft.table, draft.sha256)
    found = dict.fromkeys((*draft.problems(), *sealed, *draft.warnings, *located))
    return tuple(sorted(found, key=draft.sources.order))


def _meaning(draft: Draft, shelf: Shelf) -> Iterator[Problem]:
    saved = None if draft.policy else salvage(draft)
    policy = draft.policy or (saved.policy if saved else None)
    if policy is None:
        return
    try:
        vocabulary = shelf.vocabulary(policy)
    except RungError as error:
        yield from error.problems
        return
    for problem in check(policy, vocabulary):
        kept = saved.in_file(problem) if saved else problem
        if kept is not None:
            yield kept

"""The runs a workspace keeps, the damaged ones among them in their place, with what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from rung.errors import Problem, RungError
from rung.runs.manifest import read_manifest
from rung.runs.run import MANIFEST, Run
from rung.text import Text

if TYPE_CHECKING:
    from pathlib import Path

    from rung.runs.manifest import Manifest
    from rung.workspace.workspace import Workspace

__all__ = ["ListedRun", "causes_of", "listed_runs"]


@dataclass(frozen=True, slots=True)
class ListedRun:
    """One run, whole or damaged."""

    run_id: str
    manifest: Manifest | None
    """None where it cannot be read."""
    problems: tuple[Problem, ...]
    """What is wrong with its files; none where it can be opened."""
    owner: str
    """The system's account its files belong to: who made it, if nobody moved it. "" where none is known."""


def listed_runs(workspace: Workspace) -> tuple[ListedRun, ...]:
    """Return every run, newest first; a damaged one stands where its id says it was made."""
    store = workspace.store
    found = [_listed(store.folder / run_id) for run_id in store.ids()]
    return tuple(sorted(found, key=_made, reverse=True))


def _made(listed: ListedRun) -> str:
    if listed.manifest is None:
        return listed.run_id
    return f"{listed.manifest.created_at.astimezone(UTC):%Y%m%dT%H%M%SZ.%f}"


def _listed(folder: Path) -> ListedRun:
    problems: tuple[Problem, ...] = ()
    manifest: Manifest | None = None
    try:
        with Run.open(folder) as run:
            manifest = run.manifest
    except RungError as error:
        problems = tuple(error.problems)
        with suppress(RungError):
            manifest = read_manifest(folder / MANIFEST)
    return ListedRun(folder.name, manifest, problems, _owner(folder))


def _owner(folder: Path) -> str:
    try:
        return folder.owner()
    except (OSError, KeyError, NotImplementedError):
        return ""


def causes_of(workspace: Workspace, run_id: str) -> Mapping[str, Text]:
    """Return what each cause of not being graded says in a run.

    Raises RungError where the run or its policy cannot be read, or its plugin is not there.
    """
    from rung.grading.reasons import refusal_text
    from rung.pipeline import scorecard_of

    with workspace.run(run_id) as run:
        codes = run.manifest.not_graded
        compiled = scorecard_of(run, workspace.host).compiled if codes else None
    return {} if compiled is None else {code: refusal_text(compiled, code) for code in codes}

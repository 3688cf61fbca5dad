"""The folder that keeps the runs: each is written completely or not at all, and never changed after."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from rung.errors import Place, Problem, RungError, did_you_mean
from rung.runs.atomic import clear_leftovers, whole_folder
from rung.runs.manifest import Manifest, read_manifest
from rung.runs.refusals import refuse_writing
from rung.runs.run import MANIFEST, Run
from rung.text import _

__all__ = ["LATEST", "RunStore", "Shelved", "run_id_of"]

LATEST: Final = "latest"
"""Stands for the run made last, wherever a run id is asked for."""


_SECOND: Final = len("20260301T101500Z")


def run_id_of(created_at: datetime, policy_id: str) -> str:
    """Return the id of a run: its moment in UTC and its policy, so that ids sort by time."""
    return f"{created_at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{policy_id}"


@contextmanager
def _noted(target: Path, kept: list[Path]) -> Iterator[Path]:
    """Give a folder to write into, and note in ``kept`` that it has become ``target``."""
    with whole_folder(target) as part:
        yield part
    kept.append(target)


@dataclass(frozen=True, slots=True)
class Shelved:
    """The runs of a store, newest first, and what is wrong with those that cannot be read."""

    manifests: tuple[Manifest, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class RunStore:
    """Runs kept in one folder, each in a folder named by its id."""

    folder: Path

    @contextmanager
    def writing(self, run_id: str) -> Iterator[tuple[str, Path]]:
        """Give the run's id and a folder to write it into; it is kept only if the block ends well.

        An id already taken gets a number. What killed writers left is removed first. Raises RungError
        where the disk refuses.
        """
        with self.writing_all([run_id]) as (place,):
            yield place

    @contextmanager
    def writing_all(self, run_ids: Sequence[str]) -> Iterator[tuple[tuple[str, Path], ...]]:
        """Give an id and a folder for each of several runs; all are kept if the block ends well, or none."""
        with refuse_writing(self.folder):
            self.folder.mkdir(exist_ok=True)
            clear_leftovers(self.folder)
            free = [self._free(run_id) for run_id in run_ids]
        kept: list[Path] = []
        try:
            with ExitStack() as stack:
                folders = [stack.enter_context(_noted(self.folder / each, kept)) for each in free]
                yield tuple(zip(free, folders, strict=True))
        except BaseException:
            for folder in kept:
                shutil.rmtree(folder, ignore_errors=True)
            raise

    def _free(self, run_id: str) -> str:
        number, free = 1, run_id
        while (self.folder / free).exists():
            number += 1
            free = f"{run_id}.{number}"
        return free

    def ids(self) -> tuple[str, ...]:
        """Return the id of every run, newest first."""
        if not self.folder.is_dir():
            return ()
        names = (path.parent.name for path in self.folder.glob(f"*/{MANIFEST}"))
        return tuple(sorted((name for name in names if not name.startswith(".")), reverse=True))

    def shelved(self) -> Shelved:
        """Read the manifest of every run."""
        manifests: list[Manifest] = []
        problems: list[Problem] = []
        for run_id in self.ids():
            try:
                manifests.append(read_manifest(self.folder / run_id / MANIFEST))
            except RungError as error:
                problems += error.problems
        manifests.sort(key=lambda manifest: manifest.created_at, reverse=True)
        return Shelved(tuple(manifests), tuple(problems))

    def open(self, run_id: str = LATEST) -> Run:
        """Open one run; raises RungError for an unknown id, and for a run that is damaged."""
        ids = self.ids()
        if not ids:
            raise RungError.of(
                _("There is no run yet."),
                _("Make one: rung grade SOURCE --policy ID."),
                Place(str(self.folder)),
            )
        if run_id == LATEST:
            run_id = self._latest(ids)
        if run_id not in ids:
            raise RungError.of(
                _("There is no run “{name}”.").format(name=run_id), did_you_mean(run_id, (LATEST, *ids))
            )
        return Run.open(self.folder / run_id)

    def _latest(self, ids: tuple[str, ...]) -> str:
        # Ids tell the second; within one the manifests tell which came last.
        rivals = [run_id for run_id in ids if run_id[:_SECOND] == ids[0][:_SECOND]]
        if len(rivals) == 1:
            return rivals[0]
        made = {run_id: read_manifest(self.folder / run_id / MANIFEST).created_at for run_id in rivals}
        return max(rivals, key=lambda run_id: (made[run_id], run_id))

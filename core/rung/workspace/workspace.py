"""A workspace: a folder with its config, its policies and its runs; the one door for every face."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from rung.errors import Place, RungError, did_you_mean
from rung.plugins import PluginHost
from rung.runs.atomic import whole_file
from rung.runs.refusals import refuse_writing
from rung.runs.run import Run
from rung.runs.store import LATEST, RunStore, Shelved, run_id_of
from rung.text import _
from rung.workspace.config import CONFIG, Config, SourceConfig, read_config, template

if TYPE_CHECKING:
    from rung.grading.explanation import Explanation
    from rung.pipeline import GradeRequest, Progress
    from rung.policy.shelf import Shelf
    from rung.runs.manifest import Manifest
    from rung.workspace.human_input import HumanInput

__all__ = ["Workspace"]

_POLICIES: Final = "policies"
_RUNS: Final = "runs"
_LEDGER: Final = "ledger.db"


@dataclass(frozen=True)
class Workspace:
    """A workspace open for work."""

    folder: Path
    config: Config
    host: PluginHost

    @classmethod
    def find(cls, start: Path, host: PluginHost | None = None) -> Self | None:
        """Open the workspace that ``start`` lies in, None where it lies in none."""
        for folder in (start.absolute(), *start.absolute().parents):
            if (folder / CONFIG).is_file():
                return cls.open(folder, host)
        return None

    @classmethod
    def open(cls, folder: Path, host: PluginHost | None = None) -> Self:
        """Open the workspace in ``folder``; raises RungError where it is none or its file has mistakes."""
        if not (folder / CONFIG).is_file():
            raise RungError.of(
                _("This is no workspace: there is no {file} in it.").format(file=CONFIG),
                _("Make one: rung init {folder}.").format(folder=folder),
                Place(str(folder)),
            )
        return cls(folder, read_config(folder / CONFIG), host or PluginHost())

    @classmethod
    def create(cls, folder: Path, host: PluginHost | None = None, **given: Any) -> Self:
        """Make a workspace of ``folder``, creating it if need be; ``given`` are keys of its file.

        Raises RungError where it is one already, or where the disk refuses.
        """
        if (folder / CONFIG).exists():
            raise RungError.of(_("This is a workspace already."), place=Place(str(folder)))
        with refuse_writing(folder):
            for each in (folder, folder / _POLICIES, folder / _RUNS):
                each.mkdir(parents=True, exist_ok=True)
        with whole_file(folder / CONFIG) as part:
            part.write_text(template(**given), encoding="utf-8")
        return cls.open(folder, host)

    @cached_property
    def store(self) -> RunStore:
        """Where the runs are kept."""
        return RunStore(self.folder / _RUNS)

    @cached_property
    def shelf(self) -> Shelf:
        """The policies at hand: the workspace's own first, then those the plugins bring."""
        from rung.policy.shelf import Shelf

        return Shelf(self.host, (self.folder / _POLICIES,))

    def source(self, name: str) -> SourceConfig:
        """Return a source by its name, its paths made absolute; raises RungError for an unknown one."""
        found = self.config.sources.get(name)
        if found is None:
            raise RungError.of(
                _("There is no source “{name}” in the workspace.").format(name=name),
                did_you_mean(name, tuple(self.config.sources)),
                Place(str(self.folder / CONFIG)),
            )
        paths: Mapping[str, Any] = {
            "customers": str(self.folder / found.customers),
            "events": {table: str(self.folder / path) for table, path in found.events.items()},
            "mapping": str(self.folder / found.mapping) if found.mapping else None,
        }
        return found.model_copy(update=paths)

    @contextmanager
    def grading(self, request: GradeRequest, progress: Progress) -> Iterator[Run]:
        """Grade a population and give the run to look at; it is kept only if the block ends well."""
        from rung.pipeline import grade

        wanted = run_id_of(request.created_at, request.policy.policy.id)
        with self.store.writing(wanted) as (run_id, folder):
            grade(request, run_id, folder, self.host, progress)
            with Run.open(folder) as run:
                yield run

    def grade(self, request: GradeRequest, progress: Progress) -> Manifest:
        """Grade a population and keep the run, completely or not at all."""
        with self.grading(request, progress) as run:
            return run.manifest

    def runs(self) -> Shelved:
        """Return the runs, newest first, and what is wrong with those that cannot be read."""
        return self.store.shelved()

    def run(self, run_id: str = LATEST) -> Run:
        """Open one run."""
        return self.store.open(run_id)

    @cached_property
    def human_input(self) -> HumanInput:
        """What people have put in beside the model: the ledger, and the overrides in it."""
        from rung.workspace.human_input import HumanInput

        return HumanInput.of(self.folder / _LEDGER, self.config, self.folder / CONFIG, self.store, self.host)

    def explain(self, customer: str, run_id: str = LATEST) -> Explanation:
        """Explain the grade of one customer, by id or name, in one run."""
        from rung.pipeline import explain, scorecard_of

        with self.run(run_id) as run:
            return explain(run, customer, scorecard_of(run, self.host))

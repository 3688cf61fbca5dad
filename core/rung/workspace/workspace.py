"""A workspace: a folder with its config, its policies and its runs; the one door for every face."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from rung.errors import Place, RungError, did_you_mean
from rung.plugins import PluginHost
from rung.runs.atomic import whole_file
from rung.runs.refusals import refuse_writing
from rung.runs.run import Run
from rung.runs.store import LATEST, RunStore, Shelved, run_id_of
from rung.text import LANGUAGES, Language, _
from rung.workspace.disabled import disabled_in
from rung.workspace.places import CONFIG, POLICIES, RUNS

if TYPE_CHECKING:
    from rung.grading.explanation import Explanation
    from rung.pipeline import GradeRequest
    from rung.policy.shelf import Shelf
    from rung.progress import Progress
    from rung.runs.manifest import Manifest
    from rung.sheet import Sheet
    from rung.workspace.arrivals.alarms import Alarms
    from rung.workspace.arrivals.events import Events
    from rung.workspace.confidential import Confidential
    from rung.workspace.config import Config, SourceConfig
    from rung.workspace.following.contacts import Contacts
    from rung.workspace.human_input import HumanInput
    from rung.workspace.notes import Notes
    from rung.workspace.pool import Pool
    from rung.workspace.recording.records import Records
    from rung.workspace.service import Service

__all__ = ["Workspace"]


@dataclass(frozen=True)
class Workspace:
    """A workspace open for work."""

    folder: Path
    host: PluginHost

    @classmethod
    def find(cls, start: Path, host: PluginHost | None = None, *, check: bool = True) -> Self | None:
        """Open the workspace that ``start`` lies in, None where it lies in none; see ``open``."""
        for folder in (start.absolute(), *start.absolute().parents):
            if (folder / CONFIG).is_file():
                return cls.open(folder, host, check=check)
        return None

    @classmethod
    def open(cls, folder: Path, host: PluginHost | None = None, *, check: bool = True) -> Self:
        """Open the workspace in ``folder``; raises RungError where it is none or its file has mistakes.

        Without ``check`` its file is read when something in it is asked for, and its mistakes come then:
        a screen can be painted before that.
        """
        if not (folder / CONFIG).is_file():
            raise RungError.of(
                _("This is no workspace: there is no {file} in it.").format(file=CONFIG),
                _("Make one: rung init {folder}.").format(folder=folder),
                Place(str(folder)),
            )
        found = cls(folder, host or PluginHost())
        found.host.disable(disabled_in(folder))
        if check:
            found.config  # noqa: B018 - reading it is the check
        return found

    @classmethod
    def create(cls, folder: Path, host: PluginHost | None = None, **given: Any) -> Self:
        """Make a workspace of ``folder``, creating it if need be; ``given`` are keys of its file.

        Raises RungError where it is one already, or where the disk refuses.
        """
        from rung.workspace.config import template

        if (folder / CONFIG).exists():
            raise RungError.of(_("This is a workspace already."), place=Place(str(folder)))
        with refuse_writing(folder):
            for each in (folder, folder / POLICIES, folder / RUNS):
                each.mkdir(parents=True, exist_ok=True)
        with whole_file(folder / CONFIG) as part:
            part.write_text(template(**given), encoding="utf-8")
        return cls.open(folder, host)

    @cached_property
    def config(self) -> Config:
        """What the workspace's file says; raises RungError where it has mistakes."""
        from rung.workspace.config import read_config

        return read_config(self.folder / CONFIG)

    @property
    def language(self) -> Language | None:
        """The language the workspace's file asks for, looked up without checking the rest of it."""
        try:
            said = tomllib.loads((self.folder / CONFIG).read_text(encoding="utf-8")).get("language")
        except (OSError, ValueError):
            return None  # what is wrong with the file is said when it is read in earnest
        return next((each for each in LANGUAGES if each == said), None)

    @cached_property
    def zone(self) -> tzinfo | None:
        """The zone its calendar names, None for the machine's; raises RungError where there is none such."""
        from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

        name = self.config.calendar.timezone
        try:
            return None if name is None else ZoneInfo(name)
        except (ValueError, ZoneInfoNotFoundError, OSError):
            return self.service.calendar.zone  # raises, and says which it may be

    @cached_property
    def store(self) -> RunStore:
        """Where the runs are kept."""
        return RunStore(self.folder / RUNS)

    @cached_property
    def shelf(self) -> Shelf:
        """The policies at hand: the workspace's own first, then those the plugins bring."""
        from rung.policy.shelf import Shelf

        return Shelf(self.host, (self.folder / POLICIES,))

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
            "customers": None if found.customers is None else str(self.folder / found.customers),
            "events": {table: str(self.folder / path) for table, path in found.events.items()},
            "mapping": str(self.folder / found.mapping) if found.mapping else None,
        }
        return found.model_copy(update=paths)

    @contextmanager
    def grading(self, request: GradeRequest, progress: Progress) -> Iterator[Run]:
        """Grade a population and give the run to look at; it is kept only if the block ends well."""
        with self.grading_all([request], progress) as (run,):
            yield run

    @contextmanager
    def grading_all(self, requests: Sequence[GradeRequest], progress: Progress) -> Iterator[tuple[Run, ...]]:
        """Grade a population by several policies and give the runs; all are kept if the block ends well.

        Policies that look back find the run before among the workspace's.
        """
        from rung.pipeline import grade_all

        wanted = [run_id_of(each.created_at, each.policy.policy.id) for each in requests]
        confidential = self.confidential.unquoted(each.policy.policy for each in requests)
        kept = frozenset([self.config.portfolio] if self.config.portfolio else ()).union(
            self._last_contacts(requests)
        )
        asked = [
            replace(
                each,
                history=each.history or self.store,
                confidential=confidential,
                keep=each.keep | kept,
            )
            for each in requests
        ]
        with self.store.writing_all(wanted) as places, ExitStack() as stack:
            grade_all(asked, places, self.host, progress)
            yield tuple(stack.enter_context(Run.open(folder)) for _run_id, folder in places)

    def _last_contacts(self, requests: Sequence[GradeRequest]) -> Iterator[str]:
        """Yield what tells the day of the last contact, by the sectors of the policies."""
        for each in requests:
            with suppress(RungError):  # what is wrong with a sector is said, placed, when it grades
                found = self.shelf.vocabulary(each.policy.policy).last_contact
                if found is not None:
                    yield found

    def grade(self, request: GradeRequest, progress: Progress) -> Manifest:
        """Grade a population and keep the run, completely or not at all."""
        with self.grading(request, progress) as run:
            return run.manifest

    def runs(self) -> Shelved:
        """Return the runs, newest first, and what is wrong with those that cannot be read."""
        return self.store.shelved()

    def batch(self, run_id: str = LATEST) -> tuple[str, ...]:
        """Return the ids of the runs made together with one, itself among them, in the order asked for."""
        with self.run(run_id) as run:
            found = run.manifest
        if found.batch is None:
            return (found.run_id,)
        together = (each for each in self.runs().manifests if each.batch == found.batch)
        return tuple(sorted((each.run_id for each in together), key=lambda each: (each != found.batch, each)))

    def latest_by(self, policy_id: str) -> str:
        """Return the id of the last run by a policy; raises RungError where there is none."""
        manifests = self.runs().manifests
        found = next((each for each in manifests if each.policy.id == policy_id), None)
        if found is None:
            known = tuple(dict.fromkeys(each.policy.id for each in manifests))
            raise RungError.of(
                _("There is no run by the policy “{name}”.").format(name=policy_id),
                did_you_mean(policy_id, known) or _("Make one: rung grade SOURCE --policy ID."),
                Place(str(self.store.folder)),
            )
        return found.run_id

    def run(self, run_id: str = LATEST) -> Run:
        """Open one run."""
        return self.store.open(run_id)

    @cached_property
    def human_input(self) -> HumanInput:
        """What people have put in beside the model: the ledger, and the overrides in it."""
        from rung.ledger.keeping.addresses import ledger_place
        from rung.workspace.human_input import HumanInput

        place = ledger_place(self.config.ledger, self.folder)
        return HumanInput.of(place, self.config, self.folder / CONFIG, self.store, self.host)

    @cached_property
    def confidential(self) -> Confidential:
        """What whoever works here may read, and the record of what they read and took out."""
        from rung.workspace.confidential import Confidential

        return Confidential(self)

    @cached_property
    def events(self) -> Events:
        """What happened to the customers, as it was brought in."""
        from rung.workspace.arrivals.events import Events

        return Events(self)

    @cached_property
    def alarms(self) -> Alarms:
        """What events set off: who must act by when, and what was done."""
        from rung.workspace.arrivals.alarms import Alarms

        return Alarms(self)

    @cached_property
    def service(self) -> Service:
        """What was promised to the customers, and when it is due."""
        from rung.workspace.service import Service

        return Service(self)

    @cached_property
    def pool(self) -> Pool:
        """The customers nobody holds: who goes there, who is taken from there, and who gets whom."""
        from rung.workspace.pool import Pool

        return Pool(self)

    @cached_property
    def contacts(self) -> Contacts:
        """What was spoken with customers, and what came of it."""
        from rung.workspace.following.contacts import Contacts

        return Contacts(self)

    @cached_property
    def records(self) -> Records:
        """The forms filled in about customers: visits, complaints, files, as the sectors declare them."""
        from rung.workspace.recording.records import Records

        return Records(self)

    @cached_property
    def notes(self) -> Notes:
        """What people noted about customers."""
        from rung.workspace.notes import Notes

        return Notes(self)

    def explain(self, customer: str, run_id: str = LATEST, today: date | None = None) -> Explanation:
        """Explain the grade of one customer, by id or name, in one run, with every value unmasked.

        With the judgements and corrections in effect on the day ``today``; without a day, what the machine
        had alone. For programs; a face shows it by ``confidential.shown``.
        """
        from rung.pipeline import explain, scorecard_of

        with self.run(run_id) as run:
            if today is not None:
                with self.human_input.over(run, today) as overlaid:
                    if overlaid is not None:
                        told = overlaid.explained(customer)
                        return self.records.with_service(told, overlaid.scorecard.compiled)
            return explain(run, customer, scorecard_of(run, self.host))

    def sheet(self, customer: str, now: datetime, run_id: str = LATEST) -> Sheet:
        """Return the rating sheet of one customer, by id or name, in one run; ``rung.sheet`` draws it.

        Its values are masked as the actor may read them, and what is read is put on record.
        """
        from rung.workspace.rating_sheet import sheet_in

        with self.run(run_id) as run:
            return sheet_in(self, run, customer, now)

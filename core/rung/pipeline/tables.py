"""Tables read once for several policies, as far as these mean the same by the same names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations as pairs
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from rung.errors import Problem, RungError, did_you_mean
from rung.grading.compiled import CompiledPolicy
from rung.pipeline.request import GradeRequest
from rung.progress import Progress
from rung.text import _, inert
from rung.vocabulary import Vocabulary
from rung.words import fold

if TYPE_CHECKING:
    import polars as pl

    from rung.intake import Intake, IntakeRequest, MeasureFault, Quality

__all__ = ["Tables", "Task", "take_in_together"]

Named = TypeVar("Named")


@dataclass(frozen=True, slots=True)
class Task:
    """One policy to grade by, and what was asked for."""

    request: GradeRequest
    compiled: CompiledPolicy

    @property
    def needs(self) -> frozenset[str]:
        """Everything the policy rests on: what grading reads, and what measures of the sector read."""
        wanted = self.compiled.wanted
        measures = self.compiled.vocabulary.measures
        inputs = (name for each in wanted if each in measures for name in measures[each].inputs)
        return wanted.union(inputs)


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables as read for some of the policies; each sees only its own part."""

    intake: Intake
    tasks: tuple[Task, ...]
    wish: IntakeRequest

    def tried_out(self, progress: Progress) -> Tables | None:
        """Return the tables read again with every measure tried on every row; ``None`` where none failed.

        A measure that stands the first rows may still break on a later one, and a run then with it.
        """
        from rung.intake import take_in

        scratch = self.wish.scratch / "again"
        scratch.mkdir()
        wish = replace(self.wish, scratch=scratch, is_thorough=True)
        intake = take_in(wish, progress)
        return replace(self, intake=intake) if len(intake.faults) > len(self.intake.faults) else None

    def measured(self, task: Task) -> pl.LazyFrame:
        """Return the measured frame with the columns one policy asks for, and those to be kept besides."""
        names = self.intake.measured.collect_schema().names()
        own = task.compiled.wanted | (task.request.keep & task.compiled.quantities.keys())
        return self.intake.measured.select(names[:2] + [each for each in names[2:] if each in own])

    def faults(self, task: Task) -> tuple[MeasureFault, ...]:
        """Return the faults of what one policy rests on."""
        return tuple(fault for fault in self.intake.faults if fault.id in task.needs)

    def quality(self, task: Task, whole: Quality) -> Quality:
        """Return the part of the quality report that concerns one policy."""
        others = frozenset[str]().union(*(each.needs for each in self.tasks)) - task.needs
        features = task.compiled.vocabulary.features
        read = {features[name].events for name in task.needs if name in features}
        elsewhere = (self.intake.headers[name] for name in sorted(others) if name in self.intake.headers)
        return replace(
            whole,
            read=replace(whole.read, unmapped=(*whole.read.unmapped, *map(inert, elsewhere))),
            columns=tuple(each for each in whole.columns if each.id not in others),
            absent=tuple(name for name in whole.absent if name not in others),
            events=tuple(each for each in whole.events if each.id in read),
            faults=self.faults(task),
        )


def take_in_together(
    tasks: Sequence[Task], scratch: Path, progress: Progress, also: frozenset[str] = frozenset()
) -> tuple[Tables, ...]:
    """Read and check the tables, once for all policies that can share them.

    ``also``: values read besides what the policies ask for, where the policies have such a name.
    Raises RungError with every problem of the stage that failed.
    """
    _check_events(tasks)
    groups: list[list[Task]] = []
    for task in tasks:
        group = next((each for each in groups if _agree([*each, task])), None)
        if group is None:
            groups.append([task])
        else:
            group.append(task)
    return tuple(
        tables
        for number, group in enumerate(groups)
        for tables in _taken_in(group, scratch / str(number), progress, also)
    )


def _taken_in(group: Sequence[Task], scratch: Path, progress: Progress, also: frozenset[str]) -> list[Tables]:
    scratch.mkdir()
    try:
        return [_read(group, scratch, progress, also)]
    except RungError:
        if len(group) == 1:
            raise
    # What all of them ask for at once may contradict itself where each alone does not.
    alone = []
    for number, task in enumerate(group):
        own = scratch / f"alone-{number}"
        own.mkdir()
        alone.append(_read([task], own, progress, also))
    return alone


def _read(group: Sequence[Task], scratch: Path, progress: Progress, also: frozenset[str]) -> Tables:
    from rung.intake import Duplicates, IntakeRequest, take_in

    request, vocabulary = group[0].request, _union(group)
    wish = IntakeRequest(
        source=request.source,
        vocabulary=vocabulary.marked(request.confidential),
        as_of=request.as_of,
        scratch=scratch,
        wanted=(also & vocabulary.quantities().keys()).union(*(task.compiled.wanted for task in group)),
        events={name: path for name, path in request.events.items() if name in vocabulary.events},
        mapping=request.mapping,
        duplicates=Duplicates(request.duplicates),
        newest_by=request.newest_by,
    )
    return Tables(take_in(wish, progress), tuple(group), wish)


def _check_events(tasks: Sequence[Task]) -> None:
    """Refuse tables of events that none of the policies' sectors has."""
    known = {name for task in tasks for name in task.compiled.vocabulary.events}
    strange = [name for name in tasks[0].request.events if name not in known]
    if strange:
        raise RungError.all(
            Problem(
                _("There is no event table “{name}”.").format(name=name),
                did_you_mean(name, sorted(known)) or _("No sector with event tables is in use."),
            )
            for name in strange
        )


def _agree(tasks: Sequence[Task]) -> bool:
    """Return whether the policies mean the same by every name they share, headers of tables included."""
    known = [(each.compiled.vocabulary, _headers(each.compiled.vocabulary)) for each in tasks]
    return all(
        _alike(one, other) and _apart(mine, theirs) for (one, mine), (other, theirs) in pairs(known, 2)
    )


def _alike(one: Vocabulary, other: Vocabulary) -> bool:
    if (one.key, one.name, one.events) != (other.key, other.name, other.events):
        return False
    first, second = one.quantities(), other.quantities()
    return all(first[name] == second[name] for name in first.keys() & second.keys())


def _apart(one: Mapping[str, set[str]], other: Mapping[str, set[str]]) -> bool:
    """Return whether what only one of them has goes by no header of the other."""
    shared = one.keys() & other.keys()
    return not any(
        headers & theirs
        for mine, theirs in ((one, set().union(*other.values())), (other, set().union(*one.values())))
        for name, headers in mine.items()
        if name not in shared
    )


def _headers(vocabulary: Vocabulary) -> dict[str, set[str]]:
    """Return the headers by which each quantity is found."""
    return {name: {fold(header) for header in each.names()} for name, each in vocabulary.quantities().items()}


def _union(tasks: Sequence[Task]) -> Vocabulary:
    every = [task.compiled.vocabulary for task in tasks]

    def joined(part: Callable[[Vocabulary], Mapping[str, Named]]) -> dict[str, Named]:
        return {name: found for each in every for name, found in part(each).items()}

    return replace(
        every[0],
        fields=joined(lambda each: each.fields),
        features=joined(lambda each: each.features),
        measures=joined(lambda each: each.measures),
    )

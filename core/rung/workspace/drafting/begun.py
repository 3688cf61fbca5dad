"""Begins a policy of the workspace from a table: what speaks against it by field, then the file itself."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rung.adopting.columns import OwnColumn, own_columns
from rung.adopting.first_scheme import (
    BegunScheme,
    begin_scheme,
    can_be_graded_by,
    check_free,
    read_grades,
    usual_columns,
)
from rung.adopting.scheme import MODES, Scheme
from rung.errors import Place, Problem, RungError
from rung.policy.heading import read_heading
from rung.text import Text, _
from rung.workspace.places import POLICIES

if TYPE_CHECKING:
    from rung.progress import Progress
    from rung.workspace.workspace import Workspace

__all__ = [
    "MODES",
    "NewPolicy",
    "OwnColumn",
    "begin_policy",
    "can_be_graded_by",
    "objections",
    "proposed_name",
    "read_table",
    "sectors_known",
    "usual_columns",
]

_ID: Final = re.compile(r"[a-z0-9_]+(\.[a-z0-9_-]+)+")
_LONGEST: Final = 128
_MOST_GRADES: Final = 30


@dataclass(frozen=True, slots=True)
class NewPolicy:
    """What a person says of the policy to begin, as typed."""

    id: str
    title: str
    grades: str
    """Best first, parted by commas."""
    mode: str = "score"
    sector: str | None = None
    chosen: tuple[str, ...] = ()
    """Ids of the columns graded by; for shares the first is what is summed or counted."""
    less: frozenset[str] = frozenset()
    """Of these, those of which less is better."""

    def file(self, workspace: Workspace) -> Path:
        """Return where it will stand."""
        return workspace.folder / POLICIES / f"{self._name}.toml"

    def mapping(self, workspace: Workspace) -> Path:
        """Return where it is said that the row's number stands for the id; not among the policies."""
        return workspace.folder / f"{self._name}.map.toml"

    @property
    def _name(self) -> str:
        return self.id.partition(".")[2].replace(".", "-")


def read_table(path: Path, today: date, report: Progress) -> tuple[OwnColumn, ...]:
    """Return what the columns of a table hold; raises RungError for what is no table, or an empty one."""
    if not path.is_file():
        raise RungError.of(
            _("There is no such file."), _("Name the table of your customers."), Place(str(path))
        )
    found = own_columns(path, today, report)
    if not any(map(can_be_graded_by, found)):
        raise RungError.of(
            _("The table has no column to grade by."),
            _("Numbers can be cut into bands, and columns of few words."),
            Place(str(path)),
        )
    return found


def proposed_name(workspace: Workspace, path: Path) -> str:
    """Return an id that is free, after the table's name."""
    name = re.sub(r"[^a-z0-9_-]+", "-", path.stem.lower()).strip("-_") or "first"
    number = 1
    while True:
        ending = name if number == 1 else f"{name}-{number}"
        wanted = NewPolicy(f"own.{ending}", "", "")
        number += 1
        if not _is_taken(workspace, wanted):
            return wanted.id


def sectors_known(workspace: Workspace) -> tuple[tuple[str, Text], ...]:
    """Return ids and titles of the sectors whose fields a policy may use; those in order only."""
    found = []
    for each in workspace.host.ids():
        try:
            found.append((each, workspace.host.sector(each).title))
        except RungError:
            continue
    return tuple(found)


def objections(workspace: Workspace, wanted: NewPolicy) -> Mapping[str, Problem]:
    """Return what speaks against it before the table is looked at, by the field it is about."""
    return {name: problem for name, problem in _objections(workspace, wanted) if problem is not None}


def _objections(workspace: Workspace, wanted: NewPolicy) -> Iterator[tuple[str, Problem | None]]:
    yield "id", _against_id(workspace, wanted)
    yield "title", None if wanted.title.strip() else Problem(_("It is not said what the policy is called."))
    yield "grades", _against_grades(wanted.grades)
    if not wanted.chosen:
        yield "columns", Problem(_("No column is graded by."), _("Space marks one."))


def _against_id(workspace: Workspace, wanted: NewPolicy) -> Problem | None:
    if not _ID.fullmatch(wanted.id) or len(wanted.id) > _LONGEST:
        return Problem(
            _("“{id}” is no id of a policy.").format(id=wanted.id),
            _("Write “own”, a point and a name, in small letters: own.buyers."),
        )
    if _is_taken(workspace, wanted):
        return Problem(
            _("There is a policy “{id}” already, or a file of its name.").format(id=wanted.id),
            _("Choose another id."),
        )
    return None


def _is_taken(workspace: Workspace, wanted: NewPolicy) -> bool:
    try:
        for path in (wanted.file(workspace), wanted.mapping(workspace)):
            if path.parent.is_dir():
                check_free(path)
    except RungError:
        return True
    folder = workspace.folder / POLICIES
    if any(read_heading(path).id == wanted.id for path in folder.glob("*.toml")):
        return True
    try:
        workspace.shelf.versions(wanted.id)
    except RungError:
        return False
    return True


def _against_grades(listed: str) -> Problem | None:
    try:
        names = read_grades(listed)
    except RungError as error:
        return error.problems[0]
    if not 2 <= len(names) <= _MOST_GRADES:
        return Problem(
            _("A policy has from 2 to {most} grades.").format(most=_MOST_GRADES),
            _("List them best first, parted by commas: A,B,C."),
        )
    return None


def begin_policy(
    workspace: Workspace,
    data: Path,
    columns: Sequence[OwnColumn],
    wanted: NewPolicy,
    today: date,
    report: Progress,
) -> BegunScheme:
    """Write the policy into the workspace, with cut-offs from its table.

    Raises RungError with everything that speaks against it, or whatever ``report`` raises; nothing is
    written then, and no file that is there is touched.
    """
    against = objections(workspace, wanted)
    if against:
        raise RungError(*against.values())
    scheme = Scheme(
        id=wanted.id,
        title=wanted.title.strip(),
        grades=read_grades(wanted.grades),
        mode=wanted.mode,
        columns=tuple(columns),
        chosen=_in_order(columns, wanted.chosen),
        lower_is_better=wanted.less,
        sector=wanted.sector,
    )
    out = wanted.file(workspace)
    out.parent.mkdir(exist_ok=True)
    return begin_scheme(scheme, data, out, wanted.mapping(workspace), workspace.host, today, report)


def _in_order(columns: Sequence[OwnColumn], chosen: Collection[str]) -> tuple[OwnColumn, ...]:
    return tuple(each for each in columns if each.id in chosen and can_be_graded_by(each))

"""The types of record a workspace knows: those of the sectors its runs and its file name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rung.errors import Problem, RungError, did_you_mean
from rung.service.records.form import Form, form_of
from rung.text import Text, _
from rung.vocabulary import RecordType, Vocabulary
from rung.words import fold

if TYPE_CHECKING:
    from rung.runs.manifest import Manifest
    from rung.workspace.workspace import Workspace

__all__ = [
    "DeclaredType",
    "declared_types",
    "last_policies",
    "latest_runs",
    "same_word",
    "types_meant",
    "unknown_customer",
]


@dataclass(frozen=True, slots=True)
class DeclaredType:
    """A type of record, and the sector that declares it."""

    sector: str
    sector_title: Text
    type: RecordType
    """With its sensitive fields marked, those the workspace adds included."""
    roles: Mapping[str, Text]
    """Titles of the sector's roles."""

    @property
    def form(self) -> Form:
        """The form it is filled in by."""
        return form_of(self.type)

    @property
    def by_title(self) -> Text | None:
        """What the role is called that sees to its records."""
        by = self.type.by
        return None if by is None else self.roles.get(by, Text.same(by))


def declared_types(workspace: Workspace) -> tuple[DeclaredType, ...]:
    """Return the types of record of the sectors in use, of the last run's first.

    In a workspace without a run, whose file names no sector, those of every sector installed. A sector that
    cannot be loaded declares none.
    """
    used = dict.fromkeys(each.plugin.id for each in _manifests(workspace) if each.plugin is not None)
    if workspace.config.sector is not None:
        used.setdefault(workspace.config.sector)
    return tuple(each for name in used or workspace.host.ids() for each in _of_sector(name, workspace))


def _manifests(workspace: Workspace) -> tuple[Manifest, ...]:
    return tuple(workspace.runs().manifests)


def _of_sector(name: str, workspace: Workspace) -> Iterator[DeclaredType]:
    try:
        sector = workspace.host.sector(name)
    except RungError:
        return  # “rung plugins doctor” tells of it; other sectors' records stay at hand
    marked = Vocabulary.of(sector).marked(workspace.confidential.named)
    for each in marked.records.values():
        yield DeclaredType(sector.id, sector.title, each, sector.roles)


def latest_runs(workspace: Workspace, sector: str) -> tuple[str, ...]:
    """Return the ids of the last run by each policy of a sector, newest first."""
    found: dict[str, str] = {}
    for each in _manifests(workspace):
        if each.plugin is not None and each.plugin.id == sector:
            found.setdefault(each.policy.id, each.run_id)
    return tuple(found.values())


def last_policies(workspace: Workspace, sectors: Iterable[str]) -> tuple[str, ...]:
    """Return the titles of the policies whose last runs are looked at for customers of some sectors."""
    wanted = {run for each in dict.fromkeys(sectors) for run in latest_runs(workspace, each)}
    return tuple(
        dict.fromkeys(str(each.policy.title) for each in _manifests(workspace) if each.run_id in wanted)
    )


def unknown_customer(customer: str, policies: Sequence[str]) -> Problem:
    """Return that the last runs by these policies hold nobody called so."""
    if policies:
        message = _("There is no customer “{name}” in the last run by: {policies}; or several are called so.")
        told = message.format(name=customer, policies=_(", ").join(policies))
    else:
        told = _("There is no customer “{name}”: nobody of this sector has been graded yet.")
        told = told.format(name=customer)
    return Problem(told, _("Write the id as it stands in the table."))


def types_meant(written: str, known: tuple[DeclaredType, ...]) -> tuple[DeclaredType, ...]:
    """Return the types meant by an id, a title, or ``sector.type``: several where sectors share a name.

    Raises RungError where there is none.
    """
    found = tuple(each for each in known if _is_meant(written, each))
    if found:
        return found
    names = tuple(dict.fromkeys(each.type.id for each in known))
    hint = did_you_mean(written, names) or _("Record types come from the sector.")
    raise RungError(Problem(_("There is no record type “{found}”.").format(found=written), hint))


def _is_meant(written: str, each: DeclaredType) -> bool:
    names = (each.type.id, each.type.title.zh, each.type.title.en)
    return same_word(written, names) or same_word(written, [f"{each.sector}.{name}" for name in names])


def same_word(written: str, names: Iterable[str]) -> bool:
    """Whether a text is one of some names, whatever its case and width."""
    return fold(written) in map(fold, names)

"""Checks the fields a workspace keeps confidential: a misspelt one would leave a value open."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from rung.errors import Place, Problem, RungError, did_you_mean
from rung.text import _
from rung.workspace.places import CONFIG

if TYPE_CHECKING:
    from rung.grading.compiled import CompiledPolicy
    from rung.workspace.workspace import Workspace

__all__ = ["check_names", "names_of"]

_UNMASKABLE: Final = ("customer_id", "customer_name")


def names_of(compiled: CompiledPolicy) -> frozenset[str]:
    """Return every name a policy may use, columns of event tables and fields of records included."""
    columns = (each.id for table in compiled.vocabulary.events.values() for each in table.columns)
    fields = (each.id for record in compiled.vocabulary.records.values() for each in record.fields)
    return frozenset(compiled.quantities).union(columns, fields)


def check_names(named: Sequence[str], known: Collection[str], workspace: Workspace) -> None:
    """Raise RungError, with lines, for names that no sector and no policy has, or that cannot be masked.

    ``known`` need not be looked for; sectors, then policies, are read only for what is not among them.
    """
    found = frozenset(known)
    for more in (_of_sectors, _of_policies):
        if not found.issuperset(named):
            found |= more(workspace)
    problems = [
        problem for place, name in enumerate(named) for problem in _faults(name, place, found, workspace)
    ]
    if problems:
        raise RungError.all(problems)


def _faults(name: str, number: int, known: frozenset[str], workspace: Workspace) -> Iterator[Problem]:
    if name in _UNMASKABLE:
        message = _("“{name}” says whom a grade is about, and cannot be masked.").format(name=name)
        hint = _("Take it out; a table may bear a number in place of a name.")
        yield Problem(message, hint, _place(number, workspace))
    elif name not in known:
        message = _("There is no field “{name}” in any sector or policy here.").format(name=name)
        yield Problem(message, did_you_mean(name, sorted(known)), _place(number, workspace))


def _place(number: int, workspace: Workspace) -> Place:
    from rung.policy.files import read_text
    from rung.policy.locate import line_of

    file = workspace.folder / CONFIG
    line = line_of(read_text(file), ("confidentiality", "fields", number))
    return Place(str(file), line, f"confidentiality.fields[{number}]")


def _of_sectors(workspace: Workspace) -> frozenset[str]:
    found: set[str] = set()
    for sector in workspace.host.load_all():
        found |= {each.id for each in (*sector.fields, *sector.features, *sector.measures)}
        found |= {column.id for table in sector.events for column in table.columns}
        found |= {field.id for record in sector.records for field in record.fields}
    return frozenset(found)


def _of_policies(workspace: Workspace) -> frozenset[str]:
    loaded = (entry.loaded for entry in workspace.shelf.entries())
    policies = (each.policy for each in loaded if each is not None)
    return frozenset(name for each in policies for name in (*each.fields, *each.derived))

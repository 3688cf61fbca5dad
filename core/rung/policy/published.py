"""The published versions of a folder of policies: frozen files, and the register that holds their hashes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from rung.errors import Place, Problem, RungError
from rung.policy.files import parse_toml, read_text
from rung.policy.heading import Heading, place_in
from rung.text import _

__all__ = ["PUBLISHED", "Record", "Register", "read_register"]

PUBLISHED: Final = "published"
"""The folder within a folder of policies that the published versions stand in."""
_REGISTER: Final = "register.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One published version as the register has it."""

    id: str
    version: str
    sha256: str
    """Of what it says."""
    source_sha256: str
    """Of what the file said that it was published from."""
    author: str
    published_on: date
    reason: str
    effective_from: date | None = None
    effective_to: date | None = None

    def plain(self) -> dict[str, Any]:
        """Return it as the register's file holds it."""
        return {key: getattr(self, key) for key in self.__slots__ if getattr(self, key) is not None}


@dataclass(frozen=True, slots=True)
class Register:
    """The published versions of one folder of policies."""

    folder: Path
    """The folder ``published`` itself."""
    records: tuple[Record, ...] = ()

    @property
    def file(self) -> Path:
        """The register's own file."""
        return self.folder / _REGISTER

    def path_of(self, record: Record) -> Path:
        """Return the file of a published version."""
        return self.folder / record.id / f"{quote(record.version, safe=' ')}.toml"

    def find(self, policy_id: object, version: object) -> Record | None:
        """Return a published version, ``None`` where it is none."""
        return next((each for each in self.records if (each.id, each.version) == (policy_id, version)), None)

    def headings(self, policy_id: str | None = None) -> tuple[Heading, ...]:
        """Return the versions of a policy, or of all, each with the last day it holds.

        One without an end of its own ends the day before the next begins.
        """
        headings = [
            Heading(
                self.path_of(each),
                each.id,
                each.version,
                each.effective_from,
                each.effective_to,
                is_published=True,
            )
            for each in self.records
            if policy_id in (None, each.id)
        ]
        return tuple(_ended(each, headings) for each in headings)

    def holds(self, path: Path) -> bool:
        """Return whether a file is one of a published version."""
        return path.absolute().is_relative_to(self.folder.absolute())

    def problems(self, path: Path, table: Mapping[str, Any], sha256: str) -> tuple[Problem, ...]:
        """Return what speaks against a policy's file, by what was published under its id and version."""
        record = self.find(table.get("id"), table.get("version"))
        if not self.holds(path):
            return () if record is None or record.source_sha256 == sha256 else (_changed(record, path),)
        seal = table.get("published")
        if record is None or self.path_of(record).absolute() != path.absolute():
            return (self._unregistered(path),)
        if not isinstance(seal, dict) or seal.get("sha256") != record.sha256:
            message = _("The register has another hash of version {version}: the file was exchanged.")
            told = message.format(version=record.version)
            return (Problem(told, _remedy(), place_in(path, "published")),)
        return ()

    def strays(self) -> tuple[Problem, ...]:
        """Return a problem for each published file that the register does not know, or that is gone."""
        known = {self.path_of(each) for each in self.records}
        found = set(self.folder.glob("*/*.toml"))
        return (
            *(self._unregistered(path) for path in sorted(found - known)),
            *(
                Problem(_("The file of a published version is gone."), _("Restore it."), Place(str(path)))
                for path in sorted(known - found)
            ),
        )

    def _unregistered(self, path: Path) -> Problem:
        message = _("This version is not in the register of published versions, {file}.")
        return Problem(message.format(file=self.file), _remedy(), place_in(path, "version"))


def _changed(record: Record, path: Path) -> Problem:
    message = _(
        "Version {version} was published on {day}; this file, or what it is laid over, differs from it."
    )
    hint = _("Give the change a version of its own and publish it: rung policy publish {name}.")
    return Problem(
        message.format(version=record.version, day=record.published_on),
        hint.format(name=path),
        place_in(path, "version"),
    )


def _remedy() -> str:
    return _("Restore the file; a change is published as a new version.")


def _ended(heading: Heading, all_of_them: Iterable[Heading]) -> Heading:
    start = heading.start or date.min
    later = [
        each.start for each in all_of_them if each.id == heading.id and each.start and each.start > start
    ]
    if heading.end is not None or not later:
        return heading
    return replace(heading, end=min(later) - timedelta(days=1))


def read_register(policies: Path) -> Register:
    """Return what a folder of policies has published; raises RungError where the register is damaged."""
    register = Register(policies / PUBLISHED)
    if not register.file.is_file() and not any(register.folder.glob("*/*.toml")):
        return register
    try:
        table = parse_toml(read_text(register.file), str(register.file))
        if not table["version"]:
            raise TypeError
        return replace(register, records=tuple(_record(each) for each in table["version"]))
    except (KeyError, TypeError, RungError) as error:
        raise RungError.of(
            _("The register of published versions is damaged."),
            _("Restore it: only the program writes it."),
            Place(str(register.file)),
        ) from error


def _record(entry: dict[str, Any]) -> Record:
    texts = ("id", "version", "sha256", "source_sha256", "author", "reason")
    days = ("published_on", "effective_from", "effective_to")
    sound = all(isinstance(entry.get(key), str) for key in texts) and all(
        isinstance(entry.get(key), date | None) for key in days
    )
    if not sound:
        raise TypeError
    return Record(**entry)

"""The policies at hand: the ready ones of the plugins, and those in the user's own folders."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Protocol

from rung.errors import Place, Problem, RungError, did_you_mean
from rung.policy.files import parse_toml, read_text
from rung.policy.library import LIBRARY_FILE, Library, read_library
from rung.policy.model import Policy
from rung.policy.reader import LoadedPolicy, read_policy
from rung.text import _
from rung.vocabulary import Sector, Vocabulary

__all__ = ["Entry", "Sectors", "Shelf"]

_ID_LINE: Final = re.compile(r"""^\s*id\s*=\s*["'](?P<id>[^"'\n]+)["']""", re.MULTILINE)
# Finds the id of a file that a syntax mistake keeps from being read.


class Sectors(Protocol):
    """Where sectors and their ready policies come from: the plugin host, as far as the shelf knows it."""

    def ids(self) -> tuple[str, ...]:
        """Return every sector's id."""
        ...

    def sector(self, plugin_id: str, /) -> Sector:
        """Return one sector; raises RungError."""
        ...

    def policies_folder(self, plugin_id: str, /) -> Path | None:
        """Return the folder of a sector's ready policies; raises RungError."""
        ...


@dataclass(frozen=True, slots=True)
class Entry:
    """One policy file, readable or not."""

    id: str
    """The policy's id as far as the file tells it, else the file's name."""
    source: Path
    plugin: str | None
    """The plugin that brings it; ``None`` for a file of the user's own."""
    loaded: LoadedPolicy | None = None
    """``None`` where it cannot be read."""
    problems: tuple[Problem, ...] = ()


class Shelf:
    """The policies of the plugins and of extra folders; files are read when asked for."""

    def __init__(self, host: Sectors, folders: Sequence[Path] = ()) -> None:
        self._host: Final = host
        self._folders: Final = tuple(folders)

    def find(self, id_or_path: str | Path) -> LoadedPolicy:
        """Return one policy by its id, or by its file's path (a Path, or a text with a slash or .toml).

        Of the plugins only that of the id's first segment is loaded. Raises RungError for a policy
        that is not there, that two files claim, or that has problems.
        """
        return read_policy(self.path_of(id_or_path), self.library)

    def path_of(self, id_or_path: str | Path) -> Path:
        """Return the file ``find`` would read; raises RungError where there is none, or more than one."""
        if isinstance(id_or_path, Path) or id_or_path.endswith(".toml") or "/" in id_or_path:
            return Path(id_or_path)
        known = list(self._own_files())
        plugin = id_or_path.partition(".")[0]
        if plugin in self._host.ids():
            try:
                known += self._plugin_files(plugin)
            except RungError:
                if id_or_path not in map(_told_id, known):
                    raise
        found = [path for path in known if _told_id(path) == id_or_path]
        if not found:
            raise self._unknown(id_or_path, plugin)
        if len(found) > 1:
            raise RungError.of(
                _("The policy “{name}” stands in several files: {files}.").format(
                    name=id_or_path, files=", ".join(map(str, found))
                ),
                _("Give all but one another id, or name the file."),
            )
        return found[0]

    def entries(self) -> tuple[Entry, ...]:
        """Return every policy at hand, the user's own first, then each plugin's, by file name.

        What cannot be read, and an id that two files claim, stands among them with its problems; the
        policies of a plugin that cannot be loaded are missing (see ``faults``).
        """
        entries = [self._entry(path, None) for path in self._own_files()]
        for plugin in self._host.ids():
            with suppress(RungError):
                entries += [self._entry(path, plugin) for path in self._plugin_files(plugin)]
        counted = Counter(entry.id for entry in entries)
        return tuple(_contested(entry, entries) if counted[entry.id] > 1 else entry for entry in entries)

    def faults(self) -> tuple[Problem, ...]:
        """Return why the policies of some plugins are missing from ``entries``."""
        problems: list[Problem] = []
        for plugin in self._host.ids():
            try:
                self._plugin_files(plugin)
            except RungError as error:
                problems += error.problems
        return tuple(problems)

    def library(self, sector: str) -> Library:
        """Return a sector's library; raises RungError for an unknown sector, or one without library."""
        folder = self._host.policies_folder(sector)
        if folder is None or not (folder / LIBRARY_FILE).is_file():
            raise RungError.of(_("The sector “{name}” has no library of criteria.").format(name=sector))
        return read_library(folder / LIBRARY_FILE, sector)

    def vocabulary(self, policy: Policy) -> Vocabulary:
        """Return every name a policy may use; raises RungError, at ``sector``, for an unknown sector."""
        own = {name: spec.field(name) for name, spec in policy.fields.items()}
        if policy.sector is None:
            return Vocabulary.of(None, own)
        try:
            return Vocabulary.of(self._host.sector(policy.sector), own)
        except RungError as error:
            raise RungError.all(
                problem.at(problem.place or Place("", key="sector")) for problem in error.problems
            ) from error

    def _own_files(self) -> Iterator[Path]:
        for folder in self._folders:
            yield from _policy_files(folder)

    def _plugin_files(self, plugin: str) -> tuple[Path, ...]:
        folder = self._host.policies_folder(plugin)
        return () if folder is None else tuple(_policy_files(folder))

    def _entry(self, path: Path, plugin: str | None) -> Entry:
        try:
            loaded = read_policy(path, self.library)
        except RungError as error:
            return Entry(_told_id(path), path, plugin, None, error.problems)
        name = loaded.policy.id
        if plugin is None or name.startswith(f"{plugin}."):
            return Entry(name, path, plugin, loaded)
        stray = Problem(
            _("The policy's id “{name}” does not begin with its plugin's, “{plugin}”.").format(
                name=name, plugin=plugin
            ),
            _("So it cannot be found: call it {right}.").format(right=f"{plugin}.{name.rpartition('.')[2]}"),
            loaded.sources.place(("id",)),
        )
        return Entry(name, path, plugin, loaded, (stray,))

    def _unknown(self, wanted: str, plugin: str) -> RungError:
        known = [_told_id(path) for path in self._own_files()]
        # Nobody's first segment: only then may a hint cost loading every plugin.
        for near in (plugin,) if plugin in self._host.ids() else self._host.ids():
            with suppress(RungError):
                known += map(_told_id, self._plugin_files(near))
        return RungError.of(
            _("There is no policy “{name}”.").format(name=wanted), did_you_mean(wanted, known)
        )


def _told_id(path: Path) -> str:
    """Return the id a policy file gives itself, as far as it can be read; else the file's name."""
    try:
        text = read_text(path)
    except RungError:
        return path.stem
    try:
        name = parse_toml(text, str(path)).get("id")
    except RungError:
        line = _ID_LINE.search(text)
        name = line["id"] if line else None
    return name if isinstance(name, str) else path.stem


def _policy_files(folder: Path) -> Iterator[Path]:
    yield from sorted(path for path in folder.glob("*.toml") if path.name != LIBRARY_FILE)


def _contested(entry: Entry, entries: Sequence[Entry]) -> Entry:
    rivals = [other.source for other in entries if other.id == entry.id and other.source != entry.source]
    told = Problem(
        _("The id “{name}” is also that of {files}.").format(
            name=entry.id, files=", ".join(map(str, rivals))
        ),
        _("Give all but one another id."),
        Place(str(entry.source), key="id"),
    )
    return replace(entry, problems=(*entry.problems, told))

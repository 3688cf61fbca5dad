"""The policies at hand: the ready ones of the plugins, and those in the user's own folders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final, Protocol

from rung.errors import Place, Problem, RungError, Severity, did_you_mean
from rung.moments import today
from rung.policy.choosing import chosen, preview, split_version
from rung.policy.entries import Entry, contested
from rung.policy.files import read_text
from rung.policy.heading import Heading, read_heading
from rung.policy.layers import Bases
from rung.policy.library import LIBRARY_FILE, Library, read_library
from rung.policy.model import Policy
from rung.policy.published import Register, read_register
from rung.policy.reader import LoadedPolicy, draft_policy, read_policy
from rung.policy.sources import SourceText
from rung.text import _
from rung.vocabulary import Sector, Vocabulary

__all__ = ["Entry", "Sectors", "Shelf"]


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


class Shelf:
    """The policies of the plugins and of extra folders; files are read when asked for."""

    def __init__(self, host: Sectors, folders: Sequence[Path] = ()) -> None:
        self._host: Final = host
        self._folders: Final = tuple(folders)

    def find(
        self, id_or_path: str | Path, as_of: date | None = None, version: str | None = None
    ) -> LoadedPolicy:
        """Return one policy by its id, or by its file's path (a Path, or a text with a slash or .toml).

        Of several versions the one in force on ``as_of``, today if left out, unless a version is named,
        here or as ``id@version``. Of the plugins only that of the id's first segment is loaded. Raises
        RungError for a policy that is not there, that has no version in force or two of them, that is
        not what was published, or that has problems.
        """
        heading = self._heading(id_or_path, as_of, version)
        path = heading.source if isinstance(heading, Heading) else heading
        loaded = read_policy(path, self.library, self.bases_near(path, as_of))
        problems = self.seal_problems(path, loaded.table, loaded.sha256)
        if problems and any(register.holds(path) for register in self._registers()):
            raise RungError.all(problems)
        notices = [*problems, *self._stale_copies(heading)] if isinstance(heading, Heading) else [*problems]
        if isinstance(heading, Heading):
            notices += preview(heading, as_of or today())
        return replace(loaded, notices=tuple(replace(each, severity=Severity.WARNING) for each in notices))

    def versions(self, policy_id: str) -> tuple[Heading, ...]:
        """Return every version of a policy at hand, published ones first; raises RungError for no policy.

        Of a plugin that cannot be loaded none are known.
        """
        plugin = policy_id.partition(".")[0]
        fault: RungError | None = None
        found = [each for register in self._registers() for each in register.headings(policy_id)]
        files = list(self._own_files())
        if plugin in self._host.ids():
            try:
                files += self._plugin_files(plugin)
            except RungError as error:
                fault = error
        found += [each for each in map(read_heading, files) if each.id == policy_id]
        if not found:
            raise fault or self._unknown(policy_id, plugin)
        return tuple(found)

    def hashes(self, policy_id: str, version: str, as_of: date | None = None) -> frozenset[str]:
        """Return the hashes of what stands here under an id and a version; none where nothing does.

        Of a published version its own, and that of what it was published from; else those of its files as
        they read now, laid over the versions in force on ``as_of``. Raises RungError for a damaged register,
        and where the only file that says so cannot be read.
        """
        published = [register.find(policy_id, version) for register in self._registers()]
        found = {sha256 for each in published if each for sha256 in (each.sha256, each.source_sha256)}
        if found:
            return frozenset(found)
        headings: tuple[Heading, ...] = ()
        with suppress(RungError):  # of an id that nobody has, nothing stands here
            headings = self.versions(policy_id)
        fault: RungError | None = None
        for heading in headings:
            try:
                loaded = read_policy(heading.source, self.library, self.bases_near(heading.source, as_of))
            except RungError as error:
                fault = error if heading.version == version else fault
            else:
                if (loaded.policy.id, loaded.policy.version) == (policy_id, version):
                    found.add(loaded.sha256)
        if fault and not found:
            raise fault
        return frozenset(found)

    def working_copy(self, name: str) -> Path:
        """Return the file a version is published from, by id, ``id@version`` or path.

        Without a version: the one file of the id whose version is not published yet, else the only file.
        Raises RungError where there is none, or more than one.
        """
        policy_id, version = split_version(name)
        if version is None and (name.endswith(".toml") or "/" in name):
            return Path(name)
        all_of_them = self.versions(policy_id)
        taken = {each.version for each in all_of_them if each.is_published}
        files = [each for each in all_of_them if not each.is_published and version in (None, each.version)]
        fresh = [each for each in files if each.version not in taken]
        if version is None and fresh:
            files = fresh
        if len(files) == 1:
            return files[0].source
        if not files:
            raise RungError.of(
                _("There is no file to publish “{name}” from, only published versions.").format(name=name),
                _("Name the file."),
            )
        raise RungError.of(
            _("“{name}” could be published from several files: {files}.").format(
                name=name, files=", ".join(str(each.source) for each in files)
            ),
            _("Name the version, {name}@{version}, or the file.").format(
                name=policy_id, version=files[0].version
            ),
        )

    def base(self, policy_id: str, as_of: date | None = None) -> SourceText:
        """Return the text of a policy that another is laid over; raises RungError where it is not there."""
        path = self.path_of(policy_id, as_of)
        return SourceText(str(path), read_text(path), policy_id)

    def bases_near(self, file: Path, as_of: date | None = None) -> Bases:
        """Return where the policies a file is laid over are found: at hand, else in the file's own folder."""

        def base(policy_id: str) -> SourceText:
            try:
                return self.base(policy_id, as_of)
            except RungError:
                beside = [path for path in _policy_files(file.parent) if read_heading(path).id == policy_id]
                if len(beside) != 1:
                    raise
                return SourceText(str(beside[0]), read_text(beside[0]), policy_id)

        return base

    def path_of(self, id_or_path: str | Path, as_of: date | None = None, version: str | None = None) -> Path:
        """Return the file ``find`` would read; raises RungError where there is none, or more than one."""
        heading = self._heading(id_or_path, as_of, version)
        return heading.source if isinstance(heading, Heading) else heading

    def _heading(self, id_or_path: str | Path, as_of: date | None, version: str | None) -> Heading | Path:
        if isinstance(id_or_path, Path):
            return id_or_path
        name, told = split_version(id_or_path)
        if told is None and (id_or_path.endswith(".toml") or "/" in id_or_path):
            return Path(id_or_path)
        return chosen(self.versions(name), as_of or today(), version or told)

    def seal_problems(self, path: Path, table: Mapping[str, Any], sha256: str) -> tuple[Problem, ...]:
        """Return where a policy's file is not what was published under its id and version.

        ``table`` is the policy put together, ``sha256`` its content's hash.
        """
        return tuple(
            problem for register in self._registers() for problem in register.problems(path, table, sha256)
        )

    def _stale_copies(self, published: Heading) -> tuple[Problem, ...]:
        """Return a warning for each file that says it is this published version and differs from it."""
        if not published.is_published:
            return ()
        problems: list[Problem] = []
        for path in (each.source for each in self.versions(published.id) if not each.is_published):
            if read_heading(path).version == published.version:
                with suppress(RungError):
                    draft = draft_policy(read_text(path), str(path), self.library, self.bases_near(path))
                    problems += self.seal_problems(path, draft.table, draft.sha256)
        return tuple(problems)

    def _registers(self) -> Iterator[Register]:
        for folder in self._folders:
            yield read_register(folder)

    def entries(self) -> tuple[Entry, ...]:
        """Return every policy at hand, the user's own first, then each plugin's, by file name.

        What cannot be read, and an id that two files claim, stands among them with its problems; the
        policies of a plugin that cannot be loaded are missing (see ``faults``).
        """
        entries = [self._entry(path, None) for path in self._own_files()]
        entries += [self._entry(each.source, None, each) for each in self._published()]
        for plugin in self._host.ids():
            with suppress(RungError):
                entries += [self._entry(path, plugin) for path in self._plugin_files(plugin)]
        return tuple(contested(entries))

    def faults(self) -> tuple[Problem, ...]:
        """Return why policies are missing from ``entries``: plugins, or published versions, out of order."""
        problems: list[Problem] = []
        try:
            problems += [problem for register in self._registers() for problem in register.strays()]
        except RungError as error:
            problems += error.problems
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

    def _published(self) -> Iterator[Heading]:
        with suppress(RungError):  # told among the faults
            for register in self._registers():
                yield from (each for each in register.headings() if each.source.is_file())

    def _entry(self, path: Path, plugin: str | None, heading: Heading | None = None) -> Entry:
        heading = heading or read_heading(path)
        try:
            loaded = read_policy(path, self.library, self.bases_near(path))
        except RungError as error:
            return Entry(heading, path, plugin, None, error.problems)
        sealed: tuple[Problem, ...] = ()
        with suppress(RungError):  # told among the faults
            sealed = self.seal_problems(path, loaded.table, loaded.sha256)
        name = loaded.policy.id
        if plugin is None or name.startswith(f"{plugin}."):
            return Entry(heading, path, plugin, loaded, sealed)
        stray = Problem(
            _("The policy's id “{name}” does not begin with its plugin's, “{plugin}”.").format(
                name=name, plugin=plugin
            ),
            _("So it cannot be found: call it {right}.").format(right=f"{plugin}.{name.rpartition('.')[2]}"),
            loaded.sources.place(("id",)),
        )
        return Entry(heading, path, plugin, loaded, (*sealed, stray))

    def _unknown(self, wanted: str, plugin: str) -> RungError:
        known = [read_heading(path).id for path in self._own_files()]
        # Nobody's first segment: only then may a hint cost loading every plugin.
        for near in (plugin,) if plugin in self._host.ids() else self._host.ids():
            with suppress(RungError):
                known += [read_heading(path).id for path in self._plugin_files(near)]
        return RungError.of(
            _("There is no policy “{name}”.").format(name=wanted), did_you_mean(wanted, known)
        )


def _policy_files(folder: Path) -> Iterator[Path]:
    yield from sorted(path for path in folder.glob("*.toml") if path.name != LIBRARY_FILE)

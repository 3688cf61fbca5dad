"""What a file of grades is written as: one of Rung's own formats, or that of a plugin's exporter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rung.errors import Problem, RungError
from rung.plugins import Extra
from rung.plugins.origins import origin_of
from rung.runs.formats import Format, write_table
from rung.text import Text, _

if TYPE_CHECKING:
    import polars as pl

    from rung.plugins import PluginHost
    from rung.supplies import Exporter

__all__ = [
    "ExporterKnown",
    "GradesFormat",
    "SeveralExportersError",
    "exporters_known",
    "format_said",
    "grades_format",
]

_OURS: Final = tuple(each.value for each in Format)


class SeveralExportersError(RungError):
    """An ending that several plugins write, and nobody said which is meant."""

    def __init__(self, *problems: Problem, exporters: tuple[ExporterKnown, ...] = ()) -> None:
        super().__init__(*problems)
        self.exporters = exporters
        """Those that could write it."""


@dataclass(frozen=True, slots=True)
class ExporterKnown:
    """A plugin's exporter that loads, and the distribution it is from."""

    exporter: Exporter
    origin: str

    @property
    def id(self) -> str:
        """What ``--out-format`` takes."""
        return self.exporter.id

    @property
    def title(self) -> Text:
        """What a person knows it by."""
        return self.exporter.title

    @property
    def endings(self) -> tuple[str, ...]:
        """The endings of its files."""
        return self.exporter.endings

    def ending_in(self, path: Path) -> str:
        """Return the longest of its endings that a file's name has; empty for none."""
        name = path.name.lower()
        return max(
            (each for each in self.endings if name.endswith(each) and name != each), key=len, default=""
        )

    def __str__(self) -> str:
        return f"{self.id} ({self.origin})"


@dataclass(frozen=True, slots=True)
class GradesFormat:
    """One format of grades: Rung's own, or a plugin's; exactly one of the two is there."""

    own: Format | None = None
    by: ExporterKnown | None = None

    @property
    def has_lists(self) -> bool:
        """Whether one cell can hold several values; what plugins are handed is as in a CSV."""
        return self.own is not None and self.own.has_lists

    @property
    def ending(self) -> str:
        """An ending of its files, with the dot."""
        return f".{self.own}" if self.by is None else self.by.endings[0]

    def write(
        self,
        frame: pl.LazyFrame,
        path: Path,
        rows: int,
        about: Mapping[str, Any],
        report: Callable[[str, int, int | None], None],
        *,
        marked: bool = True,
    ) -> None:
        """Write ``frame``, of ``rows`` rows, to ``path``, completely or not at all, replacing a file there.

        ``about`` says a plugin which run it is; ``marked`` is as for ``write_table``. Raises RungError.
        """
        if self.by is None:
            write_table(frame, path, rows, report, marked=marked, kind=self.own)
            return
        from rung.runs.by_exporter import write_by

        write_by(self.by.exporter, self.by.origin, frame, path, rows, about, report)


def grades_format(path: Path, said: str | None, host: PluginHost) -> GradesFormat:
    """Return the format of grades a file's ending asks for, or the one that was said, by id.

    Plugins are imported only where the ending or the id is none of ours. Raises RungError for what nobody
    writes and for what two plugins would, see ``SeveralExportersError``, and where the plugin meant fails.
    """
    own = _own(path)
    if said is None:
        return _by_ending(path, host) if own is None else GradesFormat(own)
    wanted = format_said(said, host)
    if own is not None and wanted.own is not own:
        words = _("“{name}” is a {ending} file by its name, and --out-format {format} says something else.")
        raise RungError.of(
            words.format(name=path, ending=f".{own}", format=said),
            _("End the name with {ending}, or leave --out-format out.").format(ending=wanted.ending),
        )
    return wanted


def format_said(said: str, host: PluginHost, ours: Sequence[str] = _OURS) -> GradesFormat:
    """Return the format of an id, one of ``ours`` or a plugin's; raises RungError for another."""
    if said in ours:
        return GradesFormat(Format(said))
    theirs = host.names(Extra.EXPORTER)
    if said not in theirs:
        words = _("--out-format takes one of: {choices}.").format(choices=", ".join((*ours, *theirs)))
        raise RungError.of(words, _("“{found}” is none of them.").format(found=said))
    return GradesFormat(by=_known(said, host))


def exporters_known(host: PluginHost) -> tuple[tuple[ExporterKnown, ...], tuple[Problem, ...]]:
    """Return the plugins' exporters that load, importing all of them, and what is wrong with the others."""
    found: list[ExporterKnown] = []
    problems: list[Problem] = []
    for name in host.names(Extra.EXPORTER):
        try:
            found.append(_known(name, host))
        except RungError as error:
            problems += error.problems
    return tuple(found), tuple(problems)


def _known(name: str, host: PluginHost) -> ExporterKnown:
    return ExporterKnown(host.exporter(name), origin_of(host, Extra.EXPORTER, name))


def _own(path: Path) -> Format | None:
    ending = path.suffix.lower().removeprefix(".")
    return Format(ending) if ending in _OURS else None


def _by_ending(path: Path, host: PluginHost) -> GradesFormat:
    known, problems = exporters_known(host)
    longest = max((len(each.ending_in(path)) for each in known), default=0)
    able = tuple(each for each in known if longest and len(each.ending_in(path)) == longest)
    if len(able) == 1:
        return GradesFormat(by=able[0])
    if able:
        raise _several(path, able)
    raise RungError.all([_unknown(path, known), *problems])


def _several(path: Path, able: tuple[ExporterKnown, ...]) -> SeveralExportersError:
    words = _("“{name}” could be written by several plugins: {plugins}.")
    message = words.format(name=path, plugins=_(", ").join(map(str, able)))
    options = _(" or ").join(f"--out-format {each.id}" for each in able)
    hint = _("Say which is meant: {options}.").format(options=options)
    return SeveralExportersError(Problem(message, hint), exporters=able)


def _unknown(path: Path, known: Sequence[ExporterKnown]) -> Problem:
    endings = ", ".join(f".{each}" for each in Format)
    hint = _("End it with {endings}.").format(endings=endings)
    if known:
        theirs = _(", ").join(f"{each.endings[0]} ({each.id})" for each in known)
        words = _("End it with {endings}, or with a plugin's: {plugins}.")
        hint = words.format(endings=endings, plugins=theirs)
    return Problem(_("“{name}” names no kind of file Rung writes.").format(name=path), hint)

"""Begins a policy from a table: what it may be graded by, and the file, whole or not at all, over nothing."""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rung.adopting.columns import OwnColumn
from rung.adopting.first_cutoffs import with_cutoffs
from rung.adopting.scheme import Scheme, scheme_text
from rung.errors import Place, RungError
from rung.progress import Progress
from rung.text import _
from rung.vocabulary import Kind

if TYPE_CHECKING:
    from rung.adopting.trial import Counts
    from rung.plugins import PluginHost

__all__ = [
    "BegunScheme",
    "begin_scheme",
    "can_be_graded_by",
    "check_free",
    "read_grades",
    "usual_columns",
]

_USUAL_COLUMNS: Final = 5


@dataclass(frozen=True, slots=True)
class BegunScheme:
    """What was written."""

    policy: Path
    mapping: Path | None
    """Says that the row's number stands for the id, where no column is the customer's."""
    counts: Counts
    """The customers of the table by grade."""


def can_be_graded_by(column: OwnColumn) -> bool:
    """Return whether a column can be cut into bands: numbers can, and a few words."""
    return not (column.is_key or column.is_name) and column.kind not in {Kind.TEXT, Kind.DATE}


def usual_columns(found: Sequence[OwnColumn]) -> tuple[OwnColumn, ...]:
    """Return the columns proposed to grade by: the first numbers of the table that differ."""
    numeric = [each for each in found if each.kind.is_numeric and not each.is_key and each.values]
    return tuple([each for each in numeric if len(set(each.values)) > 2][:_USUAL_COLUMNS])


def read_grades(listed: str) -> tuple[str, ...]:
    """Return grades as they were listed, best first; raises RungError where one stands there twice."""
    names = tuple(filter(None, (each.strip() for each in listed.replace("，", ",").split(","))))
    if len(set(names)) < len(names):
        raise RungError.of(_("A grade stands twice in the list."))
    return names


def begin_scheme(
    scheme: Scheme,
    data: Path,
    out: Path,
    mapping: Path,
    host: PluginHost,
    day: date,
    report: Progress = lambda *_: None,
) -> BegunScheme:
    """Write a scheme with cut-offs from its table to ``out``; a mapping beside, where one is needed.

    Raises RungError with everything wrong with the scheme or the table, and where a file is there
    already; nothing is written then.
    """
    numbered = None if any(each.is_key for each in scheme.columns) else mapping
    for path in filter(None, (out, numbered)):
        check_free(path)
    scheme, counts = with_cutoffs(scheme, data, host, day, is_numbered=numbered is not None, report=report)
    report(_("Writing {file}").format(file=out.name), 0, None)  # the last moment at which it can be stopped
    if numbered is not None:
        told = _("No column is the customer's id: the row's number stands for it.")
        _put(numbered, f"# {told}\n[customers]\ncustomer_id = {{ row_number = true }}\n")
    try:
        _put(out, scheme_text(scheme))
    except BaseException:
        if numbered is not None:
            numbered.unlink(missing_ok=True)
        raise
    return BegunScheme(out, numbered, counts)


def check_free(path: Path) -> None:
    """Raise RungError where a file cannot be begun: there is one, or no folder for it."""
    if os.path.lexists(path):
        raise _taken(path)
    if not path.absolute().parent.is_dir():
        raise RungError.of(
            _("The folder to write into is not there."), _("Create it, or choose another."), Place(str(path))
        )


def _taken(path: Path) -> RungError:
    return RungError.of(
        _("There is such a file already; it is not overwritten."),
        _("Name another file."),
        Place(str(path)),
    )


def _put(path: Path, text: str) -> None:
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        part.write_text(text, encoding="utf-8")
        _name(part, path)
    except FileExistsError as error:
        raise _taken(path) from error
    except OSError as error:
        raise RungError.of(
            _("It cannot be written: {cause}.").format(cause=error.strerror or type(error).__name__),
            _("Nothing was written."),
            Place(str(path)),
        ) from error
    finally:
        part.unlink(missing_ok=True)


def _name(part: Path, path: Path) -> None:
    """Give a written file its name, unless another has taken it meanwhile."""
    try:
        os.link(part, path)
    except FileExistsError:
        raise
    except OSError:  # a disk without links, such as a USB stick's
        if path.exists():
            raise FileExistsError from None
        part.replace(path)

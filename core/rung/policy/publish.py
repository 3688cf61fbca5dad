"""Publishes a version of a policy: a file complete in itself, frozen, its content's hash in the register."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from rung.errors import Place, Problem, RungError, Severity
from rung.locks import alone
from rung.policy.files import parse_toml
from rung.policy.heading import clashes, days
from rung.policy.model import Change
from rung.policy.program_owned import WRITTEN_BY, owned_table, write_owned
from rung.policy.published import Record, Register, read_register
from rung.policy.reader import LoadedPolicy, content_hash, parse_policy
from rung.policy.sources import SourceText
from rung.text import _

__all__ = ["Publication", "frozen", "publish"]

_MAKING: Final = ("extends", "change", "history", "published", "written_by")


@dataclass(frozen=True, slots=True)
class Publication:
    """A published version."""

    record: Record
    path: Path
    is_new: bool
    """Whether it was published just now; else the same was published before, and nothing was written."""
    notices: tuple[Problem, ...] = ()


def frozen(loaded: LoadedPolicy, effective_from: date | None = None) -> dict[str, Any]:
    """Return a policy's table complete in itself: no layer, library or parameter is read with it any more."""
    table = {key: value for key, value in loaded.table.items() if key not in _MAKING}
    if "criteria" in table:
        table["criteria"] = [
            {key: value for key, value in each.items() if key != "use"} for each in table["criteria"]
        ]
    if effective_from is not None:
        table["effective_from"] = effective_from
    return table


def publish(
    loaded: LoadedPolicy, policies: Path, change: Change, effective_from: date | None = None
) -> Publication:
    """Freeze a policy as its version in ``policies/published``; the same content again does nothing.

    The caller has made sure that it is sound. Raises RungError where no reason is given, where the
    version was published with another content, where it holds on days another published one does, or
    where the disk refuses.
    """
    register = read_register(policies)
    with alone(register.folder / ".lock"):
        register = read_register(policies)
        known = register.find(loaded.policy.id, loaded.policy.version)
        if known is not None:
            return _again(known, register, loaded, effective_from)
        return _first(register, loaded, change, effective_from)


def _again(
    known: Record, register: Register, loaded: LoadedPolicy, effective_from: date | None
) -> Publication:
    place = Place(str(register.path_of(known)))
    if loaded.sha256 != known.source_sha256:
        raise RungError.of(
            _("Version {version} was published on {day} with another content.").format(
                version=known.version, day=known.published_on
            ),
            _("Give this one another version: a published one is not changed."),
            place,
        )
    if effective_from not in (None, known.effective_from):
        raise RungError.of(
            _("Version {version} was published on {day}; it holds {days}.").format(
                version=known.version,
                day=known.published_on,
                days=days(known.effective_from, known.effective_to),
            ),
            _("To hold on other days it wants another version."),
            place,
        )
    return Publication(known, register.path_of(known), is_new=False)


def _first(
    register: Register, loaded: LoadedPolicy, change: Change, effective_from: date | None
) -> Publication:
    if not change.reason:
        raise RungError.of(_("It is not said why this version is published."), _("Add --reason TEXT."))
    table = frozen(loaded, effective_from)
    record = Record(
        id=loaded.policy.id,
        version=loaded.policy.version,
        sha256=content_hash(table),
        source_sha256=loaded.sha256,
        author=change.author,
        published_on=change.date,
        reason=change.reason,
        effective_from=table.get("effective_from"),
        effective_to=table.get("effective_to"),
    )
    grown = replace(register, records=(*register.records, record))
    _refuse_clashes(grown, record)
    path = register.path_of(record)
    owned_table(path)
    seal = {
        "author": change.author,
        "date": change.date,
        "reason": change.reason,
        "sha256": record.sha256,
        "made_from": list(_made_from(loaded)),
    }
    whole = {**table, **WRITTEN_BY, "published": seal}
    write_owned(
        path, whole, _("A published version: it is never changed. Publish a change as a new version.")
    )
    _read_back(path, record)
    written = {**WRITTEN_BY, "version": [each.plain() for each in grown.records]}
    write_owned(register.file, written, _("The register of published versions; only rung writes it."))
    return Publication(record, path, is_new=True, notices=tuple(_ends(register, grown, record)))


def _refuse_clashes(grown: Register, record: Record) -> None:
    headings = grown.headings(record.id)
    if record.effective_from is None and len(headings) > 1:
        raise RungError.of(
            _("Another version of “{name}” is published: {version}.").format(
                name=record.id, version=headings[-2].version
            ),
            _("Say when this one is to hold from: --effective-from DATE."),
        )
    for one, other, problem in clashes(headings):
        if record.version in (one.version, other.version):
            hint = _("Choose days that are free: --effective-from DATE, or effective_to in the file.")
            raise RungError(replace(problem, hint=hint, place=None))
    if record.effective_from and record.effective_to and record.effective_to < record.effective_from:
        raise RungError.of(
            _("The policy ends on {end}, before it begins on {start}.").format(
                end=record.effective_to, start=record.effective_from
            ),
            _("effective_to is the last day it holds."),
        )


def _ends(before: Register, after: Register, record: Record) -> Iterator[Problem]:
    """Yield a notice for each version that ends because of another: of the new one, or the new one itself."""
    ended = {each.version: each.end for each in before.headings(record.id)}
    ended[record.version] = record.effective_to
    for heading in after.headings(record.id):
        if ended[heading.version] != heading.end:
            message = _("Version {version} ends on {day}: the day after, another begins.")
            yield Problem(message.format(version=heading.version, day=heading.end), severity=Severity.WARNING)


def _made_from(loaded: LoadedPolicy) -> Iterator[str]:
    for text in (*loaded.sources.layers, loaded.sources.own):
        yield _named(text)
    for library in loaded.sources.libraries:
        yield f"{library.id} (criteria.toml)"


def _named(text: SourceText) -> str:
    return f"{text.id} {parse_toml(text.text, text.name).get('version', '')}".strip()


def _read_back(path: Path, record: Record) -> None:
    """Make sure that what was written says what was published; else take it away again."""
    try:
        found = parse_policy(path.read_text(encoding="utf-8"), str(path)).sha256
    except RungError:
        path.unlink()
        raise
    if found != record.sha256:
        path.unlink()
        raise RungError.of(
            _("What was written reads as something else; nothing was published."), place=Place(str(path))
        )

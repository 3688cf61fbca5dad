"""How the tables of a run were read, and whether they would be read so again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from rung.errors import Problem, RungError, Severity
from rung.policy.files import parse_toml, read_text
from rung.policy.reader import content_hash
from rung.runs.manifest import Manifest, ReadingStamp
from rung.text import _

__all__ = ["reading_changes", "reading_stamp"]

_NEWEST: Final = "newest"


def reading_stamp(
    mapping: str | None, duplicates: str, newest_by: str | None, text: str | None = None
) -> ReadingStamp:
    """Return how tables are read; ``text`` is what the mapping file said, else it is looked at now.

    A mapping file that is gone or no TOML has no hash. Comments and order do not count.
    """
    file = None if mapping is None else str(Path(mapping).absolute())
    return ReadingStamp(
        mapping=file,
        mapping_sha256=None if file is None else _hash(file, text),
        duplicates=duplicates,
        newest_by=newest_by if duplicates == _NEWEST else None,
    )


def _hash(file: str, text: str | None) -> str | None:
    try:
        return content_hash(parse_toml(read_text(Path(file)) if text is None else text, file))
    except RungError:
        return None


def reading_changes(manifest: Manifest, now: ReadingStamp | None) -> tuple[Problem, ...]:
    """Return a warning for each thing that is read otherwise now than when a run was made.

    None where that is not known, of the run or of now.
    """
    made = manifest.reading
    if made is None or now is None:
        return ()
    return tuple(_changes(manifest.run_id, made, now))


def _changes(run: str, made: ReadingStamp, now: ReadingStamp) -> Iterator[Problem]:
    if (made.mapping is None, made.mapping_sha256) != (now.mapping is None, now.mapping_sha256):
        yield _warning(run, _mapping_words(made), _mapping_words(now, made))
    if (made.duplicates, made.newest_by) != (now.duplicates, now.newest_by):
        yield _warning(run, _duplicate_words(made), _duplicate_words(now))


def _warning(run: str, then: str, now: str) -> Problem:
    message = _(
        "Run {run} was read with {then}, and would now be with {now}: graded again, grades may differ."
    )
    return Problem(
        message.format(run=run, then=then, now=now),
        _("The run's own grades stand, and what they were graded by."),
        severity=Severity.WARNING,
    )


def _mapping_words(stamp: ReadingStamp, made: ReadingStamp | None = None) -> str:
    if stamp.mapping is None:
        return _("no mapping file")
    if stamp.mapping_sha256 is None:
        return _("the mapping file {file}, which is gone or damaged").format(file=stamp.mapping)
    if made is not None and made.mapping == stamp.mapping:
        return _("what it says today")
    return _("the mapping file {file}").format(file=stamp.mapping)


def _duplicate_words(stamp: ReadingStamp) -> str:
    newest = "" if stamp.newest_by is None else f" --newest-by {stamp.newest_by}"
    return f"--duplicates {stamp.duplicates}{newest}"

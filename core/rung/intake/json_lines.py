"""JSON lines: a table of texts whose headers are the keys of all its objects, one object a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import polars as pl

from rung.errors import Place, RungError
from rung.intake.damage import check_damage, note_damage
from rung.intake.encoding import decoded_chunks, detect_encoding, known_encoding
from rung.intake.headers import headers_of
from rung.intake.json_objects import more_than_one, object_of
from rung.intake.mapping import MappingFile
from rung.intake.rejected import Rejection
from rung.intake.source import Batch, Notes
from rung.text import _, inert

__all__ = ["JsonLinesSource"]

_MOST_KEYS: Final = 10_000
# A table as wide as this is none: its keys are customers.
_BREAKS: Final = "\r\n|[\r\n\x1f]"
# Become a space, as they do in delimited text.
_NESTED: Final = (list, dict)


class _Piece(NamedTuple):
    """Some whole lines of the file."""

    first: int
    """The number of the first line."""
    lines: list[str]
    done: int
    """Bytes of the file read so far."""


class JsonLinesSource:
    """A file of JSON lines (NDJSON), in UTF-8 or in any encoding a text table may be in."""

    def __init__(self, path: Path, mapping: MappingFile | None = None) -> None:
        self.file = str(path)
        self.size = path.stat().st_size
        self._path = path
        named = mapping.source.encoding if mapping is not None else None
        place = mapping.place("source", "encoding") if mapping is not None else None
        self._encoding = known_encoding(named, place) if named else detect_encoding(path)
        self.header_line = 0
        self._keys = tuple(self._all_keys())
        self.headers = headers_of(self._keys)
        if not self.headers:
            raise RungError.of(_("The objects have no keys."), place=Place(self.file, self.header_line))
        self.notes = Notes(encoding=self._encoding)

    def _pieces(self) -> Iterator[_Piece]:
        first, left = 1, ""
        for text, done in decoded_chunks(self._path, self._encoding):
            fresh = text.removeprefix("\ufeff") if first == 1 and not left else text
            *lines, left = (left + fresh).split("\n")
            if lines:
                yield _Piece(first, lines, done)
                first += len(lines)
        if left:
            yield _Piece(first, [left], self.size)

    def _all_keys(self) -> dict[str, None]:
        """Return the keys of every object, in the order they first stand in; a rare one may come late."""
        keys: dict[str, None] = {}
        problem: RungError | None = None
        for number, line in self._filled_lines():
            try:
                found = object_of(line)
            except ValueError as error:
                problem = problem or _none_at_all(str(error), Place(self.file, number))
                if not self.header_line and line.lstrip().startswith("["):
                    raise problem from None  # a list over the whole of the file, which may be one line
                continue
            self.header_line = self.header_line or number
            if not found.keys() <= keys.keys():
                keys.update(dict.fromkeys(found))
                if len(keys) > _MOST_KEYS:
                    raise self._too_wide(number)
        if self.header_line:
            return keys
        raise problem or RungError.of(
            _("The file is empty."),
            _("It needs one JSON object a customer, each on a line."),
            Place(self.file),
        )

    def _filled_lines(self) -> Iterator[tuple[int, str]]:
        for piece in self._pieces():
            for number, line in enumerate(piece.lines, piece.first):
                if line and not line.isspace():
                    yield number, line

    def _too_wide(self, line: int) -> RungError:
        return RungError.of(
            _("The objects have more than {n} different keys.").format(n=f"{_MOST_KEYS:,}"),
            _("Give each customer a line, and each field of it the same key on every line."),
            Place(self.file, line),
        )

    def batches(self, positions: Sequence[int]) -> Iterator[Batch]:
        """Yield the rows; lines that are no object and characters that cannot be decoded go to ``notes``.

        Raises RungError, after the last batch, for a file with too many such characters.
        """
        self.notes = Notes(encoding=self._encoding)
        keys = {str(position): self._keys[position] for position in sorted(set(positions))}
        characters = 0
        for piece in self._pieces():
            text = "\n".join(piece.lines)
            characters += len(text)
            note_damage(self.notes, text, piece.first)
            lines, objects = self._objects(piece, keys.values())
            if lines:
                columns = {name: _column(objects, key) for name, key in keys.items()}
                yield Batch(pl.DataFrame(columns), pl.Series(lines, dtype=pl.UInt32), piece.done)
        check_damage(self.notes, characters, self.file)

    def _objects(self, piece: _Piece, keys: Iterable[str]) -> tuple[list[int], list[dict[str, Any]]]:
        """Return the lines that hold an object with one value a key, and the objects."""
        lines: list[int] = []
        objects: list[dict[str, Any]] = []
        for number, line in enumerate(piece.lines, piece.first):
            if not line or line.isspace():
                self.notes.blank_rows += 1
                continue
            try:
                found = object_of(line)
                for key in keys:
                    if found.get(key).__class__ in _NESTED:
                        raise more_than_one(key, found[key])
            except ValueError as error:
                self.notes.rejections.append(Rejection(number, "", line.strip(), inert(str(error))))
            else:
                lines.append(number)
                objects.append(found)
        return lines, objects


def _column(objects: list[dict[str, Any]], key: str) -> pl.Series:
    values = [found.get(key) for found in objects]
    if bool in set(map(type, values)):
        values = [str(value).lower() if value.__class__ is bool else value for value in values]
    texts = pl.Series(values, dtype=pl.String)
    return texts.replace("", None).str.replace_all(_BREAKS, " ")


def _none_at_all(problem: str, place: Place) -> RungError:
    return RungError.of(
        problem,
        _("JSON lines have one object a line; “jq -c '.[]' FILE” makes them of a list."),
        place,
    )

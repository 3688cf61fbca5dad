"""Finds the line a key of a TOML file stands on; read only when there is an error to place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Final

from rung.policy.keys import KeyPath

__all__ = ["JOINS", "is_written", "key_lines", "line_of"]

_BLANK: Final = re.compile(r"[ \t]*")
_SPACE: Final = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_STRING: Final = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.DOTALL
)
_SCALAR: Final = re.compile(r"[^\s,=#\[\]{}\"'][^\n,=#\[\]{}\"']*")
_LINE_END: Final = re.compile(r"[ \t\r]*(?:#[^\n]*)?(?:\n|\Z)")
JOINS: Final = frozenset({"any", "all", "not"})
"""Keys of a condition that hold conditions."""
_DEEPEST: Final = 100
# Nesting the walk follows; a policy needs fewer than ten.


def line_of(text: str, path: KeyPath) -> int | None:
    """Return the 1-based line of a key, or of the nearest key around it that stands in the text.

    ``None`` where not even the first key is there, or where the text is no TOML up to it.
    """
    lines = key_lines(text)
    around: KeyPath = ()
    for depth, part in enumerate(path):
        if (*around, part) in lines:
            around = (*around, part)
        elif part != 0 or depth == 0:  # a table may stand for a list of one: then [0] is the table itself
            return lines.get(_within_joins(lines, around, path[depth:]) or around)
    return lines.get(around)


def is_written(text: str, path: KeyPath) -> bool:
    """Return whether a key stands in the text, straight below those around it or behind joins."""
    lines = key_lines(text)
    around = next(path[:depth] for depth in range(len(path), -1, -1) if depth == 0 or path[:depth] in lines)
    return len(around) == len(path) or _within_joins(lines, around, path[len(around) :]) is not None


def _within_joins(lines: Mapping[KeyPath, int], around: KeyPath, rest: KeyPath) -> KeyPath | None:
    """Return where ``rest`` stands below ``around`` behind nothing but any, all, not and list positions.

    A condition's cell is known by its field, wherever the joins put it; ``None`` if it is there twice.
    """
    if not rest:
        return None
    found = [
        path
        for path in lines
        if len(path) > len(around) + len(rest)
        and path[: len(around)] == around
        and path[-len(rest) :] == rest
        and all(part in JOINS for part in path[len(around) : -len(rest)] if isinstance(part, str))
    ]
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=32)
def key_lines(text: str) -> Mapping[KeyPath, int]:
    """Return the line of every key and list element of a TOML text, as far as it can be read."""
    walk = _Walk(text)
    with suppress(_LostError):  # what was read before stays true
        walk.document()
    return walk.lines


class _LostError(Exception):
    """The text goes on in a way TOML does not."""


class _Walk:
    """Walks a TOML text from start to end, noting where each key begins."""

    def __init__(self, text: str) -> None:
        self.lines: dict[KeyPath, int] = {}
        self._text = text
        self._at = 0
        self._line = 1
        self._counted = 0
        self._tables: dict[KeyPath, int] = {}  # how many elements each [[array of tables]] has so far

    def document(self) -> None:
        table: KeyPath = ()
        while self._skip(_SPACE) and self._at < len(self._text):
            if self._takes("[["):
                table = self._array_header()
            elif self._takes("["):
                table = self._table_header()
            else:
                self._pair(table, depth=0)
            if not self._match(_LINE_END) and self._at < len(self._text):
                raise _LostError

    def _table_header(self) -> KeyPath:
        line = self._here()
        path: KeyPath = ()
        for key in self._keys():
            path = self._note(self._latest((*path, key)), line)
        self.lines[path] = line  # the table's own header, even where [a.b] before it implied [a]
        self._expect("]")
        return path

    def _array_header(self) -> KeyPath:
        line = self._here()
        *outer, last = self._keys()
        path: KeyPath = ()
        for key in outer:
            path = self._note(self._latest((*path, key)), line)
        array = self._note((*path, last), line)
        position = self._tables.get(array, 0)
        self._tables[array] = position + 1
        self._expect("]]")
        return self._note((*array, position), line)

    def _latest(self, path: KeyPath) -> KeyPath:
        return (*path, self._tables[path] - 1) if path in self._tables else path

    def _pair(self, table: KeyPath, depth: int) -> None:
        line = self._here()
        path = table
        for key in self._keys():
            path = self._note((*path, key), line)
        self._expect("=")
        self._skip(_BLANK)
        self._value(path, depth + 1)

    def _value(self, path: KeyPath, depth: int) -> None:
        if depth > _DEEPEST:
            raise _LostError
        if self._takes("["):
            self._elements(path, depth)
        elif self._takes("{"):
            self._inline_table(path, depth)
        elif not (self._match(_STRING) or self._match(_SCALAR)):
            raise _LostError

    def _elements(self, path: KeyPath, depth: int) -> None:
        position = 0
        while self._skip(_SPACE) and not self._takes("]"):
            element = self._note((*path, position), self._here())
            self._value(element, depth + 1)
            position += 1
            if self._skip(_SPACE) and not self._takes(","):
                self._expect("]")
                return

    def _inline_table(self, path: KeyPath, depth: int) -> None:
        while self._skip(_SPACE) and not self._takes("}"):
            self._pair(path, depth)
            if self._skip(_SPACE) and not self._takes(","):
                self._expect("}")
                return

    def _keys(self) -> list[str]:
        keys = []
        while True:
            self._skip(_BLANK)
            keys.append(self._key())
            self._skip(_BLANK)
            if not self._takes("."):
                return keys

    def _key(self) -> str:
        bare = self._match(_BARE)
        if bare:
            return bare
        quoted = self._match(_STRING)
        if not quoted:
            raise _LostError
        try:
            return str(tomllib.loads(f"key = {quoted}")["key"])
        except tomllib.TOMLDecodeError:
            raise _LostError from None

    def _note(self, path: KeyPath, line: int) -> KeyPath:
        self.lines.setdefault(path, line)
        return path

    def _here(self) -> int:
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def _match(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._text, self._at)
        if found is None:
            return ""
        self._at = found.end()
        return found[0]

    def _skip(self, pattern: re.Pattern[str]) -> bool:
        self._match(pattern)
        return True

    def _takes(self, sign: str) -> bool:
        if not self._text.startswith(sign, self._at):
            return False
        self._at += len(sign)
        return True

    def _expect(self, sign: str) -> None:
        self._skip(_BLANK)
        if not self._takes(sign):
            raise _LostError

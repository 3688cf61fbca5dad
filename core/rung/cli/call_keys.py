"""The keys of a round of calls: pressed in a terminal, or one a line through a pipe."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Protocol

import click

from rung.cli.asking import Stopped, ask

__all__ = ["ENTER", "ESCAPE", "Keys", "Pressed", "keys_of"]

ENTER = "\r"
ESCAPE = "\x1b"


@dataclass(frozen=True, slots=True)
class Pressed:
    """One key, and the note written behind it where keys come line by line."""

    key: str
    note: str = ""


class Keys(Protocol):
    """Where keys come from."""

    @property
    def is_watched(self) -> bool:
        """Whether a person presses them and sees what comes of it."""
        ...

    def press(self) -> Pressed:
        """Return the next key; raises Stopped where there are no more."""
        ...

    def ask(self, question: str) -> str:
        """Return what is answered to a question; raises Stopped where nobody is there."""
        ...


class _Terminal:
    is_watched = True

    def press(self) -> Pressed:
        try:
            key = click.getchar()
        except (EOFError, KeyboardInterrupt, OSError):
            raise Stopped from None
        if key in ("\x04", "\x03"):
            raise Stopped
        return Pressed(ENTER if key in ("\r", "\n") else key)

    def ask(self, question: str) -> str:
        try:
            return ask(question)
        except KeyboardInterrupt:
            raise Stopped from None


class _Pipe:
    is_watched = False

    def press(self) -> Pressed:
        while True:
            try:
                found = sys.stdin.readline()
            except (OSError, ValueError):
                raise Stopped from None
            if not found:
                raise Stopped
            written = found.strip()
            if written:
                return Pressed(written[0], written[1:].strip())

    def ask(self, question: str) -> str:  # noqa: ARG002 - a pipe answers by what stands behind a key
        return ""


def keys_of() -> Keys:
    """Return where the keys of this process come from."""
    return _Terminal() if sys.stdin is not None and sys.stdin.isatty() else _Pipe()

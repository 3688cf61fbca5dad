"""The words of click's own help, in the language of the program: click knows them in English alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import click

from rung.text import _

__all__ = ["HelpWords"]


class HelpWords(click.HelpFormatter):
    """Writes a help page; a word of click's is exchanged where Rung has one for it."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line that says how a verb is called."""
        super().write_usage(prog, args, _("Usage:") + " " if prefix is None else prefix)

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        """Write a heading and indent what comes under it."""
        with super().section({"Options": _("Options"), "Commands": _("Commands")}.get(name, name)):
            yield

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write what stands left and what it means."""
        super().write_dl([(left, _explained(right)) for left, right in rows], col_max, col_spacing)


def _explained(text: str) -> str:
    if text == "Show this message and exit.":
        return _("Show this message and end.")
    return text.replace("[required]", _("[required]"))

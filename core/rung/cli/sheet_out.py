"""Where an explanation goes: to the terminal, or to a file, as text, JSON or a rating sheet to be printed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from rung import moments
from rung.cli.options import STANDARD
from rung.cli.terminal import console, line, show_problems
from rung.errors import RungError
from rung.text import _

if TYPE_CHECKING:
    from rung.cli.session import Session
    from rung.runs import Run
    from rung.sheet import Sheet

__all__ = ["HTML", "JSON", "FormOption", "chosen_form", "poured", "write_sheets"]

TEXT: Final = "text"
JSON: Final = "json"
HTML: Final = "html"
_ENDINGS: Final = {".txt": TEXT, ".json": JSON, ".html": HTML, ".htm": HTML}


class FormOption(click.Choice[str]):
    """What an explanation may be written as."""

    def __init__(self) -> None:
        super().__init__([TEXT, HTML, JSON])

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read the form; who asks for PDF is told how to have one."""
        if str(value).lower() == "pdf":
            raise _no_pdf()
        return super().convert(value, param, ctx)


def _no_pdf() -> RungError:
    return RungError.of(
        _("A PDF is not written here."),
        _("Write --to html --out sheet.html, open it in a browser and print it to PDF: it fits A4."),
    )


def chosen_form(to: str | None, out: Path | None, *, as_json: bool) -> str:
    """Return the form asked for: by ``--to``, by ``--json``, by the file's ending, else text.

    Raises RungError where these contradict each other.
    """
    ending = out.suffix.lower() if out is not None else ""
    if ending == ".pdf":
        raise _no_pdf()
    if as_json and to not in (None, JSON):
        raise RungError.of(_("--json and --to {form} contradict each other.").format(form=to))
    return to or (JSON if as_json else _ENDINGS.get(ending, TEXT))


@contextmanager
def poured(out: Path | None) -> Iterator[None]:
    """Write what is printed in the block to a file instead, whole, if the block ends well."""
    if out is None or str(out) == STANDARD:
        yield
        return
    with redirect_stdout(StringIO()) as printed:
        yield
    _write(out, printed.getvalue())
    console().print(line(_("Written: {file}").format(file=out)), soft_wrap=True)


def write_sheets(runs: Sequence[Run], customer: str, surroundings: Session, out: Path | None) -> None:
    """Write a customer's rating sheets, one a run, into one file or to standard output.

    A run that does not hold the customer is named; raises RungError where none of them does. In a workspace
    it is on record what was read and taken out.
    """
    from rung.sheet import rating_sheets

    now = moments.now()
    sheets, problems = _gathered(runs, _gatherer(surroundings, customer, now))
    show_problems([*problems, *dict.fromkeys(each.notice for each in sheets if each.notice)])
    drawn = rating_sheets(sheets)
    if surroundings.workspace is not None:
        _record(sheets, surroundings, out, now)
    if out is None or str(out) == STANDARD:
        sys.stdout.write(drawn)
        return
    _write(out, drawn)
    console().print(line(_("Written: {file}").format(file=out)), soft_wrap=True)


def _gatherer(surroundings: Session, customer: str, now: datetime) -> Callable[[Run], Sheet]:
    from rung.workspace.rating_sheet import sheet_in, sheet_of

    workspace = surroundings.workspace
    if workspace is None:
        return lambda run: sheet_of(run, customer, surroundings.host, now)
    return lambda run: sheet_in(workspace, run, customer, now)


def _gathered(runs: Sequence[Run], gather: Callable[[Run], Sheet]) -> tuple[list[Sheet], list[str]]:
    sheets: list[Sheet] = []
    absent: list[RungError] = []
    for run in runs:
        try:
            sheets.append(gather(run))
        except RungError as error:
            absent.append(error)
    if not sheets:
        raise absent[0]
    return sheets, [str(problem) for error in absent for problem in error.problems]


def _record(sheets: Sequence[Sheet], surroundings: Session, out: Path | None, now: datetime) -> None:
    """Put on record that sheets are taken out, before they are."""
    from rung.workspace.confidential import Export

    assert surroundings.workspace is not None
    for each in sheets:
        taken = Export(
            what="sheet",
            rows=1,
            file=STANDARD if out is None else str(out),
            policy=each.policy.id,
            run=each.manifest.run_id,
            fields=tuple(sorted(each.read)),
        )
        surroundings.workspace.confidential.taken(taken, now)


def _write(out: Path, text: str) -> None:
    from rung.runs.atomic import whole_file

    with whole_file(out) as part:
        part.write_text(text, encoding="utf-8")

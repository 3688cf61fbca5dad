"""``rung audit export``: the acts on record as JSON lines, one an act, for other programs and auditors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from rung import moments
from rung.cli.audit_choice import acts_options
from rung.cli.options import STANDARD, workspace_option
from rung.cli.progress import progress
from rung.cli.session import session
from rung.cli.standard_output import pour
from rung.cli.terminal import console, line
from rung.text import _
from rung.workspace.acts_export import check_acts_out, write_acts
from rung.workspace.acts_wanted import ActsGiven

__all__ = ["export"]


@click.command(
    help=_(
        "Write the acts on record to FILE as JSON lines, oldest first; “-” is standard output.\n\n"
        "Each line has all that the act's hash is taken of, so that the chain can be checked without Rung; "
        "only sensitive values, and notes, are masked for whom they are not. Where people are listed it is "
        "put on record who took them."
    )
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@acts_options
@workspace_option
def export(file: Path, workspace: Path | None, **given: Any) -> None:
    """Export events."""
    surroundings = session(workspace).in_workspace()
    wanted = ActsGiven(**given).wanted(surroundings)
    is_piped = str(file) == STANDARD
    if not is_piped:
        check_acts_out(file, surroundings.human_input)
    name = STANDARD if is_piped else file.name
    with progress() as report, _opened(file, is_piped=is_piped) as part:
        count = write_acts(surroundings, wanted, part, name, moments.now(), report)
    screen = console(stderr=is_piped)
    screen.print(line(_("{count} acts written to {file}.").format(count=f"{count:,}", file=file)))


@contextmanager
def _opened(file: Path, *, is_piped: bool) -> Iterator[Path]:
    """Give a file to write, which is there whole or not at all; for standard output it is poured out."""
    from rung.runs.atomic import whole_file

    if not is_piped:
        with whole_file(file) as part:
            yield part
        return
    with TemporaryDirectory(prefix="rung-") as temporary:
        path = Path(temporary) / "acts.jsonl"
        yield path
        pour(path, _("The acts cannot be written to standard output: {reason}."))

"""``rung audit export``: the acts on record as JSON lines, one an act, for other programs and auditors."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING, Any, Final

import click

from rung.cli.audit_choice import ActsGiven, acts_options
from rung.cli.clock import now_here
from rung.cli.destination import check_destination
from rung.cli.options import STANDARD, workspace_option
from rung.cli.progress import progress
from rung.cli.session import session
from rung.cli.standard_output import pour
from rung.cli.terminal import console, line
from rung.errors import Place, RungError
from rung.ledger.events import moment_text
from rung.text import _
from rung.workspace.confidential import Export

if TYPE_CHECKING:
    from rung.ledger import Event, EventFilter
    from rung.workspace import Workspace
    from rung.workspace.human_input import HumanInput

__all__ = ["export"]

_STEP: Final = 1_000
# Acts between two reports of progress.


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
    human_input = surroundings.human_input
    wanted = ActsGiven(**given).wanted(surroundings)
    is_piped = str(file) == STANDARD
    if not is_piped:
        _check(file, human_input)
    count, read = 0, set[str]()
    with progress() as report, _opened(file, is_piped=is_piped) as part:
        with part.open("wb") as out:
            if human_input.is_begun:
                count = _written(surroundings, wanted, out, report, read)
        if human_input.is_begun:
            # Before it can be seen: what cannot be put on record is not taken.
            name, fields = STANDARD if is_piped else file.name, tuple(sorted(read))
            taken = Export(what="ledger", rows=count, file=name, fields=fields)
            surroundings.confidential.taken(taken, now_here())
    screen = console(stderr=is_piped)
    screen.print(line(_("{count} acts written to {file}.").format(count=f"{count:,}", file=file)))


def _written(
    surroundings: Workspace,
    wanted: EventFilter,
    out: IO[bytes],
    report: Callable[[str, int, int | None], None],
    read: set[str],
) -> int:
    """Write the acts and return how many; ``read`` gets the sensitive quantities they give values of."""
    count = 0
    confidential = surroundings.confidential
    with surroundings.human_input.ledger() as store:
        # What is put on record meanwhile is not waited for.
        last = store.head().sequence
        for event in store.events(wanted):
            if event.sequence > last:
                break
            payload = confidential.payload(event, whole=True)
            read |= confidential.told_by(event, payload)
            out.write(_line(event, payload))
            count += 1
            if count % _STEP == 0:
                report(_("Writing the acts on record"), event.sequence, last)
    return count


def _line(event: Event, payload: object) -> bytes:
    plain = {
        "sequence": event.sequence,
        "kind": event.kind,
        "customer_id": event.customer_id,
        "policy_id": event.policy_id,
        "made_at": moment_text(event.made_at),
        "maker": event.maker,
        "payload": payload,
        "previous": event.previous,
        "hash": event.hash,
    }
    # A half of a character, which only tampering puts there, is written as an escape.
    return (json.dumps(plain, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace")


def _check(file: Path, human_input: HumanInput) -> None:
    check_destination(file)
    ledger = human_input.place
    if isinstance(ledger, Path) and ledger.exists() and file.exists() and file.samefile(ledger):
        raise RungError.of(
            _("The export would overwrite the ledger."), _("Name another file."), Place(str(file))
        )


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

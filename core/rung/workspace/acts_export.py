"""The acts on record written as JSON lines, one an act, for other programs and auditors."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rung.errors import Place, RungError
from rung.ledger.events import moment_text
from rung.progress import Progress
from rung.text import _
from rung.workspace.confidential import Export
from rung.workspace.destination import check_destination

if TYPE_CHECKING:
    from rung.ledger import Event, EventFilter
    from rung.workspace.human_input import HumanInput
    from rung.workspace.workspace import Workspace

__all__ = ["check_acts_out", "export_acts", "plain_act", "write_acts"]

_STEP: Final = 1_000
# Acts between two reports of progress.


def export_acts(
    workspace: Workspace, wanted: EventFilter, file: Path, now: datetime, report: Progress
) -> int:
    """Write the acts wanted to a file, oldest first, with that on record, and return how many.

    The file is there whole or not at all. Raises RungError where it cannot be written, or not be put on
    record who took them.
    """
    from rung.runs.atomic import whole_file

    check_acts_out(file, workspace.human_input)
    with whole_file(file) as part:
        return write_acts(workspace, wanted, part, file.name, now, report)


def write_acts(
    workspace: Workspace, wanted: EventFilter, part: Path, name: str, now: datetime, report: Progress
) -> int:
    """Write the acts wanted to ``part`` and put on record that they are taken to a file of that name."""
    count, read = 0, set[str]()
    confidential, human_input = workspace.confidential, workspace.human_input
    with part.open("wb") as out:
        if not human_input.is_begun:
            return 0
        with human_input.ledger() as store:
            # What is put on record meanwhile is not waited for.
            last = store.head().sequence
            for event in store.events(wanted):
                if event.sequence > last:
                    break
                payload = confidential.payload(event, whole=True)
                read |= confidential.told_by(event, payload)
                line = json.dumps(plain_act(event, payload), ensure_ascii=False) + "\n"
                # A half of a character, which only tampering puts there, is written as an escape.
                out.write(line.encode("utf-8", "backslashreplace"))
                count += 1
                if count % _STEP == 0:
                    report(_("Writing the acts on record"), event.sequence, last)
    # Before it can be seen: what cannot be put on record is not taken.
    confidential.taken(Export(what="ledger", rows=count, file=name, fields=tuple(sorted(read))), now)
    return count


def plain_act(event: Event, payload: object) -> dict[str, Any]:
    """Return an act as it stands in a line of JSON: all that its hash is taken of."""
    return {
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


def check_acts_out(file: Path, human_input: HumanInput) -> None:
    """Raise RungError where the acts cannot be written there."""
    check_destination(file)
    ledger = human_input.place
    if isinstance(ledger, Path) and ledger.exists() and file.exists() and file.samefile(ledger):
        raise RungError.of(
            _("The export would overwrite the ledger."), _("Name another file."), Place(str(file))
        )

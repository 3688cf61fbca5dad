"""The columns of the runs and of the acts, and how they give way on a narrow screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rung.moments import local
from rung_tui.journal.acts import Act
from rung_tui.language import _, words
from rung_tui.scale import called, scale_of_run
from rung_tui.table import Cell, Column

if TYPE_CHECKING:
    from rung.runs import Manifest
    from rung.workspace.runs_listed import ListedRun

__all__ = ["act_columns", "moment_words", "run_columns"]


def run_columns(shown: str, marked: str) -> tuple[Column[ListedRun], ...]:
    """Return the columns of runs; ``shown`` is the run in the queue, ``marked`` the one to compare with."""

    def sign(listed: ListedRun) -> Cell:
        if listed.run_id == marked:
            return Cell("✓", "key")
        return Cell("●" if listed.run_id == shown else " ", "muted")

    return (
        Column("sign", str, sign, 1, 1, rank=1),
        Column("policy", lambda: _("Policy"), _policy, 13, 40, rank=1),
        Column("version", lambda: _("Version"), _known(_version), 5, 10, rank=8),
        Column("as_of", lambda: _("As of"), _known(_as_of), 10, 10, rank=2),
        Column("made", lambda: _("Made"), _made, 16, 16, rank=2),
        Column("rows", lambda: _("Customers"), _known(_rows), 7, 13, rank=3, right=True),
        Column("grades", lambda: _("Grades"), _grades, 20, 60, rank=4),
        Column("left", lambda: _("Not graded"), _known(_left), 6, 13, rank=5, right=True),
        Column("faults", lambda: _("Faults"), _known(_faults), 6, 8, rank=7, right=True),
        Column("batch", lambda: _("Batch"), _known(_batch), 6, 16, rank=9),
        Column("owner", lambda: _("Files of"), lambda each: Cell(each.owner, "muted"), 5, 16, rank=10),
    )


def _known(cell: Callable[[Manifest], Cell]) -> Callable[[ListedRun], Cell]:
    return lambda listed: Cell("–", "muted") if listed.manifest is None else cell(listed.manifest)


def _policy(listed: ListedRun) -> Cell:
    if listed.manifest is None:
        return Cell(listed.run_id, "bad")
    title = words(listed.manifest.policy.title)
    if listed.problems:
        return Cell(title, "bad")
    return Cell(f"! {title}", "warning") if listed.manifest.faults else Cell(title)


def _made(listed: ListedRun) -> Cell:
    if listed.manifest is None:
        return Cell("–", "muted")
    return Cell(f"{local(listed.manifest.created_at):%Y-%m-%d %H:%M}", "muted")


def _version(manifest: Manifest) -> Cell:
    return Cell(manifest.policy.version)


def _as_of(manifest: Manifest) -> Cell:
    return Cell(manifest.as_of.isoformat())


def _rows(manifest: Manifest) -> Cell:
    return Cell(f"{manifest.rows:,}")


def _grades(listed: ListedRun) -> Cell:
    if listed.problems:
        return Cell(f"✗ {listed.problems[0].message}", "bad")
    counts = {} if listed.manifest is None else listed.manifest.counts
    scale = () if listed.manifest is None else scale_of_run(listed.manifest)
    return Cell("  ".join(f"{called(grade, scale)} {count:,}" for grade, count in counts.items()))


def _left(manifest: Manifest) -> Cell:
    count = sum(manifest.not_graded.values())
    return Cell(f"{count:,}", "open") if count else Cell("–", "muted")


def _faults(manifest: Manifest) -> Cell:
    return Cell(f"! {len(manifest.faults)}", "warning") if manifest.faults else Cell("–", "muted")


def _batch(manifest: Manifest) -> Cell:
    return Cell("–" if manifest.batch is None else manifest.batch[:16], "muted")


def act_columns() -> tuple[Column[Act], ...]:
    """Return the columns of acts."""
    return (
        Column("number", lambda: _("No."), lambda each: Cell(f"{each.number:,}", "muted"), 3, 13, right=True),
        Column("when", lambda: _("When"), _when, 19, 19, rank=1),
        Column("who", lambda: _("Who"), lambda each: Cell(each.who), 4, 16, rank=5),
        Column("act", lambda: _("Act"), lambda each: Cell(each.title, "strong"), 14, 28, rank=1),
        Column("customer", lambda: _("Customer"), _customer, 8, 20, rank=1),
        Column("what", lambda: _("What"), _what, 20, 90, rank=2),
        Column("policy", lambda: _("Policy"), _under, 12, 24, rank=7),
        Column("hash", lambda: _("Hash"), _hash, 8, 8, rank=8),
    )


def moment_words(act: Act) -> str:
    """Return when an act was done, here."""
    return "" if act.event is None else f"{local(act.event.made_at):%Y-%m-%d %H:%M:%S}"


def _when(act: Act) -> Cell:
    return Cell(moment_words(act), "muted")


def _customer(act: Act) -> Cell:
    return Cell("" if act.event is None else act.event.customer_id or "")


def _what(act: Act) -> Cell:
    return Cell(f"✗ {act.problem}", "bad") if act.problem else Cell(act.words)


def _under(act: Act) -> Cell:
    return Cell("" if act.event is None else act.event.policy_id or "", "muted")


def _hash(act: Act) -> Cell:
    return Cell("" if act.event is None else act.event.hash[:8], "muted")

"""Overrules many customers' grades for one reason: shown first, asked, then all of it or none."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rung import moments
from rung.cli.asking import Stopped, ask, is_yes
from rung.cli.bulk_words import plain_batch, show_batch
from rung.cli.options import STANDARD
from rung.cli.progress import progress
from rung.cli.standard_input import piped_table
from rung.cli.terminal import console, line, print_json
from rung.errors import Problem, RungError
from rung.text import _

if TYPE_CHECKING:
    from rung.ledger import Batch, Proposal
    from rung.workspace import Workspace
    from rung.workspace.customers_meant import CustomersWanted
    from rung.workspace.human_input import HumanInput

__all__ = ["Many", "propose_many", "show_rehearsal"]

Refused = tuple[str, tuple[Problem, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Many:
    """What was given to choose many customers by, and how to go about it."""

    customers: Path | None
    format: str | None
    grades: tuple[str, ...]
    flags: tuple[str, ...]
    where: tuple[str, ...]
    views: tuple[str, ...]
    skip_refused: bool
    dry_run: bool
    yes: bool

    @property
    def is_given(self) -> bool:
        """Whether many are chosen at all."""
        return bool(self.customers or self.grades or self.flags or self.where or self.views)


def propose_many(surroundings: Workspace, wanted: Proposal, many: Many, run: str, *, as_json: bool) -> int:
    """Propose for all that are chosen; raises RungError where some are refused and not to be left out."""
    human_input = surroundings.human_input
    customers: Sequence[str]
    left_out: tuple[Refused, ...]
    with progress():
        chosen = _chosen(human_input, many, run)
        hidden = _hidden(surroundings, run) if many.where else ()
        customers = human_input.customers(chosen, moments.today(), run, hidden=hidden)
    if not customers:
        raise RungError.of(_("No customer of the run is meant."), _("Nothing was recorded."))
    if many.dry_run:
        return show_rehearsal(customers, human_input, wanted, run, as_json=as_json)
    if not many.yes:
        customers, left_out = _agreed(customers, human_input, wanted, many, run, as_json=as_json)
    else:
        left_out = ()
    made = _recorded(customers, human_input, wanted, many, run, as_json=as_json)
    refused = (*left_out, *made.refused)
    if as_json:
        print_json(plain_batch(made.records, refused, moments.today()))
        return 0
    screen = console()
    if many.yes:
        show_batch(made, screen, is_done=True)
    first, last = made.records[0], made.records[-1]
    words = _("On record: {n}, {first} to {last}.")
    screen.print(line(words.format(n=f"{len(made.records):,}", first=first.id, last=last.id), "bold"))
    if refused:
        words = _("Left out, for the rules refuse them: {n}.")
        screen.print(line(words.format(n=f"{len(refused):,}")))
    words = _("Take them back with: rung override withdraw --batch {id}")
    screen.print(line(words.format(id=first.id), "dim"))
    return 0


def _agreed(
    customers: Sequence[str],
    human_input: HumanInput,
    wanted: Proposal,
    many: Many,
    run: str,
    *,
    as_json: bool,
) -> tuple[Sequence[str], tuple[Refused, ...]]:
    """Show what would happen and ask; return who is to be overruled, and who is left out and why."""
    foreseen = _foreseen(customers, human_input, wanted, run)
    _check_refused(foreseen, many, as_json=as_json)
    show_batch(foreseen, console(stderr=as_json), is_done=False)
    _confirm(len(foreseen.records), is_reading=str(many.customers) == STANDARD)
    return [each.customer_id for each in foreseen.records], foreseen.refused


def _recorded(
    customers: Sequence[str],
    human_input: HumanInput,
    wanted: Proposal,
    many: Many,
    run: str,
    *,
    as_json: bool,
) -> Batch:
    """Record the overrides; raises RungError where the rules refuse some that are not to be left out."""
    try:
        with progress() as report:
            made = human_input.propose_all(
                customers, wanted, moments.now(), run, skip_refused=many.skip_refused, report=report
            )
    except RungError:
        # Each refusal is told once, with how many it is for: they may be thousands.
        _check_refused(_foreseen(customers, human_input, wanted, run), many, as_json=as_json)
        raise
    _check_refused(made, many, as_json=as_json)
    return made


def _foreseen(customers: Sequence[str], human_input: HumanInput, wanted: Proposal, run: str) -> Batch:
    with progress() as report:
        return human_input.rehearse(customers, wanted, moments.now(), run, report=report)


def _check_refused(batch: Batch, many: Many, *, as_json: bool) -> None:
    """Raise RungError where some are refused and not to be left out, or all are, having shown why."""
    if not batch.refused or (many.skip_refused and batch.records):
        return
    if not as_json:
        show_batch(batch, console(stderr=True), is_done=False)
    refused, whole = len(batch.refused), len(batch.refused) + len(batch.records)
    message = _("The rules refuse {refused} of {whole} customers; nothing was recorded.")
    hint = _("Leave them out with --skip-refused.") if batch.records else ""
    raise RungError.of(message.format(refused=f"{refused:,}", whole=f"{whole:,}"), hint)


def show_rehearsal(
    customers: Sequence[str],
    human_input: HumanInput,
    wanted: Proposal,
    run: str,
    *,
    as_json: bool,
) -> int:
    """Show what would happen; return 1 where somebody is refused."""
    foreseen = _foreseen(customers, human_input, wanted, run)
    if as_json:
        print_json(plain_batch(foreseen.records, foreseen.refused, moments.today()))
    else:
        show_batch(foreseen, console(), is_done=False)
        console().print(line(_("Nothing was recorded."), "dim"))
    return 1 if foreseen.refused else 0


def _hidden(surroundings: Workspace, run_id: str) -> frozenset[str]:
    """Return the quantities whose values are not for whoever asks, and so neither is who has them."""
    from rung.pipeline import scorecard_of

    with surroundings.run(run_id) as run:
        compiled = scorecard_of(run, surroundings.host).compiled
    return surroundings.confidential.clearance(compiled).hidden


def _chosen(human_input: HumanInput, many: Many, run: str) -> CustomersWanted:
    from rung.workspace.customers_meant import CustomersWanted, View, read_where

    filters: list[tuple[str, str]] = []
    problems: list[Problem] = []
    for each in many.where:
        try:
            filters.append(read_where(each))
        except RungError as error:
            problems += error.problems
    if many.format is not None and str(many.customers) != STANDARD:
        problems.append(Problem(_("--format goes with --customers - only.")))
    if problems:
        raise RungError.all(problems)
    return CustomersWanted(
        customers=None if many.customers is None else _listed(human_input, many.customers, many.format, run),
        grades=many.grades,
        flags=many.flags,
        where=tuple(filters),
        views=tuple(map(View, many.views)),
    )


def _listed(human_input: HumanInput, file: Path, kind: str | None, run: str) -> tuple[str, ...]:
    from rung.intake.id_column import read_ids

    key = human_input.key(run)
    if str(file) != STANDARD:
        return read_ids(file, key)
    with piped_table(kind) as piped:
        return read_ids(piped, key)


def _confirm(count: int, *, is_reading: bool) -> None:
    """Ask whether to record; raises RungError where nobody can be asked or the answer is no."""
    is_there = sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()
    if is_reading or not is_there:
        raise RungError.of(
            _("To be recorded: {n}; and nobody is there to be asked.").format(n=f"{count:,}"),
            _("Say --yes to record them, or --dry-run to look only. Nothing was recorded."),
        )
    try:
        answer = ask(_("Record them ({n})? yes or no").format(n=f"{count:,}"))
    except Stopped:
        answer = ""
    if not is_yes(answer):
        raise RungError.of(_("Nothing was recorded."))

"""``rung policy check``: every problem of one policy or of all, and what the rules give away, placed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rung.cli.options import json_option, settings_option, source_options, workspace_option
from rung.cli.policy_words import counted, named, plain, severity
from rung.cli.population import SourceGiven, request_of
from rung.cli.session import Session, session
from rung.cli.terminal import console, line, print_json
from rung.errors import Problem, RungError, Severity
from rung.text import _

if TYPE_CHECKING:
    from rung.grading.analysis import Analysis
    from rung.policy.reader import LoadedPolicy
    from rung.runs import Run

__all__ = ["check"]


@dataclass(frozen=True, slots=True)
class _Checked:
    """What was found in one policy."""

    problems: tuple[Problem, ...]
    analysis: Analysis | None = None
    """``None`` for a policy with errors, whose meaning is not certain."""
    customers: int | None = None
    """How many customers were counted, if any were given."""

    def severities(self) -> Iterator[Severity]:
        """Yield how grave each thing found is."""
        yield from (problem.severity for problem in self.problems)
        yield from (finding.severity for finding in self.analysis.findings) if self.analysis else ()

    def fails(self, *, strict: bool) -> bool:
        """Return whether the verb ends with 1: for errors and findings, not for notes."""
        if self.analysis is not None and not self.analysis.is_clean:
            return True
        return any(
            each is Severity.ERROR or (strict and each is Severity.WARNING) for each in self.severities()
        )


@click.command(
    help=_(
        "Check policies, all at hand if none is named: every problem with its file and line, and what the "
        "rules give away: gaps, overlaps, conflicts, rules that never decide, grades nobody reaches.\n\n"
        "With --data or --run, how many real customers each finding concerns."
    )
)
@click.argument("names", nargs=-1, metavar="[POLICY]...")
@click.option("--strict", is_flag=True, help=_("End with 1 for warnings about form too."))
@click.option("--notes", is_flag=True, help=_("Show notes as well: what may well be meant so."))
@click.option(
    "--data",
    "source",
    metavar="SOURCE",
    help=_("A table of customers, or a source of the workspace, to count in; for one policy."),
)
@click.option(
    "--run", "run_id", metavar="RUN", help=_("A run of the workspace to count in; “latest” for the last.")
)
@source_options
@settings_option
@workspace_option
@json_option
def check(
    names: tuple[str, ...],
    strict: bool,
    notes: bool,
    source: str | None,
    run_id: str | None,
    workspace: Path | None,
    as_json: bool,
    **given: Any,
) -> int:
    """Check policies; return 1 where something is wrong or was found."""
    surroundings = session(workspace)
    wanted = named(names, surroundings, given["as_of"])
    asked = SourceGiven(source=source, **given)
    counting = _Counting(asked, run_id, surroundings)
    if counting.is_asked and len(names) != 1:
        raise RungError.of(_("Customers are counted for one policy."), _("Name one policy."))
    if asked.is_there and run_id is not None:
        raise RungError.of(_("--data and --run exclude each other."))
    found = {name: _checked(name, surroundings, counting) for name in wanted}
    if as_json:
        print_json({"policies": {name: list(_plain(each)) for name, each in found.items()}})
    else:
        for name, each in found.items():
            _show(name, each, notes=notes)
    return 1 if any(each.fails(strict=strict) for each in found.values()) else 0


def _checked(name: str, surroundings: Session, counting: _Counting) -> _Checked:
    from rung.grading.check import examine

    problems = examine(name, surroundings.shelf)
    if any(problem.severity is Severity.ERROR for problem in problems):
        return _Checked(problems)
    from rung.grading.analysis import analyse
    from rung.pipeline import compiled_policy

    loaded = surroundings.shelf.find(name)
    analysis, customers = analyse(compiled_policy(loaded, surroundings.host)), None
    if counting.is_asked:
        with counting.run(loaded) as run:
            analysis, customers = _counted(analysis, run), run.manifest.rows
    return _Checked(problems, analysis.located(loaded), customers)


def _counted(analysis: Analysis, run: Run) -> Analysis:
    import polars as pl

    from rung.runs.run import MEASURED

    return analysis.counted(pl.scan_ipc(run.folder / MEASURED))


@dataclass(frozen=True, slots=True)
class _Counting:
    """Where the customers to count come from, if anywhere."""

    asked: SourceGiven
    run_id: str | None
    surroundings: Session

    @property
    def is_asked(self) -> bool:
        """Whether there are customers to count."""
        return self.asked.is_there or self.run_id is not None

    @contextmanager
    def run(self, loaded: LoadedPolicy) -> Iterator[Run]:
        """Give the run that holds the customers: one that is there, or one made for the purpose."""
        if self.run_id is not None:
            with self.surroundings.in_workspace().run(self.run_id) as run:
                yield run
            return
        from rung.cli.progress import progress
        from rung.pipeline import graded

        with (
            request_of(self.asked, (loaded,), self.surroundings) as request,
            progress() as report,
            graded(request, self.surroundings.host, report) as run,
        ):
            yield run


def _show(name: str, found: _Checked, *, notes: bool) -> None:
    from rung.cli.finding_words import finding_lines

    screen = console()
    severities = list(found.severities())
    errors, warnings, hints = (severities.count(each) for each in Severity)
    style = "bold red" if errors else "yellow" if found.fails(strict=False) else "green"
    screen.print(line(f"{name}: {counted(errors, warnings, hints)}", style))
    for problem in found.problems:
        screen.print(line(f"  {severity(problem)}: {problem}"), soft_wrap=True)
    if found.analysis is not None:
        for finding in found.analysis.findings:
            if notes or finding.severity is not Severity.NOTE:
                for words in finding_lines(finding, found.analysis.compiled, found.customers):
                    screen.print(line(words), soft_wrap=True)
    if hints and not notes:
        screen.print(line("  " + _("--notes shows the notes."), "dim"))


def _plain(found: _Checked) -> Iterator[dict[str, object]]:
    from rung.cli.finding_words import plain_finding

    yield from map(plain, found.problems)
    if found.analysis is not None:
        for finding in found.analysis.findings:
            yield plain_finding(finding, found.analysis.compiled)

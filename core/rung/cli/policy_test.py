"""``rung policy test``: runs the tests of policies and tells what no test exercises."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rung.cli.exercised_words import exercised_words
from rung.cli.options import as_of_option, json_option, workspace_option
from rung.cli.policy_words import named
from rung.cli.session import Session, session
from rung.cli.terminal import console, line, print_json
from rung.text import _

if TYPE_CHECKING:
    from rung.grading.policy_tests import Report

__all__ = ["test"]


@click.command(
    help=_(
        "Run the tests that policies carry and those in tables beside them (NAME.cases.csv or .xlsx), "
        "all at hand if none is named, and tell what no test exercises."
    )
)
@click.argument("names", nargs=-1, metavar="[POLICY]...")
@click.option("--coverage", "listed", is_flag=True, help=_("List every part that no test exercises."))
@click.option("--strict", is_flag=True, help=_("Return 1 where some part is exercised by no test."))
@click.option(
    "--junit",
    type=click.Path(dir_okay=False, path_type=Path),
    help=_("Write the outcomes to this file as JUnit XML, too."),
)
@as_of_option
@workspace_option
@json_option
def test(
    names: tuple[str, ...],
    listed: bool,
    strict: bool,
    junit: Path | None,
    as_of: date | None,
    workspace: Path | None,
    as_json: bool,
) -> int:
    """Run the tests; return 1 where one fails, or under ``--strict`` where a part is not exercised."""
    surroundings = session(workspace)
    found = {name: _tested(name, surroundings) for name in named(names, surroundings, as_of)}
    if junit is not None:
        from rung.cli.junit import write_junit

        write_junit(junit, found)
    failed = sum(len(report.failed) for report in found.values())
    missed = sum(len(report.coverage.missed) for report in found.values())
    if as_json:
        print_json({"policies": {name: _plain(each) for name, each in found.items()}, "failed": failed})
    else:
        for name, report in found.items():
            _show(name, report, listed=listed)
    return 1 if failed or (strict and missed) else 0


def _tested(name: str, surroundings: Session) -> Report:
    from rung.grading.policy_tests import run_policy_tests

    loaded = surroundings.policy(name)
    return run_policy_tests(loaded, surroundings.shelf.vocabulary(loaded.policy))


def _show(name: str, report: Report, *, listed: bool) -> None:
    screen = console()
    outcomes, failed = report.outcomes, report.failed
    words = _("{passed} of {all} tests passed").format(passed=len(outcomes) - len(failed), all=len(outcomes))
    screen.print(line(f"{name}: {words}", "bold red" if failed else "green"))
    for outcome in failed:
        for problem in report.problems(outcome):
            screen.print(line(f"  {problem}"), soft_wrap=True)
    screen.print(line(f"  {exercised_words(report.coverage)}", "dim"))
    if listed:
        for _part, problem in report.missed():
            screen.print(line(f"  {problem}"), soft_wrap=True)


def _plain(report: Report) -> dict[str, Any]:
    counts = report.coverage.counts()
    return {
        "tests": [
            {"name": each.name, "passed": each.is_passed, "differences": each.differences}
            for each in report.outcomes
        ],
        "exercised": {kind: {"met": met, "of": whole} for kind, (met, whole) in counts.items()},
        "missed": [
            {"kind": part.kind, "key": part.key, "what": part.what, "place": str(problem.place)}
            for part, problem in report.missed()
        ],
    }

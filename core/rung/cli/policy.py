"""``rung policy``: the policies at hand, what they say, whether they are sound and pass their own tests."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rung.cli.options import json_option, workspace_option
from rung.cli.session import Session, session
from rung.cli.terminal import console, grid, line, print_json, show_problems
from rung.errors import Problem, RungError, Severity
from rung.text import _

if TYPE_CHECKING:
    from rung.grading.inline_tests import Outcome

__all__ = ["policy"]


@click.group(help=_("List, show, check and test policies."))
def policy() -> None:
    """Group the verbs about policies."""


@policy.command("list", help=_("List the policies at hand: the workspace's own and those the plugins bring."))
@workspace_option
@json_option
def list_(workspace: Path | None, as_json: bool) -> int:
    """List the policies; return 1 where one cannot be read."""
    shelf = session(workspace).shelf
    entries, faults = shelf.entries(), shelf.faults()
    problems = [problem for entry in entries for problem in entry.problems] + list(faults)
    rows = [
        (entry.id, entry.loaded.policy if entry.loaded else None, entry.plugin, entry.source)
        for entry in entries
    ]
    if as_json:
        listed = [
            {
                "id": name,
                "version": found.version if found else None,
                "title": found.title if found else None,
                "grades": found.grades if found else None,
                "plugin": plugin,
                "file": str(source),
            }
            for name, found, plugin, source in rows
        ]
        print_json({"policies": listed, "problems": list(map(str, problems))})
        return 1 if problems else 0
    headers = (_("policy"), _("version"), _("title"), _("grades"), _("from"))
    shown = (
        (
            name,
            found.version if found else "",
            found.title if found else _("cannot be read"),
            " ".join(found.grades) if found else "",
            plugin or source,
        )
        for name, found, plugin, source in rows
    )
    console().print(grid(headers, shown, whole=(0,)))
    show_problems(problems)
    return 1 if problems else 0


@policy.command(help=_("Show what POLICY, an id or a file, says."))
@click.argument("name", metavar="POLICY")
@workspace_option
@json_option
def show(name: str, workspace: Path | None, as_json: bool) -> None:
    """Show one policy."""
    from rung.cli.render_policy import render_policy
    from rung.pipeline import compiled_policy
    from rung.policy.reader import draft_policy

    surroundings = session(workspace)
    loaded = surroundings.policy(name)
    if as_json:
        print_json(draft_policy(loaded.text, loaded.sources.name, surroundings.shelf.library).table)
        return
    screen = console()
    for part in render_policy(compiled_policy(loaded, surroundings.host)):
        screen.print(part)


@policy.command(help=_("Check policies, all at hand if none is named; every problem with its file and line."))
@click.argument("names", nargs=-1, metavar="[POLICY]...")
@click.option("--strict", is_flag=True, help=_("End with 1 for warnings too."))
@workspace_option
@json_option
def check(names: tuple[str, ...], strict: bool, workspace: Path | None, as_json: bool) -> int:
    """Check policies; return 1 where something is wrong."""
    from rung.grading.check import examine

    surroundings = session(workspace)
    found = {name: examine(name, surroundings.shelf) for name in _named(names, surroundings)}
    every = [problem for problems in found.values() for problem in problems]
    failed = any(strict or problem.severity is Severity.ERROR for problem in every)
    if as_json:
        print_json({"policies": {name: list(map(_plain, problems)) for name, problems in found.items()}})
        return 1 if failed else 0
    screen = console()
    for name, problems in found.items():
        errors = sum(problem.severity is Severity.ERROR for problem in problems)
        state = _counted(errors, len(problems) - errors)
        screen.print(line(f"{name}: {state}", "bold red" if errors else "green"))
        for problem in problems:
            screen.print(line(f"  {_severity(problem)}: {problem}"), soft_wrap=True)
    return 1 if failed else 0


@policy.command(help=_("Run the tests that policies carry, all at hand if none is named."))
@click.argument("names", nargs=-1, metavar="[POLICY]...")
@workspace_option
@json_option
def test(names: tuple[str, ...], workspace: Path | None, as_json: bool) -> int:
    """Run the tests; return 1 where one fails."""
    surroundings = session(workspace)
    found = {name: _tested(name, surroundings) for name in _named(names, surroundings)}
    failed = sum(not outcome.is_passed for outcomes, _problems in found.values() for outcome in outcomes)
    if as_json:
        plain = {
            name: [
                {"name": each.name, "passed": each.is_passed, "differences": each.differences}
                for each in outcomes
            ]
            for name, (outcomes, _problems) in found.items()
        }
        print_json({"policies": plain, "failed": failed})
        return 1 if failed else 0
    screen = console()
    for name, (outcomes, problems) in found.items():
        passed = sum(outcome.is_passed for outcome in outcomes)
        words = _("{passed} of {all} tests passed").format(passed=passed, all=len(outcomes))
        screen.print(line(f"{name}: {words}", "bold red" if problems else "green"))
        for problem in problems:
            screen.print(line(f"  {problem}"), soft_wrap=True)
    return 1 if failed else 0


def _named(names: tuple[str, ...], surroundings: Session) -> tuple[str, ...]:
    if names:
        return names
    return tuple(
        str(entry.source) if entry.plugin is None else entry.id for entry in surroundings.shelf.entries()
    )


def _tested(name: str, surroundings: Session) -> tuple[tuple[Outcome, ...], list[Problem]]:
    from rung.grading.inline_tests import run_tests
    from rung.pipeline import compiled_policy

    loaded = surroundings.policy(name)
    try:
        outcomes = run_tests(compiled_policy(loaded, surroundings.host))
    except RungError as error:
        raise RungError.all(map(loaded.located, error.problems)) from error
    return outcomes, [loaded.located(each) for outcome in outcomes for each in outcome.problems()]


def _counted(errors: int, warnings: int) -> str:
    if not errors and not warnings:
        return _("sound")
    counts = (
        _("1 error") if errors == 1 else _("{n} errors").format(n=errors),
        _("1 warning") if warnings == 1 else _("{n} warnings").format(n=warnings),
    )
    return _(", ").join(counts)


def _severity(problem: Problem) -> str:
    return _("error") if problem.severity is Severity.ERROR else _("warning")


def _plain(problem: Problem) -> dict[str, object]:
    return {
        "severity": problem.severity.value,
        "message": problem.message,
        "hint": problem.hint,
        "file": problem.place.file if problem.place else None,
        "line": problem.place.line if problem.place else None,
        "key": problem.place.key if problem.place else None,
    }

"""``rung doctor``: looks over the installation, the plugins, the terminal and the workspace."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

import click

from rung import __version__
from rung.cli.doctor_ledger import ledger_findings
from rung.cli.doctor_terminal import terminal_findings
from rung.cli.options import json_option, workspace_option
from rung.cli.session import Session, session
from rung.cli.terminal import console, grid, line, print_json
from rung.errors import RungError
from rung.plugins import PluginHost
from rung.text import _
from rung.workspace import Workspace

__all__ = ["doctor"]

_PARTS: Final = (
    "polars",
    "narwhals",
    "pydantic",
    "pluggy",
    "click",
    "rich",
    "fastexcel",
    "xlsxwriter",
    "tomli-w",
)
_LEAST_PYTHON: Final = (3, 11)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: what it is, what was found, and what to do if it is not well."""

    topic: str
    found: str
    remedy: str = ""

    @property
    def is_well(self) -> bool:
        """Whether nothing needs doing."""
        return not self.remedy


@click.command(help=_("Check the installation, the plugins, the terminal and the workspace."))
@workspace_option
@json_option
def doctor(workspace: Path | None, as_json: bool) -> int:
    """Look everything over; return 1 where something needs doing."""
    surroundings, ailment = _surroundings(workspace)
    findings = [
        *_installation(),
        *_plugins(surroundings),
        *_policies(surroundings),
        *(Finding(*each) for each in terminal_findings()),
        *(ailment or _workspace(surroundings)),
    ]
    ailing = [finding for finding in findings if not finding.is_well]
    if as_json:
        print_json({"findings": findings, "well": not ailing})
        return 1 if ailing else 0
    screen = console()
    rows = (("" if each.is_well else "!", each.topic, each.found, each.remedy) for each in findings)
    screen.print(grid(("", _("what"), _("found"), _("what to do")), rows))
    verdict = _("All is well.") if not ailing else _needing(len(ailing))
    screen.print(line(verdict, "bold green" if not ailing else "bold red"))
    return 1 if ailing else 0


def _needing(count: int) -> str:
    return _("1 thing needs doing.") if count == 1 else _("{n} things need doing.").format(n=count)


def _surroundings(workspace: Path | None) -> tuple[Session, list[Finding]]:
    """Return the surroundings, without the workspace where it cannot be opened, and why it cannot."""
    try:
        return session(workspace), []
    except RungError as error:
        broken = [Finding(_("workspace"), str(problem), _("Mend it.")) for problem in error.problems]
        return Session(PluginHost(), None), broken


def _installation() -> Iterator[Finding]:
    least = ".".join(map(str, _LEAST_PYTHON))
    remedy = "" if sys.version_info >= _LEAST_PYTHON else _("Rung needs Python {least}.").format(least=least)
    yield Finding("Python", f"{platform.python_version()} ({platform.system()})", remedy)
    yield Finding("Rung", __version__)
    for part in _PARTS:
        try:
            yield Finding(part, version(part))
        except PackageNotFoundError:
            yield Finding(part, _("not installed"), _("Install Rung again."))


def _plugins(surroundings: Session) -> Iterator[Finding]:
    sectors = surroundings.host.load_all()
    yield Finding(_("sectors"), ", ".join(sector.id for sector in sectors) or _("none"))
    for fault in surroundings.host.faults():
        problem = fault.problem()
        yield Finding(
            _("plugin {name}").format(name=fault.plugin),
            problem.message,
            problem.hint or _("Report it to the plugin's author."),
        )


def _policies(surroundings: Session) -> Iterator[Finding]:
    entries = surroundings.shelf.entries()
    yield Finding(_("policies"), str(len(entries)))
    for entry in entries:
        if entry.problems:
            remedy = _("See: rung policy check {name}").format(
                name=entry.id if entry.plugin else entry.source
            )
            yield Finding(_("policy {name}").format(name=entry.id), str(entry.problems[0]), remedy)


def _workspace(surroundings: Session) -> Iterator[Finding]:
    workspace = surroundings.workspace
    if workspace is None:
        yield Finding(_("workspace"), _("none here"))
        return
    writable = os.access(workspace.folder, os.W_OK)
    yield Finding(_("workspace"), str(workspace.folder), "" if writable else _("It may not be written to."))
    yield from _mistakes(_("confidentiality"), workspace.confidential.check)
    yield from _mistakes(_("calendar"), lambda: workspace.service.calendar)
    yield from (Finding(*each) for each in ledger_findings(workspace))
    ids = workspace.store.ids()
    yield Finding(_("runs"), str(len(ids)))
    for run_id in ids:
        try:
            with workspace.run(run_id) as run:
                run.results.page(run.results.column_names, 0, 1)
                run.measured.page(run.measured.column_names, 0, 1)
        except RungError as error:
            yield Finding(_("run {name}").format(name=run_id), str(error.problems[0]), _("Remove it."))
    for name in workspace.config.sources:
        yield _source(workspace, name)


def _mistakes(what: str, check: Callable[[], object]) -> Iterator[Finding]:
    try:
        check()
    except RungError as error:
        for problem in error.problems:
            yield Finding(what, str(problem), _("Mend it."))


def _source(workspace: Workspace, name: str) -> Finding:
    known = workspace.source(name)
    files = [each for each in (known.customers, *known.events.values()) if each is not None]
    missing = [file for file in files if not Path(file).is_file()]
    title = _("source {name}").format(name=name)
    if missing:
        return Finding(title, ", ".join(missing), _("Correct its paths in rung.toml."))
    if known.from_ is None:
        return Finding(title, workspace.config.sources[name].customers or "")
    from rung.workspace.plugin_sources import check_source

    try:
        check_source(workspace, name, os.environ)
    except RungError as error:
        return Finding(title, str(error.problems[0]), _("Mend it."))
    return Finding(title, _("the data source {name}").format(name=known.from_))

"""``rung demo``: a workspace of sample customers of every sector, graded by every policy."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from rung import moments
from rung.cli.options import json_option
from rung.cli.progress import progress
from rung.cli.terminal import console, line, print_json, show_problems
from rung.errors import Place, Problem, RungError
from rung.plugins import SECTOR, PluginHost
from rung.runs.refusals import refuse_writing
from rung.text import _
from rung.workspace import Workspace

if TYPE_CHECKING:
    from rich.console import Console

    from rung.progress import Progress
    from rung.runs import Manifest
    from rung.vocabulary import Sample, Sector

__all__ = ["demo"]

_FOLDER: Final = "rung-demo"
_SEED: Final = 2026
_CUSTOMERS: Final = 2_000


@click.command(
    help=_(
        "Make a workspace in DIR with sample customers of every sector, grade them by every policy, show it."
    )
)
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), default=Path(_FOLDER))
@click.option(
    "--customers",
    type=click.IntRange(1, 10_000_000),
    default=_CUSTOMERS,
    show_default=True,
    help=_("How many customers each sector gets."),
)
@click.option(
    "--seed", type=int, default=_SEED, show_default=True, help=_("Equal seeds make equal customers.")
)
@json_option
def demo(folder: Path, customers: int, seed: int, as_json: bool) -> int:
    """Make the samples, grade them and show what came of it; return 1 where a plugin failed."""
    host = PluginHost()
    with progress() as report, _new(folder):
        samples, failed = _samples(host, customers, seed, report)
        workspace = Workspace.create(folder, host, sources=_written(samples, folder, report))
        manifests = [_graded(workspace, name, sector, report) for sector, name in _pairs(workspace, samples)]
    faults = host.faults()
    show_problems(failed)
    if as_json:
        print_json({"workspace": str(folder), "runs": manifests, "faults": faults})
        return 1 if faults or failed else 0
    screen = console()
    for manifest in manifests:
        _show(workspace, manifest, screen)
    for fault in faults:
        screen.print(line(_("Fault: {fault}").format(fault=fault), "bold red"))
    _show_next(folder, manifests, workspace, screen)
    return 1 if faults or failed else 0


@contextmanager
def _new(folder: Path) -> Iterator[None]:
    """Make a folder that is not there yet, or is empty; remove what was put into it if the block fails."""
    with refuse_writing(folder):
        if folder.exists() and any(folder.iterdir()):
            raise RungError.of(
                _("The folder is not empty."), _("Name a new one: rung demo DIR."), Place(str(folder))
            )
        folder.mkdir(parents=True, exist_ok=True)
    try:
        with refuse_writing(folder):
            yield
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _samples(
    host: PluginHost, customers: int, seed: int, report: Progress
) -> tuple[dict[str, Sample], list[Problem]]:
    """Return the samples by sector, and what went wrong where a plugin fails at making one."""
    samples: dict[str, Sample] = {}
    failed: list[Problem] = []
    for sector in host.load_all():
        if sector.sample is not None:
            report(_("Making customers: {sector}").format(sector=sector.title), 0, None)
            made = _sampled(sector, sector.sample, host, customers, seed)
            if isinstance(made, Problem):
                failed.append(made)
            else:
                samples[sector.id] = made
    return samples, failed


def _sampled(
    sector: Sector, sample: Callable[[int, int], Sample], host: PluginHost, customers: int, seed: int
) -> Sample | Problem:
    """Return a sector's sample, or what its plugin raised instead: the demo does without that sector."""
    from rung.plugins.aside import printed_aside
    from rung.plugins.origins import failed_at_work, origin_of

    try:
        with printed_aside():
            return sample(customers, seed)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        return failed_at_work(sector.id, origin_of(host, SECTOR, sector.id), error)


def _written(samples: dict[str, Sample], folder: Path, report: Progress) -> dict[str, Any]:
    """Write the tables as a user's own files would be; return what ``rung.toml`` says of them."""
    sources: dict[str, Any] = {}
    for sector, sample in samples.items():
        report(_("Writing tables"), len(sources), len(samples))
        data = folder / "data" / sector
        data.mkdir(parents=True)
        sample.customers.write_csv(data / "customers.csv", include_bom=True)
        for table, frame in sample.events.items():
            frame.write_csv(data / f"{table}.csv", include_bom=True)
        sources[sector] = {
            "customers": f"data/{sector}/customers.csv",
            "events": {table: f"data/{sector}/{table}.csv" for table in sample.events},
            "as_of": sample.as_of,
            "duplicates": "first",
        }
    return sources


def _pairs(workspace: Workspace, samples: dict[str, Sample]) -> Iterator[tuple[Sector, str]]:
    for entry in workspace.shelf.entries():
        policy = entry.loaded.policy if entry.loaded else None
        sector = policy.sector if policy is not None and policy.grades else None
        if sector is not None and sector in samples:
            yield workspace.host.sector(sector), entry.id


def _graded(workspace: Workspace, policy: str, sector: Sector, report: Progress) -> Manifest:
    from rung.pipeline import GradeRequest

    source = workspace.source(sector.id)
    loaded = workspace.shelf.find(policy)
    now = moments.now()
    request = GradeRequest(
        source=Path(source.customers or ""),
        policy=loaded,
        as_of=source.as_of or now.date(),
        created_at=now.astimezone(UTC),
        events={table: Path(file) for table, file in source.events.items()},
        duplicates=source.duplicates,
    )
    return workspace.grade(request, report)


def _show(workspace: Workspace, manifest: Manifest, screen: Console) -> None:
    from rung.cli.render_explanation import render_example
    from rung.cli.render_run import render_runs
    from rung.pipeline import scorecard_of

    with workspace.run(manifest.run_id) as run:
        compiled = scorecard_of(run, workspace.host).compiled
        for part in render_runs([(manifest, compiled)]):
            screen.print(part)
    customer = _example(workspace, manifest)
    if customer is not None:
        screen.print()
        for part in render_example(workspace.explain(customer, manifest.run_id)):
            screen.print(part)
    screen.rule(style="dim")


def _example(workspace: Workspace, manifest: Manifest) -> str | None:
    """Return a graded customer below the best grade, so that there is something to explain."""
    best = manifest.grades[0].id
    with workspace.run(manifest.run_id) as run:
        page = run.results.page(["customer_id", "model_grade", "reason_2"], 0, 1_000)
    rows = zip(page["customer_id"], page["model_grade"], page["reason_2"], strict=True)
    graded = [(name, grade, second) for name, grade, second in rows if grade is not None]
    telling = [name for name, grade, second in graded if grade != best and second is not None]
    return next(iter([*telling, *(name for name, _grade, _second in graded)]), None)


def _show_next(folder: Path, manifests: list[Manifest], workspace: Workspace, screen: Console) -> None:
    screen.print(line(_("All this is kept in {folder}. What to do next:").format(folder=folder), "bold"))
    screen.print(line(f"  cd {folder}"))
    if manifests:
        last = manifests[-1]
        customer = _example(workspace, last) or "CUSTOMER"
        screen.print(line(f"  rung explain {customer} --run {last.run_id}"))
        policy = last.policy.id
        screen.print(line(f"  rung policy show {policy}"))
        source = policy.partition(".")[0]
        screen.print(line(f"  rung grade {source} --policy {policy} --out grades.xlsx"))
    screen.print(line("  rung runs"))

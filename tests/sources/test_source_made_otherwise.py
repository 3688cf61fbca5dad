"""A run whose data source is another version by now, disabled or gone: told where runs are listed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from source_desk import Cli

Install = Callable[..., Path]
TOOK = "took its customers from “crm” of rung-crm 1.2"


@pytest.fixture
def run(cli: Cli, install: Install) -> str:
    """Return the id of a run whose customers rung-crm 1.2 handed over."""
    install()
    assert cli("init").code == 0
    made = cli("grade", "--from", "crm", "--set", "file=crm.db", "--policy", "shop.toml", "--json")
    assert made.code == 0, made.err
    name: str = made.json["run"]
    return name


def replaced(site: Path, version: str | None) -> None:
    """Install another version of rung-crm in place of 1.2, or none."""
    old = site / "rung_crm-1.2.dist-info"
    if version is None:
        shutil.rmtree(old)
        return
    new = old.rename(site / f"rung_crm-{version}.dist-info")
    (new / "METADATA").write_text(f"Metadata-Version: 2.1\nName: rung-crm\nVersion: {version}\n")


def test_nothing_is_said_while_the_source_is_the_same(cli: Cli, run: str) -> None:
    listed = cli("runs")
    assert (listed.err, run in listed.out) == ("", True)


def test_another_version_of_the_source_is_told_with_both(cli: Cli, run: str, site: Path) -> None:
    replaced(site, "1.3")
    told = f"Run {run} {TOOK}; rung-crm 1.3 is installed: read again, they may differ."
    assert told in cli("runs").err
    [warning] = cli("runs", "--json").json["would_differ"][run]
    assert warning == f"{told} The run's own grades stand, and what they were graded by."


def test_a_source_that_is_gone_or_disabled_is_told(cli: Cli, run: str, site: Path) -> None:
    assert cli("plugins", "disable", "crm").code == 0
    disabled = cli("runs").err
    assert f"Run {run} {TOOK}, which is disabled here. Enable it again: rung plugins enable crm." in disabled
    replaced(site, None)
    assert f"Run {run} {TOOK}, which is not installed. Its grades stand;" in cli("runs").err


def test_what_is_computed_from_the_run_itself_needs_no_source(cli: Cli, run: str, site: Path) -> None:
    replaced(site, None)
    told = cli("explain", "C1", "--run", run)
    assert (told.code, told.err) == (0, "")

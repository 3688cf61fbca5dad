"""A run made with another plugin, or by a policy that reads otherwise now: told wherever it is read again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from commands import Cli

MODULE = """
from rung.sdk import Field, Kind, Sector, Text, hookimpl
RUNG_API = 1

@hookimpl
def rung_sector():
    return Sector(
        id="hotel", title=Text("酒店", "Hotel"), about=Text("酒店", "Hotel guests"),
        fields=(
            Field(id="customer_id", title=Text("编号", "Id"), kind=Kind.TEXT),
            Field(id="customer_name", title=Text("名称", "Name"), kind=Kind.TEXT),
            Field(id="spent", title=Text("消费", "Spent"), kind=Kind.MONEY),
        ),
    )
"""
POLICY = """
schema = 1
id = "hotel.tiers"
version = "1"
sector = "hotel"
title = "Tiers"
grades = ["A", "B"]
grading = { mode = "score", cutoffs = { A = 50 } }
[hysteresis]
margin = 5
[[criteria]]
id = "spent"
title = "Spent"
measure = "spent"
bands = [{ when = ">= 10", points = 100 }, { when = "< 10", points = 0 }]
"""

Version = Callable[[str | None], None]


@pytest.fixture
def version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Version:
    """Return a function that installs one version of rung-hotel in place of the other, or none."""
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(str(site))
    module = f"rung_hotel_{abs(hash(tmp_path))}"
    (site / f"{module}.py").write_text(MODULE, encoding="utf-8")

    def install(number: str | None) -> None:
        for old in site.glob("*.dist-info"):
            shutil.rmtree(old)
        if number is None:
            return
        info = site / f"rung_hotel-{number}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: rung-hotel\nVersion: {number}\n")
        (info / "entry_points.txt").write_text(f"[rung]\nhotel = {module}\n")

    return install


@pytest.fixture
def run(cli: Cli, tmp_path: Path, version: Version) -> str:
    """Return the id of a run made with rung-hotel 0.3.0 by a policy of the workspace's own."""
    version("0.3.0")
    cli("init")
    (tmp_path / "policies" / "tiers.toml").write_text(POLICY, encoding="utf-8")
    (tmp_path / "customers.csv").write_text("customer_id,spent\nC1,20\nC2,5\n", encoding="utf-8")
    made = cli("grade", "customers.csv", "--policy", "hotel.tiers", "--as-of", "2026-03-01", "--json")
    assert made.code == 0, made.err
    name: str = made.json["run"]
    return name


def test_nothing_is_said_while_nothing_changed(cli: Cli, run: str) -> None:
    assert cli("explain", "C1").err == ""
    listed = cli("runs", "--json")
    assert (listed.err, "would_differ" in listed.json, run in cli("runs").out) == ("", False, True)


def test_an_explanation_of_a_run_of_another_version_is_told_of_both(
    cli: Cli, run: str, version: Version
) -> None:
    version("0.4.0")
    told = cli("explain", "C1", "--json")
    assert (told.code, told.json["grade"]) == (0, "A")
    assert told.err == (
        f"Run {run} was made with rung-hotel 0.3.0; rung-hotel 0.4.0 is installed: graded again, grades may "
        "differ. The run's own grades stand; what is computed from it now is computed by rung-hotel 0.4.0.\n"
    )
    listed = cli("runs")
    assert (listed.code, "was made with rung-hotel 0.3.0" in listed.err) == (0, True)
    (why,) = cli("runs", "--json").json["would_differ"][run]
    assert why.startswith(f"Run {run} was made with rung-hotel 0.3.0; rung-hotel 0.4.0 is installed")


@pytest.mark.parametrize(
    "verb",
    [
        ("policy", "simulate", "hotel.tiers"),
        ("follow", "due"),
        ("grade", "customers.csv", "--policy", "hotel.tiers", "--as-of", "2026-04-01"),
    ],
)
def test_so_is_whatever_else_rests_on_that_run(
    cli: Cli, run: str, version: Version, verb: tuple[str, ...]
) -> None:
    version("0.4.0")
    told = cli(*verb)
    assert told.code == 0, told.err
    assert told.err.count(f"Run {run} was made with rung-hotel 0.3.0") == 1


def test_a_plugin_that_is_gone_or_disabled_is_said_to_be(cli: Cli, run: str, version: Version) -> None:
    cli("plugins", "disable", "hotel")
    assert f"Run {run} was made with rung-hotel 0.3.0, and “hotel” is disabled here." in cli("runs").err
    version(None)
    told = cli("runs").err
    assert f"Run {run} was made with rung-hotel 0.3.0, which is not installed." in told
    assert cli("explain", "C1").code == 2


def test_a_policy_that_reads_otherwise_under_the_same_version_is_told(
    cli: Cli, run: str, tmp_path: Path
) -> None:
    file = tmp_path / "policies" / "tiers.toml"
    file.write_text(POLICY.replace(">= 10", ">= 15").replace("< 10", "< 15"), encoding="utf-8")
    told = cli("runs")
    assert f"Run {run} was made by hotel.tiers 1, which reads otherwise now: grades may differ." in told.err
    assert cli("explain", "C1").err == ""  # explained by the policy the run keeps

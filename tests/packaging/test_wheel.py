"""Rung as other people get it: a wheel in an environment of its own, and a stranger's plugin beside it."""

from __future__ import annotations

import csv
import subprocess
import zipfile
from pathlib import Path

import pytest
from clean_room import HOME, Installed, environment

pytestmark = [
    pytest.mark.packaging,
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.xdist_group("wheel"),
]


def test_the_wheel_carries_everything_that_is_no_code(installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as wheel:
        carried = set(wheel.namelist())
    policies = {
        path.relative_to(HOME / "policies").as_posix()
        for path in (HOME / "policies").rglob("*")
        if path.suffix in {".toml", ".csv"}
    }
    plugins = (path.name for path in (HOME / "plugins").glob("rung_*"))
    packages = ("rung", "rung_tui", *plugins)
    begun = {
        path.relative_to(HOME / "core").as_posix()
        for path in (HOME / "core/rung/starting/plugin").rglob("*.template")
    }
    wanted = {
        "rung/locale/zh/LC_MESSAGES/rung.mo",
        *policies,
        *begun,
        *(f"{name}/py.typed" for name in packages),
    }
    assert len(policies) >= 5
    assert wanted - carried == set()


def test_the_wheel_carries_nothing_that_is_not_rung(installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as wheel:
        tops = {name.partition("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.startswith("rung")} == set()


def test_the_installed_program_is_the_wheel_and_not_the_checkout(installed: Installed) -> None:
    where = subprocess.run(
        [installed.python, "-c", "import rung; print(rung.__file__)"],
        env=environment(),
        cwd=installed.folder,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(where.stdout.strip()).is_relative_to(installed.python.parents[1])


def test_the_strangers_plugin_is_listed_with_its_distribution(installed: Installed) -> None:
    assert "rung-gym" in installed.rung("plugins", "list").stdout


def test_the_strangers_policy_passes_its_own_tests(installed: Installed) -> None:
    done = installed.rung("policy", "test", "gym.membership")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_strangers_policy_grades_with_its_own_fields_and_measure(installed: Installed) -> None:
    done = installed.rung(
        "grade", "members.csv", "--policy", "gym.membership", "--as-of", "2026-01-31", "--out", "grades.csv"
    )
    assert done.returncode == 0, done.stderr
    with (installed.folder / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        grades = {row["customer_id"]: row["model_grade"] for row in csv.DictReader(file)}
    assert grades == {"M001": "gold", "M002": "gold", "M003": "bronze", "M004": "bronze", "M005": ""}


def test_the_demo_runs_from_the_wheel(installed: Installed) -> None:
    done = installed.rung("demo", "demo")
    assert done.returncode == 0, done.stdout + done.stderr

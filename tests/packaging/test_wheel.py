"""Rung as other people get it: a wheel in an environment of its own, and a stranger's plugin beside it."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

HOME = Path(__file__).parents[2]
STRANGER = Path(__file__).parent / "rung_stranger"

pytestmark = [pytest.mark.packaging, pytest.mark.slow, pytest.mark.xdist_group("wheel")]


@dataclass(frozen=True, slots=True)
class Installed:
    """A clean environment that holds Rung's wheel and the stranger's, and a folder to work in."""

    wheel: Path
    python: Path
    folder: Path

    def rung(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.python.with_name("rung"), *words],
            cwd=self.folder,
            env=_environment() | {"LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    def told(self, *words: str) -> Any:
        done = self.rung(*words, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


def _environment() -> Mapping[str, str]:
    # Nothing of the checkout may reach the clean environment.
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHONPATH", "VIRTUAL_ENV", "RUNG_"))
    }


def _run(*words: object) -> None:
    done = subprocess.run(
        [str(word) for word in words], env=_environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    away = tmp_path_factory.mktemp("away")
    for source in (HOME, STRANGER):
        _run(
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "--quiet",
            "--no-deps",
            "--wheel-dir",
            away / "wheels",
            source,
        )
    _run(sys.executable, "-m", "venv", away / "venv")
    python = away / "venv/bin/python"
    _run(python, "-m", "pip", "install", "--quiet", *sorted((away / "wheels").glob("*.whl")))
    folder = away / "work"
    folder.mkdir()
    (folder / "members.csv").write_bytes((STRANGER / "members.csv").read_bytes())
    return Installed(next((away / "wheels").glob("rung-*.whl")), python, folder)


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
    wanted = {"rung/locale/zh/LC_MESSAGES/rung.mo", *policies, *(f"{name}/py.typed" for name in packages)}
    assert len(policies) >= 5
    assert wanted - carried == set()


def test_the_wheel_carries_nothing_that_is_not_rung(installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as wheel:
        tops = {name.partition("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.startswith("rung")} == set()


def test_the_installed_program_is_the_wheel_and_not_the_checkout(installed: Installed) -> None:
    where = subprocess.run(
        [installed.python, "-c", "import rung; print(rung.__file__)"],
        env=_environment(),
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

"""What ``rung plugins new`` writes, as its author goes on: built, installed somewhere clean, graded with."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from clean_room import HOME, Installed

pytestmark = [
    pytest.mark.packaging,
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.xdist_group("wheel"),
]

FIELDS = (
    "plan:category:会籍:Plan:yearly=年卡=Yearly,monthly=月卡=Monthly,day=次卡=Day pass",
    "fee:money:月费:Monthly fee",
    "is_member:boolean:是否会员:Is a member",
    "attendance:percent:到课率:Attendance",
    "hours:number:课时:Hours",
    "days_late:integer:逾期天数:Days late",
    "born_on:date:生日:Born on",
    "remark:text:备注:Remark",
)


@dataclass(frozen=True, slots=True)
class Begun:
    """A plugin as it was written, installed from its wheel."""

    name: str
    source: Path


@pytest.fixture(scope="module", params=["studio", "dance_school"])
def begun(request: pytest.FixtureRequest, installed: Installed) -> Begun:
    name: str = request.param
    options = ["--yes", "--author", "Li Min"]
    if name == "dance_school":
        options += [word for each in FIELDS for word in ("--field", each)]
        options += ["--less", "days_late", "--title-zh", "舞蹈学校", "--title-en", "Dance school"]
    told = installed.told("plugins", "new", name, *options)
    source = installed.folder / told["folder"]
    wheel = installed.build(source)
    installed.install(f"{wheel}[test]")
    return Begun(name, source)


def test_its_own_tests_pass_at_once(begun: Begun, installed: Installed) -> None:
    done = installed.tested(begun.source)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


@pytest.fixture(scope="module")
def known_types(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where mypy keeps what it knows of Rung and Polars, from one plugin to the next."""
    return tmp_path_factory.mktemp("mypy")


def test_it_is_clean_for_ruff_and_mypy(begun: Begun, known_types: Path) -> None:
    env = os.environ | {"MYPYPATH": str(HOME / "core")}
    for words in (
        ["ruff", "check", "--no-cache", "."],
        ["ruff", "format", "--check", "--no-cache", "."],
        ["mypy", "--cache-dir", str(known_types)],
    ):
        done = subprocess.run(
            [sys.executable, "-m", *words],
            cwd=begun.source,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, (words, done.stdout, done.stderr)


def test_its_policy_is_sound_and_passes_its_examples(begun: Begun, installed: Installed) -> None:
    for verb in ("check", "test"):
        done = installed.rung("policy", verb, f"{begun.name}.tiers")
        assert done.returncode == 0, done.stdout + done.stderr
    told = installed.rung("policy", "check", f"{begun.name}.tiers", "--notes").stdout
    assert told.strip() == f"{begun.name}.tiers: sound"


def test_its_sample_is_graded(begun: Begun, installed: Installed) -> None:
    script = (
        f"from {begun.source.name.replace('-', '_')}.sample import sample; found = sample(300, 1); "
        "found.customers.write_csv('c.csv'); found.events['purchases'].write_csv('p.csv')"
    )
    subprocess.run([installed.python, "-c", script], cwd=installed.folder, check=True)
    done = installed.rung(
        *("grade", "c.csv", "--events", "purchases=p.csv", "--policy", f"{begun.name}.tiers"),
        *("--as-of", "2026-06-30", "--out", f"{begun.name}.csv"),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    with (installed.folder / f"{begun.name}.csv").open(encoding="utf-8-sig", newline="") as file:
        grades = [row["model_grade"] for row in csv.DictReader(file)]
    assert len(grades) == 300
    assert set(grades) >= {"B", "C"}


def test_a_second_one_of_the_name_is_refused_for_every_reason(begun: Begun, installed: Installed) -> None:
    before = {file: file.read_bytes() for file in begun.source.rglob("*") if file.is_file()}
    done = installed.rung("plugins", "new", begun.name, "--yes")
    assert done.returncode == 2
    assert "is installed already" in done.stderr
    assert "nothing is overwritten" in done.stderr
    assert {file: file.read_bytes() for file in begun.source.rglob("*") if file.is_file()} == before


def test_its_metadata_say_what_was_answered(begun: Begun, installed: Installed) -> None:
    script = (
        "import json; from importlib.metadata import metadata; "
        f"told = metadata('{begun.source.name}'); print(json.dumps([told['Author'], told['License']]))"
    )
    done = subprocess.run([installed.python, "-c", script], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == ["Li Min", None]

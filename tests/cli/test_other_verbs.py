"""``init``, ``demo``, ``runs`` and ``doctor``: each says what is there and what to do next."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest
from commands import Cli, Ended, listing
from rich.cells import cell_len

from rung.cli import run
from rung.cli.terminal import console, grid
from rung.text import set_language


def words(text: str) -> str:
    return " ".join(text.split())


def test_init_makes_a_workspace_and_says_what_to_do(cli: Cli, tmp_path: Path) -> None:
    ended = cli("init", "work")
    assert ended.code == 0
    assert "rung grade" in ended.out
    assert sorted(path.name for path in (tmp_path / "work").iterdir()) == ["policies", "rung.toml", "runs"]
    assert cli("runs", "--workspace", "work").out.startswith("No run yet.")


def test_init_leaves_a_workspace_that_is_there_alone(cli: Cli, tmp_path: Path) -> None:
    assert cli("init").code == 0
    (tmp_path / "rung.toml").write_text("schema = 1\n# mine\n", encoding="utf-8")
    ended = cli("init")
    assert ended.code == 2
    assert "a workspace already" in ended.err
    assert (tmp_path / "rung.toml").read_text(encoding="utf-8") == "schema = 1\n# mine\n"


@dataclass(frozen=True)
class Demos:
    """Two demonstrations of one seed, and what making each of them told: the first as JSON."""

    folder: Path
    first: Ended
    second: Ended


@pytest.fixture(scope="module")
def demos(tmp_path_factory: pytest.TempPathFactory) -> Demos:
    folder = tmp_path_factory.mktemp("demos")
    asked = ("--customers", "120", "--seed", "7")

    def made(*arguments: str) -> Ended:
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _each in range(2))
        with redirect_stdout(out), redirect_stderr(err):
            code = run(["demo", *arguments, *asked])
        return Ended(code, *(each.buffer.getvalue().decode() for each in (out, err)))

    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(folder)
        patched.setenv("RUNG_LANG", "en")
        patched.setenv("COLUMNS", "160")
        try:
            return Demos(folder, made("--json"), made("shown"))
        finally:
            set_language("en")


@pytest.mark.xdist_group("demos")
def test_the_demo_grades_every_sector_by_every_policy(cli: Cli, demos: Demos) -> None:
    ended = demos.first
    assert (ended.code, ended.err) == (0, "")
    told = ended.json
    assert (told["workspace"], told["faults"]) == ("rung-demo", [])
    ids = {run["policy"]["id"] for run in told["runs"]}
    assert {"bank.credit-tiers", "auto4s.after-sales", "tobacco.service-classes"} <= ids
    assert "engineering.client-grades" in ids
    assert all(run["rows"] >= 100 for run in told["runs"])
    listed = cli("runs", "--workspace", demos.folder / "rung-demo", "--json").json["runs"]
    assert {run["policy"]["id"] for run in listed} == ids
    assert all(str(demos.folder / "rung-demo") in table["path"] for run in listed for table in run["inputs"])


@pytest.mark.xdist_group("demos")
def test_the_demo_shows_grades_examples_and_the_next_steps(
    cli: Cli, demos: Demos, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(demos.folder)
    ended = demos.second
    assert ended.code == 0
    told = words(ended.out)
    assert "Bank customer tiers (bank.credit-tiers" in told
    assert "to reach " in told
    last = [line.strip() for line in ended.out.splitlines()[-6:]]
    assert last[0].startswith("All this is kept in shown.")
    explained = last[2].split()
    assert explained[:2] == ["rung", "explain"]
    assert cli(*explained[1:], "--workspace", demos.folder / "shown").code == 0
    assert cli(*last[3].split()[1:]).code == 0


@pytest.mark.xdist_group("demos")
def test_equal_seeds_make_equal_demos(demos: Demos) -> None:
    data = demos.folder / "rung-demo" / "data"
    assert listing(data) != []
    for file in listing(data):
        assert (data / file).read_bytes() == (demos.folder / "shown" / "data" / file).read_bytes()


def test_a_demo_that_fails_leaves_no_folder(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("rung.cli.demo._graded", fail)
    ended = cli("demo", "--customers", 10)
    assert ended.code == 2
    assert "disk is full" in ended.err
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_run_is_told_and_the_others_are_listed(cli: Cli, shop: Path) -> None:
    assert cli("init").code == 0
    ids = [cli("grade", "customers.csv", "--policy", "shop.toml", "--json").json["run"] for _each in "12"]
    (shop / "runs" / ids[0] / "run.json").write_text("{", encoding="utf-8")
    ended = cli("runs")
    assert ended.code == 1
    assert ids[1] in ended.out
    assert "manifest is damaged" in ended.err
    (shop / "runs" / ids[1] / "results.arrow").write_bytes(b"ARROW1")
    doctor = cli("doctor")
    assert doctor.code == 1
    assert "2 things need doing." in doctor.out


def test_the_doctor_finds_nothing_here(cli: Cli) -> None:
    ended = cli("doctor", "--json")
    assert (ended.code, ended.json["well"]) == (0, True)
    topics = [finding["topic"] for finding in ended.json["findings"]]
    assert topics[:3] == ["Python", "Rung", "polars"]
    assert "All is well." in cli("doctor").out


def test_the_doctor_sees_a_source_whose_file_is_gone(cli: Cli, shop: Path) -> None:
    assert cli("init").code == 0
    (shop / "rung.toml").write_text('schema = 1\n[sources.a]\ncustomers = "gone.csv"\n', encoding="utf-8")
    ended = cli("doctor")
    assert ended.code == 1
    assert "Correct its paths in rung.toml." in ended.out


def test_columns_stay_aligned_whatever_the_names(capsys: pytest.CaptureFixture[str]) -> None:
    names = ["甲公司", "plain", "ｆｕｌｌ", "😀公司", "\x1b[31mred", "[red]x[/red]", "\u202eabc", "e\u0301"]
    console().print(grid(("name", "count"), ((name, 7) for name in names), right=(1,)))
    lines = [line for line in capsys.readouterr().out.splitlines() if line.rstrip().endswith("7")]
    assert len(lines) == len(names)
    assert len({cell_len(line.rstrip()) for line in lines}) == 1

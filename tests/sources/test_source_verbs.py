"""Wherever a table is graded, a plugin's data source may take its place, by id or by the workspace's name."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from source_desk import Cli, everything, temporary

from rung.runs.manifest import read_manifest
from rung.workspace import Workspace
from rung.workspace.runs_listed import listed_runs
from rung_tui.drawn import plain
from rung_tui.journal.run_lines import run_lines

Install = Callable[..., Path]


@pytest.fixture
def crm(install: Install) -> None:
    install()


@pytest.fixture
def workspace(cli: Cli, crm: None, shop: Path) -> Path:
    del crm
    assert cli("init", ".").code == 0
    (shop / "policies/shop.toml").write_text((shop / "shop.toml").read_text())
    with (shop / "rung.toml").open("a") as file:
        file.write(
            '\n[sources.mine]\nfrom = "crm"\nas_of = 2026-06-30\noptions = { file = "crm.db", batch = 3 }\n'
        )
    return shop


GRADES = {"A": 1, "B": 2, "C": 1}


def _graded(cli: Cli, *arguments: object) -> dict[str, object]:
    ended = cli("grade", *arguments, "--policy", "shop.tiers", "--json")
    assert ended.err == ""
    manifest = ended.json["manifest"]
    assert isinstance(manifest, dict)
    return manifest


@pytest.mark.usefixtures("crm")
def test_a_source_is_graded_outside_a_workspace(cli: Cli, shop: Path) -> None:
    ended = cli(
        "grade", "--from", "crm", "--set", "file=crm.db", "--policy", "shop.toml", "--out", "grades.csv"
    )
    assert ended.code == 0
    lines = (shop / "grades.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == ["C1", "C2", "C3", "C4", "C5"]
    assert temporary(shop) == []


@pytest.mark.usefixtures("workspace")
def test_a_source_the_workspace_names_is_graded(cli: Cli) -> None:
    manifest = _graded(cli, "mine")
    assert manifest["counts"] == GRADES
    assert manifest["as_of"] == "2026-06-30"


@pytest.mark.usefixtures("workspace")
def test_an_option_of_the_command_line_goes_before_the_file(cli: Cli) -> None:
    source = _graded(cli, "mine", "--set", "batch=1")["source"]
    assert isinstance(source, dict)
    assert source["options"] == {"file": "crm.db", "batch": "1"}


@pytest.mark.usefixtures("workspace")
def test_the_manifest_tells_the_source(cli: Cli) -> None:
    manifest = _graded(cli, "mine")
    source = manifest["source"]
    assert isinstance(source, dict)
    assert (source["id"], source["distribution"], source["version"]) == ("crm", "rung-crm", "1.2")
    assert source["rows"] == {"customers": 5}
    assert source["read_at"] == manifest["created_at"]
    assert isinstance(manifest["inputs"], list)
    assert [each["path"] for each in manifest["inputs"]] == ["crm"]
    assert manifest["quality"]["read"]["file"] == "crm"  # type: ignore[index]


@pytest.mark.usefixtures("workspace")
def test_a_run_says_where_its_customers_came_from(cli: Cli) -> None:
    ended = cli("grade", "mine", "--policy", "shop.tiers")
    assert "From the data source crm (rung-crm 1.2), read 20" in ended.out
    assert "with file=crm.db, batch=3." in ended.out


def test_a_manifest_from_before_there_were_sources_is_still_read(cli: Cli, workspace: Path) -> None:
    _graded(cli, "mine")
    (file,) = workspace.glob("runs/*/run.json")
    written = json.loads(file.read_text(encoding="utf-8"))
    del written["source"]
    file.write_text(json.dumps(written), encoding="utf-8")
    assert read_manifest(file).source is None


@pytest.mark.usefixtures("workspace")
def test_the_same_rows_have_the_same_hash_however_they_are_batched(cli: Cli) -> None:
    hashes = {_graded(cli, "mine", "--set", f"batch={n}")["input_sha256"] for n in (1, 2, 100)}
    assert len(hashes) == 1


def test_nothing_in_a_workspace_tells_of_the_spool(cli: Cli, workspace: Path) -> None:
    _graded(cli, "mine")
    assert str(workspace.parent / "tmp").encode() not in everything(workspace / "runs")
    assert temporary(workspace) == []


@pytest.mark.usefixtures("workspace")
@pytest.mark.parametrize(
    "arguments",
    [
        ("explain", "C2", "--source", "mine", "--policy", "shop.tiers"),
        ("explain", "C2", "--from", "crm", "--set", "file=crm.db", "--policy", "shop.tiers"),
        ("policy", "check", "shop.tiers", "--data", "mine"),
        ("policy", "check", "shop.tiers", "--from", "crm", "--set", "file=crm.db"),
        ("policy", "simulate", "shop.tiers", "--data", "mine", "--against", "shop.toml"),
        (
            "policy", "simulate", "shop.tiers", "--from", "crm", "--set", "file=crm.db",
            "--against", "shop.toml",
        ),
        ("policy", "adopt", "shop.tiers", "--data", "mine", "--yes", "--out", "own.toml"),
        (
            "policy", "adopt", "shop.tiers", "--from", "crm", "--set", "from.file=crm.db", "--yes",
            "--out", "own.toml",
        ),
        ("grade", "mine", "--policy", "shop.tiers", "--draft-map"),
    ],
    ids=lambda arguments: " ".join(arguments[:5]),
)  # fmt: skip
def test_every_verb_that_takes_a_table_takes_a_source(cli: Cli, arguments: tuple[str, ...]) -> None:
    ended = cli(*arguments)
    assert ended.code == 0, ended.err
    assert "crm" not in ended.err


@pytest.mark.usefixtures("workspace")
def test_an_error_in_the_data_names_the_source_and_no_file(cli: Cli, shop: Path) -> None:
    (shop / "map.toml").write_text('[customers]\nspent = "expenditure"\n')
    ended = cli("grade", "mine", "--policy", "shop.tiers", "--map", "map.toml")
    assert ended.code == 2
    assert "expenditure" in ended.err
    assert "parquet" not in ended.err
    assert str(shop.parent / "tmp") not in ended.err


@pytest.mark.usefixtures("workspace")
def test_a_disabled_plugin_is_refused_with_how_to_enable_it(cli: Cli) -> None:
    assert cli("plugins", "disable", "crm").code == 0
    for source in (("mine",), ("--from", "crm")):
        ended = cli("grade", *source, "--policy", "shop.tiers")
        assert ended.code == 2
        assert "“crm” is disabled" in ended.err
        assert "rung plugins enable crm" in ended.err


@pytest.mark.usefixtures("crm")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--from", "crn"), "Did you mean “crm”?"),
        (("crm",), "write --from crm"),
        ((), "SOURCE is missing. Name a file"),
        (("customers.csv", "--from", "crm"), "A table and --from exclude each other."),
        (("shop.toml", "--set", "file=crm.db"), "--set gives options to a data source"),
        (("--from", "crm", "--format", "csv"), "--format goes with SOURCE - only."),
    ],
)
def test_what_does_not_go_together_is_refused(cli: Cli, arguments: tuple[str, ...], told: str) -> None:
    ended = cli("grade", *arguments, "--policy", "shop.toml")
    assert ended.code == 2
    assert told in ended.err


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("as_of = 2026-06-30", "names its customers, or the plugin"),
        ('from = "crm"\ncustomers = "a.csv"', "not from both"),
        ('customers = "a.csv"\noptions = { a = 1 }', "Options go with a source that comes from a plugin"),
    ],
)
def test_a_source_is_declared_in_one_way(cli: Cli, shop: Path, written: str, told: str) -> None:
    assert cli("init", ".").code == 0
    with (shop / "rung.toml").open("a") as file:
        file.write(f"\n[sources.odd]\n{written}\n")
    ended = cli("runs")
    assert ended.code == 2
    assert told in ended.err
    assert "rung.toml:" in ended.err


def test_doctor_finds_a_source_whose_options_do_not_fit(cli: Cli, workspace: Path) -> None:
    with (workspace / "rung.toml").open("a") as file:
        file.write('\n[sources.bad]\nfrom = "crm"\noptions = { file = "crm.db", regoin = "east" }\n')
    told = cli("doctor").out
    assert "the data source crm" in told
    assert "Did you mean “region”?" in told


def test_the_journal_of_the_terminal_program_tells_the_source(cli: Cli, workspace: Path) -> None:
    _graded(cli, "mine")
    (listed,) = listed_runs(Workspace.open(workspace))
    told = "\n".join(map(plain, run_lines(listed, {}, (), 120)))
    assert "the data source crm (rung-crm 1.2), read 20" in told
    assert "5 rows" in told
    assert "bytes" not in told

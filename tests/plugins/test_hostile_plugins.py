"""Thirty plugins broken in every way we thought of: each a named fault, none reaching another's run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from rung.hooks import ALARM_GROUP, EXPORTER_GROUP, GROUP, PANEL_GROUP, SOURCE_GROUP, VERB_GROUP
from rung.plugins import PluginHost, Stage, State

HEAD = "from rung.sdk import *\nRUNG_API = 1\n"
FIELDS = (
    'Field(id="customer_id", title=Text("编号", "Id"), kind=Kind.TEXT), '
    'Field(id="customer_name", title=Text("名称", "Name"), kind=Kind.TEXT), '
)


def sector(name: str, more: str = "", fields: str = FIELDS) -> str:
    told = f'id="{name}", title=Text("坏", "Bad"), about=Text("坏", "Bad"), fields=({fields}), {more}'
    return f"@hookimpl\ndef rung_sector():\n    return Sector({told})\n"


@dataclass(frozen=True)
class Hostile:
    """One broken plugin: its code, what its entry point names if not the module, and where it fails."""

    name: str
    code: str
    stage: Stage | None
    group: str = GROUP
    target: str = ""


SWALLOWS = """
@hookimpl(hookwrapper=True)
def rung_sector():
    outcome = yield
    outcome.force_result(None)
"""
PATCHES = """
import rung.plugins.loading
def nobody(*_arguments, **_options):
    raise RuntimeError("mine now")
def __getattr__(name):
    raise SystemExit(name)
"""
BROKEN = (
    Hostile("import_error", "raise ImportError('no')", Stage.IMPORT),
    Hostile("syntax_error", "def broken(:\n", Stage.IMPORT),
    Hostile("missing_package", "import nowhere_to_be_found", Stage.IMPORT),
    Hostile("system_exit", "import sys\nprint('bye')\nsys.exit(3)", Stage.IMPORT),
    Hostile("recursion", "def f(): return f()\nf()", Stage.IMPORT),
    Hostile("null_bytes", "x = 1\0", Stage.IMPORT),
    Hostile("no_attribute", HEAD, Stage.IMPORT, target=":nothing_there"),
    Hostile("no_target", HEAD, Stage.IMPORT, target="!no module at all"),
    Hostile("no_edition", sector("no_edition").join(["from rung.sdk import *\n", ""]), Stage.API),
    Hostile("edition_text", "RUNG_API = '1'", Stage.API),
    Hostile("edition_99", "RUNG_API = 99", Stage.API),
    Hostile("misspelled", HEAD + "@hookimpl\ndef rung_sectr(): ...", Stage.HOOK_NAMES),
    Hostile("wrong_arguments", HEAD + "@hookimpl\ndef rung_sector(config): ...", Stage.HOOK_NAMES),
    Hostile("unmarked", HEAD + "def rung_sector(): ...", Stage.NO_HOOK),
    Hostile("looks_away", "RUNG_API = 1" + PATCHES, Stage.NO_HOOK),
    Hostile("raises", HEAD + "@hookimpl\ndef rung_sector(): raise KeyError('x')", Stage.HOOK_CALL),
    Hostile("exits", HEAD + "@hookimpl\ndef rung_sector(): raise SystemExit", Stage.HOOK_CALL),
    Hostile("none", HEAD + "@hookimpl\ndef rung_sector(): return None", Stage.DATA),
    Hostile("table", HEAD + "@hookimpl\ndef rung_sector(): return {'id': 'table'}", Stage.DATA),
    Hostile("two", HEAD + sector("two").replace("return ", "return [").rstrip() + "] * 2\n", Stage.DATA),
    Hostile("swallowed", HEAD + SWALLOWS, Stage.DATA),
    Hostile("other_id", HEAD + sector("bank"), Stage.DATA),
    Hostile("twice_the_same", HEAD + sector("twice_the_same", fields=FIELDS * 2), Stage.DATA),
    Hostile("wrong_types", HEAD + sector("wrong_types", fields="3, 'x', "), Stage.DATA),
    Hostile(
        "no_column",
        HEAD
        + sector(
            "no_column",
            'features=(Feature(id="f", title=Text("", ""), kind=Kind.MONEY, events="visits", '
            'aggregate=Aggregate.SUM, column="spend"),)',
        ),
        Stage.DATA,
    ),
    Hostile("bad_source", HEAD + "@hookimpl\ndef rung_source(): return 3", Stage.DATA, SOURCE_GROUP),
    Hostile(
        "bad_exporter",
        HEAD + "@hookimpl\ndef rung_exporter(): return "
        'Exporter(id="bad_exporter", title=Text("", ""), endings=(".csv",), write=print)',
        Stage.DATA,
        EXPORTER_GROUP,
    ),
    Hostile("bad_panel", HEAD + sector("bad_panel"), Stage.NO_HOOK, PANEL_GROUP),
    Hostile("bad_alarm", "raise SystemExit", Stage.IMPORT, ALARM_GROUP),
    Hostile("bad_verb", "raise SystemExit", Stage.IMPORT, VERB_GROUP),
)
INNOCENT = ("auto4s", "bank", "tobacco")


def laid_down(site: Path) -> Path:
    """Lay the whole set down as distributions, with files of metadata that cannot be read among them."""
    for each in BROKEN:
        (site / f"hostile_{each.name}.py").write_text(each.code, encoding="utf-8")
        target = each.target[1:] if each.target.startswith("!") else f"hostile_{each.name}{each.target}"
        distribution(site, f"rung-{each.name}", f"[{each.group}]\n{each.name} = {target}\n")
    for rival in ("rung-contested", "other-contested"):
        distribution(site, rival, f"[{GROUP}]\ncontested = hostile_raises\n")
    distribution(site, "rung-sets-no-sign", f"[{GROUP}]\nno_sign\n")
    bytes_only = distribution(site, "rung-bytes", "")
    (bytes_only / "METADATA").write_bytes(b"\xff\xfe\x00Name")
    (bytes_only / "entry_points.txt").write_bytes(b"[rung]\nbytes = \xff\xfe\n")
    nameless = distribution(site, "rung-nameless", f"[{GROUP}]\nnameless = nowhere_at_all\n")
    (nameless / "METADATA").unlink()
    (site / "rung_a_file-1.0.dist-info").write_text("not a folder", encoding="utf-8")
    return site


def distribution(site: Path, name: str, points: str) -> Path:
    info = site / f"{name.replace('-', '_')}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(points, encoding="utf-8")
    return info


@pytest.fixture
def hostile(site: Path) -> Callable[[], PluginHost]:
    """Return a function that makes a host of everything installed, the hostile set among it."""
    laid_down(site)
    return PluginHost


def test_there_are_more_than_twenty() -> None:
    assert len(BROKEN) >= 20


def test_each_is_a_fault_with_its_stage_and_the_innocent_are_loaded_beside_them(
    hostile: Callable[[], PluginHost], capsys: pytest.CaptureFixture[str]
) -> None:
    host = hostile()
    for info in host.everything():
        host.try_to_load(info.kind, info.id)
    found = {(fault.plugin, fault.distribution): fault.stage for fault in host.faults()}
    wanted: dict[tuple[str, str], Stage | None] = {
        (each.name, f"rung-{each.name}"): each.stage for each in BROKEN
    }
    wanted |= {("contested", name): Stage.DUPLICATE_ID for name in ("other-contested", "rung-contested")}
    wanted |= {
        ("no_sign", "rung-sets-no-sign"): Stage.IMPORT,
        ("bytes", "unknown distribution"): Stage.IMPORT,
        ("nameless", "unknown distribution"): Stage.IMPORT,
    }
    assert found == wanted
    states = {info.id: info.state for info in host.listing()}
    assert {states[name] for name in INNOCENT} == {State.LOADED}
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("each", BROKEN, ids=lambda each: each.name)
def test_a_fault_is_told_in_words_with_a_hint(each: Hostile, hostile: Callable[[], PluginHost]) -> None:
    host = hostile()
    kind = next(info.kind for info in host.everything() if info.id == each.name)
    host.try_to_load(kind, each.name)
    faults = [fault for fault in host.faults() if fault.plugin == each.name]
    assert faults
    for fault in faults:
        assert fault.kind == kind
        assert fault.message
        assert fault.hint, fault.message


def rung(*arguments: str, at: Path, site: Path | None) -> subprocess.CompletedProcess[str]:
    path = {} if site is None else {"PYTHONPATH": str(site)}
    environment = {**os.environ, "RUNG_LANG": "en", **path}
    command = [sys.executable, "-m", "rung", *arguments]
    return subprocess.run(
        command, cwd=at, env=environment, capture_output=True, text=True, check=False, encoding="utf-8"
    )


@pytest.fixture(scope="module")
def without_and_with(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Any]]:
    """The same customers graded twice through the command line: without the hostile set, and with it."""
    home = tmp_path_factory.mktemp("hostile")
    site = home / "site"
    site.mkdir()
    laid_down(site)
    sample = PluginHost([EntryPoint("tobacco", "rung_tobacco", GROUP)]).sector("tobacco").sample
    assert sample is not None
    tables = sample(300, 7)
    tables.customers.write_csv(home / "customers.csv")
    events: list[str] = []
    for name, frame in tables.events.items():
        frame.write_csv(home / f"{name}.csv")
        events += ["--events", f"{name}={home / name}.csv"]
    found: dict[str, tuple[Path, Any]] = {}
    for name, path in (("without", None), ("with", site)):
        place = home / name
        assert rung("init", str(place), at=home, site=path).returncode == 0
        wish = ["--policy", "tobacco.service-classes", "--as-of", tables.as_of.isoformat()]
        asked = [str(home / "customers.csv"), *events, *wish, "--json"]
        ended = rung("grade", *asked, at=place, site=path)
        assert ended.returncode == 0, ended.stderr
        told = json.loads(ended.stdout)
        found[name] = place / "runs" / told["run"], told["manifest"]
    return found


def test_no_grade_and_no_value_of_another_sector_is_changed(
    without_and_with: dict[str, tuple[Path, Any]],
) -> None:
    (plain, _told), (beset, _told_too) = without_and_with["without"], without_and_with["with"]
    files = sorted(each.name for each in plain.iterdir())
    assert files == sorted(each.name for each in beset.iterdir())
    for name in files:
        if name.endswith(".arrow"):  # between its columns the format pads with whatever memory holds
            one, other = (pl.read_ipc(folder / name) for folder in (plain, beset))
            assert one.schema == other.schema
            assert one.rows() == other.rows()
        elif name != "run.json":
            assert (plain / name).read_bytes() == (beset / name).read_bytes()
    assert pl.read_ipc(plain / "results.arrow").height == 300


def test_the_manifest_says_the_same_and_names_no_fault(
    without_and_with: dict[str, tuple[Path, Any]],
) -> None:
    own = {"run_id", "created_at"}
    one, other = (
        {key: value for key, value in told.items() if key not in own}
        for _folder, told in (without_and_with["without"], without_and_with["with"])
    )
    assert one == other
    assert one["faults"] == []


def test_every_verb_about_plugins_goes_on_among_them(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    laid_down(site)
    listed = rung("plugins", "list", "--json", at=tmp_path, site=site)
    assert listed.returncode == 1, listed.stderr
    told = {each["id"]: each["state"] for each in json.loads(listed.stdout)["plugins"]}
    assert {told[name] for name in INNOCENT} == {"loaded"}
    assert {told[each.name] for each in BROKEN} == {"faulty"}
    doctor = rung("plugins", "doctor", at=tmp_path, site=site)
    assert doctor.returncode == 1
    assert "missing_package" in doctor.stdout
    assert "Install the package it needs, or reinstall rung-missing_package." in doctor.stdout
    assert rung("--help", at=tmp_path, site=site).returncode == 0
    assert rung("policy", "list", at=tmp_path, site=site).returncode in (0, 1)

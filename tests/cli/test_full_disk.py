"""A disk without room is told as such, by every verb that writes a file; no half file is left."""

from __future__ import annotations

import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import pytest
from commands import CUSTOMERS, Cli, Ended

from rung.errors import RungError
from rung.runs import atomic
from rung.workspace import Workspace
from rung.workspace.grades_export import export_rows

FULL = ("The disk is full.", "The file would be larger than is allowed here.")
"""As a disk has it, and a limit on the size of files."""
FILLER = "filler"


class Disk:
    """A disk of 4 MB where one may be mounted, else a folder whose files stand for a device always full."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder
        command = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)]
        self.is_mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0

    @contextmanager
    def full(self) -> Iterator[None]:
        """Leave no room on it."""
        if self.is_mounted:
            with suppress(OSError), (self.folder / FILLER).open("wb", buffering=0) as filler:
                while filler.write(b"x" * 1024):
                    pass
            yield
            (self.folder / FILLER).unlink()
            return
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(atomic, "_claim", _claimed_in_vain)
            yield

    @property
    def files(self) -> dict[str, bytes]:
        """What lies on it."""
        found = (each for each in self.folder.rglob("*") if each.is_file() and each.name != FILLER)
        return {str(each.relative_to(self.folder)): each.read_bytes() for each in found}


def _claimed_in_vain(target: Path) -> tuple[Path, IO[bytes]]:
    part, lock = _CLAIM(target)
    part.symlink_to("/dev/full")
    return part, lock


_CLAIM = atomic._claim


@contextmanager
def no_file_may_grow() -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def refused(ended: Ended, out: Path) -> None:
    assert ended.code == 2
    assert any(each in ended.err for each in FULL), ended.err
    assert ended.err.startswith(f"rung: {out}")
    assert ended.err.endswith("Nothing was written.\n")


@pytest.fixture
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Disk]:
    made = Disk(tmp_path_factory.mktemp("disks") / "small")
    yield made
    if made.is_mounted:
        subprocess.run(["umount", "--lazy", str(made.folder)], check=True)


@pytest.fixture
def work(cli: Cli, shop: Path) -> Path:
    """A workspace with a run and an act on record, on a disk that has room."""
    assert cli("init").code == 0
    assert cli("grade", "customers.csv", "--policy", "shop.toml").code == 0
    assert cli("note", "add", "C1", "电话未通").code == 0
    changed = (shop / "shop.toml").read_text(encoding="utf-8").replace("A = 80", "A = 90")
    (shop / "changed.toml").write_text(changed, encoding="utf-8")
    return shop


@pytest.mark.usefixtures("work")
def test_a_copy_of_the_ledger_is_whole_or_not_there(cli: Cli, disk: Disk) -> None:
    out = disk.folder / "ledger.jsonl.gz"
    with disk.full():
        refused(cli("ledger", "backup", out), out)
    assert disk.files == {}
    assert cli("ledger", "backup", out).code == 0


@pytest.mark.usefixtures("work")
@pytest.mark.parametrize("is_there", [False, True])
@pytest.mark.parametrize(
    ("name", "verb"),
    [
        *(
            (f"grades.{ending}", ("grade", "customers.csv", "--policy", "shop.toml", "--out"))
            for ending in ("csv", "parquet", "jsonl", "xlsx")
        ),
        ("moves.parquet", ("policy", "simulate", "changed.toml", "--against", "shop.toml", "--out")),
        ("sheet.html", ("explain", "C1", "--to", "html", "--out")),
        ("acts.jsonl", ("audit", "export")),
        ("due.ics", ("follow", "calendar", "--out")),
        ("method.html", ("policy", "docs", "shop.toml", "--to", "html", "--out")),
        ("schema.json", ("policy", "schema", "--out")),
    ],
)
def test_a_file_is_written_whole_or_not_at_all_and_the_disk_is_named(
    cli: Cli, disk: Disk, name: str, verb: tuple[str, ...], is_there: bool
) -> None:
    out = disk.folder / name
    if is_there:
        out.write_bytes(b"as it was")
    with disk.full():
        refused(cli(*verb, out), out)
    assert disk.files == ({name: b"as it was"} if is_there else {})
    assert cli(*verb, out).code == 0
    assert set(disk.files) == {name}


def test_a_run_is_kept_whole_or_not_at_all(
    cli: Cli, shop: Path, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(disk.folder)
    for name in ("shop.toml", "customers.csv"):
        (disk.folder / name).write_bytes((shop / name).read_bytes())
    assert cli("init").code == 0
    before = disk.files
    with disk.full() if disk.is_mounted else no_file_may_grow():
        refused(cli("grade", "customers.csv", "--policy", "shop.toml"), disk.folder / "runs")
    assert disk.files == before
    assert cli("grade", "customers.csv", "--policy", "shop.toml").code == 0
    monkeypatch.chdir(shop)  # a disk one stands on cannot be taken away


@pytest.mark.parametrize("ending", ["csv", "parquet", "jsonl", "xlsx"])
def test_what_the_screen_exports_is_written_whole_or_not_at_all(work: Path, disk: Disk, ending: str) -> None:
    place, now = Workspace.open(work), datetime.now(UTC)
    with place.run() as run:
        run_id = run.manifest.run_id
    out = disk.folder / f"grades.{ending}"
    with disk.full(), pytest.raises(RungError, match=r"disk is full|larger than is allowed"):
        export_rows(place, run_id, None, out, "en", now, lambda *_told: None)
    assert disk.files == {}
    assert export_rows(place, run_id, None, out, "en", now, lambda *_told: None) == CUSTOMERS.count("\nC")

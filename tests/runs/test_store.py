"""A run is kept whole or not at all, and found again by id, by customer and as the latest."""

from __future__ import annotations

import contextlib
import errno
import os
import resource
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from rung.errors import RungError
from rung.runs.manifest import Manifest, PolicyStamp
from rung.runs.run import MEASURED, POLICY, RESULTS, seal
from rung.runs.store import RunStore, run_id_of
from rung.text import Text

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def manifest(run_id: str, created_at: datetime = NOON) -> Manifest:
    return Manifest(
        run_id=run_id,
        created_at=created_at,
        rung_version="0.1.0",
        policy=PolicyStamp("bank.tiers", "1", "ab", Text.same("Tiers"), "tiers.toml"),
        plugin=None,
        as_of=date(2026, 3, 1),
        inputs=(),
        input_sha256="",
        calibration={},
        rows=2,
        grades=(),
        flags=(),
        criteria=(),
        counts={"A": 2},
        flagged={},
        not_graded={},
        quality={},
        rejected=0,
        faults=(),
        score_decimals=2,
        point_decimals=2,
        columns=(),
    )


def put(store: RunStore, created_at: datetime = NOON, policy: str = "bank.tiers") -> str:
    with store.writing(run_id_of(created_at, policy)) as (run_id, folder):
        ids, names = ["C1", "C2"], ["甲公司", None]
        graded = pl.LazyFrame({"customer_id": ids, "customer_name": names, "score": [9000, 8000]})
        graded.sink_ipc(folder / RESULTS, compression="uncompressed")
        measured = pl.LazyFrame({"customer_id": ids, "customer_name": names, "assets": [1250, None]})
        measured.sink_ipc(folder / MEASURED, compression="uncompressed")
        (folder / POLICY).write_text("{}", encoding="utf-8")
        seal(folder, manifest(run_id, created_at))
    return run_id


def everything_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_a_run_written_is_read_back_with_its_customers(tmp_path: Path) -> None:
    store = RunStore(tmp_path / "runs")
    with store.open(put(store)) as run:
        assert run.manifest.counts == {"A": 2}
        customer = run.find("C1")
        assert (customer.row, customer.name) == (0, "甲公司")
        assert customer.result == {"customer_id": "C1", "customer_name": "甲公司", "score": 9000}
        assert customer.measured["assets"] == 1250
        assert run.find("甲公司").id == "C1"
        assert run.frame().select("score").collect().to_series().to_list() == [9000, 8000]


def test_nothing_but_the_run_is_left_beside_it(tmp_path: Path) -> None:
    run_id = put(RunStore(tmp_path))
    assert everything_in(tmp_path) == [
        run_id, *(f"{run_id}/{name}" for name in (MEASURED, POLICY, RESULTS, "run.json"))
    ]  # fmt: skip


def test_an_id_already_taken_gets_a_number(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    assert [put(store), put(store), put(store)] == [
        "20260301T120000Z-bank.tiers",
        "20260301T120000Z-bank.tiers.2",
        "20260301T120000Z-bank.tiers.3",
    ]


def test_the_latest_run_is_the_one_made_last_even_within_a_second(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    put(store, NOON - timedelta(days=1), "bank.zeta")
    put(store, NOON + timedelta(milliseconds=2), "bank.alpha")
    put(store, NOON + timedelta(milliseconds=1), "bank.beta")
    with store.open("latest") as run:
        assert run.manifest.run_id == "20260301T120000Z-bank.alpha"
    assert [found.run_id for found in store.shelved().manifests] == [
        "20260301T120000Z-bank.alpha",
        "20260301T120000Z-bank.beta",
        "20260228T120000Z-bank.zeta",
    ]


def test_a_run_that_failed_half_way_leaves_nothing(tmp_path: Path) -> None:
    store = RunStore(tmp_path / "runs")

    def fail() -> None:
        with store.writing("r1") as (_id, folder):
            (folder / RESULTS).write_bytes(b"half")
            raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        fail()
    assert everything_in(tmp_path / "runs") == []


def test_an_unknown_run_is_refused_with_the_nearest(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    put(store)
    with pytest.raises(RungError, match=r"Did you mean “20260301T120000Z-bank\.tiers”"):
        store.open("20260301T120000Z-bank.tires")


def test_without_any_run_the_next_step_is_named(tmp_path: Path) -> None:
    with pytest.raises(RungError, match="rung grade"):
        RunStore(tmp_path / "runs").open("latest")


def test_an_unknown_customer_is_refused_with_an_example(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    with store.open(put(store)) as run, pytest.raises(RungError, match="such as “C1”"):
        run.find("C9")


@pytest.mark.parametrize("name", [RESULTS, MEASURED, POLICY])
def test_a_run_with_a_file_cut_short_or_gone_is_refused(tmp_path: Path, name: str) -> None:
    store = RunStore(tmp_path)
    path = tmp_path / put(store) / name
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(RungError, match=name):
        store.open()
    path.unlink()
    with pytest.raises(RungError, match=name):
        store.open()


def test_a_damaged_run_does_not_hide_the_others(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    good = put(store)
    bad = put(store, NOON + timedelta(days=1))
    (tmp_path / bad / "run.json").write_text("{")
    shelved = store.shelved()
    assert [found.run_id for found in shelved.manifests] == [good]
    assert [problem.message for problem in shelved.problems] == ["The manifest is damaged."]


def test_a_folder_that_cannot_be_written_is_one_clear_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for place, words in [
        (tmp_path / "file" / "runs", "not there"),
        (tmp_path / "none" / "runs", "not there"),
        (Path("/proc/runs"), "not there"),
    ]:
        with pytest.raises(RungError, match=words) as caught:
            put(RunStore(place))
        assert len(caught.value.problems) == 1
        assert "Nothing was written." in str(caught.value)


def _mounted(disk: Path) -> bool:
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 kB where mounting one is allowed, else a limit on the size of files."""
    disk = tmp_path / "disk"
    if _mounted(disk):
        yield disk
        subprocess.run(["umount", str(disk)], check=True)
        return
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (256 * 1024, before[1]))
    yield disk
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def fill(store: RunStore) -> None:
    with store.writing("r1") as (_id, folder):
        pl.LazyFrame({"n": range(100_000)}).sink_ipc(folder / RESULTS, compression="uncompressed")


def test_a_full_disk_is_one_clear_problem_and_nothing_is_left(small_disk: Path) -> None:
    store = RunStore(small_disk / "runs")
    with pytest.raises(RungError, match=r"disk is full|larger than is allowed"):
        fill(store)
    assert everything_in(small_disk / "runs") == []
    assert put(store) == "20260301T120000Z-bank.tiers"


def test_a_limit_on_the_size_of_files_is_one_clear_problem_too(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (256 * 1024, before[1]))
    try:
        with pytest.raises(RungError, match="larger than is allowed"):
            fill(RunStore(tmp_path))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert everything_in(tmp_path) == []


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES])
def test_a_folder_that_may_not_be_written_is_one_clear_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(*_arguments: object, **_names: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "mkdir", refuse)  # root may write anywhere, so the disk's answer is played
    with pytest.raises(RungError, match="may not be written"):
        put(RunStore(tmp_path / "runs"))


WRITER = """
    import sys, time
    from pathlib import Path
    from rung.runs.store import RunStore
    with RunStore(Path(sys.argv[1])).writing("slow") as (run_id, folder):
        (folder / "results.arrow").write_bytes(b"half")
        print("writing", flush=True)
        time.sleep(60)
"""


def heard_again() -> None:
    """Have Ctrl-C heard: a shell may start the tests with it off, and what they start has it off then too."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextlib.contextmanager
def slow_writer(folder: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", textwrap.dedent(WRITER), str(folder)]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        preexec_fn=heard_again,
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "writing\n"
        try:
            yield writer
        finally:
            writer.kill()


def test_a_writer_stopped_by_ctrl_c_cleans_up(tmp_path: Path) -> None:
    with slow_writer(tmp_path) as writer:
        writer.send_signal(signal.SIGINT)
        writer.wait(timeout=20)
    assert everything_in(tmp_path) == []


def test_what_a_killed_writer_left_is_removed_by_the_next(tmp_path: Path) -> None:
    with slow_writer(tmp_path) as writer:
        writer.kill()
        writer.wait(timeout=20)
    assert any("slow" in name for name in everything_in(tmp_path))
    store = RunStore(tmp_path)
    assert store.ids() == ()
    run_id = put(store)
    assert {name.partition(os.sep)[0] for name in everything_in(tmp_path)} == {run_id}


def test_the_work_of_a_living_writer_is_left_alone(tmp_path: Path) -> None:
    with slow_writer(tmp_path):
        put(RunStore(tmp_path))
        assert sum("results.arrow" in name for name in everything_in(tmp_path)) == 2


def test_a_run_is_read_without_polars_or_pydantic(tmp_path: Path) -> None:
    put(RunStore(tmp_path))
    code = f"""
        import sys
        from pathlib import Path
        from rung.runs import RunStore
        with RunStore(Path({str(tmp_path)!r})).open() as run:
            assert run.find("C2").row == 1
        print(sorted({{"polars", "pydantic", "narwhals", "click"}} & set(sys.modules)))
    """
    ran = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=True
    )
    assert ran.stdout == "[]\n"

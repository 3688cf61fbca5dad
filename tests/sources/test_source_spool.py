"""What is laid down is private, small in memory, and gone at the end, whatever the end was."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest
from source_desk import POLICY, handing_over

from rung.errors import RungError
from rung.pipeline.sources.contained import UnfitTableError
from rung.pipeline.sources.folder import private_folder
from rung.pipeline.sources.spool import Spool

Install = Callable[..., Path]


def test_batches_in_any_number_make_the_same_file(tmp_path: Path) -> None:
    rows = 600_000
    table = pl.DataFrame({"id": range(rows), "word": [f"w{n % 7}" for n in range(rows)]})
    files = []
    for step in (rows, 250_000, 99_999):
        folder = tmp_path / str(step)
        folder.mkdir()
        spool = Spool(folder, "customers")
        for first in range(0, rows, step):
            spool.take(table[first : first + step])
        path = spool.close()
        assert spool.rows == rows
        assert [each.name for each in folder.iterdir()] == ["customers.parquet"]
        files.append(path.read_bytes())
    assert files[0] == files[1] == files[2]
    assert pl.read_parquet(files[0]).equals(table)


def test_whole_numbers_are_not_rounded_by_a_batch_of_floating_point(tmp_path: Path) -> None:
    large, small = pl.DataFrame({"id": [2**53 + 1]}), pl.DataFrame({"id": [1.0]})
    for first, second in ((large, small), (small, large)):
        spool = Spool(tmp_path, "customers")
        spool.take(first)
        with pytest.raises(UnfitTableError, match="beyond 9,007,199,254,740,992"):
            spool.take(second)
    spool = Spool(tmp_path, "customers")
    spool.take(pl.DataFrame({"id": [2**53 - 1]}))
    spool.take(small)
    assert pl.read_parquet(spool.close())["id"].to_list() == [2**53 - 1, 1]


def test_a_day_far_off_is_kept_beside_moments_in_nanoseconds(tmp_path: Path) -> None:
    end = pl.DataFrame({"until": [date(9999, 12, 31)]})
    moment = pl.DataFrame({"until": [datetime(2026, 1, 1, 3)]}, schema={"until": pl.Datetime("ns")})
    for batches in ((end, moment), (moment, end)):
        spool = Spool(tmp_path, "customers")
        for each in batches:
            spool.take(each)
        assert set(pl.read_parquet(spool.close())["until"].dt.year()) == {9999, 2026}


def test_a_full_disk_is_told_as_such(tmp_path: Path) -> None:
    code = """
    import resource, signal, sys
    from pathlib import Path
    import polars as pl
    from rung.errors import RungError
    from rung.pipeline.sources.spool import Spool
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
    spool = Spool(Path(sys.argv[1]), "customers")
    spool.take(pl.DataFrame({"id": range(300_000)}))
    try:
        getattr(spool, sys.argv[2])(*([pl.DataFrame({"id": [1]})] if sys.argv[2] == "take" else []))
    except RungError as error:
        print(error)
    """
    for step in ("take", "close"):
        ran = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(code), tmp_path, step],
            capture_output=True,
            encoding="utf-8",
            check=True,
            env={**os.environ, "RUNG_LANG": "en"},
        )
        assert "The file would be larger than is allowed here." in ran.stdout


def test_nobody_else_may_look_into_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with private_folder() as folder:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert folder.parent == tmp_path
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_writer_left_goes_with_the_next_and_a_living_ones_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    killed = tmp_path / "rung-source-killed"
    killed.mkdir()
    (killed / ".lock").touch()
    (killed / "customers.parquet").touch()
    with private_folder() as living:
        assert not killed.exists()
        with private_folder():
            assert living.exists()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    with pytest.raises(RungError, match="not there"), private_folder():
        pass


SLOW = """
import time
import polars as pl

def slowly():
    for n in range(10_000):
        yield pl.DataFrame({"customer_id": range(300_000 * n, 300_000 * n + 300_000), "spent": 5, "late": 0})
        pathlib.Path("begun").touch()
        time.sleep(0.05)
import pathlib
"""


@pytest.mark.parametrize("second", [False, True])
def test_ctrl_c_leaves_no_file(install: Install, tmp_path: Path, second: bool) -> None:
    site = install("odd", handing_over("SourceTables(customers=slowly())", SLOW))
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    (tmp_path / "shop.toml").write_text(POLICY)
    environment = {**os.environ, "PYTHONPATH": str(site), "TMPDIR": str(temporary), "RUNG_LANG": "en"}
    process = subprocess.Popen(
        [sys.executable, "-m", "rung", "grade", "--from", "odd", "--policy", "shop.toml"],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while not (tmp_path / "begun").exists() and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.05)
    time.sleep(0.3)
    assert list(temporary.iterdir()) != []
    process.send_signal(signal.SIGINT)
    if second:
        process.send_signal(signal.SIGINT)
    _out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, "rung: Stopped; nothing was written.\n")
    assert list(temporary.iterdir()) == []


@pytest.mark.slow
def test_a_million_rows_in_batches_need_little_memory(tmp_path: Path) -> None:
    code = """
    import resource, sys
    from pathlib import Path
    import polars as pl
    from rung.pipeline.sources.spool import Spool
    words = pl.Series(["x" * 200])
    def batch(first, rows):
        return pl.DataFrame({"id": range(first, first + rows), "text": words.new_from_index(0, rows)})
    spool = Spool(Path(sys.argv[1]), "customers")
    spool.take(batch(0, 1000))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for first in range(1000, 4_000_000, 20_000):
        spool.take(batch(first, 20_000))
    spool.close()
    print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
    """
    ran = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), tmp_path],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    # The rows themselves are 850 MB.
    assert int(ran.stdout) < 500

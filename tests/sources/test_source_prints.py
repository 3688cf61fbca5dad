"""What a data source prints goes to standard error, also for a program that reads it by the Python API."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import polars as pl
import pytest
from source_desk import handing_over

from rung.errors import RungError
from rung.pipeline.sources import Asked, read_options, supplied_tables, wanted_of
from rung.plugins import PluginHost
from rung.policy.shelf import Shelf

Install = Callable[..., Path]

PRINTS = """
import sys
import polars as pl
print("imported")

def batches():
    try:
        for number in (1, 2):
            print("batch", number)
            yield pl.DataFrame({{"customer_id": [f"C{{number}}"], "spent": [number], "late": [0]}})
        {end}
    finally:
        sys.stdout.write("closed\\n")

def tables():
    print("asked")
    return SourceTables(customers=batches())
"""
SAID = ["imported", "asked", "batch 1", "batch 2", "closed"]


def read() -> list[str]:
    """Have the source read as a program does, and return the customers; what they do with them prints too."""
    host = PluginHost()
    source = host.source("odd")
    asked = Asked(
        source=source,
        options=read_options(source, {}, {}),
        wanted=wanted_of([Shelf(host, ()).find("shop.toml")], host, date(2026, 3, 1)),
        at=datetime(2026, 3, 1, tzinfo=UTC),
    )
    with supplied_tables(asked, host, lambda *_told: print("reading")) as found:
        print("read")
        return pl.read_parquet(found.customers)["customer_id"].to_list()


def test_a_source_that_prints_leaves_the_output_of_a_program_alone(
    shop: Path, install: Install, capsys: pytest.CaptureFixture[str]
) -> None:
    assert shop.is_dir()
    install("odd", handing_over("tables()", PRINTS.format(end="")))
    before = sys.stdout
    assert read() == ["C1", "C2"]
    assert sys.stdout is before
    printed = capsys.readouterr()
    assert printed.err.splitlines() == SAID
    assert set(printed.out.splitlines()) == {"reading", "read"}  # the program's own stays where it was


def test_a_program_that_turned_its_output_elsewhere_gets_it_back(
    shop: Path, install: Install, capsys: pytest.CaptureFixture[str]
) -> None:
    assert shop.is_dir()
    install("odd", handing_over("tables()", PRINTS.format(end="")))
    with redirect_stdout(StringIO()) as kept:
        read()
        print("after")
    assert kept.getvalue().splitlines()[-2:] == ["read", "after"]
    assert capsys.readouterr().out == ""


def test_a_source_that_fails_half_way_leaves_it_alone_too(
    shop: Path, install: Install, capsys: pytest.CaptureFixture[str]
) -> None:
    assert shop.is_dir()
    install("odd", handing_over("tables()", PRINTS.format(end="raise OSError('the line broke')")))
    before = sys.stdout
    with pytest.raises(RungError, match="the line broke"):
        read()
    assert sys.stdout is before
    printed = capsys.readouterr()
    assert printed.err.splitlines() == SAID
    assert set(printed.out.splitlines()) == {"reading"}

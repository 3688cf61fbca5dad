"""A source is asked for the fields and events the policies rest on, and for nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from source_desk import Cli, handing_over

Install = Callable[..., Path]

ORDERS = """
schema = 1
id = "own.orders"
version = "1"
sector = "general"
title = "Orders"
grades = ["A", "B"]
grading = { mode = "score", cutoffs = { A = 50 } }
[fields.liked]
title = "Liked"
kind = "integer"
[[criteria]]
id = "orders"
title = "Orders"
measure = "orders_12m"
bands = [{ when = ">= 1", points = 100 }, { when = "< 1", points = 0 }]
[[criteria]]
id = "liked"
title = "Liked"
measure = "liked"
weight = 1
missing = "drop"
bands = [{ when = ">= 1", points = 100 }, { when = "< 1", points = 0 }]
"""
BEFORE = """
import json
from pathlib import Path

import polars as pl

CUSTOMERS = pl.DataFrame({"customer_id": ["C1", "C2"]})
ORDERS = pl.DataFrame({"customer_id": ["C1"], "date": ["2026-06-01"], "junk": [1]})


def asked(wanted):
    told = [wanted.sector.id, wanted.fields, dict(wanted.events), str(wanted.as_of)]
    known = [each.id for each in wanted.sector.fields]
    Path("asked.json").write_text(json.dumps([*told, "liked" in known]))
    return True


def unread():
    raise AssertionError("nobody asked for these")
    yield
"""


@pytest.fixture
def orders(install: Install, shop: Path) -> Callable[[str], None]:
    """Return a function that installs a source with those tables of events."""
    (shop / "orders.toml").write_text(ORDERS, encoding="utf-8")

    def installed(events: str) -> None:
        tables = f"SourceTables(customers=CUSTOMERS, events={events})"
        install("odd", handing_over(f"asked(wanted) and {tables}", BEFORE))

    return installed


def _graded(cli: Cli, *more: str) -> dict[str, Any]:
    given = ("--policy", "orders.toml", "--as-of", "2026-06-30", "--json", *more)
    ended = cli("grade", "--from", "odd", *given)
    assert ended.err == ""
    manifest = ended.json["manifest"]
    assert isinstance(manifest, dict)
    return manifest


def test_what_is_wanted_is_what_the_policy_rests_on(
    cli: Cli, orders: Callable[[str], None], shop: Path
) -> None:
    orders("{'orders': ORDERS}")
    _graded(cli)
    assert json.loads((shop / "asked.json").read_text()) == [
        "general",
        ["customer_id", "customer_name", "liked"],
        {"orders": ["customer_id", "date"]},
        "2026-06-30",
        True,
    ]


def test_events_are_graded_and_told_under_the_sources_name(cli: Cli, orders: Callable[[str], None]) -> None:
    orders("{'orders': iter([ORDERS])}")
    manifest = _graded(cli)
    assert manifest["counts"] == {"A": 1, "B": 1}
    assert manifest["source"]["rows"] == {"customers": 2, "orders": 1}
    assert [each["path"] for each in manifest["inputs"]] == ["odd", "odd"]
    assert [each["read"]["file"] for each in manifest["quality"]["events"]] == ["odd"]


def test_a_table_of_events_without_a_batch_is_one_without_rows(
    cli: Cli, orders: Callable[[str], None]
) -> None:
    orders("{'orders': iter([])}")
    assert _graded(cli)["counts"] == {"A": 0, "B": 2}


def test_events_nobody_asked_for_are_left_alone(cli: Cli, orders: Callable[[str], None]) -> None:
    orders("{'orders': ORDERS, 'payments': unread()}")
    assert _graded(cli)["source"]["rows"] == {"customers": 2, "orders": 1}


def test_a_file_of_events_goes_before_the_source(cli: Cli, orders: Callable[[str], None], shop: Path) -> None:
    orders("{'orders': unread()}")
    (shop / "orders.csv").write_text("customer_id,date\nC2,2026-06-01\n")
    manifest = _graded(cli, "--events", "orders=orders.csv")
    assert manifest["source"]["rows"] == {"customers": 2}
    assert json.loads((shop / "asked.json").read_text())[2] == {}
    assert [Path(each["path"]).name for each in manifest["inputs"]] == ["odd", "orders.csv"]


def test_a_draft_of_a_mapping_asks_for_all_there_is(
    cli: Cli, orders: Callable[[str], None], shop: Path
) -> None:
    orders("{'orders': ORDERS}")
    assert cli("grade", "--from", "odd", "--policy", "orders.toml", "--draft-map").code == 0
    assert len(json.loads((shop / "asked.json").read_text())[1]) > 5

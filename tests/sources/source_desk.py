"""A connector to a small database, the policy that asks for it, and how a command ended."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

POLICY = """
schema = 1
id = "shop.tiers"
version = "1"
title = { zh = "店铺等级", en = "Shop tiers" }
grades = ["A", "B", "C"]

[fields.spent]
title = { zh = "消费", en = "Spent" }
kind = "money"
[fields.late]
title = { zh = "逾期", en = "Days late" }
kind = "integer"

[grading]
mode = "score"
cutoffs = { A = 80, B = 40 }

[[criteria]]
id = "spent"
title = { zh = "消费", en = "Spent" }
measure = "spent"
weight = 2
bands = [
    { when = ">= 1_000", points = 100 },
    { when = "[100..1_000)", points = 60 },
    { when = "< 100", points = 0 },
]

[[criteria]]
id = "late"
title = { zh = "逾期", en = "Days late" }
measure = "late"
weight = 1
missing = "worst"
bands = [{ when = "0", points = 100 }, { when = "not(0)", points = 10 }]
"""

CRM = """
import sqlite3

import polars as pl

from rung.sdk import Choice, DataSource, Field, Kind, SourceTables, Text, hookimpl

RUNG_API = 1


def read(options, wanted):
    database = sqlite3.connect(options["file"])
    if options["fails"] == "at once":
        raise ConnectionError(f"refused: https://crm/?key={options['token']!r} {options}")
    found = database.execute("select " + ", ".join(wanted.fields) + " from customers")
    names = [each[0] for each in found.description]

    def batches():
        while rows := found.fetchmany(int(options["batch"] or 2)):
            yield pl.DataFrame(rows, schema=names, orient="row")
            if options["fails"] == "half-way":
                raise OSError("the line broke")

    return SourceTables(customers=batches())


def option(name, kind=Kind.TEXT, **more):
    return Field(id=name, title=Text(name, name.title()), kind=kind, **more)


@hookimpl
def rung_source():
    return DataSource(
        id="crm",
        title=Text("客户系统", "The CRM"),
        about=Text("读取客户系统。", "Reads the CRM."),
        options=(
            option("file", is_required=True),
            option("batch", Kind.INTEGER, low=1, high=100_000),
            option("since", Kind.DATE),
            option("region", Kind.CATEGORY, choices=(Choice(id="east", title=Text("东", "East")),)),
            option("fails"),
            option("token", is_required=True, is_sensitive=True),
        ),
        read=read,
    )
"""

HANDS_OVER = """
from rung.sdk import DataSource, SourceTables, Text, hookimpl

RUNG_API = 1
{before}

def read(options, wanted):
    return {expression}


@hookimpl
def rung_source():
    words = Text("", "Odd")
    return DataSource(id="odd", title=words, about=words, read=read)
"""


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Cli = Callable[..., Ended]


def handing_over(expression: str, before: str = "") -> str:
    """Return the code of a source ``odd`` that hands over what an expression says."""
    return HANDS_OVER.format(expression=expression, before=before)


def temporary(shop: Path) -> list[str]:
    """Return what lies in the folder for temporary files."""
    return sorted(each.name for each in (shop.parent / "tmp").iterdir())


def everything(folder: Path) -> bytes:
    """Return the bytes of every file below a folder."""
    return b"".join(each.read_bytes() for each in sorted(folder.rglob("*")) if each.is_file())

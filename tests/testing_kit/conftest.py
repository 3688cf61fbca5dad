"""Plugins made for one test, and a suite run on them by pytest in a process of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

import pytest

SOUND = """
from rung.sdk import Choice, Field, Kind, Measure, Outcome, RecordState, RecordType, Sample, Sector, Text
from rung.sdk import hookimpl
from rung.sdk import sampling

RUNG_API = 1


def _double():
    import narwhals.stable.v2 as nw

    return nw.col("spent") * 2


def _sample(count, seed):
    import datetime
    import random

    rng = random.Random(seed)
    rows = [
        (f"M{n:06d}", sampling.person(rng), str(rng.randrange(5000)), rng.choice("是否"))
        for n in range(count)
    ]
    table = sampling.columns(("会员号", "姓名", "消费额", "是否会员"), rows)
    return Sample(customers=sampling.frame(table), events={}, as_of=datetime.date(2026, 6, 30))


@hookimpl
def rung_sector():
    return Sector(
        id="shop",
        title=Text("小店", "Shop"),
        about=Text("小店的客户。", "Customers of a shop."),
        fields=(
            Field(id="member_id", title=Text("会员号", "Member number"), kind=Kind.TEXT, is_required=True),
            Field(id="member_name", title=Text("姓名", "Name"), kind=Kind.TEXT),
            Field(id="spent", title=Text("消费额", "Spent"), kind=Kind.MONEY, unit="元", low=0, high=10**12),
            Field(id="is_member", title=Text("是否会员", "Is a member"), kind=Kind.BOOLEAN),
            Field(
                id="level",
                title=Text("级别", "Level"),
                kind=Kind.CATEGORY,
                choices=(
                    Choice(id="gold", title=Text("金", "Gold")),
                    Choice(id="tin", title=Text("锡", "Tin")),
                ),
            ),
        ),
        measures=(
            Measure(
                id="double",
                title=Text("两倍", "Double"),
                kind=Kind.MONEY,
                unit="元",
                inputs=("spent",),
                build=_double,
            ),
        ),
        key="member_id",
        name="member_name",
        outcomes=(Outcome(id="bought", title=Text("已购", "Bought"), key="b", facts={"is_member": True}),),
        records=(
            RecordType(
                id="complaint",
                title=Text("投诉", "Complaint"),
                fields=(
                    Field(id="subject", title=Text("内容", "Subject"), kind=Kind.TEXT, is_required=True),
                ),
                states=(
                    RecordState(id="open", title=Text("受理", "Received")),
                    RecordState(id="done", title=Text("办结", "Settled"), is_open=False),
                ),
            ),
        ),
        policies="shop_plugin.policies",
        sample=_sample,
    )
"""
POLICY = """
schema = 1
id = "shop.tiers"
version = "1"
sector = "shop"
title = { zh = "等级", en = "Tiers" }
grades = ["A", "B"]

[grading]
mode = "score"
cutoffs = { A = 50 }

[[criteria]]
id = "spent"
title = { zh = "消费", en = "Spent" }
measure = "double"
weight = 1
missing = "refuse"
bands = [
    { when = ">= 2000", points = 100 },
    { when = "< 2000", points = 0 },
]

[[tests]]
name = "much"
customer = { double = 3000 }
expect = { grade = "A" }

[[tests]]
name = "little"
customer = { double = 30 }
expect = { grade = "B" }
"""
SUITE = """
from rung.testing import SectorSuite


class TestShop(SectorSuite):
    plugin = "shop"
"""


# Of pytest's own plugins that are installed for our tests: a third party's kit knows none of them.
_NEEDLESS = ("cacheprovider", "asyncio", "syrupy", "textual-snapshot", "xdist", "xdist.looponfail", "timeout")


@dataclass(frozen=True)
class Ran:
    """What pytest said of a suite."""

    output: str

    @property
    def failed(self) -> set[str]:
        return set(re.findall(r"^FAILED \S+::(\w+)", self.output, re.MULTILINE))

    @property
    def counts(self) -> dict[str, int]:
        last = self.output.strip().splitlines()[-1]
        return {
            word: int(count)
            for count, word in re.findall(r"(\d+) (passed|failed|skipped|xfailed|errors?|deselected)", last)
        }

    def said_of(self, test: str) -> str:
        return self.output.partition(f".{test} ")[2].partition("\n____")[0]


Kit = Callable[..., Ran]


@pytest.fixture
def kit(tmp_path: Path) -> Kit:
    """Return a function that lays down a plugin and a test file and runs pytest on it.

    ``swap`` replaces texts in the sound plugin, ``policy_swap`` in its policy; ``suite`` is the test file;
    ``group`` and ``name`` those of its entry point; ``only`` is handed to ``-k``.
    """

    def run(
        *more: str,
        swap: dict[str, str] | None = None,
        policy_swap: dict[str, str] | None = None,
        suite: str = SUITE,
        code: str | None = None,
        group: str = "rung",
        name: str = "shop",
        files: dict[str, str] | None = None,
    ) -> Ran:
        site = tmp_path / "site"
        package = site / "shop_plugin"
        (package / "policies").mkdir(parents=True)
        source = _swapped(SOUND if code is None else dedent(code), swap or {})
        (package / "__init__.py").write_text(source, encoding="utf-8")
        (package / "policies" / "tiers.toml").write_text(
            _swapped(POLICY, policy_swap or {}), encoding="utf-8"
        )
        info = site / "rung_shop-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: rung-shop\nVersion: 1.0\n")
        points = f"[{group}]\n{name} = shop_plugin\n\n[pytest11]\nrung = rung.testing.fixtures\n"
        (info / "entry_points.txt").write_text(points)
        tests = tmp_path / "own"
        tests.mkdir()
        (tests / "test_it.py").write_text(dedent(suite), encoding="utf-8")
        for file, text in (files or {}).items():
            (tests / file).write_text(dedent(text), encoding="utf-8")
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "pytest",
                "-q",
                "-rfEsx",
                *(word for plugin in _NEEDLESS for word in ("-p", f"no:{plugin}")),
                "--rootdir",
                str(tests),
                *more,
                str(tests),
            ],
            cwd=tests,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(site), *filter(None, sys.path)]), "CI": ""},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        return Ran(done.stdout + done.stderr)

    return run


def _swapped(text: str, swap: dict[str, str]) -> str:
    for old, new in swap.items():
        assert old in text, old
        text = text.replace(old, new)
    return text

"""Plugins made for the tests, and suites run on them by pytest in a process of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent
from typing import Any
from xml.etree import ElementTree as ET

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
_REPORT = "report.xml"
_ENDED = {"failure": "failed", "error": "error", "skipped": "skipped"}


@dataclass(frozen=True)
class Ran:
    """What pytest said of a suite."""

    output: str
    ended: Mapping[str, str]
    """How each test ended: passed, failed, error, skipped or xfailed."""

    @property
    def failed(self) -> set[str]:
        return {test.partition("[")[0] for test, how in self.ended.items() if how in {"failed", "error"}}

    @property
    def counts(self) -> dict[str, int]:
        return dict(Counter(self.ended.values()))


@dataclass(frozen=True)
class Made:
    """A plugin to lay down, and the file of tests that names it.

    ``swap`` replaces texts in the plugin, ``policy_swap`` in its policy; ``suite`` is the test file;
    ``group`` and ``name`` those of its entry point. Where ``only`` names tests, the others are left out.
    """

    swap: Mapping[str, str] = field(default_factory=dict)
    policy_swap: Mapping[str, str] = field(default_factory=dict)
    suite: str = SUITE
    code: str = SOUND
    group: str = "rung"
    name: str = "shop"
    only: tuple[str, ...] = ()

    def lay_down(self, mark: str, site: Path, tests: Path) -> list[str]:
        """Install it, its id ending with the mark, and return what pytest is to run."""
        own = f"{self.name}{mark}"

        def marked(text: str, swap: Mapping[str, str]) -> str:
            return re.sub(rf'(?<=[".]){self.name}(?=["._])', own, _swapped(dedent(text), swap))

        package = site / f"{own}_plugin"
        (package / "policies").mkdir(parents=True)
        (package / "__init__.py").write_text(marked(self.code, self.swap), encoding="utf-8")
        (package / "policies/tiers.toml").write_text(marked(POLICY, self.policy_swap), encoding="utf-8")
        install(site, own, self.group, package.name)
        file = tests / f"test_it{mark}.py"
        file.write_text(marked(self.suite, {}), encoding="utf-8")
        return [f"{file.name}::{name}" for name in self.only] or [file.name]


Kit = Callable[..., Ran]
Together = Callable[[Mapping[str, Mapping[str, Any]]], dict[str, Ran]]


@pytest.fixture
def kit(tmp_path: Path) -> Kit:
    """Return a function that lays down one plugin and runs pytest on it, in a process for it alone.

    Words are handed to pytest; ``entry_point`` is another name for it to be installed under, ``files`` lie
    beside its tests, and the rest is as for ``Made``.
    """

    def run(*words: str, entry_point: str = "", files: Mapping[str, str] | None = None, **made: Any) -> Ran:
        site, tests = _folders(tmp_path)
        plugin = Made(**made)
        arguments = plugin.lay_down("", site, tests)
        if entry_point:
            install(site, entry_point, plugin.group, f"{plugin.name}_plugin")
        for file, text in (files or {}).items():
            (tests / file).write_text(dedent(text), encoding="utf-8")
        output = _run(site, tests, [*words, *arguments])
        told = list(_told(tests))
        return Ran(output, {test: how for _mark, test, how, _text in told})

    return run


@pytest.fixture(scope="session")
def together(tmp_path_factory: pytest.TempPathFactory) -> Together:
    """Return a function that lays down many plugins and runs pytest once, and tells what it said of each.

    Each is laid down under an id of its own; what is said of it is told with the id it was written with.
    """

    def run(cases: Mapping[str, Mapping[str, Any]]) -> dict[str, Ran]:
        site, tests = _folders(tmp_path_factory.mktemp("together"))
        made = {f"{number:02d}": Made(**case) for number, case in enumerate(cases.values())}
        words = [word for mark, each in made.items() for word in each.lay_down(mark, site, tests)]
        output = _run(site, tests, words)
        told = list(_told(tests))
        assert {mark for mark, *_others in told} == set(made), output[-6000:]
        return {
            case: Ran(
                "\n".join(text for of, _test, _how, text in told if of == mark).replace(
                    f"{each.name}{mark}", each.name
                ),
                {test: how for of, test, how, _text in told if of == mark},
            )
            for case, (mark, each) in zip(cases, made.items(), strict=True)
        }

    return run


def install(site: Path, name: str, group: str, package: str) -> None:
    """Write a distribution's metadata, so that its package is found by its entry point."""
    info = site / f"rung_{package}-1.0.dist-info"
    info.mkdir(exist_ok=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: rung-{package}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[{group}]\n{name} = {package}\n")


def _folders(folder: Path) -> tuple[Path, Path]:
    site, tests = folder / "site", folder / "own"
    site.mkdir()
    tests.mkdir()
    return site, tests


def _run(site: Path, tests: Path, words: list[str]) -> str:
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
            "--junitxml",
            str(tests / _REPORT),
            *words,
        ],
        cwd=tests,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(site), *filter(None, sys.path)]), "CI": ""},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout + done.stderr


def _told(tests: Path) -> Iterator[tuple[str, str, str, str]]:
    """Yield of each test the mark of its plugin, its name, how it ended, and what was said of it."""
    for case in ET.parse(tests / _REPORT).iter("testcase"):
        test, file = case.get("name", ""), case.get("classname") or case.get("name", "")
        (mark,) = re.findall(r"test_it(\d*)", file)
        how = next((_ENDED[part.tag] for part in case if part.tag in _ENDED), "passed")
        if any(part.get("type") == "pytest.xfail" for part in case):
            how = "xfailed"
        text = "\n".join(f"{part.get('message', '')}\n{part.text or ''}" for part in case)
        yield mark, test, how, text


def _swapped(text: str, swap: Mapping[str, str]) -> str:
    for old, new in swap.items():
        assert old in text, old
        text = text.replace(old, new)
    return text

"""Distributions made for one test: a module and the dist-info folder that announces it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from textwrap import dedent

import pytest

from rung.plugins import PluginHost

Install = Callable[..., Path]

SECTOR = """
from rung.sdk import Field, Kind, Sector, Text, hookimpl

RUNG_API = 1

@hookimpl
def rung_sector():
    return Sector(
        id="{id}",
        title=Text("测试", "Test"),
        about=Text("测试", "A test"),
        fields=(
            Field(id="customer_id", title=Text("编号", "Id"), kind=Kind.TEXT),
            Field(id="customer_name", title=Text("名称", "Name"), kind=Kind.TEXT),
        ),
    )
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a folder that is importable, with what it brought forgotten afterwards."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    before = set(sys.modules)
    yield folder
    for name in set(sys.modules) - before:
        file = getattr(sys.modules[name], "__file__", None)
        if file and str(folder) in file:
            del sys.modules[name]


@pytest.fixture
def install(site: Path) -> Install:
    """Return a function that lays a distribution down; its module is ``SECTOR`` unless code is given."""

    def install(
        plugin: str,
        code: str | None = None,
        *,
        distribution: str | None = None,
        version: str = "1.0",
        value: str | None = None,
        group: str = "rung",
        module: str | None = None,
    ) -> Path:
        module = module or f"plugin_{plugin}"
        file = site / f"{module}.py"
        file.write_text(SECTOR.format(id=plugin) if code is None else dedent(code), encoding="utf-8")
        distribution = distribution or f"rung-{plugin}"
        info = site / f"{distribution.replace('-', '_')}-{version}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: {version}\n")
        (info / "entry_points.txt").write_text(f"[{group}]\n{plugin} = {value or module}\n")
        return file

    return install


@pytest.fixture
def host(site: Path) -> Callable[[], PluginHost]:
    """Return a function that makes a host of the distributions laid down, and of no others."""
    return lambda: PluginHost(
        point for found in metadata.distributions(path=[str(site)]) for point in found.entry_points
    )

"""Distributions that supply panels and exporters, laid down in a folder as an installer would."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from textwrap import dedent

import pytest

from rung.plugins import PluginHost

__all__ = ["EXPORTER", "PANEL", "LayDown", "Site", "host_of", "lay_down", "site"]

Site = Path
LayDown = Callable[..., Path]

PANEL = """
from rung.sdk import Panel, PanelChart, PanelData, PanelRow, Text, Tone, hookimpl

RUNG_API = 1

{show}

@hookimpl
def rung_panel():
    return Panel(id="{id}", title=Text("{zh}", "{en}"), sectors={sectors}, show=show)
"""

EXPORTER = """
from rung.sdk import Exporter, Text, hookimpl

RUNG_API = 1

{write}

@hookimpl
def rung_exporter():
    return Exporter(id="{id}", title=Text("清单", "A list"), endings={endings}, write=write)
"""


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Return a folder that is importable, with what it brought forgotten afterwards."""
    folder = tmp_path_factory.mktemp("site")
    monkeypatch.syspath_prepend(str(folder))
    before = set(sys.modules)
    yield folder
    for name in set(sys.modules) - before:
        file = getattr(sys.modules[name], "__file__", None)
        if file and str(folder) in file:
            del sys.modules[name]


@pytest.fixture
def lay_down(site: Site) -> LayDown:
    """Return a function that lays a distribution down: a panel by its ``show``, an exporter by its ``write``.

    ``code`` is the whole module instead.
    """

    def lay(
        name: str,
        does: str = "",
        *,
        kind: str,
        code: str | None = None,
        distribution: str | None = None,
        sectors: tuple[str, ...] = (),
        endings: tuple[str, ...] = (".lst",),
        zh: str = "面板",
        en: str = "A panel",
    ) -> Path:
        distribution = distribution or f"rung-{name}"
        module = f"laid_{distribution.replace('-', '_')}_{name}"
        if code is None:
            template, part = (PANEL, "show") if kind == "panels" else (EXPORTER, "write")
            code = template.format(
                **{part: dedent(does)}, id=name, sectors=sectors, endings=endings, zh=zh, en=en
            )
        (site / f"{module}.py").write_text(code, encoding="utf-8")
        info = site / f"{distribution.replace('-', '_')}-1.2.dist-info"
        info.mkdir(exist_ok=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.2\n")
        with (info / "entry_points.txt").open("a") as points:
            points.write(f"[rung.{kind}]\n{name} = {module}\n")
        return site / f"{module}.py"

    return lay


def host_of(site: Site) -> PluginHost:
    """Return a host of the distributions laid down, and of no others."""
    return PluginHost(
        point for found in metadata.distributions(path=[str(site)]) for point in found.entry_points
    )

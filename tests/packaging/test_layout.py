"""The house keeps its shape: source roots are no packages, and the light modules stay light."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

HOME = Path(__file__).parents[2]
ROOTS = ("core", "plugins", "policies", "tui")
HEAVY = {"polars", "narwhals", "pydantic", "click", "rich", "textual", "fastexcel", "duckdb", "rung_policies"}


def _sources() -> Iterator[Path]:
    for root in (*ROOTS, "tests", "benchmarks"):
        yield from (HOME / root).rglob("*.py")


def _imported(source: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module


@pytest.mark.parametrize("root", ROOTS)
def test_a_source_root_is_no_package_itself(root: str) -> None:
    assert not (HOME / root / "__init__.py").exists()


def test_nothing_imports_a_source_root_by_its_name() -> None:
    wrong = [
        f"{source.relative_to(HOME)}: {name}"
        for source in _sources()
        for name in _imported(source)
        if name.partition(".")[0] in ROOTS
    ]
    assert wrong == []


def test_the_policies_package_is_nothing_but_a_docstring() -> None:
    body = ast.parse((HOME / "policies/rung_policies/__init__.py").read_text(encoding="utf-8")).body
    assert [type(statement) for statement in body] == [ast.Expr]


def _heavy_after(program: str) -> list[str]:
    watched = f"import sys; {program}; print(*{HEAVY!r}.intersection(sys.modules))"
    done = subprocess.run([sys.executable, "-c", watched], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.mark.parametrize(
    "module", ["rung", "rung.sdk", "rung.hooks", "rung.plugins", "rung.vocabulary", "rung.__main__"]
)
def test_a_light_module_loads_nothing_heavy(module: str) -> None:
    assert _heavy_after(f"import {module}") == []


@pytest.mark.parametrize("plugin", sorted(path.name for path in (HOME / "plugins").glob("rung_*")))
def test_a_plugin_declares_its_sector_without_loading_anything_heavy(plugin: str) -> None:
    assert _heavy_after(f"import {plugin} as plugin; plugin.rung_sector()") == []


def test_everything_imported_is_a_declared_dependency() -> None:
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [name for names in project.get("optional-dependencies", {}).values() for name in names]
    declared = {_normal(name) for name in (*project["dependencies"], *extras)} | {"pydantic-core"}
    # pydantic installs its core in the one version that fits it, and shares its types.
    distributions = packages_distributions()
    imported = {
        name.partition(".")[0]
        for source in _sources()
        if source.relative_to(HOME).parts[0] in ROOTS
        for name in _imported(source)
    }
    strangers = {name for name in imported - sys.stdlib_module_names if name.split("_")[0] != "rung"}
    assert {name for name in strangers if declared.isdisjoint(map(_normal, distributions[name]))} == set()


def _normal(requirement: str) -> str:
    found = re.match(r"[\w.-]+", requirement)
    return re.sub(r"[-_.]+", "-", found[0].lower()) if found else ""


def test_every_module_says_in_its_first_line_what_it_is_for() -> None:
    silent = [
        str(source.relative_to(HOME))
        for source in _sources()
        if source.stat().st_size and ast.get_docstring(ast.parse(source.read_text(encoding="utf-8"))) is None
    ]
    assert silent == []

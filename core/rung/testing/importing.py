"""What importing a plugin costs and touches, measured in a process of its own; and what it imports."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

__all__ = ["HEAVY", "Imported", "Probed", "child", "imports_of", "probed"]

HEAVY: Final = frozenset(
    {
        "duckdb",
        "narwhals",
        "numpy",
        "pandas",
        "polars",
        "pyarrow",
        "pydantic",
        "rich",
        "scipy",
        "sqlalchemy",
        "textual",
    }
)
"""Packages no plugin imports before they are needed."""

_PATIENCE: Final = 120


@dataclass(frozen=True, slots=True)
class Probed:
    """What importing a plugin and calling its hook did."""

    error: str
    module_ms: float
    hook_ms: float
    modules: tuple[str, ...]
    """Imported besides what ``rung.sdk`` and the plugin host need."""
    network: tuple[str, ...]
    processes: tuple[str, ...]
    written: tuple[str, ...]
    threads: tuple[str, ...]
    changed: tuple[str, ...]
    """Settings of the process that are others than before."""


@cache
def probed(group: str, name: str, hook: str, attempt: int = 1) -> Probed:
    """Import a plugin in a process of its own; ``attempt`` tells measurements apart."""
    del attempt
    with tempfile.TemporaryDirectory(prefix="rung-testing-") as folder:
        done = child("rung.testing.probe", group, name, hook, folder=Path(folder))
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it ended without a word"])[-1]
        return Probed(last, 0, 0, *((),) * 6)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    settled: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in told.items()
    }
    return Probed(**settled)


def child(
    module: str, *arguments: str, folder: Path, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a module in a process that finds what this one finds, in a folder of its own."""
    paths = os.pathsep.join(each or str(Path.cwd()) for each in sys.path)
    return subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": paths, "PYTHONUTF8": "1", **(env or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=_PATIENCE,
        check=False,
    )


@dataclass(frozen=True, slots=True)
class Imported:
    """One import in a plugin's source."""

    file: Path
    line: int
    name: str


def imports_of(point: EntryPoint) -> Iterator[Imported]:
    """Yield every import in the package an entry point names, by parsing it; its tests are left out."""
    for file in _sources(point.module.partition(".")[0]):
        tree = ast.parse(file.read_text(encoding="utf-8"), str(file))
        for node in ast.walk(tree):
            yield from (Imported(file, getattr(node, "lineno", 0), name) for name in _names(node))


def _sources(top: str) -> Iterator[Path]:
    spec = find_spec(top)
    if spec is None:
        return
    for folder in spec.submodule_search_locations or ():
        for file in sorted(Path(folder).rglob("*.py")):
            inner = file.relative_to(folder).parts
            if not any(part == "tests" or part.startswith(("test_", "conftest")) for part in inner):
                yield file
    if spec.submodule_search_locations is None and spec.origin:
        yield Path(spec.origin)


def _names(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Import(names=names):
            yield from (each.name for each in names)
        case ast.ImportFrom(module=str(module), names=names, level=0):
            # “from rung import sdk” imports rung.sdk.
            yield from (f"{module}.{each.name}" if module == "rung" else module for each in names)
        case ast.Call(func=ast.Name(id="__import__"), args=[ast.Constant(value=str(name)), *_]):
            yield name
        case ast.Call(func=ast.Attribute(attr="import_module"), args=[ast.Constant(value=str(name)), *_]):
            yield name
        case ast.Call(func=ast.Name(id="import_module"), args=[ast.Constant(value=str(name)), *_]):
            yield name

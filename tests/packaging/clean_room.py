"""An environment as other people have it: Rung's wheel and strangers' plugins, nothing of the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HOME = Path(__file__).parents[2]
STRANGER = Path(__file__).parent / "rung_stranger"
HOTEL = HOME / "examples/rung-hotel"


@dataclass(frozen=True, slots=True)
class Installed:
    """A clean environment that holds Rung's wheel and the strangers', and a folder to work in."""

    wheel: Path
    hotel: Path
    """The wheel of the example plugin."""
    python: Path
    folder: Path
    tools: Path
    """What builds wheels, installed once for all of them."""

    def rung(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        return self._ran([self.python.with_name("rung"), *words], self.folder, more)

    def told(self, *words: str) -> Any:
        done = self.rung(*words, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def tested(self, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a plugin's own tests; its source lies beside them and must not be what is imported."""
        return self._ran([self.python, "-P", "-m", "pytest", "-q", "-ra", *words], folder, {})

    def install(self, *sources: object) -> None:
        # Compiled when imported, as far as it is: the better part never is.
        words = ("--python", self.python, "install", "--quiet", "--no-compile")
        run(sys.executable, "-m", "pip", *words, *sources)

    def build(self, source: Path) -> Path:
        """Build the wheel of a distribution; return it."""
        return build(source, self.folder, self.tools)

    def _ran(
        self, command: list[str | Path], folder: Path, more: Mapping[str, str]
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=folder,
            env={**environment(), "LC_ALL": "C.UTF-8", **more},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )


def environment() -> Mapping[str, str]:
    # Nothing of the checkout may reach the clean environment.
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHONPATH", "PYTEST_", "VIRTUAL_ENV", "RUNG_"))
    }


def run(*words: object, **more: str) -> None:
    done = subprocess.run(
        [str(word) for word in words],
        env={**environment(), **more},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def build(source: Path, wheels: Path, tools: Path) -> Path:
    """Build the wheel of a distribution with the tools alone; return it."""
    before = set(wheels.glob("*.whl"))
    words = ("wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", wheels)
    run(sys.executable, "-m", "pip", *words, source, PYTHONPATH=str(tools))
    (made,) = set(wheels.glob("*.whl")) - before
    return made


def build_tools(folder: Path) -> Path:
    """Install into a folder what the distributions here say they are built with; return it."""
    projects = (
        tomllib.loads((each / "pyproject.toml").read_text("utf-8")) for each in (HOME, STRANGER, HOTEL)
    )
    wanted = sorted({name for project in projects for name in project["build-system"]["requires"]})
    run(sys.executable, "-m", "pip", "install", "--quiet", "--no-compile", "--target", folder, *wanted)
    return folder

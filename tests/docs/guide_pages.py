"""Lays down the files a guide shows, its plugin as if installed, and runs the commands it shows.

In a guide a file is a block below a line that begins with its name: `` `rung_gym.py` ``, and the block. A
``pyproject.toml`` announces what the plugin supplies. A ``console`` block shows commands and what they
print; a ``sh`` block commands that end well.
"""

from __future__ import annotations

import re
import shlex
import sys
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import invalidate_caches
from pathlib import Path

from ran_here import Ended, ran

__all__ = ["BLOCK", "GUIDES", "Page", "installed", "text_of"]

GUIDES = Path(__file__).parents[2] / "docs/guides"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"^`([\w./-]+)`[^\n]*\n\n```\w+\n(.*?)^```", re.MULTILINE | re.DOTALL)
SHOWN = re.compile(r"^```(console|sh)\n(.*?)^```", re.MULTILINE | re.DOTALL)
WIDTH = 104
# A table this wide fits the page without scrolling.


def text_of(name: str) -> str:
    return (GUIDES / name).read_text(encoding="utf-8")


class Page:
    """One guide: its files and its commands."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.language = "zh" if name.endswith(".zh.md") else "en"
        self.text = text_of(name)
        self.files: dict[str, str] = dict(FILE.findall(self.text))

    def lay_down(self, site: Path, folder: Path) -> None:
        """Write the plugin's modules to ``site``, announced by its pyproject.toml, all else to ``folder``."""
        for name, written in self.files.items():
            if name == "pyproject.toml":
                _announce(site, written)
                continue
            is_module = name.startswith("rung_") and not name.endswith(".csv")
            file = (site if is_module else folder) / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(written, encoding="utf-8")

    def run_anew(self, folder: Path) -> str:
        """Return the page with what every command prints now; raise where one of a ``sh`` block fails."""
        environment = {"COLUMNS": str(WIDTH), "LC_ALL": "C.UTF-8", "RUNG_LANG": self.language}

        def run(block: re.Match[str]) -> str:
            told = []
            for line in block[2].splitlines():
                command = line.removeprefix("$ ")
                if block[1] == "console" and command == line:
                    continue
                told.append(line)
                if command.startswith("export "):
                    name, _sign, value = command.removeprefix("export ").partition("=")
                    environment[name] = value
                    continue
                printed = _printed(command, folder, environment, must_end_well=block[1] == "sh")
                printed = [row.replace(str(folder.parent / "site"), "site-packages") for row in printed]
                told += printed if block[1] == "console" else []
            return "\n".join([f"```{block[1]}", *told, "```"])

        return SHOWN.sub(run, self.text)


def _printed(command: str, folder: Path, environment: dict[str, str], *, must_end_well: bool) -> list[str]:
    program, *words = shlex.split(command)
    if program == "cat":
        return (folder / words[0]).read_text(encoding="utf-8-sig").splitlines()
    assert program == "rung", command
    done: Ended = ran(words, folder, **environment)
    assert done.code == 0 or not must_end_well, f"{command}: {done.err}"
    return [line.rstrip() for line in (done.out + done.err).rstrip().splitlines()]


def _announce(site: Path, pyproject: str) -> None:
    project = tomllib.loads(pyproject)["project"]
    groups = project["entry-points"]
    info = site / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    )
    (info / "entry_points.txt").write_text(
        "".join(
            f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in points.items())
            for group, points in groups.items()
        )
    )


@contextmanager
def installed(site: Path) -> Iterator[Callable[[str], object]]:
    """Make what lies in ``site`` importable, and forget it all afterwards."""
    before = set(sys.modules)
    sys.path.insert(0, str(site))
    invalidate_caches()
    try:
        yield __import__
    finally:
        sys.path.remove(str(site))
        for name in set(sys.modules) - before:
            file = getattr(sys.modules[name], "__file__", None)
            if file and str(site) in file:
                del sys.modules[name]

"""The tutorial is run as it stands: its files written, its commands run, in an environment of its own."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

HOME = Path(__file__).parents[2]
PAGES = ("tutorial-plugin.md", "tutorial-plugin.zh.md")
BLOCK = re.compile(r"(?:^`([\w./-]+)`\n\n)?^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SCRIPT = """#!{python}
import sys
from rung.__main__ import main
sys.exit(main())
"""


def _blocks(page: str) -> list[tuple[str, str, str]]:
    """Each block's file, language and text, in order."""
    return BLOCK.findall((HOME / "docs" / page).read_text(encoding="utf-8"))


def test_both_languages_have_the_same_code() -> None:
    assert len(_blocks(PAGES[0])) > 15
    assert _blocks(PAGES[0]) == _blocks(PAGES[1])


def test_both_languages_have_the_same_ten_steps() -> None:
    steps = [
        re.findall(r"^## (\d+)\. ", (HOME / "docs" / page).read_text(encoding="utf-8"), re.MULTILINE)
        for page in PAGES
    ]
    assert steps == [[str(number) for number in range(1, 11)]] * 2


def test_every_block_is_a_file_or_commands() -> None:
    for file, language, text in _blocks(PAGES[0]):
        assert bool(file) != (language == "console"), text
        assert file or all(line.startswith("$ ") for line in text.splitlines())


def _environment(folder: Path) -> dict[str, str]:
    """Make an environment that has what this one has, and room for the plugin."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    site = next(folder.glob("lib/python*/site-packages"))
    # Whatever is installed here, in development or not, is installed there too.
    here = sysconfig.get_path("purelib")
    (site / "here.pth").write_text(f"import site; site.addsitedir({here!r})\n", encoding="utf-8")
    python = folder / "bin/python"
    (folder / "bin/rung").write_text(SCRIPT.format(python=python), encoding="utf-8")
    (folder / "bin/rung").chmod(0o755)
    (folder / "bin/ruff").symlink_to(Path(sys.executable).with_name("ruff"))
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("RUNG_", "PYTHONPATH"))}
    return kept | {
        "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "LC_ALL": "C.UTF-8",
        # The plugins of this project's own tests are no part of an author's environment.
        "PYTEST_ADDOPTS": "-p no:asyncio -p no:syrupy",
    }


@pytest.mark.slow
@pytest.mark.packaging
@pytest.mark.timeout(1_500)
def test_the_tutorial_runs_from_its_first_line_to_its_last(tmp_path: Path) -> None:
    environment = _environment(tmp_path / "venv")
    folder = tmp_path
    for file, _language, text in _blocks(PAGES[0]):
        if file:
            (folder / file).write_text(text, encoding="utf-8")
            continue
        for line in text.splitlines():
            command = line.removeprefix("$ ")
            if command.startswith("cd "):
                folder /= shlex.split(command)[1]
                continue
            done = subprocess.run(
                command,
                shell=True,
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                encoding="utf-8",
                check=False,
            )
            assert done.returncode == 0, f"{command}\n{done.stdout[-6000:]}{done.stderr[-3000:]}"
    assert [wheel.name for wheel in (folder / "dist").iterdir()] == ["rung_hotel-0.1.0-py3-none-any.whl"]

"""What docs/ledger.md and the READMEs show of human input runs as written, in a fresh demo."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from ran_here import ran

pytestmark = pytest.mark.xdist_group("ledger page")  # one demo for all

HOME = Path(__file__).parents[2]
RUNG = str(Path(sys.executable).with_name("rung"))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo such as `rung demo` makes without saying where."""
    folder = tmp_path_factory.mktemp("demo")
    subprocess.run([RUNG, "demo", "rung-demo"], cwd=folder, capture_output=True, check=True, timeout=300)
    return folder


def test_the_program_shown_acts_on_the_demo(demo: Path) -> None:
    (shown,) = re.findall(r"```python\n(.*?)```", (HOME / "docs/ledger.md").read_text("utf-8"), re.DOTALL)
    told = "print(made.proposed_grade, len(foreseen.records), len(batch.records))"
    told_all = subprocess.run(
        [sys.executable, "-c", shown + told],
        cwd=demo,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (told_all.stdout, told_all.stderr) == ("B 27 27\n", "")


@pytest.mark.parametrize(("page", "language"), [("README.md", "en"), ("README.zh-CN.md", "zh")])
def test_what_a_readme_has_one_know_better_is_recorded(demo: Path, page: str, language: str) -> None:
    (block,) = re.findall(r"```sh\n(rung judge .*?)```", (HOME / page).read_text("utf-8"), re.DOTALL)
    commands = [shlex.split(line, comments=True) for line in block.splitlines()]
    assert len(commands) == 5
    for program, *arguments in commands:
        assert program == "rung"
        ended = ran(arguments, demo / "rung-demo", RUNG_LANG=language)
        assert (ended.code, ended.err) == (0, "")

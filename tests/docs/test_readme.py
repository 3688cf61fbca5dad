"""What the READMEs show is what a newcomer sees: files written, commands run, output compared."""

from __future__ import annotations

import re
import shlex
import tempfile
from pathlib import Path

import pytest
from ran_here import ran

HOME = Path(__file__).parents[2]
PAGES = {"README.md": "en", "README.zh-CN.md": "zh"}
FILE = re.compile(r"^`([\w.-]+)`[^\n]*\n\n```(?:csv|toml)\n(.*?)^```", re.MULTILINE | re.DOTALL)
CONSOLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
WIDTH = 104
# A table this wide fits the page without scrolling.


def _text(page: str) -> str:
    return (HOME / page).read_text(encoding="utf-8")


def _printed(command: str, folder: Path, language: str) -> list[str]:
    program, *words = shlex.split(command)
    assert program == "rung"
    done = ran(words, folder, COLUMNS=str(WIDTH), LC_ALL="C.UTF-8", RUNG_LANG=language)
    return [line.rstrip() for line in (done.out + done.err).splitlines()]


def _run_anew(page: str, folder: Path) -> str:
    """The page with every command's output as it is now."""
    for name, written in FILE.findall(_text(page)):
        (folder / name).write_text(written, encoding="utf-8")

    def run(block: re.Match[str]) -> str:
        commands = [line[2:] for line in block[1].splitlines() if line.startswith("$ ")]
        lines = [line for each in commands for line in (f"$ {each}", *_printed(each, folder, PAGES[page]))]
        return "\n".join(["```console", *lines, "```"])

    return CONSOLE.sub(run, _text(page))


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_shown_print_what_is_shown(page: str, tmp_path: Path) -> None:
    assert _text(page).count("\n$ rung ") >= 4
    assert _run_anew(page, tmp_path).splitlines() == _text(page).splitlines(), "run make docs"


@pytest.mark.parametrize("page", [*PAGES, "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_every_file_a_page_links_to_exists(page: str) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", _text(page))
    assert [link for link in links if not (HOME / link).exists()] == []


@pytest.mark.parametrize("page", sorted(path.name for path in (HOME / "docs").glob("*.md")))
def test_every_link_within_a_reference_page_leads_to_a_heading(page: str) -> None:
    headings = {
        re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", _text(f"docs/{page}"), re.MULTILINE)
    }
    assert set(re.findall(r"\]\(#([\w-]+)\)", _text(f"docs/{page}"))) - headings == set()


@pytest.mark.parametrize("page", [*PAGES, "CONTRIBUTING.md"])
def test_every_make_target_a_page_names_exists(page: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (HOME / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"^make ([a-z]+)", _text(page), re.MULTILINE)) <= targets


@pytest.mark.parametrize("page", ["policy.md", "intake.md", "plugins.md", "cli.md"])
def test_the_reference_pages_are_linked_from_both_readmes(page: str) -> None:
    assert all(f"](docs/{page})" in _text(readme) for readme in PAGES)


if __name__ == "__main__":
    for page in PAGES:
        with tempfile.TemporaryDirectory() as folder:
            (HOME / page).write_text(_run_anew(page, Path(folder)), encoding="utf-8")

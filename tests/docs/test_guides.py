"""What the guides show is what happens: plugins load, commands print what is shown, numbers hold."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from importlib import metadata
from pathlib import Path

import pytest
from guide_pages import BLOCK, GUIDES, Page, installed, text_of

from rung.intake import IntakeRequest, take_in
from rung.plugins import Extra, PluginHost
from rung.vocabulary import Quantity, Vocabulary

PAGES = sorted(file.name for file in GUIDES.glob("*.md"))
ENGLISH = [name for name in PAGES if not name.endswith(".zh.md")]
VALUES = re.compile(r"<!-- values: (\S+) (\S+) (\S+) (\S+) -->\n+((?:\|.*\n)+)")
FIXTURES = "rung.testing.fixtures"
SHOWN_AS_FILE = {"python", "toml", "csv", "sql"}
# Blocks of these are files; what is only looked at is "text".


@pytest.fixture
def place(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Page, Path]]:
    """A guide with its files laid down and its plugin installed, and the folder it works in."""
    page = Page(request.param)
    site, folder = tmp_path / "site", tmp_path / "work"
    site.mkdir()
    folder.mkdir()
    page.lay_down(site, folder)
    with installed(site):
        yield page, folder


@pytest.mark.parametrize("place", PAGES, indirect=True)
def test_the_commands_of_a_guide_print_what_is_shown(place: tuple[Page, Path]) -> None:
    page, folder = place
    assert page.run_anew(folder).splitlines() == page.text.splitlines(), "run make docs"


@pytest.mark.parametrize("place", ENGLISH, indirect=True)
def test_what_a_guide_supplies_loads_without_a_fault(place: tuple[Page, Path]) -> None:
    site = place[1].parent / "site"
    found = [point for each in metadata.distributions(path=[str(site)]) for point in each.entry_points]
    host = PluginHost(found)
    host.load_all()
    loads = {
        Extra.ALARM: host.alarm_hook,
        Extra.SOURCE: host.source,
        Extra.EXPORTER: host.exporter,
        Extra.PANEL: host.panel,
        Extra.VERB: host.verb,
    }
    for kind, load in loads.items():
        for name in host.names(kind):
            load(name)
    meant = ["pool"] if place[0].name == "contained.md" else []  # shows what a fault looks like
    assert [fault.plugin for fault in host.faults()] == meant


@pytest.mark.slow
@pytest.mark.parametrize("place", ["testing.md"], indirect=True)
def test_the_tests_a_guide_shows_pass(place: tuple[Page, Path]) -> None:
    folder = place[1]
    known = {point.value for point in metadata.entry_points(group="pytest11")}
    # An environment made before the fixtures were announced has to be told of them.
    told = [] if FIXTURES in known else ["-p", FIXTURES]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *told, "tests"]
    paths = [str(folder.parent / "site"), os.environ.get("PYTHONPATH", "")]
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths)), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    assert " passed" in done.stdout


@pytest.mark.parametrize("name", ENGLISH)
def test_all_code_of_a_guide_is_a_file_of_it(name: str) -> None:
    blocks = [text for kind, text in BLOCK.findall(text_of(name)) if kind in SHOWN_AS_FILE]
    assert blocks == [*Page(name).files.values()]


@pytest.mark.parametrize("name", ENGLISH)
def test_a_guide_has_its_chinese_with_the_same_code(name: str) -> None:
    chinese = Page(name.replace(".md", ".zh.md"))
    assert chinese.files == Page(name).files
    assert f"]({name})" in chinese.text
    assert f"]({chinese.name})" in text_of(name)


@pytest.mark.parametrize("name", ENGLISH)
def test_a_guide_and_its_chinese_have_as_many_parts(name: str) -> None:
    chinese, english = text_of(name.replace(".md", ".zh.md")), text_of(name)
    for part in (r"^#+ ", r"^\|", r"^- ", r"^```"):
        assert len(re.findall(part, chinese, re.M)) == len(re.findall(part, english, re.M)), part


@pytest.mark.parametrize("name", PAGES)
def test_every_link_of_a_guide_leads_somewhere(name: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)", text_of(name))
    lost = []
    for file, heading in links:
        target = GUIDES / file if file else GUIDES / name
        if not target.exists() or (heading and heading not in _headings(target)):
            lost.append((file, heading))
    assert lost == []


def _headings(file: Path) -> set[str]:
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    }


@pytest.mark.parametrize("place", [name for name in PAGES if VALUES.search(text_of(name))], indirect=True)
def test_the_values_shown_are_those_computed(place: tuple[Page, Path], tmp_path: Path) -> None:
    page, folder = place
    for sector, customers, events, day, table in VALUES.findall(page.text):
        header, _line, *rows = (
            [cell.strip().strip("`") for cell in row.strip("|").split("|")] for row in table.splitlines()
        )
        vocabulary = Vocabulary.of(PluginHost().sector(sector))
        scratch = tmp_path / f"scratch-{day}"
        scratch.mkdir()
        named = dict(each.split("=") for each in events.split(",") if each != "-")
        taken = take_in(
            IntakeRequest(
                source=folder / customers,
                vocabulary=vocabulary,
                as_of=date.fromisoformat(day),
                scratch=scratch,
                wanted=frozenset(header[1:]),
                events={table: folder / file for table, file in named.items()},
            )
        )
        quantities = [vocabulary.quantities()[name] for name in header[1:]]
        found = taken.measured.collect().select("customer_id", *header[1:]).rows()
        assert [[row[0], *map(_shown, row[1:], quantities)] for row in found] == rows


def _shown(value: object, quantity: Quantity) -> str:
    if value is None:
        return "–"
    if quantity.kind.is_numeric and isinstance(value, int):
        return f"{(Decimal(value) / quantity.scale).normalize():f}"
    return str(value)


if __name__ == "__main__":
    for name in sys.argv[1:] or PAGES:
        with tempfile.TemporaryDirectory() as top:
            page, site, folder = Page(name), Path(top) / "site", Path(top) / "work"
            site.mkdir()
            folder.mkdir()
            page.lay_down(site, folder)
            with installed(site):
                (GUIDES / name).write_text(page.run_anew(folder), encoding="utf-8")

"""The pictures in the READMEs are there, are the ones the script takes, and tell nothing of who took them."""

from __future__ import annotations

import getpass
import re
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import TerminalTheme

HOME = Path(__file__).parents[2]
IMAGES = HOME / "docs/images"
PAGES = {"README.md": "en", "README.zh-CN.md": "zh"}
sys.path.insert(0, str(HOME / "docs"))

from screenshots import NOW, given_time, names  # noqa: E402 - a script, not in a package
from terminal_picture import picture  # noqa: E402

from rung import moments  # noqa: E402

PLAIN = TerminalTheme((0, 0, 0), (255, 255, 255), [(0, 0, 0)] * 8)
SPAN = re.compile(r'<tspan x="([\d.]+)"[^>]*>([^<]*)</tspan>')


def shown(page: str) -> set[str]:
    text = (HOME / page).read_text(encoding="utf-8")
    return set(re.findall(r'(?:src|srcset)="docs/images/([^"]+)"', text))


def test_the_script_takes_every_picture_there_is_and_no_other() -> None:
    assert {path.name for path in IMAGES.iterdir()} == set(names())


@pytest.mark.parametrize("page", PAGES)
def test_a_readme_shows_every_picture_in_its_language(page: str) -> None:
    assert shown(page) == {name for name in names() if name.split(".")[1] == PAGES[page]}


@pytest.mark.parametrize("name", list(names()))
def test_a_picture_is_whole_and_gives_nobody_away(name: str) -> None:
    text = (IMAGES / name).read_text(encoding="utf-8")
    assert ET.fromstring(text).tag == "{http://www.w3.org/2000/svg}svg"
    words = "".join(re.findall(r"<tspan[^>]*>([^<]*)", text))
    assert "K0000005" in words
    assert ("银行客户等级划分" in words) == (".zh." in name)
    told = {"/tmp", "/home", "/root", "/Users", str(HOME)} | ({getpass.getuser()} - {"root"})
    assert [each for each in told if each in text] == []
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")


def test_the_demo_shown_is_the_demo_made() -> None:
    from rung.plugins import PluginHost

    make = PluginHost().sector("bank").sample
    assert make is not None
    first = make(2_000, 2026).customers.row(0)
    assert all(
        all(char in (IMAGES / name).read_text(encoding="utf-8") for char in first[1]) for name in names()
    )


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("ab 张三 c", [("ab", 0), ("张", 4), ("三", 6), ("c", 8)]),
        ("张，A", [("张", 1), ("，", 3), ("A", 4)]),
        ("a  b", [("a", 0), ("b", 3)]),
        ("é…ü", [("é", 0.5), ("…", 1.5), ("ü", 2.5)]),
    ],
)
def test_every_piece_of_text_stands_at_its_own_cell(text: str, places: list[tuple[str, float]]) -> None:
    drawn = picture([[Segment("xx"), Segment(text, Style(bold=True))]], 20, "t", PLAIN)
    found = [(found, float(x) / 8.4 - 2) for x, found in SPAN.findall(drawn.partition("bold")[2])]
    assert [(piece, pytest.approx(place, abs=0.01)) for piece, place in places] == found


@pytest.mark.parametrize("name", list(names()))
def test_a_picture_is_as_large_as_its_terminal(name: str) -> None:
    root = ET.fromstring((IMAGES / name).read_text(encoding="utf-8"))
    assert root.attrib["viewBox"] == "0 0 1200 744"


def test_the_pictures_are_taken_at_a_given_moment() -> None:
    with given_time():
        assert moments.now() == NOW
    assert moments.now() != NOW

"""``rung policy docs`` writes pages a person can read and print, in both languages, safe to open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from commands import POLICY, Cli
from pydantic import BaseModel

from rung.plugins import PluginHost
from rung.policy.shelf import Shelf
from rung.text import Text

EVIL = 'a <script>alert(1)</script> | *b* [c](javascript:d) & "e" `f`'


class Reader(HTMLParser):
    """Reads a page: which elements it opens, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.left_open: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened.append(tag)
        assert not {"src", "href", "onload", "onclick"} & {name for name, _value in attrs}
        if tag != "meta":
            self.left_open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.left_open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    assert reader.left_open == []
    return reader


def rows(page: str) -> list[str]:
    return [" ".join(line.strip("| ").split()) for line in page.splitlines()]


@pytest.mark.usefixtures("shop")
def test_a_page_says_what_the_policy_says(cli: Cli) -> None:
    assert cli("policy", "docs", "shop.toml", "--out", "shop.md").code == 0
    page = rows(Path("shop.md").read_text(encoding="utf-8"))
    for told in (
        "# Shop tiers",
        "shop.tiers, version 1, in force at all times",
        "| A | | ≥ 80 |".strip("| "),
        "at most C | Days late \\> 90 | Far too late",
        "A | contact every 7 days; by: Keeper",
        "up by 1 notch (one approval), down by any number of notches (no approval), for 12 months",
    ):
        assert any(told in row for row in page), told


@pytest.mark.slow
@pytest.mark.parametrize(("form", "language"), [("md", "en"), ("html", "zh")])
def test_every_ready_policy_has_a_page(cli: Cli, form: str, language: str) -> None:
    ended = cli("--lang", language, "policy", "docs", "--all", "--to", form, "--out", "pages")
    assert (ended.code, ended.err) == (0, "")
    pages = {path.name: path.read_text(encoding="utf-8") for path in Path("pages").iterdir()}
    assert len(pages) >= 34
    for name, page in pages.items():
        assert name.removesuffix(f".{form}") in page
        if form == "html":
            reader = read(page)
            assert not {"script", "link", "img", "iframe", "form"} & set(reader.opened)
            assert "url(" not in page
            assert "@import" not in page


def test_a_page_is_in_one_language(cli: Cli) -> None:
    for language in ("zh", "en"):
        cli("--lang", language, "policy", "docs", "bank.credit-tiers", "--out", f"{language}.html")
    chinese, english = (Path(f"{each}.html").read_text(encoding="utf-8") for each in ("zh", "en"))
    assert '<html lang="zh-Hans">' in chinese
    assert "银行客户" in chinese
    assert '<html lang="en">' in english
    assert re.findall(r"[a-z]{4,} [a-z]{3,} [a-z]{3,}", " ".join(read(chinese).words[2:])) == []
    assert "银行" not in english


def test_a_page_tells_whom_it_suits_what_is_assumed_and_what_the_tests_exercise(cli: Cli) -> None:
    cli("policy", "docs", "bank.credit-tiers", "--out", "bank.md")
    page = Path("bank.md").read_text(encoding="utf-8")
    for told in (
        "| when to use it | A bank or lender sorts borrowers by credit risk",
        "| Monday, for customers of grade Tier A | ",
        "| Criteria › Debt ratio | 70 % is the line",
        "- weight: 30 of 100 (30 %)",
        "| largest | ≥ 800,000,000 | 100 |",
        "The practice states no service; these are suggestions",
        "exercised: all",
        "| content hash | ",
    ):
        assert told in page, told


def _texts(part: object) -> Iterator[str]:
    match part:
        case Text():
            yield str(part)
        case BaseModel():
            skipped = {"tests", "fields", "roles"} | (
                set() if getattr(part, "grades", True) else {"override", "correction", "judgement"}
            )
            for name in type(part).model_fields.keys() - skipped:
                yield from _texts(getattr(part, name))
        case dict():
            for value in part.values():
                yield from _texts(value)
        case tuple():
            for value in part:
                yield from _texts(value)


@pytest.mark.slow
def test_nothing_a_ready_policy_says_to_people_is_left_off_its_page(cli: Cli) -> None:
    assert cli("policy", "docs", "--all", "--out", "pages").code == 0
    left_off = [
        (entry.id, text)
        for entry in Shelf(PluginHost()).entries()
        if entry.loaded is not None
        for page in [" ".join(read(Path(f"pages/{entry.id}.html").read_text(encoding="utf-8")).words)]
        for text in _texts(entry.loaded.policy)
        if text not in page
    ]
    assert left_off == []


@pytest.mark.parametrize("form", ["md", "html"])
def test_what_a_policy_says_is_text_on_the_page(cli: Cli, shop: Path, form: str) -> None:
    title = EVIL.replace("\\", "\\\\").replace('"', '\\"')
    text = POLICY.replace('en = "Shop tiers"', f'en = "{title}"').replace("Far too late", f"{title}")
    (shop / "shop.toml").write_text(text, encoding="utf-8")
    assert cli("policy", "docs", "shop.toml", "--to", form, "--out", f"shop.{form}").code == 0
    page = Path(f"shop.{form}").read_text(encoding="utf-8")
    if form == "html":
        reader = read(page)
        assert "script" not in reader.opened
        assert EVIL in reader.words
    else:
        assert re.search(r"(?<!\\)<script", page) is None
        assert re.search(r"(?<!\\)\]\(", page) is None
        assert "\\| \\*b\\* \\[c\\]" in page


def test_several_pages_do_not_go_into_one_file(cli: Cli) -> None:
    ended = cli("policy", "docs", "bank.credit-tiers", "auto4s.call-list", "--out", "pages.html")
    assert ended.code == 2
    assert "pages.html" in ended.err
    assert not Path("pages.html").exists()


@pytest.mark.parametrize("named", [(), ("bank.credit-tiers", "--all")])
def test_either_names_or_all_are_said(cli: Cli, named: tuple[str, ...]) -> None:
    assert cli("policy", "docs", *named, "--out", "pages").code == 2


@pytest.mark.usefixtures("shop")
def test_one_that_cannot_be_read_costs_the_others_nothing(cli: Cli, shop: Path) -> None:
    assert cli("init").code == 0
    (shop / "shop.toml").rename(shop / "policies" / "shop.toml")
    (shop / "policies" / "bad.toml").write_text('id = "shop.bad"\ngrades = 1\n', encoding="utf-8")
    assert cli("policy", "docs", "shop.tiers", "shop.bad", "--out", "named").code == 2
    assert not Path("named").exists()
    ended = cli("policy", "docs", "--all", "--out", "pages")
    assert ended.code == 1
    assert "bad.toml:2" in ended.err
    assert Path("pages/shop.tiers.html").is_file()
    assert not Path("pages/shop.bad.html").exists()


def test_each_version_has_its_page(cli: Cli, shop: Path) -> None:
    assert cli("init").code == 0
    head = 'version = "1"\n'
    for version, days in (("1", "effective_to = 2026-06-30"), ("2/a", "effective_from = 2026-07-01")):
        text = POLICY.replace(head, f'version = "{version}"\n{days}\n')
        (shop / "policies" / f"{version[0]}.toml").write_text(text, encoding="utf-8")
    assert cli("policy", "docs", "--all", "--out", "pages").code == 0
    assert {path.name for path in Path("pages").glob("shop*")} == {
        "shop.tiers.html",
        "shop.tiers@2%2Fa.html",
    }


def test_the_schema_is_printed_or_written_with_the_line_that_names_it(cli: Cli) -> None:
    printed = cli("policy", "schema", "--sector", "bank").json
    assert printed["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert "days_past_due" in printed["$defs"]["Condition"]["properties"]
    ended = cli("policy", "schema", "--out", "policy.schema.json")
    assert (ended.code, ended.err) == (0, "")
    assert "#:schema ./policy.schema.json" in ended.out
    assert Path("policy.schema.json").stat().st_size > 100_000


def test_an_unknown_sector_is_told(cli: Cli) -> None:
    ended = cli("policy", "schema", "--sector", "bnak")
    assert ended.code == 2
    assert "bank" in ended.err


def test_policies_are_listed_by_sector_and_family_with_when_to_use_which(cli: Cli) -> None:
    out = cli("policy", "list").out
    group = out.partition("General customer management: abcd\n")[2].partition("\n\n")[0]
    assert group.split()[0] == "general.abcd"
    assert "(over general.abcd)" in group
    assert "When none of the ready ABCD schemes fits" in group


def test_the_list_tells_a_version_that_is_not_in_force(cli: Cli, shop: Path) -> None:
    assert cli("init").code == 0
    text = POLICY.replace('version = "1"\n', 'version = "1"\neffective_from = 2999-01-01\n')
    (shop / "policies" / "shop.toml").write_text(text, encoding="utf-8")
    assert "(preview)" in cli("policy", "list").out
    first = cli("policy", "list", "--json").json["policies"][0]
    told = (first["preview"], first["published"], first["effective_from"], first["use_when"])
    assert told == (True, False, "2999-01-01", None)

"""Looking for names by the initials of their pinyin, and alike in simplified and traditional characters."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest
from screens import text

from conftest import Opened, settle
from rung_tui.chinese.learning import characters
from rung_tui.chinese.tables import learned, spelled_pattern
from rung_tui.chooser import Chooser
from rung_tui.queue.search import terms
from rung_tui.queue.searching import TextSearch

NAMES = ["张伟", "張偉", "重庆银行", "Acme 中国", "李娜", "ZW 贸易", "長沙市國際貿易公司"]


@pytest.fixture(autouse=True)
def known() -> None:
    learned()


@pytest.fixture
def search(tmp_path: Path) -> TextSearch:
    file = tmp_path / "results.arrow"
    frame = pl.DataFrame({"customer_id": [f"C{n}" for n in range(len(NAMES))], "customer_name": NAMES})
    frame.write_ipc(file, compression="uncompressed")
    return TextSearch(file, len(NAMES))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("zw", ["张伟", "張偉", "ZW 贸易"]),
        ("张伟", ["张伟", "張偉"]),
        ("張偉", ["张伟", "張偉"]),
        ("cqyh", ["重庆银行"]),
        ("zqyx", ["重庆银行"]),
        ("acme zg", ["Acme 中国"]),
        ("zw易", []),
        ("m易", []),
        ("zw", ["张伟", "張偉", "ZW 贸易"]),
        ("csgj", []),
        ("gjmy", ["長沙市國際貿易公司"]),
        ("ＺＷ", ["张伟", "張偉", "ZW 贸易"]),
        ("c3", ["Acme 中国"]),
        ("xq", []),
    ],
)
def test_a_filter_finds_by_letters_initials_and_either_script(
    search: TextSearch, typed: str, found: list[str]
) -> None:
    mask = None
    for term in terms(typed):
        held = search.containing(term.text)
        mask = held if mask is None else mask & held
    assert mask is not None
    assert [name for name, is_so in zip(NAMES, mask, strict=True) if is_so] == found


def test_a_letter_typed_on_narrows_what_was_found(search: TextSearch) -> None:
    assert search.containing("z").sum() == 1
    assert search.containing("zw").sum() == 3
    assert search.containing("zwm").sum() == 0


def test_what_a_pattern_means_elsewhere_is_only_text_here() -> None:
    pattern = spelled_pattern("a.b[")
    assert pattern is not None
    assert re.search(pattern, "a.b[")
    assert not re.search(pattern, "axb[")


def test_texts_without_letters_and_long_ones_are_looked_for_as_they_are() -> None:
    assert spelled_pattern("张伟001") is None
    assert spelled_pattern("c000") is None
    assert spelled_pattern("abcdefghjklmn") is None


def test_the_tables_are_kept_and_made_anew_where_they_are_none(tmp_path: Path) -> None:
    file = tmp_path / "state" / "characters.txt"
    initials, simple = characters(file)
    assert "张" in initials["z"]
    assert "重" in initials["c"]
    assert "重" in initials["z"]
    assert simple[ord("張")] == "张"
    whole = file.read_text(encoding="utf-8")
    for damaged in ("", "x", whole[:-100], whole.replace("pypinyin", "pypinyin 0", 1)):
        file.write_text(damaged, encoding="utf-8")
        assert characters(file) == (initials, simple)
        assert file.read_text(encoding="utf-8") == whole
    file.write_text(whole.replace("張", "𠀀"), encoding="utf-8")
    assert characters(file)[1] != simple  # it is read, not made


def test_where_nothing_can_be_kept_they_are_known_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("no folder")
    assert "张" in characters(tmp_path / "state" / "characters.txt")[0]["z"]


@pytest.mark.asyncio
async def test_the_queue_is_filtered_by_initials(opened: Opened) -> None:
    async with opened() as pilot:
        await pilot.press("slash", *"yxgs")
        await settle(pilot)
        assert "有限公司" in text(pilot.app)


@pytest.mark.asyncio
async def test_a_list_to_choose_from_is_narrowed_by_initials(opened: Opened) -> None:
    async with opened(language="zh") as pilot:
        await pilot.press("ctrl+p", *"yy")
        await settle(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, Chooser)
        assert "语言" in [choice.title for choice in screen._shown]
        assert "主题" not in [choice.title for choice in screen._shown]


@pytest.mark.asyncio
async def test_the_palette_finds_customers_by_id_and_goes_to_them(opened: Opened) -> None:
    async with opened() as pilot:
        await pilot.press("ctrl+p", *"k0000123")
        await pilot.pause(0.4)
        await settle(pilot)
        assert "K0000123" in text(pilot.app)
        await pilot.press("enter")
        await settle(pilot)
        row = pilot.app.screen.table.current  # type: ignore[attr-defined]
        assert row is not None
        assert row.id == "K0000123"


@pytest.mark.asyncio
async def test_the_palette_finds_a_customer_whom_the_filter_hides(opened: Opened) -> None:
    async with opened() as pilot:
        await pilot.press("slash", *"k0000001", "enter")
        await settle(pilot)
        await pilot.press("ctrl+p", *"k0000200")
        await pilot.pause(0.4)
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        row = pilot.app.screen.table.current  # type: ignore[attr-defined]
        assert row is not None
        assert row.id == "K0000200"

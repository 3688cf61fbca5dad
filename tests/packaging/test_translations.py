"""The Chinese catalogue is whole: all messages translated, placeholders kept, the compiled file current."""

from __future__ import annotations

import ast
import gettext
import re
import unicodedata
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

HOME = Path(__file__).parents[2]
LOCALE = HOME / "core/rung/locale"
MESSAGES = LOCALE / "zh/LC_MESSAGES"


@cache
def _in_the_code() -> frozenset[str]:
    return frozenset(
        message
        for root in ("core", "tui")
        for _, _, message, _, _ in extract_from_dir(HOME / root, keywords={"_": None})
        if isinstance(message, str)
    )


@cache
def _catalogue() -> Catalog:
    with (MESSAGES / "rung.po").open("rb") as file:
        return read_po(file, locale="zh", domain="rung")


def _pairs() -> list[tuple[str, str]]:
    return [
        (message.id, message.string)
        for message in _catalogue()
        if isinstance(message.id, str) and isinstance(message.string, str) and message.id
    ]


def _compiled() -> dict[str, str]:
    with (MESSAGES / "rung.mo").open("rb") as file:
        found = read_mo(file)
    return {message.id: message.string for message in found if message.id}


def _placeholders(text: str) -> tuple[set[str], int]:
    # Doubled braces count too: a lost one is a KeyError in front of a person.
    return set(re.findall(r"(?<!\{)\{(\w+)[^{}]*\}", text)), text.count("{{")


def test_the_catalogue_has_the_messages_of_the_code_and_no_others() -> None:
    known = {english for english, _ in _pairs()}
    assert {"missing": _in_the_code() - known, "left over": known - _in_the_code()} == {
        "missing": set(),
        "left over": set(),
    }, "run make messages, then write the Chinese of the new ones"


def test_no_message_stands_where_it_is_not_found_for_the_catalogue() -> None:
    # Within an f-string Babel sees none on Python 3.11: it would stay English for good.
    written = {
        word.args[0].value
        for root in ("core", "tui")
        for file in (HOME / root).rglob("*.py")
        for word in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(word, ast.Call)
        and isinstance(word.func, ast.Name)
        and word.func.id == "_"
        and word.args
        and isinstance(word.args[0], ast.Constant)
    }
    assert written - _in_the_code() == set()


def test_every_message_has_its_chinese() -> None:
    assert [english for english, chinese in _pairs() if not chinese.strip()] == []


def test_no_translation_is_only_a_guess() -> None:
    assert [message.id for message in _catalogue() if message.id and message.fuzzy] == []


def test_a_translation_keeps_the_placeholders_of_its_message() -> None:
    differ = {
        english: chinese for english, chinese in _pairs() if _placeholders(english) != _placeholders(chinese)
    }
    assert differ == {}


def test_a_translation_begins_and_ends_with_the_blanks_of_its_message() -> None:
    def edges(text: str) -> tuple[bool, bool, int]:
        return text[:1].isspace(), text[-1:].isspace(), text.count("\n")

    # A sign that joins, such as a comma, needs no blank in Chinese.
    worded = [(english, chinese) for english, chinese in _pairs() if any(map(str.isalpha, english))]
    assert {english for english, chinese in worded if edges(english) != edges(chinese)} == set()


def test_a_sentence_in_chinese_ends_as_chinese_does() -> None:
    ascii_stops = {english: chinese for english, chinese in _pairs() if chinese.endswith((".", ",", ";"))}
    assert ascii_stops == {}


def test_the_compiled_catalogue_is_made_from_the_written_one() -> None:
    # The header is left out: it names the version of Babel that wrote it.
    assert _compiled() == dict(_pairs()), "run make messages"


@pytest.mark.parametrize(("english", "chinese"), [("Did you mean “{name}”?", "是不是“{name}”？")])
def test_the_program_finds_the_catalogue_beside_its_code(english: str, chinese: str) -> None:
    assert gettext.translation("rung", LOCALE, languages=["zh"]).gettext(english) == chinese


def test_no_message_carries_characters_that_move_the_cursor() -> None:
    def moves(char: str) -> bool:
        return char != "\n" and unicodedata.category(char) == "Cc"

    assert [text for pair in _pairs() for text in pair if any(map(moves, text))] == []

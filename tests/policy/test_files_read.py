"""What is no TOML, or no small UTF-8 text, is told at its line and column."""

from __future__ import annotations

from pathlib import Path

import pytest
from policy_texts import only

from rung.errors import RungError
from rung.policy.files import decoded
from rung.policy.reader import read_policy


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id = \n", "1: Not TOML at column 6: no value can be read."),
        ("a = 1\nb\n", "2: Not TOML at column 2: a key without =. Write key = value."),
        ('a = "x\nb = 1\n', "1: Not TOML at column 7: a text is not closed."),
        ("a = 1\na = 2\n", "2: Not TOML at column 6: a key stands twice. Keep one of the two."),
        ("[a]\n[a]\n", "2: Not TOML at column 3: a table stands twice."),
        ("a = [1, 2\nb = 3\n", "2: Not TOML at column 1: a list is not closed."),
        ("a = [1,\n\n", "Not TOML at its end: no value can be read."),
        ("a = { b = 1\n", "1: Not TOML at column 12: a table is not closed."),
        ("a = 2026-02-30\n", "1: Not TOML at column 5: there is no such day or time."),
        ("a = 1 2\n", "1: Not TOML at column 7: something follows the value."),
        ('a = "c:\\data"\n', "1: Not TOML at column 10: a lone backslash."),
        ("a = " + "[" * 5000, "The file is nested too deep."),
        ("a" + ".b" * 5000 + " = 1", "The file is nested too deep."),
        ("a = " + "9" * 50, "1: A whole number has more than 40 digits."),
        ("a = " + "9" * 5000, "A whole number has more than 40 digits."),
        ("a = 0x" + "f" * 9000, "1: A whole number has more than 40 digits."),
        ("a = \x00\n", "1: Not TOML"),
    ],
)
def test_what_is_no_toml_is_told_with_its_line_and_column(text, message):
    assert message in only(text)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (
            "a = 1\nb = '甲'".encode("gb18030"),
            "it:2: The file is not written in UTF-8. Save it as UTF-8: GB18030",
        ),
        ("a = 1".encode("utf-16"), "it:1: The file is not written in UTF-8. Save it as UTF-8: UTF-16"),
        (b"a = 1\n\n\xff\xff", "it:3: The file is not written in UTF-8. Save it as UTF-8: another encoding"),
        (b"a" * 8_000_001, "it: The file has more than 8000000 bytes."),
    ],
)
def test_bytes_that_are_no_small_utf8_text_are_told(written, message):
    with pytest.raises(RungError) as raised:
        decoded(written, "it")
    assert message in str(raised.value)


def test_a_file_of_just_the_largest_size_is_read():
    assert len(decoded(b"#" * 8_000_000, "it")) == 8_000_000


def test_a_file_that_is_not_there_is_told(tmp_path: Path):
    with pytest.raises(RungError, match=r"none\.toml: The file cannot be read: it does not exist\."):
        read_policy(tmp_path / "none.toml")
    with pytest.raises(RungError, match="it is a folder"):
        read_policy(tmp_path)

"""Makes the tables of characters from pypinyin's and OpenCC's dictionaries: a program of its own.

Their dictionaries take a second and sixty megabytes, for a table of two hundred kilobytes: run apart, they
are given back, and the screen does not wait for its turn.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final

__all__ = ["made"]

_CHARACTERS: Final = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
# Both blocks of Chinese characters names are written with.


def made() -> str:
    """Return the lines of the tables: kind, key and value, apart by tabs; raises ImportError."""
    pairs = _simplified()
    usual = _usual()
    readings = {*usual.items(), *_others(usual)}
    lines = []
    for letter in sorted(set(usual.values())):
        chars = sorted(char for char, initial in readings if initial == letter and char not in pairs)
        lines.append(f"initial\t{letter}\t{''.join(chars)}")
    lines.append(f"simple\t{''.join(pairs)}\t{''.join(pairs.values())}")
    return "\n".join(lines) + "\n"


def _usual() -> dict[str, str]:
    from pypinyin.pinyin_dict import pinyin_dict

    letters = {char: _initial(pinyin_dict.get(ord(char), "")) for char in _CHARACTERS}
    return {char: letter for char, letter in letters.items() if letter}


def _others(usual: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield characters with the letter they have in a word, where it is not their usual one.

    Dictionaries give many characters readings that nobody has used for a thousand years; those in words
    are alive.
    """
    from pypinyin.phrases_dict import phrases_dict

    for word, readings in phrases_dict.items():
        if len(word) == len(readings):
            for char, reading in zip(word, readings, strict=True):
                letter = _initial(reading[0])
                if letter and char in usual and letter != usual[char]:
                    yield char, letter


def _initial(reading: str) -> str:
    letter = unicodedata.normalize("NFD", reading)[:1]
    return letter if "a" <= letter <= "z" else ""


def _simplified() -> dict[str, str]:
    import opencc

    whole = opencc.OpenCC("t2s").convert("\n".join(_CHARACTERS)).split("\n")
    pairs = zip(_CHARACTERS, whole, strict=True)
    return {char: simple for char, simple in pairs if char != simple and len(simple) == 1}


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.stdout.write(made())

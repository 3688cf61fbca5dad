"""Makes the tables of characters from pypinyin and OpenCC, once for each of their versions, and keeps them.

To go through their dictionaries takes a second; what a filter needs of them is small, and read in a moment.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

__all__ = ["characters"]

_CHARACTERS: Final = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
# Both blocks of Chinese characters names are written with.


def characters(kept: Path | None) -> tuple[dict[str, str], dict[int, str]]:
    """Return letter → simplified characters whose pinyin begins with it, and traditional → simplified.

    ``kept``: the file they are kept in, made anew where it is none, or of other versions. Without one of the
    packages nothing is known of the characters.
    """
    try:
        head = f"pypinyin {version('pypinyin')} OpenCC {version('opencc')}"
    except PackageNotFoundError:
        return {}, {}
    text = _read(kept, head) if kept is not None else ""
    if not text:
        try:
            text = _made(head)
        except ImportError:
            return {}, {}
        if kept is not None:
            _keep(text, kept)
    return _parsed(text)


def _parsed(text: str) -> tuple[dict[str, str], dict[int, str]]:
    initials: dict[str, str] = {}
    simple: dict[int, str] = {}
    for row in text.splitlines()[1:]:
        kind, key, value = row.split("\t")
        if kind == "initial":
            initials[key] = value
        else:
            simple = {ord(char): other for char, other in zip(key, value, strict=True)}
    return initials, simple


def _read(file: Path, head: str) -> str:
    try:
        text = file.read_text(encoding="utf-8")
        _parsed(text)
    except (OSError, ValueError):
        return ""
    return text if text.partition("\n")[0] == head else ""


def _keep(text: str, file: Path) -> None:
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with NamedTemporaryFile("w", encoding="utf-8", dir=file.parent, delete=False) as part:
            part.write(text)
        Path(part.name).replace(file)


def _made(head: str) -> str:
    pairs = _simplified()
    usual = _usual()
    readings = {*usual.items(), *_others(usual)}
    lines = [head]
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

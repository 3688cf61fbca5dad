"""Writes a plugin's sample tables as people keep them: amounts, words and blanks by hand, invented names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from random import Random

    import polars as pl

__all__ = [
    "Columns",
    "columns",
    "days_ago",
    "frame",
    "money",
    "optional",
    "per_cent",
    "person",
    "split",
    "word",
]

Columns = dict[str, list[str]]
"""A table as it is written down: every value a text, by header."""

_FULL_WIDTH: Final = str.maketrans("0123456789.", "０１２３４５６７８９．")
_SURNAMES: Final = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN: Final = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华兰玉萍红飞梅建国志海春生文辉宏远航宇晨"


def money(rng: Random, fen: int, *, is_exact: bool) -> str:
    """Return an amount in yuan as a person may have typed it: 4.5 % otherwise than in plain digits."""
    plain = _units(fen, 100)
    draw = 1.0 if is_exact else rng.random()
    if draw >= 0.045:
        return plain
    if draw >= 0.015:
        return _units(fen, 1_000_000) + "万"
    style = int(draw / 0.015 * 4)
    if style == 0:
        return f"{fen // 100:,}"
    if style == 1:
        return plain.translate(_FULL_WIDTH)
    return f"约{plain}" if style == 2 else ""


def _units(whole: int, scale: int) -> str:
    if whole % scale == 0:
        return str(whole // scale)
    sign, size = ("-", -whole) if whole < 0 else ("", whole)
    return f"{sign}{size // scale}.{str(size % scale + scale)[1:].rstrip('0')}"


def per_cent(rng: Random, hundredths: int) -> str:
    """Return a percentage, a third of them with the sign."""
    return _units(hundredths, 100) + ("%" if rng.random() < 1 / 3 else "")


def word(rng: Random, words: tuple[str, str]) -> str:
    """Return the usual word, or in one case of ten the other one in use."""
    return words[rng.random() < 0.1]


def optional(rng: Random, odds: float, written: str, *, is_exact: bool) -> str:
    """Return what is written, or a blank with the given odds."""
    return "" if not is_exact and rng.random() < odds else written


def person(rng: Random) -> str:
    """Return an invented person's name of two or three characters."""
    given = rng.choice(_GIVEN) + (rng.choice(_GIVEN) if rng.random() < 0.7 else "")
    return rng.choice(_SURNAMES) + given


def days_ago(months: int, spare: int) -> int:
    """Return a number of days that makes so many whole calendar months; ``spare`` is 0 to 20."""
    return round(months * 30.44) + 3 + spare


def split(rng: Random, total: int, parts: int) -> list[int]:
    """Return ``parts`` uneven amounts of fen that add up to ``total``, all but the first whole yuan."""
    rest = [int(total * (0.5 + 0.5 * rng.random()) / parts) // 100 * 100 for _ in range(parts - 1)]
    return [total - sum(rest), *rest] if parts else []


def columns(headers: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Columns:
    """Return rows as columns under their headers."""
    return {header: [row[place] for row in rows] for place, header in enumerate(headers)}


def frame(table: Columns) -> pl.DataFrame:
    """Return the table as a sample holds it, every column text."""
    import polars as pl

    return pl.DataFrame(table, schema=dict.fromkeys(table, pl.String))

"""How the sample's values are written down: plainly, or as people write them."""

from __future__ import annotations

from random import Random
from typing import Final

__all__ = ["money", "tick", "word"]

_STYLES: Final = ("{yuan:,}", "{wan}万", "约{yuan}")


def money(rng: Random, fen: int, *, is_exact: bool) -> str:
    """Return an amount in yuan: 5 % with separators, in 万, or as a guess nobody can read exactly."""
    yuan, rest = divmod(fen, 100)
    if is_exact or rng.random() >= 0.05:
        return f"{yuan}.{rest:02d}" if rest else str(yuan)
    style = _STYLES[min(2, int(rng.random() * 2.2))]
    return style.format(yuan=yuan, wan=f"{yuan // 10_000}.{yuan % 10_000:04d}".rstrip("0").rstrip("."))


def tick(answer: bool | None) -> str:
    """Return yes, no or a blank."""
    return "" if answer is None else "是" if answer else "否"


def word(rng: Random, words: tuple[str, str]) -> str:
    """Return the usual word, or in one case of ten the other one in use."""
    return words[rng.random() < 0.1]

"""The exporter ``keycards``: tiers as the machine that prints key cards takes them, lines of fixed width."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from rung.sdk import Exporter, Text, hookimpl

__all__ = ["RUNG_API", "rung_exporter", "write"]

RUNG_API: Final = 1

_ENCODING: Final = "gb18030"
# What the machine reads; a Chinese character takes two places, as it does on the card.
_NUMBER, _NAME, _TIER = 16, 24, 12
_GRADES: Final = ("effective_grade", "model_grade")
# Where a ledger says otherwise than the model, the card shows what the guest was given.


def write(batches: Iterable[Any], file: Path, about: Mapping[str, Any]) -> None:
    """Write a head line, a line a guest, and a foot that counts the cards and the guests left out.

    ``H`` policy (30) day (8) · ``G`` number (16) name (24) tier (12, blank where not graded) · ``T`` cards
    (8) left out (8); lines end in CRLF.
    """
    cards = left_out = 0
    with file.open("wb") as out:
        out.write(_line("H", (str(about["policy"]), 30), (str(about["as_of"]).replace("-", ""), 8)))
        for batch in batches:
            grade = _grade_of(batch.columns)
            for number, name, tier in batch.select("customer_id", "customer_name", grade).iter_rows():
                # A name is cut to fit. A number cut short would open another guest's room.
                if _width(number) > _NUMBER:
                    left_out += 1
                    continue
                out.write(_line("G", (number, _NUMBER), (name or "", _NAME), (tier or "", _TIER)))
                cards += 1
        out.write(_line("T", (f"{cards:08d}", 8), (f"{left_out:08d}", 8)))


def _grade_of(columns: list[str]) -> str:
    for name in _GRADES:
        if name in columns:
            return name
    raise ValueError("A card has one tier: export the grades of one policy at a time.")


def _width(text: str) -> int:
    return len(text.encode(_ENCODING, "replace"))


def _line(kind: str, *parts: tuple[str, int]) -> bytes:
    return kind.encode() + b"".join(_fixed(text, width) for text, width in parts) + b"\r\n"


def _fixed(text: str, width: int) -> bytes:
    """Return the text in exactly so many bytes; a character that does not fit whole is left out."""
    text = text[:width]
    while _width(text) > width:
        text = text[:-1]
    return text.encode(_ENCODING, "replace").ljust(width)


@hookimpl
def rung_exporter() -> Exporter:
    """Return the exporter."""
    return Exporter(
        id="keycards",
        title=Text("房卡打印清单", "Key cards"),
        endings=(".cards",),
        write=write,
    )

"""A card's line is of fixed width in the machine's own encoding, and no number is ever cut."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from rung_hotel.keycards import write

_ABOUT = {"run_id": "r1", "policy": "hotel.tiers", "version": "1", "as_of": "2026-06-30", "customers": 3}


def _written(file: Path, **columns: list[str | None]) -> list[str]:
    write(iter([pl.DataFrame(columns)]), file, _ABOUT)
    return file.read_bytes().decode("gb18030").split("\r\n")


def test_head_cards_and_foot_are_written(tmp_path: Path) -> None:
    lines = _written(
        tmp_path / "a.cards",
        customer_id=["G1", "G2", "G3"],
        customer_name=["王伟", None, "李芳"],
        model_grade=["gold", "member", None],
    )
    assert lines == [
        "Hhotel.tiers                   20260630",
        "GG1              王伟                    gold        ",
        "GG2                                      member      ",
        "GG3              李芳                                ",
        "T0000000300000000",
        "",
    ]


def test_every_card_has_the_same_bytes(tmp_path: Path) -> None:
    file = tmp_path / "a.cards"
    names: list[str | None] = ["", "王伟", "x" * 40, "王" * 40, "x" + "王" * 40]
    _written(file, customer_id=["G"] * 5, customer_name=names, model_grade=["gold"] * 5)
    cards = file.read_bytes().split(b"\r\n")[1:-2]
    assert {len(card) for card in cards} == {1 + 16 + 24 + 12}


def test_what_was_given_goes_before_what_was_computed(tmp_path: Path) -> None:
    lines = _written(
        tmp_path / "a.cards",
        customer_id=["G1"],
        customer_name=["王伟"],
        model_grade=["gold"],
        effective_grade=["platinum"],
    )
    assert lines[1].rstrip().endswith("platinum")


def test_a_number_too_long_gets_no_card_and_is_counted(tmp_path: Path) -> None:
    lines = _written(
        tmp_path / "a.cards",
        customer_id=["G" * 16, "G" * 17, "王" * 9],
        customer_name=["x", "y", "z"],
        model_grade=["gold"] * 3,
    )
    assert lines[1:] == [f"{'G' * 17}x{' ' * 23}gold{' ' * 8}", "T0000000100000002", ""]


def test_two_policies_side_by_side_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="one policy at a time"):
        _written(
            tmp_path / "a.cards",
            customer_id=["G1"],
            customer_name=["x"],
            **{"hotel.tiers.model_grade": ["gold"]},
        )

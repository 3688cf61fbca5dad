"""The demo file is made whole or not at all, and never over another."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from rung_hotel.command import hotel_demo


def test_it_makes_the_same_guests_for_the_same_seed(tmp_path: Path) -> None:
    for name in ("a", "b"):
        done = CliRunner().invoke(hotel_demo, [str(tmp_path / name), "--guests", "20"])
        assert done.exit_code == 0, done.output
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_it_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("mine")
    done = CliRunner().invoke(hotel_demo, [str(tmp_path / "a")])
    assert done.exit_code == 1
    assert (tmp_path / "a").read_text() == "mine"


def test_it_leaves_nothing_behind_where_it_cannot_write(tmp_path: Path) -> None:
    done = CliRunner().invoke(hotel_demo, [str(tmp_path / "none" / "a")])
    assert done.exit_code == 1
    assert "cannot be written" in done.output
    assert list(tmp_path.iterdir()) == []

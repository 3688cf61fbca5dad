"""The verb ``rung hotel-demo``: a property-management file with made-up guests, to try the plugin on."""

from __future__ import annotations

import os
import random
import sqlite3
from contextlib import closing, suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import click

from rung_hotel.guests import Guest, drawn

__all__ = ["AS_OF", "hotel_demo", "make"]

AS_OF: Final = date(2026, 6, 30)
"""The day the file is made for."""

_SCHEMA: Final = """
CREATE TABLE guests (
    guest_no TEXT PRIMARY KEY, name TEXT NOT NULL, phone TEXT, joined_on TEXT, purpose TEXT,
    accepts_contact INTEGER, contacted_on TEXT
);
CREATE TABLE stays (
    guest_no TEXT NOT NULL REFERENCES guests, hotel TEXT NOT NULL, departed_on TEXT NOT NULL,
    nights INTEGER NOT NULL, folio_fen INTEGER NOT NULL, channel TEXT, rating INTEGER
);
CREATE TABLE complaints (
    guest_no TEXT NOT NULL REFERENCES guests, hotel TEXT NOT NULL, made_on TEXT NOT NULL, subject TEXT
);
CREATE INDEX stays_of ON stays (guest_no, departed_on);
"""
_HOTELS: Final = ("江滨店", "会展店")
_DIRECT: Final = ("website", "app", "phone", "counter")
_OTHERS: Final = ("agency", "agency", "company", "group")
_SUBJECTS: Final = ("noise", "cleaning", "breakfast", "billing", "staff")
_PURPOSES: Final = ("business", "leisure", "both")
_SURNAMES: Final = "王李张刘陈杨赵黄周吴"
_GIVEN: Final = ("建国", "晓梅", "伟", "静", "海涛", "敏", "文娟", "磊", "秀兰", "宇")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--guests", default=500, show_default=True, type=click.IntRange(1, 100_000), help="How many.")
@click.option("--seed", default=1, show_default=True, help="Another number makes other guests.")
def hotel_demo(file: Path, guests: int, seed: int) -> None:
    """Make a property-management file with made-up guests, for `rung grade --from pms`."""
    if file.exists():
        raise click.ClickException(f"{file} is there already; it is not overwritten.")
    try:
        make(file, guests, seed)
    except (OSError, sqlite3.Error) as error:
        raise click.ClickException(f"{file} cannot be written: {error}.") from error
    click.echo(f"{file}: {guests} guests as of {AS_OF}")
    click.echo(f"Next: rung grade --from pms --set file={file} --policy hotel.tiers --as-of {AS_OF}")


def make(file: Path, guests: int, seed: int) -> None:
    """Write the file, whole or not at all; equal numbers make equal guests."""
    rng = random.Random(f"pms/{guests}/{seed}")
    part = file.with_name(f".{file.name}.{os.getpid()}")
    part.touch(exist_ok=False)
    try:
        with closing(sqlite3.connect(part)) as base:
            base.executescript(_SCHEMA)
            for number in range(1, guests + 1):
                _add(base, f"G{number:07d}", drawn(rng), rng)
            base.commit()
        part.rename(file)
    finally:
        with suppress(FileNotFoundError):
            part.unlink()


def _add(base: sqlite3.Connection, key: str, guest: Guest, rng: random.Random) -> None:
    name = rng.choice(_SURNAMES) + rng.choice(_GIVEN)
    joined = _day(guest.days[-1] + rng.randrange(60) if guest.days else rng.randrange(700))
    contacted = None if guest.contacted is None else _day(guest.contacted)
    phone = f"1{rng.choice('3578')}{rng.randrange(10**9):09d}" if rng.random() > 0.04 else None
    base.execute(
        "INSERT INTO guests VALUES (?, ?, ?, ?, ?, ?, ?)",
        (key, name, phone, joined, _PURPOSES[guest.purpose], int(not guest.wants_no_contact), contacted),
    )
    for days in guest.days:
        nights = 1 + min(13, int(rng.expovariate(0.8)))
        hotel = rng.choice(_HOTELS)
        channel = rng.choice(_DIRECT if rng.random() < guest.directness else _OTHERS)
        rating = max(1, min(5, round(guest.content + rng.gauss(0, 0.7)))) if rng.random() > 0.06 else None
        folio = nights * round(guest.rate * (80 + rng.randrange(40)))
        base.execute(
            "INSERT INTO stays VALUES (?, ?, ?, ?, ?, ?, ?)",
            (key, hotel, _day(days), nights, folio, channel, rating),
        )
        if rng.random() < (0.15 if guest.content < 3 else 0.01):
            subject = rng.choice(_SUBJECTS)
            base.execute("INSERT INTO complaints VALUES (?, ?, ?, ?)", (key, hotel, _day(days), subject))


def _day(days: int) -> str:
    return (AS_OF - timedelta(days=days)).isoformat()

"""Grades tables in a process of its own and tells the digests of it: ``digest SECTOR FOLDER DAY``."""

from __future__ import annotations

import json
import sys
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from rung.testing.grading import grade_all
from rung.testing.installed import host
from rung.testing.invented import Tables
from rung.vocabulary import Sector

__all__ = ["declared", "digests", "of_sample", "of_sector"]

_CUSTOMERS = 50


def declared(sector: Sector) -> str:
    """Return the ids of everything a sector declares, in its order."""
    parts: list[tuple[Any, ...]] = [sector.fields, sector.events, sector.features, sector.measures]
    parts += [sector.outcomes, sector.records, *(table.columns for table in sector.events)]
    parts += [each.choices for each in sector.fields]
    return " ".join(each.id for part in parts for each in part)


def of_sample(sample: Any) -> str:
    """Return the digest of a generated sample."""
    tables = {"customers": sample.customers, **sample.events}
    told = "".join(f"{name}\n{frame.write_csv()}" for name, frame in tables.items())
    return sha256(f"{sample.as_of}\n{told}".encode()).hexdigest()


def of_sector(sector: Sector) -> dict[str, str]:
    """Return digests of the declaration, and of a sample where there is one."""
    found = {"declaration": sha256(declared(sector).encode()).hexdigest()}
    if sector.sample is not None:
        found["sample"] = of_sample(sector.sample(_CUSTOMERS, 7))
    return found


def digests(sector: Sector, folder: Path, as_of: date) -> dict[str, str]:
    """Return digests of the declaration, of a sample, and of what each policy makes of tables in a folder."""
    files = {path.stem: path for path in sorted(folder.glob("*.csv"))}
    graded = grade_all(sector, Tables([], {}, as_of), files)
    return of_sector(sector) | {each.policy: each.digest for each in graded}


if __name__ == "__main__":
    name, place, day = sys.argv[1:]
    print(json.dumps(digests(host().sector(name), Path(place), date.fromisoformat(day))))

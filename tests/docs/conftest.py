"""Reads the tables of the reference pages, each introduced by a comment that names what it lists.

Makes ``ran_here`` importable by this folder's tests.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

HOME = Path(__file__).parents[2]
TABLE = re.compile(r"<!-- (?:keys|words): ([\w .-]+) -->\n+\|.*\n\|[-|]+\n((?:\|.*\n)+)")

Tables = dict[str, dict[str, tuple[str, ...]]]
"""By what the comment names: first cell without its backticks → the other cells."""


def read_tables(page: str) -> Tables:
    return {
        match[1]: {
            first.strip().strip("`"): tuple(cell.strip() for cell in others)
            for first, *others in (line.strip().strip("|").split("|") for line in match[2].splitlines())
        }
        for match in TABLE.finditer((HOME / "docs" / page).read_text(encoding="utf-8"))
    }


@pytest.fixture(scope="session")
def tables() -> Callable[[str], Tables]:
    return read_tables

"""What the parts of the sector's suite share: the sector, what it has, and its customers graded once."""

from __future__ import annotations

from functools import cache
from typing import Any, ClassVar

import pytest

from rung.hooks import GROUP
from rung.testing.grading import Graded, as_tables, grade_all, policy_ids, sound_policies
from rung.testing.installed import host
from rung.testing.invented import Tables, invented
from rung.testing.plugin_suite import PluginSuite
from rung.testing.suite import not_declared
from rung.vocabulary import Sector

__all__ = ["CAPABILITIES", "SectorTests", "base_tables", "graded_base"]

CAPABILITIES = {
    "has_events": "event tables",
    "has_measures": "measures",
    "has_policies": "policies",
    "has_library": "library of criteria",
    "has_sample": "sample",
    "has_outcomes": "outcomes of a contact",
    "has_records": "types of record",
}
"""What a sector may have, in words."""

_CUSTOMERS = 200
_SEED = 2026


def has(sector: Sector, capability: str) -> bool:
    """Return whether a sector has what a capability names."""
    match capability:
        case "has_policies":
            return bool(policy_ids(sector.id))
        case "has_library":
            folder = host().policies_folder(sector.id)
            return folder is not None and (folder / "criteria.toml").is_file()
        case "has_sample":
            return sector.sample is not None
    return bool(getattr(sector, capability.removeprefix("has_")))


@cache
def base_tables(sector_id: str) -> Tables:
    """Return the customers most tests grade: of the sample where there is one, else invented."""
    sector = host().sector(sector_id)
    if sector.sample is None:
        return invented(sector, _CUSTOMERS)
    return as_tables(sector.sample(_CUSTOMERS, _SEED))


@cache
def graded_base(sector_id: str) -> tuple[Graded, ...]:
    """Return those customers graded by every policy."""
    return tuple(grade_all(host().sector(sector_id), base_tables(sector_id)))


class SectorTests(PluginSuite):
    """The sector under test, and what it is said to have."""

    has_events: ClassVar[bool | None] = None
    """Whether the sector has event tables; ``None``, for this and the others: as the sector says."""
    has_measures: ClassVar[bool | None] = None
    has_policies: ClassVar[bool | None] = None
    has_library: ClassVar[bool | None] = None
    """Whether a ``criteria.toml`` of named criteria stands among its policies."""
    has_sample: ClassVar[bool | None] = None
    has_outcomes: ClassVar[bool | None] = None
    has_records: ClassVar[bool | None] = None
    _group = GROUP
    _hook = "rung_sector"

    def _supplied(self) -> Any:
        return host().sector(self.plugin)

    @property
    def _sector(self) -> Sector:
        __tracebackhide__ = True
        found = self._loaded
        assert isinstance(found, Sector)
        return found

    def _asks_for(self, capability: str, request: pytest.FixtureRequest) -> Sector:
        """Return the sector; skips the test where it has not what the test is about."""
        __tracebackhide__ = True
        sector = self._sector
        if not has(sector, capability):
            not_declared(request, capability, CAPABILITIES[capability])
        return sector

    def _graded(self) -> tuple[Graded, ...]:
        """Return the usual customers graded by every policy; fails the test where that goes wrong."""
        __tracebackhide__ = True
        sector = self._sector
        try:
            return graded_base(sector.id)
        except Exception as error:
            pytest.fail(
                f"Grading {_CUSTOMERS} customers ended with {type(error).__name__}: {error}", pytrace=False
            )

    def _texts(self) -> list[tuple[str, object]]:
        texts: list[tuple[str, object]] = [("Sector", self._sector)]
        texts += ((each.policy.id, each.policy) for each in sound_policies(self.plugin))
        return texts

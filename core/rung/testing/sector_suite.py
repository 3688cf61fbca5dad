"""The suite of a sector: ``class TestHotel(SectorSuite): plugin = "hotel"``."""

from __future__ import annotations

from rung.testing.grading_suite import GradingTests
from rung.testing.measures_suite import MeasuresTests
from rung.testing.mistakes import Mistakes
from rung.testing.names_suite import NamesTests
from rung.testing.policies_suite import PoliciesTests
from rung.testing.sample_suite import SampleTests
from rung.testing.sector_tests import CAPABILITIES, has
from rung.testing.service_suite import ServiceTests
from rung.testing.values_suite import ValuesTests

__all__ = ["SectorSuite"]


class SectorSuite(
    NamesTests, ValuesTests, MeasuresTests, PoliciesTests, GradingTests, SampleTests, ServiceTests
):
    """Everything a sector is held to. A subclass sets ``plugin``, the entry point's name, and no more.

    What the sector does not have is skipped, with the reason. A subclass may say what it has, such as
    ``has_sample = True``: losing it then fails.
    """

    def test_what_it_is_said_to_have_is_there(self) -> None:
        """Every ``has_…`` the class sets agrees with the sector."""
        sector = self._sector
        mistakes = Mistakes(
            "correct the class, or give the sector what it lost; None leaves it to the sector"
        )
        for capability, words in CAPABILITIES.items():
            said, found = getattr(self, capability), has(sector, capability)
            if said is not None and bool(said) != found:
                mistakes.add(
                    f"{type(self).__name__}.{capability}",
                    f"{said}, and the sector has {'' if found else 'no '}{words}",
                    str(found),
                )
        mistakes.tell()

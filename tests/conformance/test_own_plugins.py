"""The eight plugins that come with Rung pass the suite that strangers' plugins pass."""

from __future__ import annotations

from rung.testing import SectorSuite


class TestAuto4s(SectorSuite):
    plugin = "auto4s"


class TestBank(SectorSuite):
    plugin = "bank"


class TestChannel(SectorSuite):
    plugin = "channel"


class TestEngineering(SectorSuite):
    plugin = "engineering"


class TestGeneral(SectorSuite):
    plugin = "general"


class TestSales(SectorSuite):
    plugin = "sales"


class TestTobacco(SectorSuite):
    plugin = "tobacco"


class TestWealth(SectorSuite):
    plugin = "wealth"

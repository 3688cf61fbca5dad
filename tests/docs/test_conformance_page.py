"""docs/conformance.md has a line for every test of every suite, every capability and every fixture."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rung import testing
from rung.testing import fixtures
from rung.testing.plugin_suite import PluginSuite
from rung.testing.sector_tests import CAPABILITIES

Tables = Callable[[str], dict[str, dict[str, tuple[str, ...]]]]


def test_the_page_lists_what_every_plugin_is_held_to(tables: Tables) -> None:
    assert sorted(tables("conformance.md")["Suite"]) == list(PluginSuite.names_of_tests())


@pytest.mark.parametrize("name", testing.__all__)
def test_the_page_lists_every_test_of_a_suite(name: str, tables: Tables) -> None:
    own = set(getattr(testing, name).names_of_tests()) - set(PluginSuite.names_of_tests())
    assert set(tables("conformance.md")[name]) == own


def test_the_page_lists_every_capability_and_every_fixture(tables: Tables) -> None:
    assert set(tables("conformance.md")["capabilities"]) == set(CAPABILITIES)
    offered = {name for name in fixtures.__all__ if not name.startswith("pytest_")}
    assert set(tables("conformance.md")["fixtures"]) == offered

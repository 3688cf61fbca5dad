"""A suite's tests cannot be overridden, deleted or skipped unless it is said so, with the reason."""

from __future__ import annotations

from typing import Any

import pytest

from rung.testing import AlarmSuite, ExporterSuite, PanelSuite, SectorSuite, SourceSuite
from rung.testing.plugin_suite import PluginSuite
from rung.testing.suite import WHOLE

LOADS = "test_it_loads"


def _nothing(_self: object) -> None:
    """Test nothing, in place of a test."""


def _made(bases: tuple[type, ...] = (SectorSuite,), **body: Any) -> type:
    return type(SectorSuite)("TestShop", bases, {"plugin": "shop", "__module__": "own", **body})


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            {LOADS: _nothing},
            "TestShop.test_it_loads is overridden: a test of the suite stays as it is.",
        ),
        ({LOADS: None}, "TestShop.test_it_loads is deleted"),
        ({"_loaded": 1}, "TestShop._loaded is overridden, but the suite works by it."),
        ({"__test__": False}, "TestShop.__test__ is False, which takes the whole suite away."),
        ({"pytestmark": pytest.mark.skip}, "TestShop is marked skip, which takes the whole suite away."),
        ({"pytestmark": [pytest.mark.xfail(reason="?")]}, "TestShop is marked xfail"),
        ({"has_samples": True}, "TestShop.has_samples is nothing the suite reads. Did you mean has_sample?"),
        ({"known_failures": {"test_it_load": "soon"}}, "no test of the suite. Did you mean test_it_loads?"),
        ({"known_failures": {LOADS: " "}}, "gives no reason for test_it_loads"),
        ({"known_failures": [LOADS]}, "TestShop.known_failures is no mapping"),
        ({"known_failures": {"test_nothing_of_the_suite_is_left_out": "x"}}, "which always has to pass"),
        ({"plugin": None}, "TestShop does not say what it tests."),
        ({"plugin": ""}, "TestShop.plugin is ''."),
    ],
)
def test_what_takes_a_test_away_is_refused_with_how_to_say_it(body: dict[str, Any], words: str) -> None:
    with pytest.raises(TypeError) as caught:
        _made(**body)
    assert words in str(caught.value)


def test_a_mixin_before_the_suite_hides_nothing() -> None:
    class Helper:
        def test_it_loads(self) -> None:
            pass

    with pytest.raises(TypeError, match="overridden by Helper, which stands before the suite"):
        _made((Helper, SectorSuite))


def test_a_mixin_behind_the_suite_is_fine() -> None:
    class Helper:
        def test_it_loads(self) -> None:
            pass

    assert _made((SectorSuite, Helper)).test_it_loads is SectorSuite.test_it_loads  # type: ignore[attr-defined]


def test_a_class_between_the_suite_and_the_tests_hides_nothing() -> None:
    with pytest.raises(TypeError, match="test_it_loads is overridden"):
        type(SectorSuite)("Base", (SectorSuite,), {"__module__": "own", LOADS: _nothing})


@pytest.mark.parametrize("value", [None, _nothing])
def test_a_test_is_not_taken_away_afterwards(value: object) -> None:
    made = _made()
    with pytest.raises(TypeError, match="test_it_loads is set to something else"):
        setattr(made, LOADS, value)
    with pytest.raises(TypeError, match="test_it_loads is set to something else"):
        setattr(SectorSuite, LOADS, value)
    with pytest.raises(TypeError, match="test_it_loads is deleted"):
        delattr(SectorSuite, LOADS)
    with pytest.raises(TypeError, match="__test__"):
        made.__test__ = False  # type: ignore[attr-defined]


def test_a_whole_class_is_not_marked_away_by_a_decorator() -> None:
    with pytest.raises(TypeError, match="TestShop is marked skipif"):
        pytest.mark.skipif(True, reason="later")(_made())


def test_tests_and_helpers_of_ones_own_are_welcome() -> None:
    made = _made(test_of_my_own=_nothing, helper=1, has_sample=True)
    assert made.__test__ is True  # type: ignore[attr-defined]


def test_a_class_pytest_would_not_look_for_is_collected_all_the_same() -> None:
    made = type(SectorSuite)("Conformance", (SectorSuite,), {"plugin": "shop", "__module__": "own"})
    assert made.__test__ is True  # type: ignore[attr-defined]


def test_the_suites_themselves_are_not_collected_where_they_are_imported() -> None:
    suites = (AlarmSuite, ExporterSuite, PanelSuite, SectorSuite, SourceSuite)
    assert [suite.__test__ for suite in suites] == [False] * 5


SKIPPING = """
def pytest_collection_modifyitems(items):
    items[:] = [each for each in items if "network" not in each.name]
"""
DESELECTING = """
def pytest_collection_modifyitems(config, items):
    away = [each for each in items if "network" in each.name]
    config.hook.pytest_deselected(items=away)
    items[:] = [each for each in items if each not in away]
"""
FEW = """
from rung.testing.sector_tests import SectorTests


class TestShop(SectorTests):
    plugin = "shop"
"""
# Tests every plugin has, so that no time goes into the others.


def test_a_test_that_disappears_while_pytest_collects_is_missed(kit: Any) -> None:
    ran = kit(files={"conftest.py": SKIPPING}, suite=FEW)
    assert ran.failed == {WHOLE}
    assert "TestShop.test_importing_it_reaches_no_network was not collected." in ran.output


def test_what_is_deselected_on_record_is_not_missed(kit: Any) -> None:
    ran = kit(files={"conftest.py": DESELECTING}, suite=FEW)
    assert ran.failed == set()
    assert set(ran.ended) == {
        name for name in PluginSuite.names_of_tests() if name != "test_importing_it_reaches_no_network"
    }


def test_what_a_person_leaves_out_on_the_command_line_is_not_missed(kit: Any) -> None:
    ran = kit("-k", "left_out or network")
    assert ran.ended == {WHOLE: "passed", "test_importing_it_reaches_no_network": "passed"}


def test_an_override_is_told_when_pytest_collects(kit: Any) -> None:
    ran = kit(
        suite="""
        from rung.testing import SectorSuite


        class TestShop(SectorSuite):
            plugin = "shop"
            test_it_loads = None
    """
    )
    assert "TypeError: TestShop.test_it_loads is deleted: a test of the suite stays as it is." in ran.output
    assert 'known_failures = {"test_it_loads": "why"}' in ran.output


KNOWN = """
from rung.testing import SectorSuite


class TestShop(SectorSuite):
    plugin = "shop"
    known_failures = {"test_its_texts_are_in_both_languages": "waits for the translator"}
"""


LANGUAGES = "test_its_texts_are_in_both_languages"
ONE = {"suite": KNOWN, "only": (f"TestShop::{LANGUAGES}",)}


@pytest.fixture(scope="module")
def known(together: Any) -> Any:
    """What is said of a failure named as known, of a plugin that has it and of one that has not."""
    faulty = {'Text("消费额", "Spent")': 'Text("消费额", "消费额")'}
    return together({"there": {**ONE, "swap": faulty}, "gone": ONE})


def test_a_known_failure_fails_as_known_and_must_fail(known: Any) -> None:
    ran = known["there"]
    assert ran.ended == {LANGUAGES: "xfailed"}
    assert "waits for the translator" in ran.output


def test_a_known_failure_that_passes_is_told(known: Any) -> None:
    ran = known["gone"]
    assert ran.failed == {LANGUAGES}
    assert "[XPASS(strict)] waits for the translator" in ran.output


AROUND = {
    "a mark of the module": ('pytestmark = pytest.mark.skip(reason="later")', "skipped (later)"),
    "a mark of the module without a word": (
        "pytestmark = [pytest.mark.skip]",
        "skipped (unconditional skip)",
    ),
    "a mark of the module on a condition": (
        'pytestmark = pytest.mark.skipif(True, reason="not here")',
        "skipped (not here)",
    ),
    "a mark that lets it fail": ('pytestmark = pytest.mark.xfail(reason="soon")', "marked xfail (soon)"),
    "a mark that lets it fail without running it": (
        'pytestmark = pytest.mark.xfail(reason="soon", run=False)',
        "is marked xfail",
    ),
    "a fixture": (
        '@pytest.fixture(autouse=True)\ndef away():\n    pytest.skip("no time")',
        "skipped (no time)",
    ),
}
TRIED = ("test_it_loads", WHOLE)


@pytest.fixture(scope="module")
def around(together: Any) -> Any:
    """What is said of a suite that stands in a module which hides it."""
    only = tuple(f"TestShop::{test}" for test in TRIED)
    return together(
        {
            way: {"suite": f"import pytest\n\n{text}\n{FEW}", "only": only}
            for way, (text, _words) in AROUND.items()
        }
    )


@pytest.mark.parametrize("way", AROUND)
def test_what_stands_around_a_suite_hides_none_of_it(way: str, around: Any) -> None:
    ran = around[way]
    assert ran.failed == set(TRIED), ran.output
    assert "TestShop.test_it_loads is" in ran.output
    assert AROUND[way][1] in ran.output
    assert 'known_failures = {"test_it_loads": "why"}' in ran.output


def test_a_mark_set_while_pytest_collects_hides_nothing(kit: Any) -> None:
    marking = """
        import pytest


        def pytest_collection_modifyitems(items):
            for each in items:
                each.add_marker(pytest.mark.skip(reason="later"))
    """
    ran = kit(files={"conftest.py": marking}, suite=FEW)
    assert ran.failed == set(PluginSuite.names_of_tests())
    assert "TestShop.test_importing_it_reaches_no_network is skipped (later)" in ran.output


def test_a_suite_that_disappears_whole_is_missed(kit: Any) -> None:
    emptying = "def pytest_collection_modifyitems(items):\n    items.clear()\n"
    ran = kit(files={"conftest.py": emptying}, suite=FEW)
    assert ran.ended == {WHOLE: "failed"}
    assert "TestShop.test_it_loads was not collected." in ran.output


def test_a_module_that_says_it_has_no_tests_hides_no_suite(kit: Any) -> None:
    ran = kit(suite=f"__test__ = False\n{FEW}")
    assert ran.counts == {"error": 1}
    assert "test_it.py: __test__ is False, which takes TestShop away." in ran.output


def test_tests_of_ones_own_may_be_skipped(kit: Any) -> None:
    own = f"{FEW}\n    def test_of_my_own(self):\n        pass\n"
    ran = kit(
        suite=f"import pytest\n\npytestmark = pytest.mark.skip\n{own}", only=("TestShop::test_of_my_own",)
    )
    assert ran.ended == {"test_of_my_own": "skipped"}

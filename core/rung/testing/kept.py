"""Holds pytest to the suites: a test that something around its class skips or takes out fails by name."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from rung.testing.suite import DESELECTED, WHOLE, Suite

__all__ = ["put_back", "refuse_hidden", "refuse_unseen"]


def refuse_hidden(item: pytest.Item, report: pytest.TestReport) -> None:
    """Turn a suite's test into a failure that was skipped before it began, or may fail unsaid."""
    cls, test = _suite_of(item), _name(item)
    if cls is None or test not in cls.names_of_tests():
        return
    if hasattr(report, "wasxfail"):
        if test in cls.known_failures:
            return
        done, why = "marked xfail", report.wasxfail
        del report.wasxfail
    elif report.when == "setup" and report.skipped:
        # What skips itself while it runs says why; what never began was taken away.
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        done, why = "skipped", reason.removeprefix("Skipped: ")
    else:
        return
    report.outcome = "failed"
    report.longrepr = (
        f"{cls.__name__}.{test} is {done} ({why or 'no reason given'}), by its module, conftest.py or a "
        "fixture: a test of the suite stays as it is. If it fails for now, write "
        f'known_failures = {{"{test}": "why"}}; if the plugin is gone, delete the class.'
    )


def refuse_unseen(collector: pytest.Collector, report: pytest.CollectReport) -> None:
    """Fail the collection of a module that says it holds no tests, and holds a suite."""
    if not (isinstance(collector, pytest.Module) and report.passed):
        return
    if getattr(collector.obj, "__test__", True):
        return
    suites = [name for name, value in vars(collector.obj).items() if _is_suite(value)]
    if suites:
        report.outcome = "failed"
        report.longrepr = (
            f"{collector.nodeid}: __test__ is False, which takes {', '.join(suites)} away. Take the line "
            'out; what fails for now is named in the class: known_failures = {"test_…": "why"}.'
        )


def put_back(before: Sequence[pytest.Item], items: list[pytest.Item], config: pytest.Config) -> None:
    """Put back the test of each suite that tells what is missing, unless it was left out on record."""
    deselected = config.stash.get(DESELECTED, set())
    there = {item.nodeid for item in items} | deselected
    items += [
        item
        for item in before
        if _name(item) == WHOLE and item.nodeid not in there and _suite_of(item) is not None
    ]


def _suite_of(item: pytest.Item) -> type[Suite] | None:
    cls = getattr(item, "cls", None)
    return cls if _is_suite(cls) else None


def _is_suite(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, Suite) and bool(value.__test__)


def _name(item: pytest.Item) -> str:
    return str(getattr(item, "originalname", None) or item.name)

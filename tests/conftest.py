"""What holds for every test: under CI nothing may be skipped, and no example is refused for being slow."""

from __future__ import annotations

import gc
import os
from collections.abc import Generator
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import settings

# How long an example takes says more about what else the machine does than about the law.
settings.register_profile("unhurried", parent=settings(), deadline=None)
settings.load_profile("unhurried")

# Looking for garbage, ten thousand tests in memory, took a sixth of the time of the terminal tests.
gc.set_threshold(20_000)

# Begun first, where workers take a file each: what takes longest must not be what is left at the end.
_LONGEST = (
    "torture/test_torture.py",
    "packaging/test_wheel.py",
    "simulation/test_simulation_laws.py",
    "grading/test_laws.py",
    "sheet/test_printed.py",
    "tui/test_any_terminal.py",
    "tui/test_real_terminal.py",
    "tui/approvals/test_approvals_decided.py",
    "tui/records/test_records_filled_in.py",
    "tui/test_policy_mode.py",
    "tui/test_journal.py",
    "tui/test_looks.py",
    "tui/test_bad_moments.py",
    "cli/test_doctor_terminal.py",
    "cli/test_adopt_new.py",
    "cli/test_other_verbs.py",
    "docs/test_ledger_page.py",
    "ledger/test_migrations.py",
    "ledger/test_ledger_crash.py",
)

_Report = TypeVar("_Report", pytest.TestReport, pytest.CollectReport)


def _refused(report: _Report) -> _Report:
    # A suite of rung.testing skips, on record, what a plugin does not declare.
    is_undeclared = any(name == "rung_not_declared" for name, _what in getattr(report, "user_properties", ()))
    if (
        os.environ.get("CI") == "true"
        and report.skipped
        and not (hasattr(report, "wasxfail") or is_undeclared)
    ):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid} was skipped, and CI runs everything. {reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skipped test into a failure under CI."""
    return _refused((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Turn a file skipped as a whole into a failure under CI."""
    return _refused((yield))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the files that take longest first in a worker of pytest-xdist; elsewhere leave the order."""
    if not hasattr(config, "workerinput"):
        return
    ranks = {Path(__file__).parent / name: rank for rank, name in enumerate(_LONGEST)}
    items.sort(key=lambda item: ranks.get(item.path, len(ranks)))

"""The pytest plugin: fixtures that grade, explain and make a workspace, and what keeps suites whole."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

# Every pytest session of whoever has Rung installed imports this module: nothing heavy up here.

if TYPE_CHECKING:
    from rung.grading.explanation import Explanation
    from rung.workspace import Workspace

    Rows = Sequence[Mapping[str, object]] | str | Path
    Grade = Callable[..., list[dict[str, Any]]]
    Explain = Callable[..., Explanation]

__all__ = [
    "explain",
    "grade",
    "pytest_collection_modifyitems",
    "pytest_deselected",
    "pytest_make_collect_report",
    "pytest_runtest_makereport",
    "workspace",
]


def pytest_deselected(items: Sequence[pytest.Item]) -> None:
    """Note what was left out on record, so that a suite of ``rung.testing`` does not miss it."""
    from rung.testing.suite import DESELECTED

    for item in items:
        item.config.stash.setdefault(DESELECTED, set()).add(item.nodeid)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> Generator[None, None, None]:
    """Put back what tells that a suite was taken out while pytest collects."""
    before = list(items)
    yield
    if _has_suites():
        from rung.testing.kept import put_back

        put_back(before, items, config)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Refuse a module that hides a suite."""
    report = yield
    if _has_suites():
        from rung.testing.kept import refuse_unseen

        refuse_unseen(collector, report)
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a suite's test that a module, a conftest.py or a fixture skips or marks as failing."""
    report = yield
    if _has_suites():
        from rung.testing.kept import refuse_hidden

        refuse_hidden(item, report)
    return report


def _has_suites() -> bool:
    return "rung.testing.suite" in sys.modules


@pytest.fixture
def grade() -> Grade:
    """Return ``grade(rows, policy, *, events=None, as_of=None)``, which grades as ``rung grade`` does.

    ``rows`` are the customers: a list of dicts, value by header (an id, a title or an alias of a field;
    values as a table has them, None for a blank), or the path of a file. ``policy`` is an id, such as
    ``"hotel.tiers"``, or the path of a file. ``events`` are rows, or a path, by event table. ``as_of`` is the
    day graded for; the 30th of June 2026 if left out.

    It returns one dict a customer, in the table's order: ``customer_id``, ``customer_name``, ``grade`` (None
    where there is none), ``score`` (Decimal or None), ``points`` (criterion → Decimal or None), ``flags``
    (list of ids), ``reasons`` (list of codes, the first three), ``evidence`` (per cent), ``not_graded`` (the
    code of the cause, or None). Raises RungError with every problem of the policy or the table.
    """
    from rung.testing.tried import graded_rows

    return graded_rows


@pytest.fixture
def explain() -> Explain:
    """Return ``explain(customer, policy, *, among=(), events=None, as_of=None)``, why somebody has a grade.

    ``customer`` is one dict, value by header, as ``grade`` takes; ``among`` are the others it is graded with,
    for a policy that grades by shares. The rest is as for ``grade``.

    It returns an Explanation: ``grade``, ``score``, ``reasons`` (each with ``code`` and ``text``, a Text in
    both languages), ``criteria`` (each with ``id``, ``value``, ``band``, ``points``, ``lost``), ``gates``,
    ``rules``, ``flags``, ``evidence`` (per cent), ``not_graded``, ``suggestion`` (the smallest change to the
    next grade), ``service`` (what is promised).
    """
    from rung.testing.tried import explained

    return explained


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Return a new workspace in a folder of its own, as ``rung init`` makes it, with every plugin installed.

    ``workspace.folder`` is its folder, ``workspace.shelf`` the policies at hand; policies of your own go into
    ``workspace.folder / "policies"``. ``workspace.grade(request, progress)`` grades and keeps the run,
    ``workspace.records`` opens records, ``workspace.contacts`` logs contacts.
    """
    from rung.workspace import Workspace

    yield Workspace.create(tmp_path / "workspace")

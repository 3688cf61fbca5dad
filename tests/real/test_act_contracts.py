"""A government's contract register: one row a contract, graded as clients by directorate."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

pytestmark = pytest.mark.real
TABLE = "act_contracts_2025.csv"
YEAR_END = date(2025, 12, 31)


@pytest.fixture(scope="module")
def clients(grade: Callable[..., Any]) -> Any:
    return grade(TABLE, "act", "engineering.client-grades", YEAR_END)


@pytest.fixture(scope="module")
def by_contracts(grade: Callable[..., Any]) -> Any:
    return grade(TABLE, "act", "policy", YEAR_END)


def _grades(outcome: Any) -> dict[str, str]:
    return dict(outcome.results.select("customer_id", pl.col("model_grade").cast(pl.String)).iter_rows())


def test_every_contract_is_read_though_titles_break_lines(clients: Any) -> None:
    (contracts,) = clients.quality["events"]
    assert (contracts["read"]["rows"], contracts["used"]) == (1_296, 1_296)
    assert (contracts["without_date"], contracts["without_customer"], contracts["after_as_of"]) == (0, 0, 0)
    assert [each["unread"] for each in contracts["columns"] if each["id"] in {"amount", "date"}] == [0, 0]


def test_the_directorates_are_the_clients(clients: Any, data: Path) -> None:
    directorates = pl.read_csv(data / TABLE, columns=["directorate"])["directorate"].unique()
    assert clients.results.height == 24
    assert set(clients.results["customer_id"]) == set(directorates)


def test_the_ready_policy_grades_them_by_their_contracts_alone(clients: Any) -> None:
    assert clients.manifest.counts == {"A": 15, "B": 5, "C": 4}
    assert set(clients.results["evidence"]) == {30}


@pytest.mark.parametrize(
    ("directorate", "expected"),
    [
        ("Chief Minister, Treasury and Economic Development Directorate", "A"),
        ("Suburban Land Agency", "A"),
        ("Canberra Institute of Technology", "A"),
        ("ACT Integrity Commission", "B"),
        ("Motor Accident Injuries Commission", "B"),
        ("Territory and Municipal Services Directorate", "C"),
        ("ACT Audit Office", "C"),
    ],
)
def test_a_directorate_is_graded_by_what_it_contracted(clients: Any, directorate: str, expected: str) -> None:
    assert _grades(clients)[directorate] == expected


def test_by_value_frequency_and_recency_few_are_best(by_contracts: Any) -> None:
    best = {name for name, grade in _grades(by_contracts).items() if grade == "A"}
    assert best == {
        "ACT Government",
        "Canberra Health Services",
        "Chief Minister, Treasury and Economic Development Directorate",
        "City Renewal Authority",
        "Community Services Directorate",
        "Digital Canberra",
        "Education Directorate",
        "Environment, Planning and Sustainable Development Directorate",
        "Infrastructure Canberra",
        "Justice and Community Safety Directorate",
        "Suburban Land Agency",
        "Transport Canberra and City Services",
    }


def test_before_the_year_began_no_contract_counts(grade: Callable[..., Any]) -> None:
    early = grade(TABLE, "act", "policy", date(2024, 12, 31))
    (contracts,) = early.quality["events"]
    assert (contracts["used"], contracts["after_as_of"]) == (0, 1_296)

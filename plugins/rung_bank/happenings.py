"""What happened to the made-up borrowers: repayments due, balances, statements filed, complaints."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Final

from rung_bank.borrowers import Borrower

__all__ = ["AS_OF", "balances", "complaints", "day_before", "repayments", "statements"]

Cells = list[str]
"""Rows of a table as text, cell after cell: a flat list, for the million rows of a large sample."""

AS_OF: Final = date(2026, 6, 30)
_DAYS: Final = tuple((AS_OF - timedelta(days=back)).isoformat() for back in range(5000))
_DUE: Final = tuple(
    (AS_OF - date(year, month, 21)).days for year, month in ((2025, 9), (2025, 12), (2026, 3), (2026, 6))
)
_MONTHS: Final = ("2026-04-30", "2026-05-31", "2026-06-30")
_QUARTERS: Final = ("2025-09-30", "2025-12-31", "2026-03-31", "2026-06-30")
_FILED: Final = {"c": "完备", "p": "不完整", "a": "未报送"}
_TOPICS: Final = ("利率与收费", "服务态度", "办理时间长", "账户错误", "催收方式")


def day_before(days: int) -> str:
    """Return the date so many days before the sample's as-of date, at most 4,999."""
    return _DAYS[days]


def repayments(customer: str, borrower: Borrower, loan: int, rng: Random) -> Cells:
    """Return the last year's quarterly instalments; what is past due now is unpaid from that day on."""
    owed = f"{loan / 20:.2f}"
    loan_id = f"J{customer[1:]}"
    past_due = borrower.days_past_due
    late = {"优良": 0.02, "良好": 0.06, "有一定信用": 0.15, "差": 0.4}[borrower.credit_record]
    cells: Cells = []
    for due in _DUE:
        if due <= past_due:
            cells += (customer, _DAYS[due], loan_id, owed, "0.00", str(due))
        elif not borrower.is_exact and rng.random() < late:
            cells += (customer, _DAYS[due], loan_id, owed, owed, str(rng.randint(1, min(due, 60))))
        else:
            cells += (customer, _DAYS[due], loan_id, owed, owed, "0")
    if past_due and past_due not in _DUE:
        cells += (customer, _DAYS[past_due], loan_id, owed, "0.00", str(past_due))
    return cells


def balances(customer: str, borrower: Borrower, rng: Random) -> Cells:
    """Return the last three month-ends: some 5 % of the assets lie with the bank."""
    held = borrower.assets * rng.uniform(0.01, 0.09)
    cells: Cells = []
    for month in _MONTHS:
        cells += (customer, month, f"{held * rng.uniform(0.8, 1.2):.2f}")
    return cells


def statements(customer: str, borrower: Borrower) -> Cells:
    """Return one row for each quarter the borrower's pattern speaks of, counted back from the latest."""
    assets = f"{borrower.assets / 10_000:.2f}"
    debts = f"{borrower.assets * borrower.debt_ratio / 100_000_000:.2f}"
    quarters = _QUARTERS[4 - len(borrower.statements) :]
    cells: Cells = []
    for quarter, letter in zip(quarters, borrower.statements, strict=True):
        sums = ("", "") if letter == "a" else (assets, debts)
        cells += (customer, quarter, _FILED[letter], *sums)
    return cells


def complaints(customer: str, rng: Random) -> Cells:
    """Return a complaint of the last two years, for 6 % of the borrowers; three in four are resolved."""
    if rng.random() >= 0.06:
        return []
    solved = "是" if rng.random() < 0.75 else "否"
    return [customer, _DAYS[rng.randrange(730)], rng.choice(_TOPICS), solved]

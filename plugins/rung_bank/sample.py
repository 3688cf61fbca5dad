"""A made-up bank: borrowers, their repayments, balances, statements and complaints, as raw tables."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Final

from rung.sdk import Sample
from rung_bank.borrowers import ON_THE_BOUND, Borrower, drawn
from rung_bank.handwriting import in_ten_thousands, written
from rung_bank.happenings import AS_OF, Cells, balances, complaints, day_before, repayments, statements
from rung_bank.names import INDUSTRIES, REGIONS, borrower_name, manager_names

if TYPE_CHECKING:
    import polars as pl

__all__ = ["sample"]

_CUSTOMERS: Final = (
    "客户编号", "客户名称", "客户类型", "所属行业", "所在地区", "集团编号", "客户经理", "开户日期",
    "资产总额(万元)", "资产负债率(%)", "贷款余额", "授信额度(万元)", "逾期天数", "信用记录", "担保情况",
    "风险评估", "联系电话",
)  # fmt: skip
_EVENTS: Final = {
    "repayments": ("客户编号", "应还日期", "借据号", "应还金额", "实还金额", "逾期天数"),
    "balances": ("客户编号", "月末日期", "余额"),
    "statements": ("客户编号", "报表日期", "报送情况", "资产总计(万元)", "负债合计(万元)"),
    "complaints": ("客户编号", "投诉日期", "投诉内容", "是否解决"),
}


def sample(n: int, seed: int) -> Sample:
    """Make ``n`` borrowers with their events; equal arguments, equal tables.

    A hidden standing, normal, moves everything: its correlation with the traits behind credit record
    and days past due is 0.7, behind risk assessment and statements 0.6, behind assets (log) and debt
    ratio 0.5 (the ratio falls as standing rises), behind the guarantee 0.4.

    Marginals: kind 75 % companies, 15 % sole traders, 10 % persons. Assets log-normal: companies
    median 80 m yuan, sigma 1.9; others median 2.5 m, sigma 1.4. Debt ratio normal, mean 55 %, sd 18
    points, kept in 2–180. Days past due: 82 % none, 9 % 1–30, 3 % 31–60, 2 % 61–90, 4 % more, up to
    360. Credit record excellent 20 %, good 35 %, some 30 %, poor 15 %. Risk assessment complete
    50 %, vague 35 %, insufficient 15 %. Statements: 58 % complete in all four quarters, 8 % none on
    file. 12 % belong to a borrower group, about three to a group; 6 % complained within two years.

    Written down carelessly: blank are 1 % of assets and days past due, 2 % of credit records, 3 % of
    risk assessments, 4 % of debt ratios; a further 6.4 % of the written amounts carry separators,
    full-width digits, spaces or a guess (``written``); 1 % of loan balances are counted in 万.

    Borderline borrowers (``ON_THE_BOUND``: every grade, every gate, each side of every bound), written
    exactly, are 2 % of the whole, but at least one of each from n = 200 on, and never more than a quarter.
    """
    rng = Random(f"bank/{n}/{seed}")
    managers = manager_names(rng, max(1, min(60, n // 40)))
    events: dict[str, Cells] = {name: [] for name in _EVENTS}
    customers: Cells = []
    for number, borrower in enumerate(_borrowers(n, rng), start=1):
        customer = f"K{number:07d}"
        loan = round(borrower.assets * rng.uniform(0.02, 0.25) / 1000) * 1000 + 1000
        group = f"G{rng.randrange(max(1, n // 25)):05d}" if rng.random() < 0.12 else ""
        customers += (customer, *_card(borrower, loan, group, rng.choice(managers), rng))
        events["repayments"] += repayments(customer, borrower, loan, rng)
        events["balances"] += balances(customer, borrower, rng)
        events["statements"] += statements(customer, borrower)
        events["complaints"] += complaints(customer, rng)
    return Sample(
        customers=_frame(_CUSTOMERS, customers),
        events={name: _frame(columns, events[name]) for name, columns in _EVENTS.items()},
        as_of=AS_OF,
    )


def _borrowers(n: int, rng: Random) -> list[Borrower]:
    borrowers = [drawn(rng) for _ in range(n)]
    count = min(n // 4, max(len(ON_THE_BOUND), n // 50))
    for number, place in enumerate(rng.sample(range(n), count)):
        borrowers[place] = ON_THE_BOUND[number % len(ON_THE_BOUND)]
    return borrowers


def _card(borrower: Borrower, loan: int, group: str, manager: str, rng: Random) -> tuple[str, ...]:
    # Every column of the customer's row after the id.
    region, industry = rng.choice(REGIONS), rng.choice(INDUSTRIES)
    assets, ratio = f"{borrower.assets / 10_000:.2f}", f"{borrower.debt_ratio / 100:.2f}"
    days, record, assessment = str(borrower.days_past_due), borrower.credit_record, borrower.risk_assessment
    owed = f"{loan}.00"
    if not borrower.is_exact:
        assets, ratio = written(assets, rng, blank=0.01), written(ratio, rng, blank=0.04)
        days = "" if rng.random() < 0.01 else days
        record = "" if rng.random() < 0.02 else record
        assessment = "" if rng.random() < 0.03 else assessment
        owed = in_ten_thousands(loan) if rng.random() < 0.01 else written(owed, rng, blank=0.0)
    return (
        borrower_name(rng, borrower.kind, region, industry),
        borrower.kind,
        "" if borrower.kind == "个人" else industry,
        region,
        group,
        manager,
        day_before(rng.randrange(60, 4500)),
        assets,
        ratio,
        owed,
        str(-(-loan * 3 // 20_000)),
        days,
        record,
        borrower.guarantee,
        assessment,
        f"1{rng.randrange(30, 100)}****{rng.randrange(10_000):04d}",
    )


def _frame(columns: tuple[str, ...], cells: Cells) -> pl.DataFrame:
    import polars as pl

    width = len(columns)
    return pl.DataFrame(
        [pl.Series(name, cells[number::width], dtype=pl.String) for number, name in enumerate(columns)]
    )

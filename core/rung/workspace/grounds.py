"""What proposals about the customers of a run rest on: grades, values, what people gave before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, overload

from rung.ledger import Ground, InputFilter, InputKind, InputRecord, LedgerStore, Proposal, State
from rung.ledger.keeping.sqlite import open_sqlite
from rung.ledger.rules.ground import ground_in
from rung.text import _
from rung.workspace.own_policies import OwnPolicies

if TYPE_CHECKING:
    import polars as pl

    from rung.errors import Problem
    from rung.grading.scorecard import Scorecard
    from rung.ledger.store import Appending
    from rung.progress import Progress
    from rung.runs.run import Customer, Run
    from rung.workspace.human_input import HumanInput

__all__ = ["Grounds", "Reporting", "grounds_of", "ledger_to_look_into"]

_PAGE: Final = 5_000
# Customers read from the run at once.
_ASKED: Final = 1_000
# Customers the ledger is asked for at once.
_STEP: Final = 100
# Customers between two reports of progress.
_DATA: Final = (InputKind.JUDGEMENT, InputKind.CORRECTION)


@contextmanager
def ledger_to_look_into(human: HumanInput) -> Iterator[LedgerStore]:
    """Give the ledger to look into; where there is none an empty one, gone after: looking begins none."""
    if human.is_begun:
        with human.ledger() as store:
            yield store
        return
    with TemporaryDirectory(prefix="rung-") as folder, open_sqlite(Path(folder) / "ledger.db") as store:
        yield store


def grounds_of(
    human: HumanInput,
    run: Run,
    customers: Sequence[str],
    proposal: Proposal,
    now: datetime,
    store: LedgerStore,
    report: Progress,
) -> list[tuple[Proposal, Ground]]:
    """Return a proposal with what it rests on for each customer, by id."""
    grounds = Grounds(human, run, now.date())
    inputs = grounds.data(store, customers)
    wanted: list[tuple[Proposal, Ground]] = []
    for number, customer in enumerate(customers_at(run, customers), 1):
        wanted.append((proposal, grounds.on(customer, inputs[customer.id], store)))
        if number % _STEP == 0 or number == len(customers):
            report(_("Looking at the customers"), number, len(customers))
    return wanted


def customers_at(run: Run, ids: Sequence[str]) -> Iterator[Customer]:
    """Yield customers of a run by id, many read at once; raises RungError where one is not in it."""
    import polars as pl

    from rung.runs.run import MEASURED, RESULTS, Customer

    places = run.frame().select("customer_id").with_row_index("row").collect()
    wanted = pl.DataFrame({"customer_id": pl.Series(ids, dtype=pl.String)})
    rows = wanted.join(places, on="customer_id", how="left", maintain_order="left")["row"]
    results, measured = (pl.scan_ipc(run.folder / name) for name in (RESULTS, MEASURED))
    for start in range(0, len(ids), _PAGE):
        page = rows[start : start + _PAGE]
        known = page.drop_nulls()
        told = {
            row: Customer(row, result, values)
            for row, result, values in zip(known, _rows(results, known), _rows(measured, known), strict=True)
        }
        for customer, row in zip(ids[start : start + _PAGE], page, strict=True):
            yield run.find(customer) if row is None else told[row]


def _rows(frame: pl.LazyFrame, places: pl.Series) -> list[dict[str, Any]]:
    import polars as pl

    return frame.select(pl.all().gather(places)).collect().to_dicts()


class Reporting(Sequence[tuple[Proposal, Ground]]):
    """Proposals that report how far one has gone through them."""

    def __init__(self, wanted: Sequence[tuple[Proposal, Ground]], report: Progress) -> None:
        self._wanted = wanted
        self._report = report

    @overload
    def __getitem__(self, place: int) -> tuple[Proposal, Ground]: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[tuple[Proposal, Ground]]: ...

    def __getitem__(self, place: int | slice) -> tuple[Proposal, Ground] | Sequence[tuple[Proposal, Ground]]:
        return self._wanted[place]

    def __len__(self) -> int:
        return len(self._wanted)

    def __iter__(self) -> Iterator[tuple[Proposal, Ground]]:
        for number, each in enumerate(self._wanted):
            if number % _STEP == 0:
                self._report(_("Holding them against the rules"), number, len(self))
            yield each


@dataclass(frozen=True)
class Grounds:
    """What human inputs about the customers of one run rest on."""

    human: HumanInput
    run: Run
    today: date

    @cached_property
    def scorecard(self) -> Scorecard:
        """What graded the run."""
        from rung.pipeline import scorecard_of

        return scorecard_of(self.run, self.human.host)

    @cached_property
    def foreign(self) -> Problem | None:
        """Why nobody may act on the run; None where its policy is the workspace's own."""
        return OwnPolicies(self.human).against_run(self.run, self.scorecard.compiled.policy)

    def of(self, customer: str, store: LedgerStore) -> Ground:
        """Return that of one customer, by id or name."""
        found = self.run.find(customer)
        wanted = InputFilter(customer_id=found.id, policy_id=self.run.manifest.policy.id, kinds=_DATA)
        return self.on(found, store.inputs(wanted), store)

    @cached_property
    def _is_bounded(self) -> bool:
        """Whether anybody may propose for their own customers alone."""
        return any(each.only_portfolio for each in self.human.people.listed.values())

    def on(self, customer: Customer, inputs: Iterable[InputRecord], store: LedgerStore | Appending) -> Ground:
        """Return that of one customer, given the judgements and corrections about them."""
        found = ground_in(
            self.run,
            customer,
            self.scorecard,
            inputs,
            self.today,
            portfolio=self.human.portfolio,
        )
        holding = store.holder(customer.id) if self._is_bounded else None
        return replace(found, foreign=self.foreign, holding=holding)

    def data(
        self, store: LedgerStore | Appending, customers: Sequence[str]
    ) -> defaultdict[str, list[InputRecord]]:
        """Return the judgements and corrections in effect about customers under the policy, by customer."""
        found: defaultdict[str, list[InputRecord]] = defaultdict(list)
        wanted = InputFilter(policy_id=self.run.manifest.policy.id, kinds=_DATA, states=(State.IN_EFFECT,))
        for start in range(0, len(customers), _ASKED):
            piece = tuple(customers[start : start + _ASKED])
            for each in store.inputs(replace(wanted, customers=piece)):
                found[each.customer_id].append(each)
        return found

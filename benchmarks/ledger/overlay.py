"""A ledger of a million events over a run of a million customers: laid over, looked into, verified.

``python overlay.py [CUSTOMERS] [EVENTS]``. Of the events two fifths are proposals, two fifths their
approvals, a fifth judgements. The workspace and the ledger are made once and kept in ``../.data``.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent / "terminal")]

from ledgers import approved, filled, told  # noqa: E402 - the folders above are not installed

from rung.ledger import DataInput, InputFilter, InputKind, Override, open_ledger, verify  # noqa: E402
from rung.ledger.drafts import proposal_draft  # noqa: E402
from rung.ledger.events import Draft, EventFilter  # noqa: E402
from rung.ledger.grades.regrading import regraded, values_of  # noqa: E402
from rung.ledger.keeping.sql_store import SqlStore  # noqa: E402
from rung.workspace import Workspace  # noqa: E402
from rung.workspace.overlaid import OverlaidRun  # noqa: E402
from workspace import made  # noqa: E402

if TYPE_CHECKING:
    from rung.runs.run import Run

DATA = HERE.parent / ".data"
NOW = datetime(2026, 1, 2, tzinfo=UTC)
TODAY = date(2026, 3, 1)


def main(customers: int, events: int) -> None:
    """Make what is measured, if it is not there, and measure."""
    workspace = Workspace.open(made(customers, DATA))
    with workspace.run() as run:
        file = DATA / f"ledger-{customers}-{events}.db"
        if not file.exists():
            started = time.perf_counter()
            _fill(file, run, events)
            print(f"made in {time.perf_counter() - started:.0f} s: {file.stat().st_size / 1e6:.0f} MB")
        _measure(file, run, workspace)


def _fill(file: Path, run: Run, events: int) -> None:
    part = file.with_suffix(".part")
    for rest in part.parent.glob(f"{part.name}*"):
        rest.unlink()
    with open_ledger(part) as store:
        assert isinstance(store, SqlStore)
        filled(store, _drafts(run, events))
    part.rename(file)


def _drafts(run: Run, events: int) -> Iterator[Draft]:
    overrides, judgements = events * 2 // 5, events // 5
    page = run.results.page(["customer_id", "model_grade"], 0, run.manifest.rows)
    who = list(zip(page["customer_id"], page["model_grade"], strict=True))
    for place, (customer, model) in enumerate(who[:overrides]):
        yield from approved(_override(run, customer, model, 2 * place + 1), 2 * place + 1, NOW)
    # Every other customer from the first on: of some of them the grade is overruled as well.
    for place, (customer, model) in enumerate(who[: 2 * judgements : 2]):
        yield proposal_draft(_datum(run, customer, model, place, 2 * overrides + place + 1))


def _common(run: Run, customer: str, model: str | None, number: int) -> dict[str, Any]:
    policy = run.manifest.policy
    return {
        "customer_id": customer,
        "policy_id": policy.id,
        "policy_version": policy.version,
        "policy_hash": policy.sha256,
        "run_id": run.manifest.run_id,
        "model_grade": model,
        "narrative": "所在行业整体回升",
        "evidence": f"档案 {number}",
        "made_at": NOW,
        "expires_at": date(2027, 1, 1),
        "supersedes": (),
        "inputs_hash": "0" * 64,
    }


def _override(run: Run, customer: str, model: str | None, number: int) -> Override:
    grades = [named.id for named in run.manifest.grades]
    place = grades.index(model) if model else len(grades) - 1
    given = grades[place - 1] if place else grades[1]
    return Override(
        **_common(run, customer, model, number),
        id=f"O{number}",
        proposed_grade=given,
        notches=None if model is None else place - grades.index(given),
        reason="systemic",
        approvals_needed=1,
        maker="li",
        effective_from=None,
    )


def _datum(run: Run, customer: str, model: str | None, place: int, number: int) -> DataInput:
    return DataInput(
        **_common(run, customer, model, number),
        id=f"J{number}",
        kind=InputKind.JUDGEMENT,
        proposed_grade=model,
        notches=0,
        reason="",
        approvals_needed=0,
        maker="zhao",
        effective_from=NOW,
        subject="days_late" if place % 2 else "assets",
        value=str(place % 120) if place % 2 else f"{place * 997}.5",
        was=None,
    )


def _measure(file: Path, run: Run, workspace: Workspace) -> None:
    with open_ledger(file) as store:
        print(f"{store.head().sequence:,} events over {run.manifest.rows:,} customers")
        rounds = [_overlay(run, store, workspace) for _round in range(6)][1:]
        for name in rounds[0]:
            taken = [each[name] for each in rounds]
            print(f"{name:<34} {median(taken) * 1000:8.1f} ms   {min(taken) * 1000:8.1f} best")
        customer = run.results.row(run.manifest.rows // 3)["customer_id"]
        policy_id = run.manifest.policy.id
        overlaid = OverlaidRun(run, store, TODAY, workspace.host)
        theirs = InputFilter(customer_id=customer, policy_id=policy_id)
        told("history of one customer", lambda: (list(store.inputs(theirs)), _events(store, customer)), 50)
        told("effective grade of one customer", lambda: overlaid.effective(customer), 50)
        measured = run.find(customer).measured
        given = values_of(store.inputs(theirs), overlaid.scorecard.compiled, TODAY) or {"days_late": 3}
        told("one customer graded anew", lambda: regraded(overlaid.scorecard, measured, given), 50)
        reports: list[int] = []
        verdict = told(
            "verify",
            lambda: verify(store, report=lambda _stage, done, _whole: reports.append(done)),
            count=store.head().sequence,
        )
        print(f"{len(reports):,} reports of progress; whole: {verdict.is_whole}")


def _events(store: Any, customer: str) -> list[Any]:
    return list(store.events(EventFilter(customer_id=customer)))


def _overlay(run: Run, store: Any, workspace: Workspace) -> dict[str, float]:
    """Return what each step of laying the ledger over the run takes."""
    marks = [time.perf_counter()]
    overlaid = OverlaidRun(run, store, TODAY, workspace.host)
    overlaid.scorecard  # noqa: B018 - made ready, as where a run is open
    marks.append(time.perf_counter())
    opened = overlaid.opened
    marks.append(time.perf_counter())
    laid = overlaid.laid()
    marks.append(time.perf_counter())
    frame = laid.frame().select("customer_id", "model_grade", "effective_grade").collect()
    tally = laid.tally()
    marks.append(time.perf_counter())
    assert (opened.height, frame.height) == (opened.height, run.manifest.rows)
    if tally.in_effect == 0:
        raise SystemExit("nothing was laid over")
    steps = ("policy compiled", "open inputs read", "laid over", "effective grades, tally")
    found = {name: after - before for name, before, after in zip(steps, marks, marks[1:], strict=False)}
    return {**found, "whole overlay, policy at hand": marks[-1] - marks[1]}


if __name__ == "__main__":
    numbers = [int(each.replace("_", "")) for each in sys.argv[1:3]]
    main(*(numbers + [1_000_000, 1_000_000][len(numbers) :]))

"""What was kept and what falls due, of a million customers with a million contacts on record.

``python kept.py [CUSTOMERS] [CONTACTS]``. In process, files warm; grades come from the policy of ``due.py``.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from due import FIRST, NOW, _request, _workspace

from rung.ledger.service.contacts import LoggedContact, contact_draft
from rung.service.kept.forecasting import ForecastBy
from rung.service.kept.report import By
from rung.workspace import Workspace
from rung.workspace.forecast import ForecastAsked
from rung.workspace.kept import KeptAsked


def main(customers: int, contacts: int) -> None:
    """Grade, log contacts of two months, then count."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = _workspace(Path(folder), customers)
        manifest = workspace.grade(_request(workspace, FIRST, 0), lambda *_told: None)
        began = time.perf_counter()
        _log(workspace, customers, contacts)
        print(f"{contacts:,} contacts put on record: {time.perf_counter() - began:.1f} s")
        today = workspace.service.calendar.day_of(NOW)
        month = KeptAsked(first=today - timedelta(days=29), until=today)
        _told("kept, a month", lambda: workspace.service.kept(month, NOW).lines(By.GRADE, By.KIND))
        asked = ForecastAsked(until=today + timedelta(days=27), run_id=manifest.run_id)
        _told("forecast, four weeks", lambda: workspace.service.forecast(asked, NOW).lines(ForecastBy.WEEK))


def _log(workspace: Workspace, customers: int, contacts: int) -> None:
    random, start = Random(3), datetime(2026, 5, 1, tzinfo=UTC)
    with workspace.human_input.ledger() as store, store.appending() as ledger:
        for _number in range(contacts):
            at = start + timedelta(minutes=random.randrange(60 * 24 * 60))
            ledger.append(
                contact_draft(
                    LoggedContact(
                        customer_id=f"C{random.randrange(customers):08}",
                        at=at,
                        channel="phone",
                        outcome="reached",
                        reached=True,
                        maker=f"caller{random.randrange(20)}",
                        made_at=NOW,
                    )
                )
            )


def _told(name: str, work: Callable[[], tuple[object, ...]]) -> None:
    for _round in range(2):
        began = time.perf_counter()
        found = work()
        taken = time.perf_counter() - began
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{name:<24}{taken:.2f} s, {len(found)} lines, at most {most:,.0f} MiB")


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    main(*(given or [1_000_000, 1_000_000]))

"""A shop of a hundred customers in a workspace, and people who overrule their grades on a real ledger."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from rung.ledger import Act, DataInput, Decision, InputKind, InputRecord, Override
from rung.ledger.drafts import act_draft, proposal_draft
from rung.monitor import OverridesWatched
from rung.pipeline import GradeRequest
from rung.policy.reader import parse_policy
from rung.workspace import Workspace
from rung.workspace.monitoring import OverridesAsked, watch_overrides

POLICY = """
schema = 1
id = "shop.tiers"
version = "1"
title = { zh = "店铺等级", en = "Shop tiers" }
grades = ["A", "B", "C", "D"]
ordered = true

[fields.spent]
title = { zh = "消费", en = "Spent" }
kind = "integer"

[grading]
mode = "score"
cutoffs = { A = 90, B = 60, C = 40 }

[[criteria]]
id = "spent"
title = { zh = "消费", en = "Spent" }
measure = "spent"
reason = { zh = "消费太少", en = "Too little spent" }
bands = [
    { when = ">= 300", points = 100 },
    { when = "[200..300)", points = 70 },
    { when = "[100..200)", points = 50 },
    { when = "< 100", points = 10 },
]

[override]
max_notches_up = 2
approval = { up = "one", down = "none" }
"""

PEOPLE = """
[people.li]
name = "李娜"
team = "东区"
[people.wang]
name = "王强"
team = "西区"
[people.zhao]
name = "赵敏"
role = "approver"
"""

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
RUN_DAY = date(2026, 3, 1)
SPENT = {"A": 300, "B": 200, "C": 100, "D": 0}
SIZES = {"A": 40, "B": 30, "C": 20, "D": 10}
"""C1–C40 are A, C41–C70 B, C71–C90 C, C91–C100 D."""


def customers(sizes: dict[str, int] = SIZES, ungraded: int = 0) -> str:
    """Return a table of so many customers of each grade, and so many that cannot be graded."""
    spent = [str(SPENT[grade]) for grade, size in sizes.items() for _each in range(size)]
    spent += [""] * ungraded
    rows = (f"C{number},{each}" for number, each in enumerate(spent, 1))
    return "customer_id,spent\n" + "\n".join(rows) + "\n"


def moment(day: str, hour: int = 9) -> datetime:
    """Return an hour of a day."""
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).replace(hour=hour)


def quiet(_stage: str, _done: int, _whole: int | None) -> None:
    """Report to nobody."""


@dataclass(frozen=True)
class Shop:
    """The workspace."""

    place: Workspace

    @classmethod
    def opened(cls, folder: Path) -> Shop:
        Workspace.create(folder)
        with (folder / "rung.toml").open("a", encoding="utf-8") as file:
            file.write(PEOPLE)
        return cls(Workspace.open(folder))

    def copied(self, folder: Path) -> Shop:
        """Return the shop as it stands now, in another folder."""
        return Shop(Workspace.open(Path(shutil.copytree(self.place.folder, folder))))

    def told(self, config: str) -> Shop:
        """Return the shop with more in its file."""
        with (self.place.folder / "rung.toml").open("a", encoding="utf-8") as file:
            file.write(config)
        return Shop(Workspace.open(self.place.folder))

    def graded(
        self,
        table: str | None = None,
        *,
        policy: str = POLICY,
        as_of: date = RUN_DAY,
        created_at: datetime | None = None,
    ) -> str:
        """Grade customers and return the run's id."""
        source = self.place.folder / "customers.csv"
        source.write_text(customers() if table is None else table, encoding="utf-8")
        request = GradeRequest(
            source=source,
            policy=parse_policy(policy, "shop.toml"),
            as_of=as_of,
            created_at=created_at or datetime(as_of.year, as_of.month, as_of.day, 8, tzinfo=UTC),
        )
        return self.place.grade(request, quiet).run_id

    def record(self, made: InputRecord) -> str:
        """Put a proposal on record and return its id."""
        from dataclasses import replace

        with self.place.human_input.ledger() as store, store.appending() as ledger:
            sealed = replace(made, id=f"{made.kind.letter}{ledger.next_sequence}")
            ledger.append(proposal_draft(sealed))
        return sealed.id

    def override(self, customer: str, overruled: str | None, given: str, **parts: Any) -> str:
        """Put an override on record: in effect at once and by li, unless told otherwise."""
        return self.record(Override(**_given(customer, overruled, given, parts)))

    def correction(self, customer: str, value: str | None, was: str | None, **parts: Any) -> str:
        """Put a correction of what was spent on record."""
        parts = {"reason": "entered_wrong", **parts}
        datum = {"subject": parts.pop("subject", "spent"), "value": value, "was": was}
        kind = parts.pop("kind", InputKind.CORRECTION)
        given = _given(customer, parts.pop("overruled", "B"), parts.pop("given", "A"), parts)
        return self.record(DataInput(kind=kind, **datum, **given))

    def act(self, made: str, act: Act, by: str, at: datetime, *, takes_effect: bool = False) -> None:
        """Put on record what somebody did to an input."""
        with self.place.human_input.ledger() as store, store.appending() as ledger:
            found = ledger.input(made)
            assert found is not None
            ledger.append(act_draft(found, Decision(act=act, by=by, at=at), takes_effect=takes_effect))

    def approved(self, made: str, by: str, at: datetime) -> None:
        """Put the one approval on record that an override needed."""
        self.act(made, Act.APPROVED, by, at, takes_effect=True)

    def watched(self, now: datetime = NOW, **asked: Any) -> OverridesWatched:
        """Return the figures."""
        return watch_overrides(self.place, OverridesAsked(**asked), now, quiet)


def _given(customer: str, overruled: str | None, given: str | None, parts: dict[str, Any]) -> dict[str, Any]:
    made_at = parts.pop("at", moment("2026-03-02"))
    needed = parts.pop("needed", 0)
    places = "DCBA"
    both = overruled is not None and given is not None
    return {
        "id": "",
        "customer_id": customer,
        "policy_id": "shop.tiers",
        "policy_version": "1",
        "policy_hash": "f" * 64,
        "run_id": "r",
        "model_grade": overruled,
        "proposed_grade": given,
        "notches": places.index(given) - places.index(overruled) if both and overruled and given else None,
        "reason": "systemic",
        "narrative": "",
        "evidence": "",
        "approvals_needed": needed,
        "maker": "li",
        "made_at": made_at,
        "effective_from": None if needed else made_at,
        "expires_at": date(2027, 3, 1),
        "supersedes": (),
        "inputs_hash": "0" * 64,
        **parts,
    }

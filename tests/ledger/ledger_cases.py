"""People, policies and customers the ledger's tests speak of."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

from rung.ledger import Actor, EventKind, Ground, LedgerStore, People, Proposal, Role
from rung.ledger.events import Draft, Event
from rung.policy.model import Policy

CHINA = timezone(timedelta(hours=8))
NOW = datetime(2026, 3, 1, 10, 30, tzinfo=CHINA)

LI = Actor(account="li", name="李娜", role=Role.REVIEWER)
WANG = Actor(account="wang", name="王强", role=Role.REVIEWER)
GUEST = Actor(account="guest", name="访客", role=Role.VIEWER)

OVERDUE = {
    "id": "overdue",
    "when": {"days": "> 90"},
    "at_most": "D",
    "hard": True,
    "reason": {"zh": "逾期超过90天", "en": "More than 90 days past due"},
}


def policy(**parts: Any) -> Policy:
    """Return a policy of grades A to D that lets overrides take effect on saving, unless told otherwise."""
    override = {"max_notches_up": 1, "approval": {"up": "none", "down": "none"}, **parts.pop("override", {})}
    whole = {
        "schema": 1,
        "id": "test.tiers",
        "version": "2026.1",
        "title": "Tiers",
        "grades": ["A", "B", "C", "D"],
        "grading": {"mode": "rules"},
        "override": override,
        **parts,
    }
    return Policy.model_validate(whole)


def ground(model_grade: str | None = "B", **parts: Any) -> Ground:
    """Return the ground of an override: customer C1, graded B, unless told otherwise."""
    given: dict[str, Any] = {
        "customer_id": "C1",
        "policy_hash": "f" * 64,
        "run_id": "20260228T000000Z-test.tiers",
        "gates": (),
        "inputs_hash": "0" * 64,
    }
    rules = parts.pop("policy", None) or policy()
    return Ground(model_grade=model_grade, policy=rules, **{**given, **parts})


def proposal(grade: str = "C", reason: str = "systemic", **parts: Any) -> Proposal:
    """Return a proposal nothing speaks against where the model says B."""
    return Proposal(grade=grade, reason=reason, **parts)


def draft(number: int = 1, **parts: Any) -> Draft:
    """Return an act to append, each number's another."""
    given: dict[str, Any] = {
        "kind": EventKind.NOTE_WRITTEN,
        "customer_id": f"客户{number}",
        "policy_id": "test.tiers",
        "payload": b'{"number":%d}' % number,
        "made_at": NOW + timedelta(minutes=number),
        "maker": "li",
    }
    return Draft(**{**given, **parts})


def fill(store: LedgerStore, count: int) -> list[Event]:
    """Append so many acts, each in a transaction of its own."""
    made = []
    for number in range(1, count + 1):
        with store.appending() as ledger:
            made.append(ledger.append(draft(number)))
    return made


# An office: 李娜 and 王强 report to 赵敏, she and 孙立 to 陈总; 周洁 and 马超 are of other lines.
ZHAO = Actor(account="zhao", name="赵敏", role=Role.APPROVER, manager="chen")
SUN = Actor(account="sun", name="孙立", role=Role.APPROVER, manager="chen")
ZHOU = Actor(account="zhou", name="周洁", role=Role.APPROVER)
MA = Actor(account="ma", name="马超", role=Role.OWNER)
CHEN = Actor(account="chen", name="陈总", role=Role.VIEWER)
OFFICE = People(
    {
        each.account: each
        for each in (replace(LI, manager="zhao"), replace(WANG, manager="zhao"), ZHAO, SUN, ZHOU, MA, CHEN)
    }
)


def asking(up: str = "one", down: str = "one", **more: Any) -> Policy:
    """Return a policy that asks for approval in both directions, unless told otherwise."""
    return policy(override={"approval": {"up": up, "down": down}, "max_notches_up": None, **more})

"""An office that keeps a ledger: its policy's rules for human input, its people, and what is asked of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from commands import Cli

JUDGED = """
[[criteria]]
id = "prospects"
title = { zh = "前景", en = "Prospects" }
measure = "prospects"
weight = 1
missing = "drop"
expires_after = "6mo"
levels = [
    { level = "good", title = "好", points = 100, describes = { zh = "订单增", en = "Orders grow" } },
    { level = "poor", title = "差", points = 0, describes = { zh = "订单减", en = "Orders fall" } },
]
"""
RULES = """
[override]
max_notches_up = 1
approval = { up = "one", down = "none" }

[correction]
approval = { up = "one", down = "none" }
needs_evidence = true
"""
FIELD = """
[fields.prospects]
title = { zh = "前景", en = "Prospects" }
kind = "category"
choices = { good = ["好"], poor = ["差"] }
"""
PEOPLE = """
[people.lina]
name = "李娜"
role = "reviewer"
manager = "boss"
team = "East"

[people.wang]
name = "王强"
role = "approver"

[people.zhao]
name = "赵敏"
role = "approver"

[people.boss]
name = "陈总"
role = "owner"

[people.guest]
name = "Guest"
role = "viewer"
"""
WHY = ("--reason", "entered_wrong", "--evidence", "卷宗 3")
BULK = ("--reason", "systemic", "--narrative", "价格下跌")

As = Callable[[str], None]


def opened(cli: Cli, shop: Path) -> Path:
    """Make a workspace of the shop, with its people and a run."""
    policy = shop / "shop.toml"
    text = policy.read_text(encoding="utf-8").replace("[grading]", f"{FIELD}\n[grading]")
    policy.write_text(text.replace("[[gates]]", f"{JUDGED}\n[[gates]]") + RULES, encoding="utf-8")
    assert cli("init").code == 0
    with (shop / "rung.toml").open("a", encoding="utf-8") as file:
        file.write(PEOPLE)
    # Where people are listed, only what lies in the workspace's own folder says who may overrule.
    (shop / "policies" / "shop.toml").write_bytes(policy.read_bytes())
    graded = cli("grade", "customers.csv", "--policy", "shop.toml")
    assert graded.code == 0, graded.err
    return shop


def in_days(count: int) -> str:
    """Return a day from today on, as it is written."""
    return (date.today() + timedelta(count)).isoformat()


def events(cli: Cli) -> int:
    """Return how many acts the ledger holds."""
    return int(cli("audit", "verify", "--json").json["events"])


def acts(cli: Cli) -> list[tuple[str, str]]:
    """Return what the ledger says was done, and under whose account."""
    return [(each["kind"], each["maker"]) for each in cli("audit", "log", "--json").json["events"]]


def proposed(cli: Cli, *arguments: str) -> str:
    """Propose an override and return its id."""
    made = cli("override", "propose", *arguments, "--reason", "systemic", "--json")
    assert made.code == 0, made.err
    return str(made.json["override"]["id"])


def statuses(cli: Cli) -> dict[str, str]:
    """Return where each human input stands, by id."""
    return {each["id"]: each["status"] for each in cli("override", "list", "--all", "--json").json["inputs"]}


def grades(cli: Cli, customer: str) -> tuple[str, str, str]:
    """Return the model's, the computed and the effective grade of a customer."""
    told = cli("explain", customer, "--json").json
    return told["model_grade"], told["computed_grade"], told["effective_grade"]

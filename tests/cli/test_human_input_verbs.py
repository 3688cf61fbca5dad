"""Human input beyond its own verbs: the doctor, Python, a policy that has ended, bytes that are no text."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from commands import Cli
from ledger_office import BULK, WHY, As, events, proposed, statuses

from rung.ledger import InputKind, Proposal, Supply
from rung.workspace import Workspace
from rung.workspace.customers_meant import CustomersWanted


@pytest.mark.usefixtures("acting")
def test_the_doctor_tells_of_the_ledger_and_whom_a_shared_file_protects(cli: Cli, office: Path) -> None:
    def topics() -> dict[str, tuple[str, str]]:
        found = cli("doctor", "--json").json["findings"]
        return {each["topic"]: (each["found"], each["remedy"]) for each in found}

    assert topics()["ledger"] == ("none yet; it is begun with the first act", "")
    assert topics()["ledger shared by several"] == (
        "a file: whoever may write to it can write under another's name; PostgreSQL prevents that",
        "",
    )
    proposed(cli, "C2", "A")
    assert topics()["ledger"] == (f"{office / 'ledger.db'}, events: 1", "")
    (office / "ledger.db").write_bytes(b"not a ledger" * 100)
    told, remedy = topics()["ledger"]
    assert (told.startswith(f"{office / 'ledger.db'}: This file is no ledger."), remedy) == (True, "Mend it.")


@pytest.mark.usefixtures("acting")
def test_a_policy_version_no_more_in_force_takes_no_new_override(cli: Cli, office: Path) -> None:
    policy = office / "policies" / "shop.toml"
    text = policy.read_text(encoding="utf-8")
    policy.write_text(text.replace('version = "1"', 'version = "1"\neffective_to = 2026-01-31', 1), "utf-8")
    assert cli("grade", "customers.csv", "--policy", "policies/shop.toml").code == 0
    ended = cli("override", "propose", "C2", "A", *BULK)
    assert (ended.code, ended.out, events(cli)) == (2, "", 0)
    assert ended.err == (
        "rung: The policy “shop.tiers” 1 ended on 2026-01-31. "
        "Grade by the version in force, and propose on that run.\n"
    )


def test_everything_is_possible_from_python_in_a_few_lines(cli: Cli, office: Path, acting: As) -> None:
    human = Workspace.open(office).human_input
    now = datetime.now().astimezone()
    made = human.propose("C2", Proposal(grade="A", reason="systemic", narrative="price"), now)
    assert (made.id, made.approvals_needed, made.effective_from) == ("O1", 1, None)
    given = human.supply(
        "C5",
        Supply(kind=InputKind.CORRECTION, subject="late", value="120", reason="outdated", evidence="77"),
        now,
    )
    assert (given.id, given.proposed_grade, given.effective_from) == ("C2", "C", now)
    late = human.customers(CustomersWanted(where=(("late", ">= 30"),)), now.date())
    assert list(late) == ["C2", "C3"]
    foreseen = human.rehearse(["C1"], Proposal(grade="B", reason="systemic"), now)
    assert [(each.customer_id, each.id) for each in foreseen.records] == [("C1", "")]
    assert events(cli) == 2
    batch = human.propose_all(["C1"], Proposal(grade="B", reason="systemic"), now)
    assert [(each.customer_id, each.id) for each in batch.records] == [("C1", "O3")]
    acting("wang")
    human = Workspace.open(office).human_input
    (waiting,) = human.waiting(now)
    assert (waiting.record.id, waiting.may_decide) == ("O1", True)
    approved = human.approve(made.id, now, note="seen")
    assert (approved.effective_from, approved.decisions[-1].note) == (now, "seen")
    assert statuses(cli) == {"O1": "approved", "C2": "approved", "O3": "approved"}


@pytest.mark.parametrize(
    "arguments",
    [
        ("override", "propose", "C\udcff", "A", *BULK),
        ("correct", "C2", "late\udcff", "3", *WHY),
        ("note", "add", "\udcff", "text"),
        ("explain", "\udcff"),
    ],
)
@pytest.mark.usefixtures("office", "acting")
def test_bytes_that_are_no_text_are_refused_in_one_line(cli: Cli, arguments: tuple[str, ...]) -> None:
    ended = cli(*arguments)
    assert (ended.code, ended.out, events(cli)) == (2, "", 0)
    assert ended.err == "rung: An argument holds bytes that are no text.\n"

"""Where people are listed, the workspace's own policies say who may overrule: nobody brings looser rules."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from commands import Cli, Once

from rung.ledger import Proposal
from rung.workspace import Workspace
from rung.workspace.run_review import RunReview

STRICT = """
[override]
max_notches_up = 2
approval = { up = "one", down = "none" }

[correction]
approval = { up = "one", down = "one" }
needs_evidence = false
"""
LOOSE = STRICT.replace('"one"', '"none"')
PEOPLE = """
[people.lina]
name = "李娜"
role = "reviewer"

[people.wang]
name = "王强"
role = "approver"

[people.boss]
name = "陈总"
role = "owner"
"""
BECAUSE = ("--reason", "systemic")
UNHELD = "This workspace does not hold the policy “shop.tiers” 2"
CHANGED = "The policy “shop.tiers” 1 says something else in this workspace by now."

As = Callable[[str], None]


@pytest.fixture
def work(cli: Cli, shop: Path, once: Once) -> Path:
    """A workspace with people, whose policy asks for an approval, and a run: C2 and C5 are B."""

    @once
    def made() -> None:
        assert cli("init").code == 0
        text = (shop / "shop.toml").read_text(encoding="utf-8")
        (shop / "shop.toml").unlink()
        (shop / "policies" / "shop.toml").write_text(text + STRICT, encoding="utf-8")
        (shop / "mine.toml").write_text(text + LOOSE, encoding="utf-8")
        with (shop / "rung.toml").open("a", encoding="utf-8") as file:
            file.write(PEOPLE)
        assert cli("grade", "customers.csv", "--policy", "shop.tiers").code == 0

    return made


@pytest.fixture
def acting(monkeypatch: pytest.MonkeyPatch) -> As:
    """Make the process run under somebody's account."""

    def become(account: str) -> None:
        monkeypatch.setattr("rung.workspace.human_input.account", lambda: account)

    become("lina")
    return become


def rewritten(work: Path, name: str, old: str, new: str) -> None:
    path = work / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


def events(cli: Cli) -> int:
    return int(cli("audit", "verify", "--json").json["events"])


@pytest.mark.usefixtures("acting", "work")
@pytest.mark.parametrize(
    "act",
    [
        ("override", "propose", "C2", "A", *BECAUSE),
        ("override", "propose", "A", "--where", "spent= < 1_000", "--yes", *BECAUSE),
        ("correct", "C2", "late", "0", "--reason", "entered_wrong"),
    ],
)
def test_looser_rules_of_ones_own_under_the_same_id_take_no_act(cli: Cli, act: tuple[str, ...]) -> None:
    graded = cli("grade", "customers.csv", "--policy", "mine.toml")
    assert graded.code == 0
    assert CHANGED in graded.out
    refused = cli(*act)
    assert (refused.code, refused.out, events(cli)) == (2, "", 0)
    assert CHANGED in refused.err


@pytest.mark.usefixtures("acting")
def test_a_version_nobody_put_into_the_workspace_takes_no_act(cli: Cli, work: Path) -> None:
    rewritten(work, "mine.toml", 'version = "1"', 'version = "2"')
    cli("grade", "customers.csv", "--policy", "mine.toml")
    refused = cli("override", "propose", "C2", "A", *BECAUSE)
    assert refused.code == 2
    assert UNHELD in refused.err
    assert "can put it into its folder policies, or publish it" in refused.err
    (work / "policies" / "second.toml").write_bytes((work / "mine.toml").read_bytes())
    made = cli("override", "propose", "C2", "A", *BECAUSE)
    assert (made.code, made.err) == (0, "")


@pytest.mark.usefixtures("acting")
def test_the_terminals_dialog_refuses_in_the_same_words(cli: Cli, work: Path) -> None:
    from datetime import datetime

    cli("grade", "customers.csv", "--policy", "mine.toml")
    now = datetime.now().astimezone()
    workspace = Workspace.open(work)
    with workspace.run() as run:
        review = RunReview(workspace, run)
        against = review.objections(
            Proposal(grade="A", reason="systemic"), review.ground("C2", now.date()), now
        )
    assert [str(each) for each in against] == [f"{CHANGED} Grade again, and act on that run."]


@pytest.mark.usefixtures("acting")
def test_a_file_that_reads_the_same_is_the_workspaces_wherever_it_lies(cli: Cli, work: Path) -> None:
    own = (work / "policies" / "shop.toml").read_text(encoding="utf-8")
    (work / "copy.toml").write_text(f"# 一份\n{own}", encoding="utf-8")
    cli("grade", "customers.csv", "--policy", "copy.toml")
    assert cli("override", "propose", "C2", "A", *BECAUSE).code == 0


def test_a_run_by_an_older_published_version_takes_acts_still(cli: Cli, acting: As, work: Path) -> None:
    own = "policies/shop.toml"
    acting("boss")
    assert cli("policy", "publish", own, "--reason", "first").code == 0
    rewritten(work, own, 'version = "1"', 'version = "2"')
    rewritten(work, own, '"one"', '"two"')
    published = cli("policy", "publish", own, "--reason", "more", "--effective-from", "2099-01-01")
    assert published.code == 0, published.err
    acting("lina")
    made = cli("override", "propose", "C2", "A", *BECAUSE)
    assert (made.code, made.err) == (0, "")


@pytest.mark.usefixtures("work")
def test_what_was_proposed_under_a_text_changed_since_is_not_approved_only_rejected(
    cli: Cli, acting: As, work: Path
) -> None:
    assert cli("override", "propose", "C2", "A", *BECAUSE).code == 0
    rewritten(work, "policies/shop.toml", 'up = "one"', 'up = "two"')
    acting("wang")
    refused = cli("override", "approve", "O1")
    assert (refused.code, events(cli)) == (2, 1)
    assert f"{CHANGED} Reject it, grade again, and have it proposed anew on that run." in refused.err
    (waiting,) = cli("override", "list", "--waiting", "--json").json["waiting"]
    assert waiting["may_decide"] is False
    assert cli("override", "reject", "O1", "--note", "rules changed").code == 0


@pytest.mark.usefixtures("work")
def test_what_was_given_back_is_not_put_forward_anew_under_a_text_changed_since(
    cli: Cli, acting: As, work: Path
) -> None:
    cli("override", "propose", "C2", "A", *BECAUSE)
    acting("wang")
    cli("override", "return", "O1", "--note", "?")
    acting("lina")
    rewritten(work, "policies/shop.toml", 'up = "one"', 'up = "none"')
    refused = cli("override", "resubmit", "O1", "--narrative", "x")
    assert (refused.code, events(cli)) == (2, 2)
    assert CHANGED in refused.err


def test_who_lists_no_people_is_taken_at_the_word_of_any_policy(cli: Cli, shop: Path) -> None:
    with (shop / "shop.toml").open("a", encoding="utf-8") as file:
        file.write(LOOSE)
    cli("init")
    graded = cli("grade", "customers.csv", "--policy", "shop.toml")
    assert "workspace does not hold" not in graded.out
    assert cli("override", "propose", "C2", "A", *BECAUSE).code == 0

"""A rating sheet tells what people put in, to whom may read it, and is tied to the ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from printing import Reader
from sheets_read import NOW, words

from rung.ledger import (
    Act,
    Actor,
    Decision,
    Head,
    InputKind,
    Override,
    People,
    Proposal,
    Role,
    Status,
    Supply,
)
from rung.ledger.records import DataInput
from rung.sheet import GivenInput, Grades, rating_sheets
from rung.text import Text
from rung.workspace import Workspace


def override(**changes: object) -> Override:
    given: dict[str, object] = {
        "id": "O1",
        "customer_id": "C2",
        "policy_id": "shop.tiers",
        "policy_version": "1",
        "policy_hash": "0" * 64,
        "run_id": "r",
        "model_grade": "B",
        "proposed_grade": "A",
        "notches": 1,
        "reason": "other",
        "narrative": "The order book doubled.",
        "evidence": "CF-7",
        "approvals_needed": 1,
        "maker": "lina",
        "made_at": datetime(2026, 3, 2, 8, 0, tzinfo=UTC),
        "effective_from": datetime(2026, 3, 3, 8, 0, tzinfo=UTC),
        "expires_at": date(2027, 3, 2),
        "supersedes": (),
        "inputs_hash": "1" * 64,
        "decisions": (
            Decision(
                act=Act.APPROVED,
                by="wang",
                at=datetime(2026, 3, 3, 8, 0, tzinfo=UTC),
                note="seen",
                on_behalf_of="zhao",
            ),
        ),
    }
    return Override(**{**given, **changes})  # type: ignore[arg-type]


def correction() -> DataInput:
    plain = {name: getattr(override(), name) for name in override().__dataclass_fields__}
    own = {"id": "C2", "kind": InputKind.CORRECTION, "reason": "entered_wrong", "decisions": ()}
    return DataInput(**{**plain, **own, "subject": "late", "value": "0", "was": "3"})


PEOPLE = People(
    {
        "lina": Actor(account="lina", name="李娜", role=Role.REVIEWER),
        "wang": Actor(account="wang", name="王芳", role=Role.APPROVER),
        "zhao": Actor(account="zhao", name="赵敏", role=Role.OWNER),
    }
)


def test_an_override_is_told_with_its_cause_and_everybody_who_had_a_hand_in_it(shop: Workspace) -> None:
    given = GivenInput(record=override(), status=Status.APPROVED, marks=(Text("已过时", "stale"),))
    told = words(replace(shop.sheet("C2", NOW), inputs=(given,), people=PEOPLE.listed))
    for shown in (
        "O1 override in effect stale",
        "B → A (+1)",
        "Other (to be written out) The order book doubled. Evidence: CF-7",
        "proposed: 李娜 (reviewer), 2026-03-02",
        "approved: 王芳 (approver) for 赵敏 (owner), 2026-03-03",
        "– seen",
        "in force 2026-03-03 to 2027-03-02",
    ):
        assert shown in told


def test_a_correction_is_told_from_value_to_value_and_marked_at_its_criterion(shop: Workspace) -> None:
    given = GivenInput(
        record=correction(),
        status=Status.APPROVED,
        title=Text("逾期", "Days late"),
        was=Text.same("3"),
        given=Text.same("0"),
    )
    sheet = replace(shop.sheet("C2", NOW), inputs=(given,), subjects={"late": "C2"}, people=PEOPLE.listed)
    page = rating_sheets([sheet])
    assert 'Days late <span class="tag">C2</span>' in page
    assert "Days late 3 → 0 Grade: B → A" in Reader(page).words
    assert "Corrected: Days late: 0 (C2, 李娜 (reviewer), 2026-03-02, 29 days old)" in Reader(page).words


def test_what_people_put_in_is_gathered_from_the_ledger(shop: Workspace) -> None:
    human, now = shop.human_input, datetime(2026, 3, 20, 8, 0, tzinfo=UTC)
    corrected = Supply(
        kind=InputKind.CORRECTION, subject="late", value="2", reason="entered_wrong", evidence="CF-8"
    )
    human.supply("C1", corrected, now)
    human.propose("C1", Proposal(grade="C", reason="outside_model", narrative="The keeper left."), now)
    sheet = shop.sheet("C1", NOW)
    assert sheet.grades == Grades("A", "B", "C", is_overridden=True)
    told = words(sheet)
    for shown in (
        "Model grade A Computed grade B Score 77.5 Effective grade C",
        "Days late C1 2 not (0)",
        "O2 override in effect B → C (-1)",
        "C1 correction in effect Days late 0 → 2 Grade: A → B (-1) Entered wrongly Evidence: CF-8",
    ):
        assert shown in told
    assert sheet.head is not None
    assert sheet.head.hash in told


def test_values_not_for_the_reader_are_masked_and_readings_are_on_record(shop: Workspace) -> None:
    human, now = shop.human_input, datetime(2026, 3, 20, 8, 0, tzinfo=UTC)
    given = Supply(kind=InputKind.CORRECTION, subject="late", value="2", reason="outdated", evidence="CF-8")
    human.supply("C1", given, now)
    people = f"[people.{human.actor().account}]\nname = '李娜'\nrole = 'approver'\n"
    secret = "[confidentiality]\nfields = ['spent', 'late']\n"
    config = Path("rung.toml").read_text(encoding="utf-8")
    Path("rung.toml").write_text(config + people + secret, encoding="utf-8")
    open_to = Workspace.open(Path()).sheet("C1", NOW)
    assert open_to.read == {"spent", "late"}
    assert "0 → 2" in words(open_to)
    with Workspace.open(Path()).human_input.ledger() as store:
        last = list(store.events())[-1]
    assert (last.kind, last.customer_id) == ("sensitive.read", "C1")
    assert b'"by":"sheet"' in last.payload
    Path("rung.toml").write_text(config + people.replace("approver", "viewer") + secret, encoding="utf-8")
    closed_to = Workspace.open(Path()).sheet("C1", NOW)
    assert closed_to.read == set()
    told = words(closed_to)
    assert "6,000" not in told
    assert "●●● → ●●●" in told


def test_of_many_closed_inputs_the_last_are_told_and_the_others_counted(shop: Workspace) -> None:
    closed = tuple(
        GivenInput(record=override(id=f"O{number}"), status=Status.WITHDRAWN) for number in range(9, 2, -1)
    )
    told = words(replace(shop.sheet("C2", NOW), inputs=closed))
    assert "O9 override withdrawn" in told
    assert "O7" in told
    assert "O6" not in told
    assert "4 closed ones before these are in the ledger." in told


def test_a_sheet_is_tied_to_the_ledger_by_its_last_hash(shop: Workspace) -> None:
    told = words(replace(shop.sheet("C1", NOW), head=Head(1234, "ab" * 32)))
    assert f"Ledger: 1,234 events, head {'ab' * 32}." in told

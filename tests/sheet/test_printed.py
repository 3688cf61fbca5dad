"""In a real browser a sheet prints on one page of A4, nothing runs over, nothing is complained of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from printing import Browser, rung

from rung.ledger import Act, Decision, Head, Override, Status
from rung.runs.past import PastGrade
from rung.sheet import GivenInput, Sheet, rating_sheets
from rung.text import Language, set_language
from rung.workspace import Workspace

NOW = datetime(2026, 8, 31, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The demonstration: every sector's customers, graded by every policy."""
    folder = tmp_path_factory.mktemp("sheets") / "demo"
    rung("demo", folder, "--customers", "40")
    yield Workspace.open(folder)


def _first_and_not_graded(demo: Workspace) -> Iterator[Sheet]:
    """Yield, of each policy, the sheets of its first customer and of one that is not graded."""
    for manifest in demo.runs().manifests:
        with demo.run(manifest.run_id) as run:
            rows = [run.results.row(number) for number in range(manifest.rows)]
        chosen = [rows[0], *[row for row in rows[1:] if row["model_grade"] is None][:1]]
        for row in chosen:
            yield demo.sheet(row["customer_id"], NOW, manifest.run_id)


@pytest.mark.slow
@pytest.mark.xdist_group("printed demo")
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_demo_sheet_takes_one_page_and_fits(
    demo: Workspace, browser: Browser, language: Language
) -> None:
    sheets = list(_first_and_not_graded(demo))
    assert len({each.policy.id for each in sheets}) > 30
    set_language(language)
    drawn = rating_sheets(sheets)
    assert browser.too_wide(drawn) == ""
    assert browser.pages(drawn) == len(sheets)


def _busy(sheet: Sheet) -> Sheet:
    """Return the sheet of a customer much was done to."""
    made = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
    override = Override(
        id="O1234",
        customer_id="C2",
        policy_id="shop.tiers",
        policy_version="1",
        policy_hash="0" * 64,
        run_id="r",
        model_grade="B",
        proposed_grade="A",
        notches=1,
        reason="other",
        narrative="The order book doubled, and the new management has held its word for a year. " * 2,
        evidence="credit file 2026-118, p. 4",
        approvals_needed=2,
        maker="lina",
        made_at=made,
        effective_from=made,
        expires_at=date(2027, 3, 2),
        supersedes=(),
        inputs_hash="1" * 64,
        decisions=tuple(
            Decision(act=act, by="wang", at=made, note="with the statements")
            for act in (Act.RETURNED, Act.RESUBMITTED, Act.APPROVED, Act.APPROVED)
        ),
    )
    past = PastGrade("r", date(2026, 1, 1), "2026.1", "B", None, is_this_run=False)
    inputs = tuple(GivenInput(record=override, status=Status.APPROVED) for _number in range(2))
    return replace(sheet, inputs=inputs, history=(past,) * 8, head=Head(9, "f" * 64))


def test_a_customer_much_was_done_to_still_takes_one_page(shop: Workspace, browser: Browser) -> None:
    drawn = rating_sheets([_busy(shop.sheet("C2", NOW))])
    assert browser.too_wide(drawn) == ""
    assert browser.pages(drawn) == 1


def test_very_long_names_are_broken_not_cut(shop: Workspace, browser: Browser) -> None:
    sheet = _busy(shop.sheet("C2", NOW))
    told = replace(
        sheet.explanation, customer_name="W" * 200, customer_id="9" * 90, policy_id="a." + "b" * 120
    )
    long = replace(
        sheet,
        explanation=told,
        inputs=tuple(
            replace(each, record=replace(each.record, narrative="很长" * 300, maker="m" * 120))
            for each in sheet.inputs
        ),
    )
    assert browser.too_wide(rating_sheets([long])) == ""


def _with_criteria(policy: str, count: int) -> str:
    criterion = """
[[criteria]]
id = "c{n}"
title = {{ zh = "第{n}项标准", en = "Criterion {n}" }}
measure = "late"
basis = "stated"
bands = [{{ when = "0", points = 100 }}, {{ when = "not(0)", points = 10 }}]
"""
    return policy + "".join(criterion.format(n=number) for number in range(count))


@pytest.mark.usefixtures("shop")
def test_very_many_criteria_go_on_on_a_second_page_under_the_same_head(browser: Browser) -> None:
    source = Path("policies/shop.toml")
    source.write_text(_with_criteria(source.read_text(encoding="utf-8"), 60), encoding="utf-8")
    rung("grade", "customers.csv", "--policy", "shop.tiers", "--as-of", "2026-03-02")
    set_language("en")
    drawn = rating_sheets([Workspace.open(Path()).sheet("C2", NOW)])
    assert browser.too_wide(drawn) == ""
    assert browser.pages(drawn) == 2


def test_several_policies_print_a_page_each(shop: Workspace, browser: Browser) -> None:
    sheets: Sequence[Sheet] = [shop.sheet(each, NOW) for each in ("C1", "C2", "C3", "C4")]
    assert browser.pages(rating_sheets(sheets)) == 4

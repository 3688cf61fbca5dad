"""The terminal program masks a customer's page, and records a customer opened once, beside the screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from office import Office, secrets_in

from rung.errors import RungError
from rung.ledger import LedgerStore
from rung.text import MASK, set_language
from rung_tui.app import ReviewApp
from rung_tui.customer.page import page
from rung_tui.customer.panel import CustomerPanel
from rung_tui.customer.screen import CustomerScreen
from rung_tui.drawn import plain
from rung_tui.language import speak
from rung_tui.review import Review

SHOWN = ("47", "6,769.55")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    speak("en")
    yield
    speak("en")
    set_language("en")


@pytest.fixture
def reviews() -> Iterator[list[Review]]:
    opened: list[Review] = []
    yield opened
    for each in opened:
        each.close()


def review(office: Office, reviews: list[Review]) -> Review:
    workspace = office.workspace
    reviews.append(Review(workspace, workspace.run()))
    return reviews[-1]


def text(found: Review, number: int = 0, width: int = 90) -> str:
    return "\n".join(plain(line) for line in page(found.tell(number), width))


@pytest.mark.parametrize("width", [40, 90, 160])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_viewers_page_holds_no_sensitive_value_at_any_width(
    office: Office, reviews: list[Review], width: int, language: str
) -> None:
    office.people("viewer", '[confidentiality]\nfields = ["wealth"]')
    speak("zh" if language == "zh" else "en")
    found = text(review(office, reviews), width=width)
    assert MASK in found
    assert secrets_in(found) == []
    assert not any(each in found for each in SHOWN)
    assert office.events() == []


def test_an_approvers_page_holds_them_and_is_recorded_once_however_often_it_is_drawn(
    office: Office, reviews: list[Review]
) -> None:
    office.people("approver")
    found = review(office, reviews)
    for _repaint in range(3):
        assert all(each in text(found) for each in SHOWN)
        found.read_ledger()
    text(found, 1)
    assert [(each.customer_id, each.maker) for each in office.events("sensitive.read")] == [
        ("C1", office.workspace.human_input.actor().account),
        ("C2", office.workspace.human_input.actor().account),
    ]
    assert {each["by"] for each in office.payloads("sensitive.read")} == {"screen"}


def test_what_cannot_be_recorded_stays_masked_with_one_notice(
    office: Office, reviews: list[Review], monkeypatch: pytest.MonkeyPatch
) -> None:
    office.people("approver")

    def read_only(_store: LedgerStore) -> None:
        raise RungError.of("The ledger may not be written to.")

    monkeypatch.setattr("rung.ledger.keeping.sql_store.SqlStore.appending", read_only)
    found = review(office, reviews)
    told = text(found, width=200)
    assert not any(each in told for each in SHOWN)
    assert told.count("Sensitive values stay masked: that you read them cannot be recorded.") == 1
    monkeypatch.undo()
    found.read_ledger()
    assert "47" in text(found)


def test_notes_that_are_for_you_stand_on_the_page(office: Office, reviews: list[Review]) -> None:
    office.people("reviewer")
    office("note", "add", "C1", "约了\x1b[31m下周三", "--private")
    told = text(review(office, reviews))
    assert "── Notes" in told
    assert "N1  by 我 on " in told
    assert "private" in told
    assert "约了" in told
    assert "\x1b" not in told


@pytest.mark.asyncio
async def test_on_the_screen_itself_a_viewer_sees_the_mask(office: Office) -> None:
    office.people("viewer")
    workspace = office.workspace
    app = ReviewApp(Review(workspace, workspace.run()))
    async with app.run_test(size=(100, 50)) as pilot:
        await pilot.pause(0.2)
        await pilot.press("enter")
        for _round in range(200):
            await pilot.pause(0.05)
            panels = app.screen.query(CustomerPanel)
            if isinstance(app.screen, CustomerScreen) and panels.first().told is not None:
                break
        await pilot.pause()
        strips = app.screen._compositor.render_strips()
        drawn = "\n".join("".join(segment.text for segment in strip) for strip in strips)
    assert MASK in drawn
    assert not any(each in drawn for each in ("6,769", "81,234", " 47"))

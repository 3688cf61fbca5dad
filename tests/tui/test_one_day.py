"""Every mode goes by the day and the clock of the workspace's calendar, wherever the machine stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from due_cases import with_file

from conftest import review_of
from rung.moments import day_of, local, placed, set_zone
from rung.workspace import Workspace
from rung.workspace.given_moment import given_moment
from rung.workspace.record_words import moment_words
from rung_tui.app import ReviewApp
from rung_tui.modes.desk import Desk
from rung_tui.review import Review

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_zone() -> Iterator[None]:
    yield
    set_zone(lambda: None)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_today_is_the_day_of_the_workspace_in_the_queue_and_in_every_mode(
    workspace: Workspace, zone: str
) -> None:
    place = with_file(workspace, f'\n[calendar]\ntimezone = "{zone}"\n')
    ReviewApp(review_of(place))
    there = datetime.now(ZoneInfo(zone)).date()
    assert Review.today() == there
    assert Desk.now().date() == there
    assert place.service.calendar.day_of(Desk.now()) == there


def test_moments_are_told_by_the_clock_of_the_workspace() -> None:
    set_zone(lambda: ZoneInfo("Pacific/Kiritimati"))
    assert moment_words(NOON) == "2026-07-02 02:00"
    assert day_of(NOON) == date(2026, 7, 2)


def test_a_moment_typed_is_meant_by_the_clock_of_the_workspace() -> None:
    set_zone(lambda: ZoneInfo("Pacific/Kiritimati"))
    assert placed(datetime(2026, 7, 2, 2)) == NOON
    assert given_moment("2026-07-02 02:00", is_end=False) == NOON


def test_without_a_zone_the_machine_tells_the_time() -> None:
    assert local(NOON) == NOON.astimezone()
    assert placed(datetime(2026, 7, 1, 12)) == datetime(2026, 7, 1, 12).astimezone()


def test_a_zone_there_is_not_does_not_keep_the_program_from_opening(workspace: Workspace) -> None:
    place = with_file(workspace, '\n[calendar]\ntimezone = "Asia/Nowhere"\n')
    ReviewApp(review_of(place))
    assert local(NOON) == NOON.astimezone()

"""A worker begins without writing out what it is given."""

from __future__ import annotations

import pytest
from textual.app import App

from rung_tui.working import work


class Long:
    def __repr__(self) -> str:
        raise AssertionError("written out")


class Program(App[None]):
    @work(group="take", exclusive=True)
    async def take(self, what: object) -> object:
        return what


@pytest.mark.asyncio
async def test_what_a_worker_is_given_is_not_written_out() -> None:
    given = Long()
    async with Program().run_test() as pilot:
        assert isinstance(pilot.app, Program)
        worker = pilot.app.take(given)
        assert await worker.wait() is given
        assert (worker.group, worker.description) == ("take", "take")

"""Sensitive values in alarms: masked for whoever may not see them, and for everybody outside."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk import MONDAY, PEOPLE, bad, graded, opened, told

from rung.text import MASK
from rung.workspace import Workspace
from rung.workspace.arrivals.listening import Listening
from rung.workspace.arrivals.shown import alarm_message


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    found = opened(tmp_path / "w", PEOPLE + '\n[confidentiality]\nfields = ["score"]\n')
    graded(found)
    monkeypatch.setattr("rung.workspace.human_input.account", lambda: "li")
    told(found, bad("C1"))
    return found


def test_sensitive_columns_of_an_event_are_masked_and_kept(place: Workspace) -> None:
    (shown,) = place.alarms.shown(place.alarms.alarms(), MONDAY)
    assert shown.event is not None
    assert alarm_message(shown)["event"]["values"] == {"score": MASK}
    assert place.events.arrived()[0].values["score"] == "30"
    with Listening(place, MONDAY) as listening:
        _sector, table = listening.table("surveys")
    assert [each.id for each in table.columns if each.is_sensitive] == ["score"]


def test_a_sensitive_value_that_cannot_be_read_is_not_quoted(place: Workspace, tmp_path: Path) -> None:
    from rung.errors import RungError

    file = tmp_path / "a.csv"
    file.write_text("customer_id,date,score\nC1,2026-03-01,ninety\nC1,2026-03-01,3\n", encoding="utf-8")
    with pytest.raises(RungError) as caught:
        place.events.add_file("surveys", file, MONDAY)
    assert "ninety" not in str(caught.value)

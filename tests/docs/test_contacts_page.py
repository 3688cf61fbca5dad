"""docs/contacts.md: its Python runs, and the methods, keys and usual outcomes it names are there."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from rung.cli import call_round
from rung.pipeline import GradeRequest
from rung.policy.outcome import USUAL
from rung.workspace import Workspace
from rung.workspace.following.contacts import Contacts

PAGE = (Path(__file__).parents[2] / "docs/contacts.md").read_text(encoding="utf-8")


def test_the_python_of_the_page_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = Workspace.create(tmp_path / "work")
    source = tmp_path / "customers.csv"
    source.write_text("customer_id,need\nC1,later\n", encoding="utf-8")
    loaded = place.shelf.find("sales.time-to-close")
    created = datetime(2026, 3, 1, tzinfo=UTC)
    request = GradeRequest(source=source, policy=loaded, as_of=date(2026, 3, 1), created_at=created)
    place.grade(request, lambda *_told: None)
    monkeypatch.chdir(place.folder)
    code = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert code is not None
    names: dict[str, object] = {}
    exec(code[1], names)  # the page's own words
    made = names["made"]
    assert (made.before.effective, made.contact.is_withdrawn) == ("D", False)  # type: ignore[attr-defined]
    assert place.contacts.of("C1") == ()


def test_the_methods_named_are_there() -> None:
    named = re.findall(r"^\| `(\w+)\(", PAGE.partition("method of `workspace.contacts`")[2], re.MULTILINE)
    assert named
    assert [name for name in named if not callable(getattr(Contacts, name, None))] == []


def test_the_usual_outcomes_and_the_keys_are_those_there_are() -> None:
    for each in USUAL:
        assert f"`{each.id}` ({each.key})" in PAGE
    keys = PAGE.partition("| key | what it does |")[2].partition("\n\n")[0]
    for key, _words in call_round._commands():
        assert f"{key}" in keys

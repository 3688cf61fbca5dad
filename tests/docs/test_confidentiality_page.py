"""docs/confidentiality.md names every key of the config, and every word that events of reading carry."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rung.ledger import EventKind, Role
from rung.text import MASK
from rung.workspace.config import ConfidentialityConfig

Tables = Callable[[str], dict[str, dict[str, tuple[str, ...]]]]
PAGE = Path(__file__).parents[2] / "docs/confidentiality.md"


def test_a_table_lists_the_keys(tables: Tables) -> None:
    table = tables("confidentiality.md")["ConfidentialityConfig"]
    assert set(table) == set(ConfidentialityConfig.model_fields)
    assert all(f"`{role.value}`" in table["visible_to"][0] for role in Role)


def test_the_page_names_the_mask_and_the_events() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert f"`{MASK}`" in text
    for kind in (EventKind.SENSITIVE_READ, EventKind.EXPORT_TAKEN):
        assert f"`{kind.value}`" in text
    assert all(f"`{by}`" in text for by in ("explain", "sheet", "screen", "export"))

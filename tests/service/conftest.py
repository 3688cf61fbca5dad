"""A workspace with a ready policy and a table of customers, in Chinese time; makes ``places`` importable."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from contacts_cases import As


@pytest.fixture
def acting(monkeypatch: pytest.MonkeyPatch) -> As:
    """Return what has somebody else sit at the keyboard."""

    def become(account: str) -> None:
        monkeypatch.setattr("rung.workspace.human_input.account", lambda: account)

    return become

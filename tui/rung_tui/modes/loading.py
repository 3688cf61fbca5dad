"""Lies over the screen, and is not seen, while a mode is loaded: what is typed meanwhile is for the mode."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.screen import ModalScreen

from rung_tui.keys_in_order import KeysInOrder

__all__ = ["Loading"]


class Loading(ModalScreen[None]):
    """Keeps the keys typed."""

    DEFAULT_CSS = """
    Loading { background: transparent; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._typed: list[events.Key] = []

    def on_key(self, event: events.Key) -> None:
        """Keep a key for what comes."""
        event.stop()
        event.prevent_default()
        self._typed.append(event)

    def hand_on(self, app: KeysInOrder[Any]) -> None:
        """Have the keys typed again, where the program is now."""
        app.give_again(self._typed)

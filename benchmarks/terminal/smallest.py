"""The smallest Textual program: what any screen costs on this machine, at this moment."""

from textual.app import App, ComposeResult
from textual.events import Key
from textual.widgets import Static


class Smallest(App[None]):
    """One line, which says the last key pressed."""

    def compose(self) -> ComposeResult:
        """Lay out the line."""
        yield Static("smallest")

    def on_key(self, event: Key) -> None:
        """Say which key it was."""
        self.query_one(Static).update(f"key {event.key}")


Smallest().run()

"""What stands on the screen of a program under test, as lines of text."""

from __future__ import annotations

from typing import Any

from textual.app import App

__all__ = ["lines", "text"]


def lines(app: App[Any]) -> list[str]:
    """Return the screen's lines."""
    width, height = app.size
    strips = app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip)[:width] for strip in strips[:height]]


def text(app: App[Any]) -> str:
    """Return the whole screen."""
    return "\n".join(lines(app))

"""How the program looks: dark, light, and one that stays distinct in sixteen colours or none."""

from __future__ import annotations

import os
from typing import Final

from textual.theme import Theme

__all__ = ["DARK", "LIGHT", "SIXTEEN", "THEMES", "fitting_theme"]

_PLAIN: Final = {"block-cursor-text-style": "bold"}


def _grades(*colours: str) -> dict[str, str]:
    return {f"rung-grade-{number}": colour for number, colour in enumerate(colours, start=1)}


DARK: Final = Theme(
    name="rung-dark",
    primary="#5fa8d3",
    secondary="#7d8fb3",
    accent="#e0b050",
    foreground="#d8dee4",
    background="#12161c",
    surface="#1a2028",
    panel="#222a34",
    success="#6fbf73",
    warning="#e0a050",
    error="#e06c6c",
    dark=True,
    variables={
        **_PLAIN,
        **_grades("#7fd38a", "#6fb8e0", "#d9c26a", "#e09a5a", "#ef7f7f"),
        "rung-muted": "#8a96a3",
        "block-cursor-background": "#2f5d80",
        "block-cursor-foreground": "#ffffff",
    },
)
LIGHT: Final = Theme(
    name="rung-light",
    primary="#1f5f8b",
    secondary="#51617f",
    accent="#9a5b00",
    foreground="#1c2530",
    background="#fbfbf8",
    surface="#f0f0ea",
    panel="#e3e4dd",
    success="#1f7a3a",
    warning="#a35a00",
    error="#b3261e",
    dark=False,
    variables={
        **_PLAIN,
        **_grades("#1b6e33", "#1a5c94", "#7a6200", "#9c4a00", "#b3261e"),
        "rung-muted": "#66707a",
        "block-cursor-background": "#1f5f8b",
        "block-cursor-foreground": "#ffffff",
    },
)
SIXTEEN: Final = Theme(
    name="rung-16",
    primary="ansi_blue",
    secondary="ansi_cyan",
    accent="ansi_yellow",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    success="ansi_green",
    warning="ansi_yellow",
    error="ansi_red",
    dark=True,
    ansi=True,
    variables={
        **_grades("ansi_green", "ansi_cyan", "ansi_yellow", "ansi_magenta", "ansi_red"),
        "rung-muted": "ansi_default",
        "ansi-background": "ansi_black",
        "ansi-foreground": "ansi_white",
        "border-blurred": "ansi_default",
        # By attribute, not by colour: it must show where there is none.
        "input-cursor-text-style": "reverse",
        "input-cursor-background": "ansi_default",
        "input-cursor-foreground": "ansi_default",
        "input-selection-background": "ansi_blue",
        "input-selection-foreground": "ansi_white",
        "scrollbar": "ansi_white",
        "scrollbar-background": "ansi_black",
        "block-cursor-text-style": "reverse",
        "block-cursor-blurred-text-style": "reverse",
        "block-cursor-foreground": "ansi_default",
        "block-cursor-background": "ansi_default",
    },
)
THEMES: Final = (DARK, LIGHT, SIXTEEN)


def fitting_theme(given: str | None = None, *, is_wish: bool = True) -> str:
    """Return the name of the theme for this terminal: sixteen colours where it has no more, or wants none.

    ``given``: the name of one to take instead, where it is a wish, or this terminal can show it.
    """
    wanted = os.environ.get("RUNG_THEME", "")
    if wanted in {theme.name.removeprefix("rung-") for theme in THEMES}:
        return f"rung-{wanted}"
    is_known = given in {theme.name.removeprefix("rung-") for theme in THEMES}
    if is_known and is_wish:
        return f"rung-{given}"
    if "NO_COLOR" in os.environ or _has_few_colours():
        return SIXTEEN.name
    return f"rung-{given}" if is_known else DARK.name


def _has_few_colours() -> bool:
    """Whether colours are sent as the sixteen: what Textual will do, found as it finds it."""
    from rich.console import Console

    told = os.environ.get("TEXTUAL_COLOR_SYSTEM", "").lower()
    if told in {"standard", "none", "truecolor", "256"}:
        return told in {"standard", "none"}
    return Console(force_terminal=True).color_system in {None, "standard"}

"""What a piece of text means on screen, and how the theme of now draws that meaning."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from rich.style import Style
from textual.color import Color

if TYPE_CHECKING:
    from textual.app import App

__all__ = ["GRADES", "grade_role", "role_style"]

GRADES: Final = 5
"""How many colours grades share, best to worst; the letter always says more than the colour."""

_ROLES: Final[dict[str, tuple[str, str]]] = {
    "title": ("primary", "bold"),
    "strong": ("foreground", "bold"),
    "muted": ("rung-muted", ""),
    "key": ("accent", "bold"),
    "good": ("success", ""),
    "bad": ("error", ""),
    "open": ("warning", ""),
    "warning": ("warning", "bold"),
    "error": ("error", "bold"),
    "up": ("success", "bold"),
    "down": ("error", "bold"),
    "pending": ("warning", "bold"),
    "bar": ("primary", ""),
    "lost": ("rung-muted", ""),
    "cut": ("accent", ""),
    "grade-1": ("rung-grade-1", "bold"),
    "grade-2": ("rung-grade-2", "bold"),
    "grade-3": ("rung-grade-3", "bold"),
    "grade-4": ("rung-grade-4", "bold"),
    "grade-5": ("rung-grade-5", "bold"),
    "chosen": ("foreground", "bold reverse"),
}


def grade_role(place: int, grades: int) -> str:
    """Return the role of the grade at ``place`` (0 is best) among so many."""
    return f"grade-{1 + round(place * (GRADES - 1) / max(1, grades - 1))}"


def role_style(app: App[Any], role: str) -> Style:
    """Return how a role is drawn in the program's theme; nothing special for an unknown one."""
    if role not in _ROLES:
        return Style.null()
    variable, attributes = _ROLES[role]
    return _style(app.theme_variables.get(variable, ""), attributes)


@lru_cache(maxsize=256)
def _style(colour: str, attributes: str) -> Style:
    style = Style.parse(attributes) if attributes else Style.null()
    return style + Style.from_color(Color.parse(colour).rich_color) if colour else style

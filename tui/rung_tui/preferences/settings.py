"""How the program begins: by what was asked for now, what is preferred, what is remembered, in that order."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from rung.text import LANGUAGES, Language
from rung_tui.preferences.memory import Memory
from rung_tui.preferences.places import memory_file, preferences_file
from rung_tui.preferences.wishes import THEMES, Wishes, read_wishes

__all__ = ["Settings"]


@dataclass(frozen=True)
class Settings:
    """Preferences and memory, for one workspace."""

    wishes: Wishes = field(default_factory=Wishes)
    memory: Memory = field(default_factory=lambda: Memory(None))

    @classmethod
    def of(cls, workspace: Path) -> Self:
        """Read what the person at the keyboard has."""
        return cls(read_wishes(preferences_file()), Memory(memory_file(), workspace))

    @property
    def theme(self) -> str | None:
        """The theme to begin with, by the name a person writes."""
        remembered = self.memory.get("theme")
        return self.wishes.theme or (remembered if remembered in THEMES else None)

    @property
    def language(self) -> Language | None:
        """The language to begin with."""
        wanted = self.wishes.language or self.memory.get("language")
        return next((each for each in LANGUAGES if each == wanted), None)

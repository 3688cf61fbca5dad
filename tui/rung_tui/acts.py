"""What a person can do on a screen: written once, for the keys, the key hints, the palette and the help."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from textual.actions import parse
from textual.binding import Binding

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen

__all__ = [
    "Act",
    "acts_on",
    "bindings_of",
    "key_name",
    "key_of",
    "key_twins",
    "keymap",
    "offered_by",
    "remap",
]


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to do: Textual's action, its title, and the keys that do it, the one shown first.

    A letter always has a twin that an input method lets through: a function key or a control key. The
    full-width form of every letter and sign is bound besides.
    """

    action: str
    title: Callable[[], str]
    """In the current language."""
    keys: str
    """Separated by blanks."""
    hint: bool = True
    """Whether the key hints show it."""
    about: Callable[[], str] | None = None
    """What the palette says besides."""
    short: Callable[[], str] | None = None
    """What the key hints say instead of the title."""

    @property
    def first_key(self) -> str:
        """The key shown."""
        return self.pressed.split()[0]

    @property
    def pressed(self) -> str:
        """The keys in force: those of the person's key map where it has the act, else its own."""
        return _MAPPED.get(self.action, self.keys)


_NAMES: Final = {
    "enter": "Enter",
    "escape": "Esc",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "tab": "Tab",
    "space": "Space",
    "delete": "Del",
    "backspace": "⌫",
}


def key_name(key: str) -> str:
    """Return a key as keyboards print it: ``Enter``, ``F2``, ``^P``."""
    if key.startswith("ctrl+"):
        return f"^{key_name(key.removeprefix('ctrl+')).upper()}"
    if key.startswith("alt+"):
        return f"Alt+{key_name(key.removeprefix('alt+')).upper()}"
    if key.startswith("shift+"):
        return f"⇧{key_name(key.removeprefix('shift+'))}"
    if len(key) > 1 and key[0] == "f" and key[1:].isdigit():
        return key.upper()
    return _NAMES.get(key, key)


def bindings_of(acts: Iterable[Act], *, everywhere: bool = False) -> list[Binding]:
    """Return Textual's bindings for the keys of each act.

    ``everywhere``: also over a dialog, as far as a key cannot be meant for a text being typed there.
    """
    return [
        Binding(
            _bindable(key),
            act.action,
            act.action,
            show=False,
            priority=everywhere and _is_no_text(key),
            id=act.action,
        )
        for act in acts
        for key in dict.fromkeys(twin for key in act.keys.split() for twin in key_twins(key))
    ]


_MAPPED: dict[str, str] = {}


def remap(keys: Mapping[str, str]) -> None:
    """Have acts done by other keys than their own; for the whole program."""
    _MAPPED.clear()
    _MAPPED.update(keys)


def keymap() -> dict[str, str]:
    """Return the key map in force as Textual takes it, twins included."""
    return {
        action: ",".join(_bindable(twin) for key in keys.split() for twin in key_twins(key))
        for action, keys in _MAPPED.items()
    }


def key_twins(key: str) -> tuple[str, ...]:
    """Return a key with what an input method in its full-width or Chinese state sends for it.

    >>> key_twins("o"), key_twins("."), key_twins("f4")
    (('o', 'ｏ'), ('.', '．', '。'), ('f4',))
    """
    if len(key) != 1 or not "!" <= key <= "~":
        return (key,)
    return (key, chr(ord(key) + _TO_FULL_WIDTH), *_CHINESE.get(key, ""))


_TO_FULL_WIDTH: Final = 0xFEE0
# U+FF01 to U+FF5E follow ASCII's order.
_CHINESE: Final = {"/": "、", ".": "。", ":": "：", "?": "？", ",": "，", "<": "《", ">": "》"}
# Signs the same key gives while Chinese punctuation is on.


def _bindable(key: str) -> str:
    # A comma separates keys in Textual's notation, so it goes by name.
    return {",": "comma", "，": "fullwidth_comma"}.get(key, key)


def _is_no_text(key: str) -> bool:
    return key.startswith("ctrl+") or (key[0] == "f" and key[1:].isdigit())


def acts_on(holder: object) -> tuple[Act, ...]:
    """Return the acts a screen, a class of screens or the program offers."""
    own: tuple[Act, ...] = getattr(holder, "ACTS", ())
    shared: Callable[[], tuple[Act, ...]] = getattr(holder, "shared_acts", tuple)
    return (*own, *shared())


def key_of(acts: Iterable[Act], action: str) -> str:
    """Return the key in force for one of several acts, as keyboards print it: for messages that name it."""
    return next(key_name(act.first_key) for act in acts if act.action == action)


def offered_by(app: App[Any], screen: Screen[Any]) -> Iterator[Act]:
    """Yield the program's acts as far as they may be done from a screen."""
    for act in acts_on(app):
        _namespace, name, parameters = parse(act.action)
        if app.check_action(name, parameters) and screen.check_action(f"app.{name}", parameters):
            yield act

"""Whether lists are moved in by vim's keys: as the program has it only by j and k."""

from __future__ import annotations

__all__ = ["allows", "set_vim"]

_wish: list[bool | None] = [None]


def set_vim(wish: bool | None) -> None:
    """Take a wish: True for all of the keys, False for none, None for j and k."""
    _wish[0] = wish


def allows(action: str) -> bool:
    """Whether an action that only vim's keys have is done."""
    return _wish[0] is True or (_wish[0] is None and action == "vim_move")

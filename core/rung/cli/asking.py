"""One question to a person in a terminal; the end of the input is a wish to stop."""

from __future__ import annotations

from typing import Final

from rung.text import inert

__all__ = ["Stopped", "ask", "ask_or", "is_yes"]

_YES: Final = frozenset({"y", "yes", "是", "好", "确认"})


class Stopped(Exception):  # noqa: N818 - a wish, not an error
    """The person wants to stop, or is gone."""


def ask(question: str) -> str:
    """Return what the person answers, without blanks around it; raises Stopped where nobody is there."""
    try:
        return input(f"{inert(question)} > ").strip()
    except (EOFError, OSError, UnicodeDecodeError):
        # A closed terminal gives an error to whoever reads it.
        raise Stopped from None


def ask_or(question: str, usual: str) -> str:
    """Return what the person answers, ``usual`` where nothing; ends the verb where nobody is there."""
    try:
        return ask(f"{question} [{usual}]" if usual else question) or usual
    except Stopped:
        raise KeyboardInterrupt from None


def is_yes(answer: str) -> bool:
    """Whether an answer says yes; nothing said is no."""
    return answer.casefold() in _YES

"""Where a part of a policy stands, in words: the section, then the titles on the way down to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rung.policy.diff.key_words import member_word, section_word
from rung.policy.keys import KeyPath
from rung.policy.model import Policy
from rung.text import Text

__all__ = ["place_words"]


def place_words(policy: Policy, path: KeyPath) -> str:
    """Return where a part stands, in the current language."""
    return " › ".join([section_word(str(path[0])), *_steps(policy, path)])


def _steps(policy: Policy, path: KeyPath) -> Iterator[str]:
    part: object = getattr(policy, str(path[0]))
    for place, key in enumerate(path[1:], start=1):
        around, part = part, _inside(part, key)
        if isinstance(part, tuple):
            continue  # its member is named next
        title = getattr(part, "title", None) or getattr(part, "reason", None) or getattr(part, "text", None)
        if path[0] == "service" and place == 1:
            yield str(policy.grade_title(str(key)))
        elif isinstance(title, Text):
            yield str(title)
        elif isinstance(key, int):
            yield member_word(str(path[place - 1])).format(n=key + 1)
        elif isinstance(around, Mapping):
            yield str(key)


def _inside(part: object, key: str | int) -> object:
    match part:
        case tuple():
            return part[int(key)]
        case Mapping():
            return part[key]
    return getattr(part, str(key))

"""Which members of two lists belong together: by their names, else by what they say and where they stand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

__all__ = ["Pair", "by_content", "by_name"]


@dataclass(frozen=True, slots=True)
class Pair:
    """The places, from 0, of one member in two lists; ``None`` where it is not in one of them."""

    before: int | None
    after: int | None
    is_moved: bool = False
    """It stands elsewhere among the members both lists have."""


def by_name(before: Sequence[str], after: Sequence[str]) -> tuple[Pair, ...]:
    """Pair the members of two lists of names, each name once; in the order of the list after.

    Those taken out come last. As few as possible count as moved.
    """
    old, new = ({name: place for place, name in enumerate(names)} for names in (before, after))
    stays = set(_longest_rising([old[name] for name in after if name in old]))
    pairs = [
        Pair(old.get(name), place, is_moved=name in old and old[name] not in stays)
        for place, name in enumerate(after)
    ]
    return (*pairs, *(Pair(place, None) for place, name in enumerate(before) if name not in new))


def _longest_rising(places: Sequence[int]) -> Iterator[int]:
    """Yield the longest part of different numbers that rises, the last first."""
    ends: list[int] = []
    at: list[int] = []
    for place in places:
        length = bisect_left(ends, place)
        ends[length : length + 1] = [place]
        at.append(length)
    wanted = len(ends) - 1
    for length, place in zip(reversed(at), reversed(places), strict=True):
        if length == wanted:
            wanted -= 1
            yield place


def by_content(before: Sequence[Hashable], after: Sequence[Hashable]) -> tuple[Pair, ...]:
    """Pair the members of two lists without names: equal ones in order, those between them by place."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    pairs: list[Pair] = []
    for _tag, from_, to, new_from, new_to in matcher.get_opcodes():
        old, new = range(from_, to), range(new_from, new_to)
        pairs += [Pair(one, other) for one, other in zip(old, new, strict=False)]
        pairs += [Pair(None, each) for each in new[len(old) :]]
        pairs += [Pair(each, None) for each in old[len(new) :]]
    return tuple(pairs)

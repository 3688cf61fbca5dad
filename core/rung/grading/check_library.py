"""Checks a sector's library by itself: a policy made for the purpose takes every named criterion once."""

from __future__ import annotations

import json
from typing import Final

from rung.errors import Place, Problem
from rung.grading.check import examine_text
from rung.policy.keys import KeyPath, read_key, written_key
from rung.policy.library import Library
from rung.policy.locate import line_of
from rung.policy.shelf import Shelf

__all__ = ["library_problems"]

_TAKER: Final = """\
id = "library.taken"
version = "1"
sector = "{sector}"
title = "?"
grades = ["A", "B"]
grading = {{ mode = "score", cutoffs = {{ A = 1 }} }}
"""
_MADE: Final = "library.taken"
# What the policy made for the purpose is called: no problem is left with its name.


def library_problems(sector: str, shelf: Shelf) -> tuple[Problem, ...]:
    """Return every problem of a sector's library, of form and of meaning, at file and line.

    Raises RungError for an unknown sector, and for a library that is not there or cannot be read.
    """
    library = shelf.library(sector)
    names = tuple(library.criteria)
    taken = "".join(f"[[criteria]]\nuse = {json.dumps(f'{sector}.{name}')}\nweight = 1\n" for name in names)
    found = examine_text(_TAKER.format(sector=sector) + taken, _MADE, shelf)
    return tuple(_in_library(problem, library, names) for problem in found)


def _in_library(problem: Problem, library: Library, names: tuple[str, ...]) -> Problem:
    if problem.place is None or problem.place.file != _MADE:
        return problem
    path: KeyPath = ()
    match read_key(problem.place.key):
        case ("criteria", int(position), *rest):
            path = (names[position], *rest)
    return problem.at(Place(library.name, line_of(library.text, path), written_key(path)))

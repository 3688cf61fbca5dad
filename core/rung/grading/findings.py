"""Problems collected while a policy is compiled, so that all are told at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from rung.errors import Place, Problem, RungError

__all__ = ["Findings"]

P = ParamSpec("P")
T = TypeVar("T")


class Findings:
    """The problems found so far, each at a dotted key such as ``criteria[2].bands[0].when``."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def report(self, key: str, message: str, hint: str = "") -> None:
        """Add a problem."""
        self.problems.append(Problem(message, hint, Place("", key=key)))

    def attempt(self, key: str, make: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Return what ``make`` gives; where it raises RungError, keep its problems and return ``None``."""
        try:
            return make(*args, **kwargs)
        except RungError as error:
            place = Place("", key=key)
            self.problems += [problem if problem.place else problem.at(place) for problem in error.problems]
            return None

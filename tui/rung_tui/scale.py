"""The grades of a policy, best first, and what a person calls each where its id is a word, not a letter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from rung.text import Text
from rung_tui.language import words

if TYPE_CHECKING:
    from rung.policy.model import Policy
    from rung.runs import Manifest

__all__ = ["Scale", "called", "scale_of_policy", "scale_of_run"]

_LETTERS: Final = 2
# Characters up to which an id is what everybody calls the grade: A, 1, C2.


class Scale(tuple[str, ...]):
    """The ids of the grades, best first, with their titles."""

    titles: Mapping[str, Text] = MappingProxyType({})

    @classmethod
    def of(cls, titles: Iterable[tuple[str, Text]]) -> Scale:
        """Return the scale of grades with these titles."""
        known = dict(titles)
        scale = cls(known)
        scale.titles = known
        return scale

    def called(self, grade: str) -> str:
        """Return what a grade is called in the language of the screen."""
        title = words(self.titles.get(grade)) if len(grade) > _LETTERS else ""
        return title or grade

    @property
    def has_words(self) -> bool:
        """Whether any grade goes by its title."""
        return any(len(grade) > _LETTERS for grade in self)


def called(grade: str, grades: Sequence[str]) -> str:
    """Return what a grade is called; its id where the scale has no titles."""
    return grades.called(grade) if isinstance(grades, Scale) else grade


def scale_of_run(manifest: Manifest) -> Scale:
    """Return the grades a run gave."""
    return Scale.of((each.id, each.title) for each in manifest.grades)


def scale_of_policy(policy: Policy) -> Scale:
    """Return the grades a policy gives."""
    return Scale.of((grade, policy.grade_title(grade)) for grade in policy.grades)

"""Reads one policy: text to a checked, frozen Policy, or to every problem of the file at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from rung.errors import Problem, RungError, Severity
from rung.policy.compose import Composition, compose
from rung.policy.files import read_text
from rung.policy.keys import KeyPath
from rung.policy.layers import Bases, Stack, lay, no_bases
from rung.policy.library import Libraries, no_libraries
from rung.policy.locate import JOINS
from rung.policy.mistakes import Mistake, mistakes_in
from rung.policy.model import Policy
from rung.policy.sources import Sources
from rung.text import _

__all__ = ["Draft", "LoadedPolicy", "content_hash", "draft_policy", "parse_policy", "read_policy"]

_MAKING: Final = frozenset({"extends", "change", "history", "published", "written_by"})
# Keys that tell how the policy came about, not what it says.


@dataclass(frozen=True, slots=True)
class LoadedPolicy:
    """A policy and where it comes from."""

    policy: Policy
    source: Path | None
    """Its file; ``None`` for a text from elsewhere."""
    text: str
    sha256: str
    """Of what the policy says, libraries and parameters filled in; comments and spacing do not count."""
    warnings: tuple[Problem, ...]
    sources: Sources
    table: Mapping[str, Any]
    """What it says, put together: layers merged, libraries and parameters filled in."""
    notices: tuple[Problem, ...] = ()
    """What whoever grades by it should know: that it is a preview, that its working copy has changed."""

    def located(self, problem: Problem) -> Problem:
        """Return a problem of this policy, known by its key, at its file and line."""
        return self.sources.located(problem)


@dataclass(frozen=True, slots=True)
class Draft:
    """A policy text put together and validated, whatever came of it."""

    table: dict[str, Any]
    policy: Policy | None
    """``None`` where there are mistakes."""
    mistakes: tuple[Mistake, ...]
    astray: tuple[Problem, ...]
    """What is wrong with the laying of its layers over one another, or with its seal."""
    is_baseless: bool
    """Whether a layer below is missing, so that its meaning cannot be judged."""
    unjudged: tuple[KeyPath, ...]
    """Places left out of judgement, because they hang on another mistake."""
    warnings: tuple[Problem, ...]
    sources: Sources

    @property
    def sha256(self) -> str:
        """Of what it says, as far as it could be put together."""
        return content_hash(self.table)

    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong, each problem once, at its file and line, in the order of the lines."""
        formal = dict.fromkeys((*self.astray, *map(self._placed, self.mistakes)))
        return tuple(sorted(formal, key=self.sources.order))

    def _placed(self, mistake: Mistake) -> Problem:
        if mistake.problem.place:
            return mistake.problem
        place = self.sources.place_of_absence if mistake.is_absence else self.sources.place
        return mistake.problem.at(place(mistake.path))


def read_policy(path: Path, libraries: Libraries = no_libraries, bases: Bases = no_bases) -> LoadedPolicy:
    """Read a policy file.

    ``libraries`` gives the library of a sector, for criteria taken with ``use``; ``bases`` the policy of
    an id, for ``extends``. Raises RungError with every problem of the file.
    """
    return _loaded(draft_policy(read_text(path), str(path), libraries, bases), path)


def parse_policy(
    text: str, name: str, libraries: Libraries = no_libraries, bases: Bases = no_bases
) -> LoadedPolicy:
    """Read a policy from a text that messages call ``name``; raises RungError with every problem of it."""
    return _loaded(draft_policy(text, name, libraries, bases), None)


def draft_policy(text: str, name: str, libraries: Libraries = no_libraries, bases: Bases = no_bases) -> Draft:
    """Put a policy text together and validate it; raises RungError only for what is no TOML."""
    stack = lay(text, name, bases, libraries)
    made = compose(stack.table, libraries)
    sources = _sources(stack, made)
    try:
        policy: Policy | None = Policy.model_validate(made.table)
        refused: tuple[Mistake, ...] = ()
    except ValidationError as error:
        policy, refused = None, mistakes_in(error, made.table)
    astray = (*stack.problems, *_seal_problems(made.table, sources))
    mistakes = (
        *made.mistakes,
        *(each for each in refused if not _is_knock_on(each, made, is_baseless=stack.is_baseless)),
    )
    return Draft(
        table=made.table,
        policy=None if mistakes or astray else policy,
        mistakes=mistakes,
        astray=astray,
        is_baseless=stack.is_baseless,
        unjudged=(*made.spoiled, *made.incomplete),
        warnings=() if stack.is_baseless else tuple(_unused_parameters(made, sources)),
        sources=sources,
    )


def _sources(stack: Stack, made: Composition) -> Sources:
    """Return who wrote what: layers and libraries together."""
    return Sources(
        own=stack.own,
        layers=stack.below,
        libraries=tuple(made.libraries.values()),
        origins={**stack.origins, **made.lent},
        overrode={
            **stack.overrode,
            **{path: (hidden, *stack.overrode.get(path, ())) for path, hidden in made.hidden.items()},
        },
        removed=stack.removed,
        joins=tuple(path for path in stack.origins if path and path[-1] in JOINS and len(path) > 2),
    )


def _is_knock_on(mistake: Mistake, made: Composition, *, is_baseless: bool) -> bool:
    """Return whether a mistake only follows from what could not be put together."""
    if is_baseless and (mistake.is_absence or mistake.is_joint):
        return True
    if any(mistake.path[: len(path)] == path for path in made.spoiled):
        return True
    around = mistake.path[:-1] if mistake.is_absence else mistake.path
    return around in made.incomplete


def _unused_parameters(made: Composition, sources: Sources) -> Iterator[Problem]:
    parameters = made.table.get("parameters")
    if "published" in made.table:
        return  # filled in when it was published
    for name in parameters if isinstance(parameters, dict) else ():
        if name not in made.used:
            path: KeyPath = ("parameters", name)
            yield Problem(
                _("The parameter “{name}” stands in no text.").format(name=name),
                _("Write ${{{name}}} where its value belongs, or take it out.").format(name=name),
                sources.place(path),
                Severity.WARNING,
            )


def _loaded(draft: Draft, source: Path | None) -> LoadedPolicy:
    if draft.policy is None:
        raise RungError.all(draft.problems())
    return LoadedPolicy(
        policy=draft.policy,
        source=source,
        text=draft.sources.text,
        sha256=content_hash(draft.table),
        warnings=draft.warnings,
        sources=draft.sources,
        table=draft.table,
    )


def content_hash(table: Mapping[str, Any]) -> str:
    """Return the hash of what a policy's table says, however it was put together."""
    said = {key: value for key, value in table.items() if key not in _MAKING}
    criteria = said.get("criteria")
    if isinstance(criteria, list):
        said["criteria"] = [
            {key: value for key, value in each.items() if key != "use"} if isinstance(each, dict) else each
            for each in criteria
        ]
    canonical = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: object) -> str:
    match value:
        case Decimal():
            return format(value.normalize(), "f")
        case date() | time():
            return value.isoformat()
    raise TypeError(type(value).__name__)


def _seal_problems(table: Mapping[str, Any], sources: Sources) -> Iterator[Problem]:
    """Yield a problem where a published version is no longer what was published."""
    seal = table.get("published")
    if (
        isinstance(seal, dict)
        and isinstance(seal.get("sha256"), str)
        and seal["sha256"] != content_hash(table)
    ):
        yield Problem(
            _("This is not what was published as version {version}: the content's hash differs.").format(
                version=table.get("version")
            ),
            _("Restore the file; a change is published as a new version."),
            sources.place(("published", "sha256")),
        )

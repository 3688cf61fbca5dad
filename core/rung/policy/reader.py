"""Reads one policy: text to a checked, frozen Policy, or to every problem of the file at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from rung.errors import Problem, RungError, Severity
from rung.policy.compose import Composition, compose
from rung.policy.files import parse_toml, read_text
from rung.policy.keys import KeyPath
from rung.policy.library import Libraries, no_libraries
from rung.policy.mistakes import Mistake, mistakes_in
from rung.policy.model import Policy
from rung.policy.sources import Sources
from rung.text import _

__all__ = ["Draft", "LoadedPolicy", "draft_policy", "parse_policy", "read_policy"]


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
    unjudged: tuple[KeyPath, ...]
    """Places left out of judgement, because they hang on another mistake."""
    warnings: tuple[Problem, ...]
    sources: Sources

    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong, each problem once, at its file and line, in the order of the lines."""
        found = dict.fromkeys(
            each.problem if each.problem.place else each.problem.at(self.sources.place(each.path))
            for each in self.mistakes
        )
        return tuple(sorted(found, key=self.sources.order))


def read_policy(path: Path, libraries: Libraries = no_libraries) -> LoadedPolicy:
    """Read a policy file.

    ``libraries`` gives the library of a sector, for criteria taken with ``use``. Raises RungError with
    every problem of the file.
    """
    return _loaded(draft_policy(read_text(path), str(path), libraries), path)


def parse_policy(text: str, name: str, libraries: Libraries = no_libraries) -> LoadedPolicy:
    """Read a policy from a text that messages call ``name``; raises RungError with every problem of it."""
    return _loaded(draft_policy(text, name, libraries), None)


def draft_policy(text: str, name: str, libraries: Libraries = no_libraries) -> Draft:
    """Put a policy text together and validate it; raises RungError only for what is no TOML."""
    made = compose(parse_toml(text, name), libraries)
    sources = Sources(name, text, made.borrowed)
    try:
        policy: Policy | None = Policy.model_validate(made.table)
        refused: tuple[Mistake, ...] = ()
    except ValidationError as error:
        policy, refused = None, mistakes_in(error, made.table)
    mistakes = (*made.mistakes, *(each for each in refused if not _is_knock_on(each, made)))
    return Draft(
        table=made.table,
        policy=None if mistakes else policy,
        mistakes=mistakes,
        unjudged=(*made.spoiled, *made.incomplete),
        warnings=tuple(_unused_parameters(made, sources)),
        sources=sources,
    )


def _is_knock_on(mistake: Mistake, made: Composition) -> bool:
    """Return whether a mistake only follows from what could not be put together."""
    if any(mistake.path[: len(path)] == path for path in made.spoiled):
        return True
    around = mistake.path[:-1] if mistake.is_absence else mistake.path
    return around in made.incomplete


def _unused_parameters(made: Composition, sources: Sources) -> Iterator[Problem]:
    parameters = made.table.get("parameters")
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
        sha256=_content_hash(draft.table),
        warnings=draft.warnings,
        sources=draft.sources,
    )


def _content_hash(table: dict[str, Any]) -> str:
    canonical = json.dumps(table, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _plain(value: object) -> str:
    match value:
        case Decimal():
            return format(value.normalize(), "f")
        case date() | time():
            return value.isoformat()
    raise TypeError(type(value).__name__)

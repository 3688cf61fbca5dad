"""A policy on its way to being somebody's own: what is answered so far, and the layer that says it."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli_w

from rung.adopting.neighbours import follow
from rung.errors import Place, Problem, RungError, Severity, did_you_mean
from rung.grading.check import check
from rung.grading.compile import compile_policy
from rung.grading.compiled import CompiledPolicy
from rung.policy.changes import layer_between
from rung.policy.compose import compose
from rung.policy.files import read_text
from rung.policy.keys import KeyPath, read_key
from rung.policy.layers import Bases, lay
from rung.policy.library import Libraries
from rung.policy.model import Change
from rung.policy.named import name_key, name_of
from rung.policy.overlay import write_overlay
from rung.policy.program_owned import owned_table
from rung.policy.reader import Draft, LoadedPolicy, draft_policy, parse_policy
from rung.policy.shelf import Shelf
from rung.policy.sources import SourceText
from rung.text import _

__all__ = ["Adoption"]


@dataclass(slots=True)
class Adoption:
    """A base policy and the table wanted of it, parameters still standing as ``${name}``."""

    base: LoadedPolicy
    shelf: Shelf
    out: Path
    id: str
    version: str
    below: dict[str, Any]
    """What the base says."""
    before: dict[str, Any]
    """What the layer at ``out`` says already, the base's words where there is none."""
    wanted: dict[str, Any]

    @classmethod
    def begin(
        cls, base: LoadedPolicy, shelf: Shelf, out: Path, own_id: str | None, version: str | None
    ) -> Adoption:
        """Return the adoption of a base, continued where the program wrote the layer before.

        Raises RungError for a file that a person wrote, or that lies over another base.
        """
        layer = owned_table(out)
        if layer.get("extends", base.policy.id) != base.policy.id:
            raise RungError.of(
                _("This file is laid over “{found}”, not “{wanted}”.").format(
                    found=layer["extends"], wanted=base.policy.id
                ),
                _("Name another file."),
                Place(str(out), key="extends"),
            )
        bases = _bases(base, shelf, out)
        below = _unfilled(base.text, base.sources.name, bases, shelf.library)
        before = _unfilled(read_text(out), str(out), bases, shelf.library) if layer else below
        own = own_id or layer.get("id") or f"own.{base.policy.id.rpartition('.')[2]}"
        return cls(
            base,
            shelf,
            out,
            own,
            version or layer.get("version") or "1",
            below,
            before,
            copy.deepcopy(before),
        )

    def value(self, path: KeyPath) -> Any:
        """Return what is wanted at a key; raises KeyError where nothing stands there."""
        at: Any = self.wanted
        for part in _steps(self.wanted, path):
            at = at[part]
        return at

    def put(self, path: KeyPath, value: Any) -> list[KeyPath]:
        """Want another value at a key; return the keys that moved with it.

        A choice answered is open no longer; a bound that the next band shares moves there too.
        """
        real = _steps(self.wanted, path, new_last=True)
        at: Any = self.wanted
        for part in real[:-1]:
            at = at[part]
        before, at[real[-1]] = at.get(real[-1]) if isinstance(at, dict) else at[real[-1]], value
        match path:
            case ("criteria", int(criterion), "bands", int(band), "when"):
                bands = self.wanted["criteria"][criterion]["bands"]
                return [(*path[:3], each, "when") for each in follow(bands, band, before, value)]
            case ("parameters", str(name), "value") if self.wanted["parameters"][name].get("choose"):
                self.wanted["parameters"][name]["choose"] = False
        return []

    def path(self, written: str) -> KeyPath:
        """Return the path a person means by ``criteria.assets.bands.0.when``; raises RungError for none."""
        path: list[str | int] = []
        at: Any = self.wanted
        for part in read_key(written):
            found = _inside(at, part, tuple(path))
            if found is None and part == "accepted" and isinstance(at, dict) and "stated" in at:
                found = "accepted"
            if found is None:
                raise RungError.of(
                    _("The policy has no “{key}”: “{part}” is not there.").format(key=written, part=part),
                    did_you_mean(str(part), _known(at, tuple(path)))
                    or _("There is: {names}.").format(names=", ".join(_known(at, tuple(path))) or "-"),
                )
            path.append(found)
            at = None if found == "accepted" else at[found]
        return tuple(path)

    def draft(self) -> Draft:
        """Return the policy as wanted, put together."""
        bases = _bases(self.base, self.shelf, self.out)
        return draft_policy(self._written(), str(self.out), self.shelf.library, bases)

    def loaded(self) -> LoadedPolicy:
        """Return the policy as wanted, as if read from its file; raises RungError with its problems."""
        bases = _bases(self.base, self.shelf, self.out)
        return parse_policy(self._written(), str(self.out), self.shelf.library, bases)

    def _written(self) -> str:
        layer = layer_between(self.below, self.wanted)
        head = {"id": self.id, "version": self.version, "extends": self.base.policy.id}
        return tomli_w.dumps({**head, **layer})

    def compiled(self) -> CompiledPolicy:
        """Return the policy as wanted, ready to grade; raises RungError with all that is wrong with it."""
        draft = self.draft()
        if draft.policy is None:
            raise RungError.all(map(_unplaced, draft.problems()))
        vocabulary = self.shelf.vocabulary(draft.policy)
        found = check(draft.policy, vocabulary)
        errors = [each for each in found if each.severity is Severity.ERROR]
        if errors:
            raise RungError.all(errors)
        return compile_policy(draft.policy, vocabulary)

    def changes(self) -> dict[str, Any]:
        """Return what is wanted otherwise than the base has it, in the keys of a layer."""
        return layer_between(self.below, self.wanted)

    def write(self, change: Change) -> None:
        """Write the layer; raises RungError where the disk refuses."""
        changes = layer_between(self.before, self.wanted)
        head = {"id": self.id, "version": self.version, "title": self.wanted["title"]}
        write_overlay(self.out, self.base.policy.id, {**head, **changes}, change)


def _unplaced(problem: Problem) -> Problem:
    """Return a problem of a layer that stands in no file yet: its key is all there is to name."""
    key = problem.place.key if problem.place else ""
    return problem.at(Place("", key=key))


def _bases(base: LoadedPolicy, shelf: Shelf, out: Path) -> Bases:
    near = shelf.bases_near(out)
    beside = near if base.source is None else shelf.bases_near(base.source)

    def found(policy_id: str) -> SourceText:
        if policy_id == base.policy.id:
            return SourceText(base.sources.name, base.text, policy_id)
        try:
            return near(policy_id)
        except RungError:
            return beside(policy_id)

    return found


def _unfilled(text: str, name: str, bases: Bases, libraries: Libraries) -> dict[str, Any]:
    """Return a policy's table with layers and libraries merged, its parameters left as they are written.

    A layer must not write what a parameter fills in: the parameter would rule it no more.
    """
    table = lay(text, name, bases, libraries).table
    parameters = table.get("parameters")
    named = dict(parameters) if isinstance(parameters, Mapping) else {}
    as_written = {key: {**each, "value": f"${{{key}}}"} for key, each in named.items()}
    made = compose({**table, "parameters": as_written} if named else table, libraries)
    return copy.deepcopy({**made.table, "parameters": named} if named else made.table)


def _steps(table: Any, path: KeyPath, *, new_last: bool = False) -> list[str | int]:
    """Return a model's path as it goes through the table: one promise may stand without a list."""
    real: list[str | int] = []
    at = table
    for number, part in enumerate(path):
        if isinstance(part, int) and isinstance(at, Mapping):
            continue
        real.append(part)
        if new_last and number == len(path) - 1:
            break
        at = at[part]
    return real


def _inside(at: Any, part: str | int, path: KeyPath) -> str | int | None:
    if isinstance(at, Mapping):
        return part if part in at else None
    if not isinstance(at, list):
        return None
    if isinstance(part, int) or part.isdigit():
        return int(part) if int(part) < len(at) else None
    key = name_key(path) if path else "id"
    return next((number for number, each in enumerate(at) if name_of(each, key) == part), None)


def _known(at: Any, path: KeyPath) -> list[str]:
    if isinstance(at, Mapping):
        return [str(key) for key in at]
    if isinstance(at, list):
        return [name_of(each, name_key(path)) or str(number) for number, each in enumerate(at)]
    return []

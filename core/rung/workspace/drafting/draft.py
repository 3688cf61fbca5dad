"""A policy while it is changed: edits taken back and made again, all of it on disk with every one."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from rung.adopting import Adoption, Step, kept_answers, named_key, steps_of
from rung.errors import Problem, RungError
from rung.grading.compiled import CompiledPolicy
from rung.policy.keys import KeyPath, read_key, written_key
from rung.text import _
from rung.vocabulary import Quantity
from rung.workspace.drafting.kept_draft import Edit, KeptDraft, forget_draft, keep_draft, kept_draft
from rung.workspace.drafting.place import DraftPlace, place_of
from rung.workspace.drafting.tree_parts import standing_at
from rung.workspace.drafting.typed import read_typed

if TYPE_CHECKING:
    from rung.workspace.workspace import Workspace

__all__ = ["PolicyDraft", "Tried"]


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of something typed, before it is taken."""

    value: Any = None
    problems: tuple[Problem, ...] = ()
    compiled: CompiledPolicy | None = None
    """The policy with it, where it is sound."""
    followed: tuple[tuple[str, Any], ...] = ()
    """Keys and values that move along: bounds shared with the band beside."""

    @property
    def is_read(self) -> bool:
        """Whether it could be read as a value at all."""
        return self.value is not None


@dataclass
class PolicyDraft:
    """A change of one policy; every method that changes it leaves it on disk."""

    workspace: Workspace
    account: str
    place: DraftPlace
    adoption: Adoption
    kept: KeptDraft
    begun: CompiledPolicy
    """The policy without the change."""
    sound: CompiledPolicy
    """The policy with it, as it was when it was sound last."""
    steps: Mapping[KeyPath, Step]
    """What the base assumes or leaves open, by where it stands."""
    problems: tuple[Problem, ...] = ()
    notices: tuple[str, ...] = ()

    @classmethod
    def open(cls, workspace: Workspace, policy_id: str, today: date) -> PolicyDraft:
        """Return the draft of a policy, gone on with where there is one on disk.

        Raises RungError where the workspace does not hold the policy, or where it has mistakes.
        """
        place = place_of(workspace, policy_id, today)
        adoption = place.begun(workspace.shelf)
        account = workspace.human_input.actor().account
        compiled = adoption.compiled()
        asked = steps_of(adoption.base.policy, adoption.below)
        steps = {_written_path(adoption.below, step.path): step for step in asked}
        blank = KeptDraft(policy_id, place.own_id)
        draft = cls(workspace, account, place, adoption, blank, compiled, compiled, steps)
        draft._take_up(kept_draft(workspace.folder, account, policy_id))
        return draft

    def _take_up(self, kept: KeptDraft | None) -> None:
        """Go on with a draft from disk, else with what “rung policy adopt” left unfinished."""
        if kept is None or kept.own_id != self.place.own_id:
            answers = kept_answers(self.adoption.out, self.adoption.base.policy.id)
            if not answers:
                return
            changed = [Edit(key, value) for key, value in answers.items() if self._stands(key) != value]
            same = tuple(key for key in answers if key not in {each.key for each in changed})
            kept = KeptDraft(self.place.policy_id, self.place.own_id, tuple(changed), accepted=same)
        lost = [each.key for each in kept.edits if self._path_or_none(each.key) is None]
        edits = tuple(each for each in kept.edits if each.key not in lost)
        self.kept = replace(kept, edits=edits, undone=min(kept.undone, len(edits)))
        if lost:
            told = _("The policy has no {keys} any more: these changes of the draft are left out.")
            self.notices = (told.format(keys=", ".join(lost)),)
        self._replay()

    # What it says

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The edits in effect, the first first."""
        return self.kept.edits[: len(self.kept.edits) - self.kept.undone]

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to take back."""
        return bool(self.edits)

    @property
    def can_redo(self) -> bool:
        """Whether there is one to make again."""
        return self.kept.undone > 0

    @property
    def is_changed(self) -> bool:
        """Whether it says something else than the policy does."""
        return bool(self.adoption.wanted != self.adoption.before)

    def key(self, path: KeyPath) -> str:
        """Return a path as people write it."""
        return named_key(self.adoption.wanted, path)

    def value(self, path: KeyPath) -> Any:
        """Return what stands at a path, None where nothing does."""
        try:
            return self.adoption.value(path)
        except (KeyError, IndexError, TypeError):
            return None

    def quantity_at(self, path: KeyPath) -> Quantity | None:
        """Return the value of a customer that a cell is about, if it is one."""
        table = self.adoption.wanted
        match path:
            case ("criteria", int(number), "bands", *_rest):
                name = table["criteria"][number].get("measure")
            case _:
                names = [part for part in path if isinstance(part, str)]
                name = names[-1] if "when" in path or "applies" in path else None
        return self.sound.quantities.get(str(name))

    def choices_at(self, path: KeyPath) -> tuple[Any, ...]:
        """Return the values a place may take, where they can be listed."""
        match path:
            case ("parameters", str(name), "value"):
                return tuple(self.adoption.wanted["parameters"][name].get("choices", ()))
            case ("grading", "cells", int(), int()):
                return self.sound.grades
            case (*_rest, "at_most" | "at_least" | "set" | "grade" | "otherwise"):
                return self.sound.grades
        return ()

    def is_settled(self, step: Step) -> bool:
        """Return whether somebody has said what a number assumed or a choice left open is to be."""
        changed = {each.key for each in self.edits}
        if step.key in changed or step.key in self.kept.accepted:
            return True
        return bool(
            standing_at(self.adoption.before, step.path) != standing_at(self.adoption.below, step.path)
        )

    # What is done to it

    def tried(self, path: KeyPath, typed: str) -> Tried:
        """Return what a text typed for a value does to the policy; nothing is changed."""
        now = self.value(path)
        try:
            value = read_typed(typed, _like(now, path), path, self.choices_at(path), self.quantity_at(path))
        except RungError as error:
            return Tried(problems=error.problems)
        return self.tried_value(path, value)

    def tried_value(self, path: KeyPath, value: Any) -> Tried:
        """Return what a value does to the policy; nothing is changed."""
        was = self.adoption.wanted
        self.adoption.wanted = copy.deepcopy(was)
        try:
            followed = self.adoption.put(path, value)
            told = tuple((self.key(each), self.adoption.value(each)) for each in followed)
            return Tried(value, compiled=self.adoption.compiled(), followed=told)
        except RungError as error:
            return Tried(value, error.problems)
        finally:
            self.adoption.wanted = was

    def put(self, path: KeyPath, value: Any) -> None:
        """Change a value; raises RungError where the draft cannot be kept."""
        edit = Edit(self.key(path), value)
        self._keep(replace(self.kept, edits=(*self.edits, edit), undone=0, typed=None))

    def accept(self, step: Step) -> None:
        """Take what is assumed as it stands, or a suggested service into force."""
        if step.path[-1] == "accepted" and not self.value(step.path):
            self.put(step.path, True)
        elif step.key not in self.kept.accepted:
            self._keep(replace(self.kept, accepted=(*self.kept.accepted, step.key)))

    def undo(self) -> Edit | None:
        """Take the last edit back and return it."""
        if not self.can_undo:
            return None
        edit = self.edits[-1]
        self._keep(replace(self.kept, undone=self.kept.undone + 1))
        return edit

    def redo(self) -> Edit | None:
        """Make the edit taken back last again and return it."""
        if not self.can_redo:
            return None
        self._keep(replace(self.kept, undone=self.kept.undone - 1))
        return self.edits[-1]

    def note_typed(self, path: KeyPath | None, typed: str = "") -> None:
        """Keep what is being typed for a value; without a path it is done with."""
        told = None if path is None else Edit(self.key(path), typed)
        if told != self.kept.typed:
            self._keep(replace(self.kept, typed=told), is_said=False)

    def typed_path(self) -> KeyPath | None:
        """Return where something was being typed when the draft was kept last."""
        return None if self.kept.typed is None else self._path_or_none(self.kept.typed.key)

    def discard(self) -> None:
        """Throw the draft away."""
        forget_draft(self.workspace.folder, self.account, self.place.policy_id)
        self.kept = KeptDraft(self.place.policy_id, self.place.own_id)
        self._replay()

    def _keep(self, kept: KeptDraft, *, is_said: bool = True) -> None:
        keep_draft(self.workspace.folder, self.account, kept)
        self.kept = kept
        if is_said:
            self._replay()

    def _replay(self) -> None:
        self.adoption.wanted = copy.deepcopy(self.adoption.before)
        for edit in self.edits:
            path = self._path_or_none(edit.key)
            if path is not None:
                self.adoption.put(path, edit.value)
        try:
            self.sound, self.problems = self.adoption.compiled(), ()
        except RungError as error:
            self.problems = error.problems

    # Keys

    def _path_or_none(self, key: str) -> KeyPath | None:
        return _first(lambda: self.adoption.path(key), lambda: self._beside(key))

    def _beside(self, key: str) -> KeyPath:
        """Return the path of a key that stands nowhere yet, in a part that is there."""
        *around, last = read_key(key)
        return (*self.adoption.path(written_key(tuple(around))), last)

    def _stands(self, key: str) -> Any:
        path = self._path_or_none(key)
        return None if path is None else self.value(path)


def _written_path(table: Any, path: KeyPath) -> KeyPath:
    """Return a path as the table is written: one promise may stand there without a list around it."""
    found: list[str | int] = []
    at = table
    for part in path:
        if isinstance(part, int) and isinstance(at, Mapping):
            continue
        found.append(part)
        at = at.get(part) if isinstance(at, Mapping) else at[int(part)] if isinstance(at, list) else None
    return tuple(found)


def _like(now: Any, path: KeyPath) -> Any:
    """Return a value of the kind of what may stand where nothing does."""
    if now is None:
        return {"accepted": False, "weight": 1}.get(str(path[-1]), "")
    return now


def _first(*found: Callable[[], KeyPath]) -> KeyPath | None:
    for each in found:
        try:
            return each()
        except RungError:
            continue
    return None

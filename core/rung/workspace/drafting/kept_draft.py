"""Drafts of policies on disk, one a person and policy: a crash in the middle of a change costs nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from rung.errors import RungError
from rung.policy.program_owned import WRITTEN_BY, owned_table, write_owned
from rung.text import _

__all__ = ["DRAFTS", "Edit", "KeptDraft", "forget_draft", "keep_draft", "kept_draft"]

DRAFTS: Final = "drafts"
"""The folder of a workspace for what was begun and is nowhere else yet."""
_FOLDER: Final = "policies"


@dataclass(frozen=True, slots=True)
class Edit:
    """One value changed, by its key as people write it."""

    key: str
    value: Any

    @property
    def is_of_texts(self) -> bool:
        """Whether it changes nothing but what a policy says: no grade rests on it."""
        return _are_texts(self.value)


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """What of a draft is on disk."""

    policy_id: str
    own_id: str
    edits: tuple[Edit, ...] = ()
    undone: int = 0
    """How many of the last were taken back and can be made again."""
    accepted: tuple[str, ...] = ()
    """Keys of assumed values that were looked at and kept."""
    typed: Edit | None = None
    """What was being typed."""

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to lose."""
        return not (self.edits or self.accepted or self.typed)

    @property
    def is_begun(self) -> bool:
        """Whether something is changed or being changed."""
        return bool(self.edits or self.typed)

    def table(self) -> dict[str, Any]:
        """Return it as its file holds it."""
        found: dict[str, Any] = {
            **WRITTEN_BY,
            "policy": self.policy_id,
            "own_id": self.own_id,
            "undone": self.undone,
            "accepted": list(self.accepted),
        }
        if self.typed is not None:
            found["typed"] = {"key": self.typed.key, "value": self.typed.value}
        return {**found, "edits": [{"key": each.key, "value": each.value} for each in self.edits]}


def draft_file(folder: Path, account: str, policy_id: str) -> Path:
    """Return where a person's draft of a policy is kept in a workspace's folder."""
    # Not .toml: a draft is no policy and must not be found as one.
    return folder / DRAFTS / _FOLDER / (quote(account, safe=" ") or "_") / f"{policy_id}.draft"


def keep_draft(folder: Path, account: str, draft: KeptDraft) -> None:
    """Keep a draft, whole or not at all; a blank one is removed. Raises RungError where the disk refuses."""
    path = draft_file(folder, account, draft.policy_id)
    if draft.is_blank:
        path.unlink(missing_ok=True)
        return
    write_owned(path, draft.table(), _("A change of a policy that was begun; the program offers it again."))


def kept_draft(folder: Path, account: str, policy_id: str) -> KeptDraft | None:
    """Return a person's draft of a policy, None where there is none; raises RungError where it is damaged."""
    path = draft_file(folder, account, policy_id)
    table = owned_table(path)
    return _read(table) if table else None


def forget_draft(folder: Path, account: str, policy_id: str) -> None:
    """Remove a draft, once it is in a policy's file or was thrown away."""
    draft_file(folder, account, policy_id).unlink(missing_ok=True)


def _are_texts(value: Any) -> bool:
    if not isinstance(value, Mapping) or not value:
        return False
    return value.keys() == {"zh", "en"} or all(map(_are_texts, value.values()))


def _read(table: dict[str, Any]) -> KeptDraft:
    try:
        edits = tuple(Edit(str(each["key"]), each["value"]) for each in table.get("edits", ()))
        typed = table.get("typed")
        return KeptDraft(
            policy_id=str(table["policy"]),
            own_id=str(table["own_id"]),
            edits=edits,
            undone=max(0, min(int(table.get("undone", 0)), len(edits))),
            accepted=tuple(map(str, table.get("accepted", ()))),
            typed=None if typed is None else Edit(str(typed["key"]), str(typed["value"])),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise RungError.of(_("The draft kept on disk is damaged.")) from error

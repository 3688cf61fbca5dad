"""Answers given so far, kept beside the file to be written: an interruption costs none of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from rung.errors import RungError
from rung.policy.program_owned import WRITTEN_BY, owned_table, write_owned
from rung.text import _

__all__ = ["draft_file", "forget_answers", "keep_answers", "kept_answers"]

_ENDING: Final = ".draft"
# Not .toml: a draft is no policy and must not be found as one.


def draft_file(out: Path) -> Path:
    """Return where the answers are kept that are to become the policy file ``out``."""
    return out.with_name(out.name + _ENDING)


def keep_answers(out: Path, base_id: str, answers: Mapping[str, Any]) -> Path:
    """Keep answers, key → value, whole or not at all; return the file."""
    path = draft_file(out)
    heading = _("Answers of an unfinished “rung policy adopt”; the same command goes on from here.")
    write_owned(path, {**WRITTEN_BY, "adopts": base_id, "answers": dict(answers)}, heading)
    return path


def kept_answers(out: Path, base_id: str) -> dict[str, Any]:
    """Return the answers kept for a policy file; raises RungError where they are another policy's."""
    path = draft_file(out)
    found = owned_table(path)
    if found and found.get("adopts") != base_id:
        raise RungError.of(
            _("{file} holds unfinished answers for “{name}”.").format(file=path, name=found.get("adopts")),
            _("Finish those, remove the file, or name another file with --out."),
        )
    answers = found.get("answers")
    return dict(answers) if isinstance(answers, dict) else {}


def forget_answers(out: Path) -> None:
    """Remove the answers kept, once they are in the policy file."""
    draft_file(out).unlink(missing_ok=True)

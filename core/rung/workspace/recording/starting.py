"""What starts with an open record of a type: the service a last run's policy has wait for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.errors import RungError
from rung.pipeline import scorecard_of
from rung.text import Text

if TYPE_CHECKING:
    from rung.grading.compiled import CompiledPolicy
    from rung.workspace.recording.types import DeclaredType
    from rung.workspace.workspace import Workspace

__all__ = ["service_waiting"]


def service_waiting(workspace: Workspace, runs: tuple[str, ...], declared: DeclaredType) -> tuple[Text, ...]:
    """Return the titles of what customers are promised once such a record is open, and no longer than it is.

    ``runs``: the last ones of the type's sector. One that cannot be read any more tells of nothing.
    """
    found: dict[Text, None] = {}
    for run_id in runs:
        try:
            with workspace.run(run_id) as run:
                compiled = scorecard_of(run, workspace.host).compiled
        except RungError:
            continue
        found |= dict.fromkeys(_waiting(compiled, declared.type.id))
    return tuple(found)


def _waiting(compiled: CompiledPolicy, record_type: str) -> list[Text]:
    policy = compiled.policy
    flags = {each.id: each.title for each in policy.flags}
    titles = [(policy.grade_title(grade), terms) for grade, terms in compiled.terms.items()]
    titles += [(flags[flag], terms) for flag, terms in compiled.flag_terms.items()]
    return [
        title
        for title, terms in titles
        if terms.written.requires == record_type and terms.written.is_in_force
    ]

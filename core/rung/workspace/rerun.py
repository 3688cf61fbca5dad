"""Whether a run of a workspace would come out the same if its customers were graded again today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.pipeline.made_with import plugin_changes, policy_changes, source_changes
from rung.pipeline.readings import reading_changes
from rung.workspace.run_source import reading_now

if TYPE_CHECKING:
    from rung.errors import Problem
    from rung.runs.manifest import Manifest
    from rung.workspace.workspace import Workspace

__all__ = ["would_differ"]


def would_differ(workspace: Workspace, manifest: Manifest) -> tuple[Problem, ...]:
    """Return a warning for each reason why grades may differ from those of a run; none where nothing changed.

    Reads the policy's files and the mapping file, and loads the plugin they belong to.
    """
    return (
        *plugin_changes(manifest, workspace.host),
        *source_changes(manifest, workspace.host),
        *reading_changes(manifest, reading_now(workspace, manifest)),
        *policy_changes(manifest, workspace.shelf),
    )

"""What a workspace's file says of sources that come from plugins, with the line each option stands on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from rung.errors import Place
from rung.workspace.places import CONFIG

if TYPE_CHECKING:
    from rung.pipeline.sources import Given
    from rung.workspace.workspace import Workspace

__all__ = ["check_source", "declared_options", "source_place"]


def check_source(workspace: Workspace, name: str, environment: Mapping[str, str]) -> None:
    """Raise RungError where a source's plugin cannot be used, or its options are not fit; asks it nothing."""
    from rung.pipeline.sources import read_options

    source = workspace.host.source(workspace.source(name).from_ or "")
    read_options(source, declared_options(workspace, name), environment, source_place(workspace, name))


def declared_options(workspace: Workspace | None, source: str | None) -> dict[str, Given]:
    """Return the options of one of the workspace's sources as written; none for one it does not know."""
    from rung.pipeline.sources import Given

    known = None if workspace is None or source is None else workspace.config.sources.get(source)
    if workspace is None or source is None or known is None:
        return {}
    return {
        name: Given(value, _place(workspace, "sources", source, "options", name))
        for name, value in known.options.items()
    }


def source_place(workspace: Workspace | None, source: str | None) -> Place | None:
    """Return where the workspace's file declares a source; None for one it does not."""
    if workspace is None or source is None or source not in workspace.config.sources:
        return None
    return _place(workspace, "sources", source)


def _place(workspace: Workspace, *path: str) -> Place:
    from rung.policy.files import read_text
    from rung.policy.keys import written_key
    from rung.policy.locate import line_of

    file = workspace.folder / CONFIG
    return Place(str(file), line_of(read_text(file), path), written_key(path))

"""What the program remembers from one time to the next: theme, language, layout, views; never a hindrance."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

__all__ = ["Memory"]

_SCHEMA: Final = 1
_WORKSPACES: Final = "workspaces"
_LARGEST: Final = 1_000_000
# Bytes of a file that may be ours; another is not read.


class Memory:
    """Values by name, some for one workspace; kept at once, in a file replaced whole.

    What another program has kept meanwhile stays: only what is put is changed. What cannot be read is
    as if it were not there, and what cannot be written is forgotten at the end. Without a file nothing
    outlives the program.
    """

    def __init__(self, file: Path | None, workspace: Path | None = None) -> None:
        self._file = file
        self._workspace = "" if workspace is None else str(workspace.resolve())
        self._known = self._read()

    def get(self, name: str, *, here: bool = False) -> Any:
        """Return what is remembered under a name, None for nothing; ``here``: for this workspace."""
        return self._part(self._known).get(name) if here else self._known.get(name)

    def put(self, name: str, value: Any, *, here: bool = False) -> None:
        """Remember a value that JSON can hold; None forgets it."""
        for known in (self._known, fresh := self._read()):
            part = self._part(known) if here else known
            if value is None:
                part.pop(name, None)
            else:
                part[name] = value
        if self._file is not None:
            with suppress(OSError):
                _write(self._file, {**fresh, "schema": _SCHEMA})

    def _part(self, known: dict[str, Any]) -> dict[str, Any]:
        workspaces = known.get(_WORKSPACES)
        if not isinstance(workspaces, dict):
            workspaces = known[_WORKSPACES] = {}
        part = workspaces.get(self._workspace)
        if not isinstance(part, dict):
            part = workspaces[self._workspace] = {}
        return part

    def _read(self) -> dict[str, Any]:
        if self._file is None:
            return getattr(self, "_known", {})
        try:
            if self._file.stat().st_size > _LARGEST:
                return {}
            found = json.loads(self._file.read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) and found.get("schema") == _SCHEMA else {}


def _write(file: Path, content: Mapping[str, Any]) -> None:
    """Replace a file whole: who reads it meanwhile has the one before."""
    from tempfile import NamedTemporaryFile

    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with NamedTemporaryFile(
        "w", encoding="utf-8", dir=file.parent, prefix=f".{file.name}.", delete=False
    ) as part:
        try:
            json.dump(content, part, ensure_ascii=False, indent=1)
        except BaseException:
            Path(part.name).unlink(missing_ok=True)
            raise
    Path(part.name).replace(file)

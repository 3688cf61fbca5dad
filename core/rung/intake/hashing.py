"""The fingerprint of what was read, so that a run can say which files it graded."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from rung.errors import Place, RungError
from rung.text import _

__all__ = ["input_hash"]


def input_hash(source: Path, events: Mapping[str, Path]) -> str:
    """Return the SHA-256 of the source, or of the lines ``digest  name`` where event files come with it.

    The source's name is ``customers``; the lines are sorted by name.
    """
    digests = {"customers": _digest(source)} | {name: _digest(path) for name, path in events.items()}
    if len(digests) == 1:
        return digests["customers"]
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise RungError.of(
            _("The file cannot be read: {reason}.").format(reason=error.strerror or type(error).__name__),
            _("Check the path and its permissions."),
            Place(str(path)),
        ) from None

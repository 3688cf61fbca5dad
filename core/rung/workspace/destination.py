"""Whether a file can be written where somebody wants it: asked before anything is put on record of it."""

from __future__ import annotations

from pathlib import Path

from rung.errors import Place, RungError
from rung.text import _

__all__ = ["check_destination"]


def check_destination(file: Path) -> None:
    """Raise RungError where the folder of a file is not there, or the file is a folder itself."""
    place = Place(str(file))
    if not file.absolute().parent.is_dir():
        raise RungError.of(
            _("The folder to write into is not there."), _("Create it, or choose another."), place
        )
    if file.is_dir():
        raise RungError.of(_("This is a folder, not a file."), _("Name a file in it."), place)

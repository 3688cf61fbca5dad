"""Writes the TOML files that belong to the program: whole or not at all, and never over a person's file."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import tomli_w

from rung.errors import Place, RungError
from rung.policy.files import parse_toml, read_text
from rung.text import _

__all__ = ["WRITTEN_BY", "owned_table", "write_owned"]

WRITTEN_BY: Final = {"written_by": "rung"}
"""The mark a file of the program's carries."""


def owned_table(path: Path) -> dict[str, Any]:
    """Return what a file of the program's holds, nothing where there is none.

    Raises RungError for a file that a person wrote, or that cannot be read.
    """
    if not path.exists():
        return {}
    table = parse_toml(read_text(path), str(path))
    if table.get("written_by") != WRITTEN_BY["written_by"]:
        raise RungError.of(
            _("A person wrote this file; it is never rewritten."),
            _("Name another file."),
            Place(str(path)),
        )
    return table


def write_owned(path: Path, table: Mapping[str, Any], heading: str) -> None:
    """Write a table to a file of the program's, its ``heading`` as a comment above.

    Raises RungError where the disk refuses; the file is then as it was.
    """
    comment = "".join(f"# {line}\n" for line in heading.splitlines())
    written = f"{comment}\n{tomli_w.dumps(table)}".encode()
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("wb") as file:
                file.write(written)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise RungError.of(
            _("It cannot be written: {cause}.").format(cause=error.strerror or type(error).__name__),
            _("Nothing was written."),
            Place(str(path)),
        ) from error

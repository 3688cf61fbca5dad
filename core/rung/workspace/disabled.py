"""Which plugins a workspace does without: kept in a file of its own, which the program writes."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from pathlib import Path
from typing import Final

from rung.errors import Place, RungError
from rung.locks import alone
from rung.runs.atomic import whole_file
from rung.text import _
from rung.workspace.places import PLUGINS

__all__ = ["disabled_in", "switch"]

_LOCK: Final = f".{PLUGINS}.lock"


def disabled_in(folder: Path) -> frozenset[str]:
    """Return the plugins disabled in a workspace; raises RungError where the file says something else."""
    file = folder / PLUGINS
    try:
        written = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return frozenset()
    except (OSError, ValueError) as error:
        raise _unreadable(file, str(error)) from None
    found = written.get("disabled", [])
    if (
        set(written) - {"disabled"}
        or not isinstance(found, list)
        or not all(isinstance(e, str) for e in found)
    ):
        raise _unreadable(file, _("it says something else"))
    return frozenset(found)


def _unreadable(file: Path, reason: str) -> RungError:
    message = _("The file of disabled plugins cannot be read: {reason}.").format(reason=reason)
    return RungError.of(message, _('It holds one line, such as: disabled = ["bank"]'), Place(str(file)))


def switch(folder: Path, name: str, *, off: bool) -> frozenset[str]:
    """Disable a plugin or enable it again; return which are disabled then. Raises RungError if refused.

    Whoever switches another at the same moment waits, so that neither choice is lost.
    """
    with alone(folder / _LOCK):
        before = disabled_in(folder)
        after = before | {name} if off else before - {name}
        if after != before:
            _write(folder, after)
    return after


def _write(folder: Path, names: Collection[str]) -> None:
    import tomli_w

    about = _("Plugins this workspace does without; see “rung plugins disable”.")
    with whole_file(folder / PLUGINS) as part:
        part.write_text(f"# {about}\n{tomli_w.dumps({'disabled': sorted(names)})}", encoding="utf-8")

"""Which plugins a workspace does without: kept in a file of its own, which the program writes."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from pathlib import Path

from rung.errors import Place, RungError
from rung.runs.atomic import whole_file
from rung.text import _
from rung.workspace.places import PLUGINS

__all__ = ["disabled_in", "write_disabled"]


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


def write_disabled(folder: Path, names: Collection[str]) -> None:
    """Keep which plugins are disabled; raises RungError where the disk refuses."""
    import tomli_w

    about = _("Plugins this workspace does without; see “rung plugins disable”.")
    with whole_file(folder / PLUGINS) as part:
        part.write_text(f"# {about}\n{tomli_w.dumps({'disabled': sorted(names)})}", encoding="utf-8")

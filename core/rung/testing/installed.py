"""The plugins installed, as the suites see them: one host, and what distributions claim."""

from __future__ import annotations

from functools import cache
from importlib import metadata
from importlib.metadata import EntryPoint

import pytest

from rung.errors import RungError, did_you_mean
from rung.plugins import PluginHost

__all__ = ["claimed", "host", "told"]


@cache
def host() -> PluginHost:
    """Return the host of what is installed, one for a whole session."""
    return PluginHost()


def claimed(group: str, name: str) -> EntryPoint:
    """Return the entry point of a plugin; fails the test where none or several distributions claim it."""
    points = metadata.entry_points(group=group)
    found = {(each.value, each.dist.name if each.dist else ""): each for each in points if each.name == name}
    if not found:
        hint = did_you_mean(name, sorted({each.name for each in points}))
        pytest.fail(
            f"No installed distribution has the entry point “{name}” in the group “{group}”. {hint}\n"
            f'How to mend: in pyproject.toml, [project.entry-points."{group}"] {name} = "package"; then '
            "install the distribution again (pip install -e .): its metadata are written then.",
            pytrace=False,
        )
    if len(found) > 1:
        names = ", ".join(sorted({distribution or "?" for _value, distribution in found}))
        pytest.fail(
            f"“{name}” in the group “{group}” is claimed by {names}; Rung then loads none of them.\n"
            "How to mend: uninstall all of them but one, or give yours another id.",
            pytrace=False,
        )
    return next(iter(found.values()))


def told(error: RungError) -> str:
    """Return what an error of Rung's says, in one line."""
    return "; ".join(str(problem) for problem in error.problems)

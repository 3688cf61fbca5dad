"""Finds what a policy is compared with where nobody says: what it is laid over, or the version in force."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from rung.errors import Place, RungError
from rung.policy.reader import LoadedPolicy, parse_policy
from rung.policy.shelf import Shelf
from rung.text import _

__all__ = ["compared_with"]


def compared_with(loaded: LoadedPolicy, shelf: Shelf, as_of: date | None = None) -> LoadedPolicy:
    """Return the policy that ``loaded`` is laid over, else the version of it in force on ``as_of``.

    Raises RungError where there is neither.
    """
    policy, file = loaded.policy, loaded.source or Path(loaded.sources.name)
    bases = shelf.bases_near(file, as_of)
    if policy.extends is not None:
        base = bases(policy.extends)
        return parse_policy(base.text, base.name, shelf.library, bases)
    try:
        found = shelf.find(policy.id, as_of)
    except RungError:
        found = loaded
    if found is loaded or (found.source is not None and found.source.absolute() == file.absolute()):
        raise RungError.of(
            _(
                "“{name}” {version} is laid over no other policy, and no other version of it is at hand."
            ).format(name=policy.id, version=policy.version),
            _("Name a second policy: an id, {name}@VERSION or a file.").format(name=policy.id),
            Place(loaded.sources.name),
        )
    return found

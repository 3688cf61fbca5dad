"""A policy by its name, as it is in force on a day, and only if it can grade."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rung.errors import RungError, Severity
from rung.grading.check import examine
from rung.pipeline import compiled_policy

if TYPE_CHECKING:
    from rung.policy.reader import LoadedPolicy
    from rung.workspace.population import AtHand

__all__ = ["sound_policy"]


def sound_policy(at_hand: AtHand, name: str, as_of: date | None) -> LoadedPolicy:
    """Return a policy by id, ``id@version`` or file; of several versions that in force on ``as_of``.

    Raises RungError with everything that is wrong with it, at once. Without a day today is meant.
    """
    try:
        loaded = at_hand.shelf.find(name, as_of)
        compiled_policy(loaded, at_hand.host)
    except RungError:
        path = at_hand.shelf.path_of(name, as_of)
        errors = [each for each in examine(path, at_hand.shelf) if each.severity is Severity.ERROR]
        if errors:
            raise RungError.all(errors) from None
        raise
    return loaded

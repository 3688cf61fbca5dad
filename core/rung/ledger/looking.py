"""The one rule for whoever may look and not act, in the words of what they would do."""

from __future__ import annotations

from collections.abc import Iterator

from rung.errors import Problem, RungError
from rung.ledger.actor import Actor
from rung.text import _

__all__ = ["against_looking", "refuse_looking"]


def against_looking(actor: Actor, message: str = "") -> Iterator[Problem]:
    """Yield a problem for whoever may only look.

    ``message`` says what they may not do, of ``{name}`` and ``{account}``; act at all if left out.
    """
    if not actor.may_propose:
        told = message or _("{name} ({account}) may look, not act.")
        hint = _("Whoever keeps the workspace's rung.toml can give the account the role “reviewer”.")
        yield Problem(told.format(name=actor.name, account=actor.account), hint)


def refuse_looking(actor: Actor, message: str = "") -> None:
    """Raise RungError for whoever may only look."""
    problems = list(against_looking(actor, message))
    if problems:
        raise RungError.all(problems)

"""Entry points as claims: a distribution claims an id or a verb, known from metadata without importing it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from rung.text import _

if TYPE_CHECKING:
    from importlib.metadata import Distribution, EntryPoint

__all__ = ["Claim", "claims_in"]


@dataclass(frozen=True, slots=True)
class Claim:
    """One distribution's entry point: the name it claims and what the name stands for."""

    name: str
    distribution: str
    version: str
    entry_point: EntryPoint

    def load(self) -> object:
        """Import what the entry point names; whatever the import raises comes through."""
        return self.entry_point.load()


def claims_in(group: str, entry_points: Iterable[EntryPoint] | None = None) -> tuple[Claim, ...]:
    """Return the claims of one entry-point group, by name and distribution; ``None`` reads what is installed.

    A distribution that writes the same line twice claims once.
    """
    if entry_points is None:
        # Reading the metadata costs as much as everything else here: only when it is wanted.
        from importlib import metadata

        entry_points = metadata.entry_points(group=group)
    # A distribution's METADATA is a long text: read once, however many entry points the distribution has.
    told = cache(_told)
    claims = {
        (claim.name, claim.distribution, claim.entry_point.value): claim
        for claim in (
            Claim(point.name, *told(point.dist), point) for point in entry_points if point.group == group
        )
    }
    return tuple(claim for __, claim in sorted(claims.items(), key=lambda item: item[0]))


def _told(distribution: Distribution | None) -> tuple[str, str]:
    """Return the name and the version a distribution goes by."""
    if distribution is None:
        return _("unknown distribution"), ""
    told = distribution.metadata
    # A broken METADATA file has neither; the plugin may still work.
    return told["Name"] or _("unknown distribution"), told["Version"] or ""

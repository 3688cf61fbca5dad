"""One group of entry points: each name loaded at most once, when asked for, its failure kept as a fault."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from rung.errors import RungError
from rung.plugins.claims import Claim, claims_in
from rung.plugins.faults import Fault, Stage
from rung.plugins.loading import PluginError
from rung.text import _

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

__all__ = ["Group"]

T = TypeVar("T")


class Group(Generic[T]):
    """What one entry-point group offers; ``load`` turns a claim into the thing or raises PluginError."""

    def __init__(
        self, name: str, entry_points: Iterable[EntryPoint] | None, load: Callable[[Claim], T]
    ) -> None:
        self._name: Final = name
        self._entry_points: Final = entry_points
        self._load: Final = load
        self._loaded: Final[dict[str, T]] = {}
        self._failed: Final[dict[str, tuple[Fault, ...]]] = {}
        self._load_ms: Final[dict[str, float]] = {}

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """Every claim, by name; a name two distributions claim stands in it twice."""
        return claims_in(self._name, self._entry_points)

    @cached_property
    def _contested(self) -> dict[str, tuple[Fault, ...]]:
        claims: dict[str, list[Claim]] = {}
        for claim in self.claims:
            claims.setdefault(claim.name, []).append(claim)
        return {name: _contest(rivals) for name, rivals in claims.items() if len(rivals) > 1}

    def is_contested(self, name: str) -> bool:
        """Whether two distributions claim the name, so that neither is loaded."""
        return name in self._contested

    def names(self) -> tuple[str, ...]:
        """Return every name claimed, sorted, whether or not it loads."""
        return tuple(dict.fromkeys(claim.name for claim in self.claims))

    def faults(self, name: str) -> tuple[Fault, ...]:
        """Return the faults known of one name so far."""
        return self._contested.get(name) or self._failed.get(name, ())

    def all_faults(self) -> tuple[Fault, ...]:
        """Return the faults known so far, by name."""
        return tuple(fault for name in self.names() for fault in self.faults(name))

    def is_loaded(self, name: str) -> bool:
        """Whether a name was asked for and loaded without fault."""
        return name in self._loaded

    def load_ms(self, name: str) -> float | None:
        """Return the milliseconds a name took to load or fail; ``None`` while not tried."""
        return self._load_ms.get(name)

    def get(self, name: str) -> T:
        """Return what a name, which must be among ``names``, stands for, loading it the first time.

        Raises RungError with the faults of one that fails, each time without trying again.
        """
        if name not in self._loaded and not self.faults(name):
            self._try(next(claim for claim in self.claims if claim.name == name))
        if faults := self.faults(name):
            raise RungError.all(fault.problem() for fault in faults)
        return self._loaded[name]

    def _try(self, claim: Claim) -> None:
        started = time.perf_counter()
        try:
            self._loaded[claim.name] = self._load(claim)
        except PluginError as rejected:
            self._failed[claim.name] = tuple(
                Fault(
                    claim.name,
                    claim.distribution,
                    claim.version,
                    rejected.stage,
                    problem.message,
                    problem.hint,
                )
                for problem in rejected.problems
            )
        self._load_ms[claim.name] = (time.perf_counter() - started) * 1000


def _contest(rivals: list[Claim]) -> tuple[Fault, ...]:
    names = ", ".join(f"{claim.distribution} {claim.version}".strip() for claim in rivals)
    return tuple(
        Fault(
            claim.name,
            claim.distribution,
            claim.version,
            Stage.DUPLICATE_ID,
            _("“{name}” is claimed by {distributions}; none of them is loaded.").format(
                name=claim.name, distributions=names
            ),
            _("Uninstall all of them but one."),
        )
        for claim in rivals
    )

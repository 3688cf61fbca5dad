"""One group of entry points: each name loaded at most once, when asked for, its failure kept as a fault."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from rung.errors import RungError
from rung.plugins.aside import printed_aside
from rung.plugins.faults import Fault, Stage
from rung.plugins.known import origin_words
from rung.plugins.loading import Loaded, PluginError
from rung.text import _

if TYPE_CHECKING:
    from rung.plugins.claims import Claim

__all__ = ["Group"]

T = TypeVar("T")


class Group(Generic[T]):
    """What one entry-point group offers; ``load`` turns a claim into the thing or raises PluginError.

    ``kind`` is what its names stand for, ``claims`` gives those of every group. Of names with the same
    ``mark`` none is loaded: they could not be told apart.
    """

    def __init__(
        self,
        kind: str,
        name: str,
        claims: Callable[[], tuple[Claim, ...]],
        load: Callable[[Claim], Loaded[T]],
        mark: Callable[[str], str] = str,
    ) -> None:
        self.kind: Final = kind
        self.name: Final = name
        self._claims: Final = claims
        self._load: Final = load
        self._mark: Final = mark
        self._loaded: Final[dict[str, Loaded[T]]] = {}
        self._failed: Final[dict[str, tuple[Fault, ...]]] = {}
        self._load_ms: Final[dict[str, float]] = {}

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """Every claim, by name; a name two distributions claim stands in it twice."""
        return tuple(claim for claim in self._claims() if claim.group == self.name)

    @cached_property
    def _contested(self) -> dict[str, tuple[Fault, ...]]:
        claims: dict[str, list[Claim]] = {}
        for claim in self.claims:
            claims.setdefault(self._mark(claim.name), []).append(claim)
        return {
            name: tuple(fault for fault in _contest(self.kind, rivals, mark) if fault.plugin == name)
            for mark, rivals in claims.items()
            if len(rivals) > 1
            for name in {each.name for each in rivals}
        }

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

    def hooks(self, name: str) -> tuple[str, ...]:
        """Return the hooks that a name which was loaded implements."""
        return self._loaded[name].hooks if name in self._loaded else ()

    def get(self, name: str) -> T:
        """Return what a name, which must be among ``names``, stands for, loading it the first time.

        Raises RungError with the faults of one that fails, each time without trying again.
        """
        if name not in self._loaded and not self.faults(name):
            self._try(next(claim for claim in self.claims if claim.name == name))
        if faults := self.faults(name):
            raise RungError.all(fault.problem() for fault in faults)
        return self._loaded[name].found

    def _try(self, claim: Claim) -> None:
        started = time.perf_counter()
        try:
            with printed_aside():
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
                    self.kind,
                )
                for problem in rejected.problems
            )
        self._load_ms[claim.name] = (time.perf_counter() - started) * 1000


def _contest(kind: str, rivals: list[Claim], mark: str) -> tuple[Fault, ...]:
    names = ", ".join(origin_words(claim) for claim in rivals)
    told = _("“{name}” is claimed by {distributions}; none of them is loaded.")
    hint = _("Uninstall all of them but one.")
    if len({claim.name for claim in rivals}) > 1:
        names = ", ".join(f"“{claim.name}” ({origin_words(claim)})" for claim in rivals)
        told = _("{distributions} would read their secrets from the same variables, {mark}…; none is loaded.")
        hint = _("Uninstall all of them but one, or have its author call it otherwise.")
    return tuple(
        Fault(
            claim.name,
            claim.distribution,
            claim.version,
            Stage.DUPLICATE_ID,
            told.format(name=claim.name, distributions=names, mark=mark),
            hint,
            kind,
        )
        for claim in rivals
    )

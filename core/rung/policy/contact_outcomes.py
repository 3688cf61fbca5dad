"""Which outcomes of a contact are in effect under a policy: its own in place of its sector's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from rung.durations import Duration
from rung.errors import Place, Problem, RungError
from rung.policy.facts import fact_value
from rung.policy.found import found_at
from rung.policy.keys import KeyPath, written_key
from rung.policy.model import Policy
from rung.policy.outcome import USUAL, Outcome, OutcomeInEffect
from rung.text import _
from rung.values import Value
from rung.vocabulary import Outcome as SectorOutcome
from rung.vocabulary import Quantity, Vocabulary

__all__ = ["outcomes_in_effect"]

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


def outcomes_in_effect(policy: Policy, vocabulary: Vocabulary) -> tuple[OutcomeInEffect, ...]:
    """Return what a contact can come to: the sector's outcomes, the policy's in place of those it names.

    The policy's new ones stand after the sector's; where neither has any, the usual ones do. Raises
    RungError with every fact whose field is unknown or cannot hold its value, and every key two outcomes
    share; each problem's place carries the dotted key, such as ``outcomes[0].facts.need``, and no file.
    """
    laid = _InEffect(policy, vocabulary)
    found = laid.outcomes()
    if laid.problems:
        raise RungError.all(laid.problems)
    return found


class _InEffect:
    """A policy's outcomes laid over its sector's; problems are collected, so that all are told at once."""

    def __init__(self, policy: Policy, vocabulary: Vocabulary) -> None:
        self.problems: list[Problem] = []
        fields = {name: spec.field(name) for name, spec in policy.fields.items()}
        who = {vocabulary.key, vocabulary.name, "customer_id", "customer_name"}
        known: dict[str, Quantity] = {**vocabulary.quantities(), **fields}
        self._quantities = {name: each for name, each in known.items() if name not in who}
        self._policy = policy
        self._sector = vocabulary.outcomes

    def outcomes(self) -> tuple[OutcomeInEffect, ...]:
        own = {each.id: self._own(each, place) for place, each in enumerate(self._policy.outcomes)}
        found = {
            name: own[name] if name in own else self._theirs(each) for name, each in self._sector.items()
        }
        found |= own
        self._shared_keys(found)
        return tuple(found.values()) or USUAL

    def _own(self, outcome: Outcome, place: int) -> OutcomeInEffect:
        path: KeyPath = ("outcomes", place, "facts")
        return OutcomeInEffect(
            id=outcome.id,
            title=outcome.title,
            key=outcome.key,
            facts=self._facts(outcome.facts, {name: (*path, name) for name in outcome.facts}, "{problem}"),
            again=outcome.again,
            reached=outcome.reached,
            ends=outcome.ends,
        )

    def _theirs(self, outcome: SectorOutcome) -> OutcomeInEffect:
        # A plugin's own are checked with the plugin: only a field the policy made another can misfit.
        told = _("The sector's outcome “{id}” sets it. {problem}").format(id=outcome.id, problem="{problem}")
        return OutcomeInEffect(
            id=outcome.id,
            title=outcome.title,
            key=outcome.key,
            facts=self._facts(outcome.facts, {name: ("fields", name) for name in outcome.facts}, told),
            again=Duration.parse(outcome.again) if outcome.again else None,
            reached=outcome.reached,
            ends=outcome.ends,
            source="sector",
        )

    def _facts(
        self, facts: Mapping[str, Any], places: Mapping[str, KeyPath], told: str
    ) -> dict[str, Value | None]:
        kept: dict[str, Value | None] = {}
        for name, raw in facts.items():
            try:
                kept[name] = fact_value(name, raw, self._quantities)
            except RungError as error:
                place = Place("", key=written_key(places[name]))
                self.problems += [
                    Problem(told.format(problem=each.message), each.hint, place) for each in error.problems
                ]
        return kept

    def _shared_keys(self, found: Mapping[str, OutcomeInEffect]) -> None:
        taken: dict[str, str] = {each.key: name for name, each in found.items() if each.source == "sector"}
        free = [letter for letter in _LETTERS if letter not in {each.key for each in found.values()}]
        for place, outcome in enumerate(self._policy.outcomes):
            rival = taken.setdefault(outcome.key, outcome.id)
            if rival != outcome.id:
                message = _("The key “{key}” logs “{title}” ({id}) already.")
                self.problems.append(
                    found_at(
                        ("outcomes", place, "key"),
                        message.format(key=outcome.key, title=found[rival].title, id=rival),
                        _("Choose one that is free: {keys}.").format(keys=", ".join(free)),
                    )
                )

"""Checks what contacts come to in a sector: names, keys, spans, and facts that fit their fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rung.durations import Duration
from rung.errors import Problem, RungError
from rung.plugins.quantities import NAME, repeated
from rung.policy.facts import fact_value
from rung.text import _
from rung.vocabulary import Outcome, Quantity, Sector

__all__ = ["outcome_problems"]

_KEY: Final = re.compile(r"[a-z]")


def outcome_problems(sector: Sector) -> Iterator[Problem]:
    """Yield every mistake in a sector's outcomes of a contact."""
    quantities: dict[str, Quantity] = {
        each.id: each
        for each in (*sector.fields, *sector.features, *sector.measures)
        if each.id not in (sector.key, sector.name)
    }
    yield from repeated(_("an outcome"), (each.id for each in sector.outcomes))
    for outcome in sector.outcomes:
        yield from _outcome(outcome, _("Outcome “{name}”").format(name=outcome.id), quantities)
    yield from _shared_keys(sector.outcomes)


def _outcome(outcome: Outcome, where: str, quantities: dict[str, Quantity]) -> Iterator[Problem]:
    if not NAME.fullmatch(outcome.id):
        yield Problem(
            _("“{name}” is no name for an outcome.").format(name=outcome.id),
            _("Write letters, digits and underscores, no digit first."),
        )
    if not _KEY.fullmatch(outcome.key):
        yield Problem(
            _("{where}: the key “{key}” is no single small letter.").format(where=where, key=outcome.key),
            _("Choose one of a to z."),
        )
    for problem in (*_facts(outcome, quantities), *_span(outcome)):
        yield Problem(f"{where}: {problem.message}", problem.hint)


def _facts(outcome: Outcome, quantities: dict[str, Quantity]) -> Iterator[Problem]:
    for name, raw in outcome.facts.items():
        try:
            fact_value(name, raw, quantities)
        except RungError as error:
            yield from error.problems


def _span(outcome: Outcome) -> Iterator[Problem]:
    if outcome.again is None:
        return
    try:
        Duration.parse(outcome.again)
    except RungError as error:
        yield from error.problems


def _shared_keys(outcomes: tuple[Outcome, ...]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for outcome in outcomes:
        rival = first.setdefault(outcome.key, outcome.id)
        if rival != outcome.id:
            yield Problem(
                _("The outcomes “{one}” and “{other}” are logged by the same key “{key}”.").format(
                    one=rival, other=outcome.id, key=outcome.key
                ),
                _("Give each a letter of its own."),
            )

"""Outcomes of a contact in words: what each sets, when the next try is, and what it ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rung.errors import RungError
from rung.policy.facts import fact_value
from rung.policy.outcome import Outcome, OutcomeInEffect
from rung.text import _, current_language
from rung.values import Value, format_value
from rung.vocabulary import Quantity

__all__ = ["effect_words", "fact_words", "facts_words", "outcome_words"]


def outcome_words(outcome: Outcome, quantities: Mapping[str, Quantity]) -> str:
    """Return a policy's own outcome in words: its title, its key, and what it does."""
    parts = [str(outcome.title), _("key {key}").format(key=outcome.key)]
    parts += [
        _fact(name, fact_words(raw, quantities.get(name)), quantities) for name, raw in outcome.facts.items()
    ]
    return _("; ").join([*parts, *_effects(outcome)])


def facts_words(outcome: OutcomeInEffect, quantities: Mapping[str, Quantity]) -> str:
    """Return what is known of the customer after an outcome in effect; empty where it sets nothing."""
    told = (_fact(name, _value(value, quantities[name]), quantities) for name, value in outcome.facts.items())
    return _("; ").join(told)


def effect_words(outcome: OutcomeInEffect) -> str:
    """Return what an outcome does besides: whether it counts as a contact, the next try, the end."""
    return _("; ").join(_effects(outcome))


def fact_words(raw: object, quantity: Quantity | None) -> str:
    """Return a fact's value as written, in words; as it stands where its field cannot hold it."""
    if quantity is None:
        return str(raw)
    try:
        return _value(fact_value(quantity.id, raw, {quantity.id: quantity}), quantity)
    except RungError:
        return str(raw)


def _fact(name: str, value: str, quantities: Mapping[str, Quantity]) -> str:
    title = quantities[name].title if name in quantities else name
    return _("{title}: {value}").format(title=title, value=value)


def _value(value: Value | None, quantity: Quantity) -> str:
    return _("not known") if value is None else format_value(value, quantity, current_language())


def _effects(outcome: Outcome | OutcomeInEffect) -> Iterator[str]:
    if not outcome.reached:
        yield _("the customer is not reached")
    if outcome.again is not None:
        yield _("next try after {span}").format(span=outcome.again.text())
    if outcome.ends:
        yield _("no more contact until something else is known")

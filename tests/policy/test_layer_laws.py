"""Laws of laying policies over one another, held by overlays nobody here thought of."""

from __future__ import annotations

import random
import tomllib
from decimal import Decimal
from typing import Any, NamedTuple

import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st
from layered import BASE, LIBRARY, bases, draft, library

from rung.policy.compose import compose
from rung.policy.layers import lay
from rung.policy.overlay import combined
from rung.policy.reader import content_hash
from rung.policy.sources import Sources

WORDS = st.sampled_from(["x", "y", "z"])
SPANS = st.sampled_from(["1d", "2w", "3mo"])
NUMBERS = st.integers(1, 99)
TEXT = st.fixed_dictionaries({}, optional={"zh": WORDS, "en": WORDS})


def some(**keys: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=keys)


def members(
    names: tuple[str, ...], key: str = "id", **keys: st.SearchStrategy[Any]
) -> st.SearchStrategy[Any]:
    entry = st.fixed_dictionaries({key: st.sampled_from(names)}, optional=keys)
    return st.lists(entry, min_size=1, max_size=3, unique_by=lambda made: made[key])


OVERLAYS = some(
    purpose=WORDS,
    grading=some(cutoffs=some(A=NUMBERS, B=NUMBERS)),
    roles=some(keeper=WORDS, boss=WORDS),
    parameters=some(town=st.fixed_dictionaries({"value": WORDS})),
    criteria=members(
        ("spend", "trust", "new"),
        weight=NUMBERS,
        about=WORDS,
        bands=st.lists(st.fixed_dictionaries({"points": NUMBERS}), min_size=1, max_size=2),
    ),
    gates=members(("late", "gone", "new"), reason=WORDS, when=some(days=WORDS, mood=WORDS)),
    service=some(A=some(contact=some(every=SPANS)), B=some(benefit=members(("card", "book"), text=WORDS))),
)


class Made(NamedTuple):
    """A policy put together."""

    table: dict[str, Any]
    sources: Sources


def written(overlay: dict[str, Any], name: str = "my.shop", base: str = "shop.base") -> str:
    return tomli_w.dumps({"id": name, "version": "1", "extends": base, **overlay})


def laid(*overlays: dict[str, Any]) -> Made:
    """Return the base with the overlays over it, the first right above it."""
    names = ["shop.base", *(f"my.l{number}" for number in range(len(overlays)))]
    texts = {
        names[number + 1]: written(overlay, names[number + 1], names[number])
        for number, overlay in enumerate(overlays)
    }
    top, below = texts.pop(names[-1]), {name.replace(".", "_"): text for name, text in texts.items()}
    return put_together(top, **below)


def put_together(text: str, **below: str) -> Made:
    """Return a policy as laid and composed; whether the model takes it is another matter."""
    stack = lay(text, "it", bases(**below), library)
    made = compose(stack.table, library)
    assert stack.problems == ()
    sources = Sources(stack.own, stack.below, (), {**stack.origins, **made.lent}, stack.overrode)
    return Made(made.table, sources)


def said(found: Made) -> dict[str, Any]:
    return {key: value for key, value in found.table.items() if key not in {"id", "extends"}}


def shuffled(value: Any, seed: int) -> Any:
    if isinstance(value, dict):
        keys = list(value)
        random.Random(seed).shuffle(keys)
        return {key: shuffled(value[key], seed) for key in keys}
    return [shuffled(each, seed) for each in value] if isinstance(value, list) else value


def test_a_layer_that_changes_nothing_says_what_lies_below():
    above, below = said(laid({})), said(put_together(BASE))
    for own in ("tests", "effective_from"):
        del below[own]
    assert above == below


@given(OVERLAYS, OVERLAYS)
@settings(max_examples=150, deadline=None)
def test_two_layers_say_what_one_says_that_combines_them(first, second):
    assert said(laid(first, second)) == said(laid(combined(first, second)))


@given(OVERLAYS, OVERLAYS, OVERLAYS)
@settings(max_examples=100, deadline=None)
def test_combining_is_associative(one, two, three):
    assert combined(combined(one, two), three) == combined(one, combined(two, three))


@given(OVERLAYS)
@settings(max_examples=150, deadline=None)
def test_the_same_layer_twice_says_what_it_says_once(overlay):
    assert said(laid(overlay, overlay)) == said(laid(overlay))


@given(OVERLAYS, st.integers(0, 9))
@settings(max_examples=100, deadline=None)
def test_the_order_of_keys_never_matters(overlay, seed):
    one, other = laid(overlay), laid(shuffled(overlay, seed))
    assert said(one) == said(other)
    assert content_hash(one.table) == content_hash(other.table)
    assert {each.path: each.origin.path for each in one.sources.settings(one.table)} == {
        each.path: each.origin.path for each in other.sources.settings(other.table)
    }


@given(OVERLAYS, OVERLAYS)
@settings(max_examples=150, deadline=None)
def test_every_value_stands_in_the_one_file_said_to_have_set_it(first, second):
    found = laid(first, second)
    texts = {each.name: each.text for each in (*found.sources.layers, found.sources.own)} | {
        "lib.toml": LIBRARY
    }
    tables = {name: tomllib.loads(text, parse_float=Decimal) for name, text in texts.items()}
    for setting in found.sources.settings(found.table):
        if setting.path[0] == "criteria" and setting.path[-1] == "id":
            continue  # may be the library's name for it
        value: Any = tables[setting.origin.source.name]
        for part in setting.origin.path:
            value = value[part]
        if not (isinstance(value, str) and "${" in value):
            assert value == setting.value, setting.path


@given(st.binary(max_size=40), st.integers(0, 2000), st.booleans())
@settings(max_examples=300, deadline=None)
def test_any_bytes_in_a_layer_end_in_problems(noise, at, is_below):
    text = written({"grading": {"cutoffs": {"A": 3}}, "gates": [{"id": "late", "before": "gone"}]})
    torn = (BASE if is_below else text).encode()
    torn = torn[: at % len(torn)] + noise + torn[at % len(torn) :]
    mangled = torn.decode("utf-8", "replace")
    try:
        found = draft(text, shop_base=mangled) if is_below else draft(mangled)
    except Exception as error:
        assert type(error).__name__ == "RungError"
    else:
        assert found.policy or found.problems()

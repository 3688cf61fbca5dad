"""Checks what is declared of single values, wherever it stands: its name, choices, bounds and headers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rung.errors import Problem
from rung.text import _
from rung.vocabulary import Kind, Quantity
from rung.words import fold

__all__ = ["NAME", "header_problems", "quantity_problems", "repeated"]

NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")
"""What every id is made of."""

_IGNORED: Final = re.compile(r"[\s_-]+")
# What makes no difference when a table's header is compared with a name.
_RESERVED: Final = frozenset({"all", "any", "not", "missing"})
# Words of the condition and cell language.
_MOST_DECIMALS: Final = 9


def quantity_problems(quantity: Quantity, where: str) -> Iterator[Problem]:
    """Yield what is wrong with one value; ``where`` names it to its author."""
    if not NAME.fullmatch(quantity.id) or quantity.id in _RESERVED:
        yield Problem(
            _("{where} is no name a policy can use.").format(where=where),
            _("Write letters, digits and underscores, no digit first, and none of: {reserved}.").format(
                reserved=", ".join(sorted(_RESERVED))
            ),
        )
    if quantity.kind is Kind.CATEGORY and not quantity.choices:
        yield Problem(
            _("{where} is a category without choices.").format(where=where),
            _("List its choices, or make it Kind.TEXT."),
        )
    yield from repeated(
        _("a choice of {where}").format(where=where), (choice.id for choice in quantity.choices)
    )
    if quantity.decimals is not None and not 0 <= quantity.decimals <= _MOST_DECIMALS:
        yield Problem(
            _("{where} keeps {n} decimals.").format(where=where, n=quantity.decimals),
            _("Between 0 and {most} are possible.").format(most=_MOST_DECIMALS),
        )
    if quantity.low is not None and quantity.high is not None and quantity.low > quantity.high:
        yield Problem(
            _("{where} allows nothing: low {low} is above high {high}.").format(
                where=where, low=quantity.low, high=quantity.high
            )
        )


def repeated(what: str, ids: Iterable[str]) -> Iterator[Problem]:
    """Yield the ids that stand more than once; ``what`` says in words what they are ids of."""
    for name, count in Counter(ids).items():
        if count > 1:
            yield Problem(
                _("The id “{name}” of {what} stands {count} times.").format(
                    name=name, what=what, count=count
                ),
                _("Each id may stand once."),
            )


def header_problems(quantities: Sequence[Quantity], table: str) -> Iterator[Problem]:
    """Yield the headers that would stand for several of a table's values."""
    owners: dict[str, dict[str, str]] = {}
    for quantity in quantities:
        for header in quantity.names():
            key = _IGNORED.sub("", fold(header))
            owners.setdefault(key, {}).setdefault(quantity.id, header)
    contested: dict[tuple[str, ...], list[str]] = {}
    for claimed in owners.values():
        if len(claimed) > 1:
            contested.setdefault(tuple(claimed), []).append(next(iter(claimed.values())))
    for names, headers in contested.items():
        yield Problem(
            _("In {table}, {names} are all known by the header “{headers}”.").format(
                table=table, headers="”, “".join(headers), names=", ".join(names)
            ),
            _("Leave the alias to one of them, or give them different titles."),
        )

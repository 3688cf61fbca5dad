"""Checks that declarations hold the types they say, which a dataclass does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import astuple, fields, is_dataclass
from typing import Any, Final

from rung.errors import Problem
from rung.text import Text, _
from rung.vocabulary import (
    Aggregate,
    Choice,
    EventTable,
    Feature,
    Field,
    Kind,
    Measure,
    Outcome,
    RecordState,
    RecordType,
)

__all__ = ["shape_problems"]


def _is(*types: type) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, types)


def _optional(holds: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: value is None or holds(value)


def _tuple_of(kind: type) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, tuple) and all(isinstance(item, kind) for item in value)


def _named_texts(value: Any) -> bool:
    return isinstance(value, Mapping) and all(
        isinstance(name, str)
        and isinstance(text, Text)
        and all(isinstance(part, str) for part in astuple(text))
        for name, text in value.items()
    )


def _is_int(value: Any) -> bool:
    return type(value) is int


_HOLDS: Final[Mapping[str, Callable[[Any], bool]]] = {
    "str": _is(str),
    "str | None": _optional(_is(str)),
    "bool": _is(bool),
    "int | None": _optional(_is_int),
    "Text": _is(Text),
    "Text | None": _optional(_is(Text)),
    "Kind": _is(Kind),
    "Aggregate": _is(Aggregate),
    "tuple[str, ...]": _tuple_of(str),
    "tuple[Choice, ...]": _tuple_of(Choice),
    "tuple[Field, ...]": _tuple_of(Field),
    "tuple[EventTable, ...]": _tuple_of(EventTable),
    "tuple[Feature, ...]": _tuple_of(Feature),
    "tuple[Measure, ...]": _tuple_of(Measure),
    "tuple[Outcome, ...]": _tuple_of(Outcome),
    "tuple[RecordType, ...]": _tuple_of(RecordType),
    "tuple[RecordState, ...]": _tuple_of(RecordState),
    "Mapping[str, Any]": _is(Mapping),
    "Mapping[str, Text]": _named_texts,
    "Callable[[], nw.Expr]": callable,
    "Callable[[int, int], Sample] | None": _optional(callable),
}
# Every annotation the vocabulary uses, as written there; a test holds the two together.


def shape_problems(declared: Any, where: str) -> Iterator[Problem]:
    """Yield a problem for every attribute, however deep, that does not hold what its annotation says.

    ``where`` names the declaration to its author.
    """
    for item in fields(declared):
        value = getattr(declared, item.name)
        if not _HOLDS[str(item.type)](value):
            yield Problem(
                _("{where}: {name} is {found}.").format(where=where, name=item.name, found=_shown(value)),
                _("It should be {right}.").format(right=item.type),
            )
        elif isinstance(value, Text):
            if not all(isinstance(part, str) for part in astuple(value)):
                yield Problem(
                    _("{where}: {name} is {found}.").format(where=where, name=item.name, found=_shown(value)),
                    _("It should be {right}.").format(right="Text(zh: str, en: str)"),
                )
        elif isinstance(value, tuple):
            for inner in value:
                if is_dataclass(inner):
                    name = getattr(inner, "id", "")
                    yield from shape_problems(inner, f"{where}, {type(inner).__name__} “{name}”")


def _shown(value: object) -> str:
    written = repr(value)
    return written if len(written) <= 60 else f"{written[:59]}…"

"""A person's answer to one question, read as the kind of value that stands there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from rung.errors import RungError
from rung.text import _
from rung.words import NO, YES, fold

__all__ = ["read_answer", "shown"]

_MYRIAD: Final = {"千": 1_000, "万": 10_000, "亿": 100_000_000}
_NUMBER: Final = re.compile(r"([+-]?[\d_,，]*\.?\d+)\s*([千万亿]?)\s*%?")
_LIST: Final = re.compile(r"\s*[,，、;；]\s*")


def read_answer(answer: str, now: Any, choices: Sequence[Any] = ()) -> Any:
    """Return an answer as a value of the kind of ``now``; of ``choices`` one, by word or by number.

    Raises RungError for an answer that does not fit.
    """
    answer = answer.strip()
    if choices:
        return _chosen(answer, choices)
    match now:
        case bool():
            return _truth(answer)
        case int() | Decimal() | float():
            return _number(answer)
        case date():
            return _day(answer)
        case list() | tuple():
            example = now[0] if now else ""
            return [read_answer(each, example) for each in _LIST.split(answer) if each]
    return answer


def shown(value: Any) -> str:
    """Return a value as a person would type it."""
    match value:
        case bool():
            return "true" if value else "false"
        case list() | tuple():
            return ", ".join(map(shown, value))
        case Decimal():
            return f"{value:f}"
        case int() if abs(value) >= 10_000:
            return f"{value:,}".replace(",", "_")
    return str(value)


def _chosen(answer: str, choices: Sequence[Any]) -> Any:
    for choice in choices:
        if fold(shown(choice)) == fold(answer) or str(choice) == answer:
            return choice
    if answer.isdigit() and 1 <= int(answer) <= len(choices):
        return choices[int(answer) - 1]
    raise RungError.of(
        _("“{found}” is none of the choices.").format(found=answer),
        _("Choose one of: {choices}.").format(choices=_(", ").join(map(shown, choices))),
    )


def _truth(answer: str) -> bool:
    if fold(answer) in {*map(fold, YES), "true"}:
        return True
    if fold(answer) in {*map(fold, NO), "false"}:
        return False
    raise RungError.of(_("“{found}” is neither yes nor no.").format(found=answer))


def _number(answer: str) -> int | Decimal:
    match = _NUMBER.fullmatch(answer)
    try:
        plain = Decimal(re.sub("[_,，]", "", match[1])) if match else None
    except InvalidOperation:
        plain = None
    if match is None or plain is None:
        raise RungError.of(
            _("“{found}” is no number.").format(found=answer),
            _("For example: {example}").format(example="3_000"),
        )
    value = plain * _MYRIAD.get(match[2], 1)
    return int(value) if value == value.to_integral_value() else value


def _day(answer: str) -> date:
    try:
        return date.fromisoformat(answer)
    except ValueError:
        raise RungError.of(_("“{found}” is no date; write it as 2026-06-30.").format(found=answer)) from None

"""Turns what the model refuses into problems for a policy's author: what is there, what would be right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from rung.errors import Problem, did_you_mean
from rung.policy.keys import KeyPath, written_key
from rung.policy.shape import choices_at, keys_at, wanted_at
from rung.text import _

__all__ = ["Mistake", "mistakes_in"]


@dataclass(frozen=True, slots=True)
class Mistake:
    """A problem and the keys that lead to it, before it is known which file wrote them."""

    path: KeyPath
    problem: Problem
    is_surplus: bool = False
    """Whether the key itself is what is wrong, so that the rest is sound without it."""
    is_absence: bool = False
    """Whether the key is wanted and not there."""
    is_joint: bool = False
    """Whether it is not one value that is wrong, but how the keys of a table go together."""


@dataclass(frozen=True, slots=True)
class _Refusal:
    """One complaint of the model, at the keys of the file it is about."""

    path: KeyPath
    kind: str
    found: Any
    context: dict[str, Any]
    is_branch: bool
    """Whether it comes from one of several types a value may have."""
    is_key: bool
    """Whether the last key, and not what stands under it, is refused."""


_MODES: Final = ("score", "rules", "count", "value", "matrix", "combine", "process", "none")
_LONGEST: Final = 60
# Characters shown of a text that was found; more hides what is wrong with it.
_ABSENCE: Final = frozenset({"missing", "missing_argument", "union_tag_not_found"})
_SURPLUS: Final = frozenset({"extra_forbidden", "unexpected_keyword_argument"})


def mistakes_in(error: ValidationError, table: dict[str, Any]) -> tuple[Mistake, ...]:
    """Return the mistakes behind everything the model refused in the file's ``table``."""
    refusals = [_refusal(details, table) for details in error.errors(include_url=False)]
    mistakes: dict[tuple[KeyPath, str], Mistake] = {}
    for refusal in refusals:
        if _is_echo(refusal, refusals):
            continue
        # The types a value may have all complain of it: one answer is enough.
        kind = "" if refusal.is_branch else f"{refusal.kind} {refusal.context.get('error', '')}"
        mistakes.setdefault((refusal.path, kind), _mistake(refusal, table))
    return tuple(mistakes.values())


def _is_echo(refusal: _Refusal, refusals: Iterable[_Refusal]) -> bool:
    """Return whether a table was refused only by the types that are no table: the others look inside it."""
    return (
        refusal.is_branch
        and isinstance(refusal.found, dict | list)
        and any(
            other.is_branch and other.path[: len(refusal.path)] == refusal.path and other.path != refusal.path
            for other in refusals
        )
    )


def _refusal(details: ErrorDetails, table: dict[str, Any]) -> _Refusal:
    path: list[str | int] = []
    value: Any = table
    is_branch = is_key = False
    for number, part in enumerate(details["loc"], start=1):
        is_tag = (
            path == ["grading"] and not is_branch and isinstance(value, dict) and part == value.get("mode")
        )
        if part == "[key]":
            is_key = True
        elif not is_tag and _stands_in(part, value):
            path.append(part)
            value = value[part]
        elif details["type"] in _ABSENCE and number == len(details["loc"]):
            path.append(part)
        elif not is_tag and not isinstance(part, int):
            is_branch = True
    if details["type"].startswith("union_tag_"):
        path.append("mode")
    return _Refusal(
        tuple(path),
        details["type"],
        details["input"],
        details.get("ctx", {}),
        is_branch=is_branch,
        is_key=is_key,
    )


def _stands_in(part: str | int, value: Any) -> bool:
    if isinstance(value, dict):
        return part in value
    return isinstance(value, list) and isinstance(part, int) and part < len(value)


def _mistake(refusal: _Refusal, table: dict[str, Any]) -> Mistake:
    return Mistake(
        refusal.path,
        _problem(refusal, table),
        is_surplus=refusal.kind in _SURPLUS,
        is_absence=refusal.kind in _ABSENCE,
        is_joint=refusal.kind == "value_error" and isinstance(refusal.found, dict),
    )


def _problem(refusal: _Refusal, table: dict[str, Any]) -> Problem:
    key = _last(refusal.path)
    if refusal.is_key:
        return Problem(_("“{key}” is no name.").format(key=key), _spelling(refusal))
    match refusal.kind:
        case "value_error":
            return Problem(str(refusal.context["error"]))
        case "missing" | "missing_argument":
            return Problem(_("“{key}” is missing.").format(key=key), _takes(wanted_at(refusal.path, table)))
        case "union_tag_not_found":
            return Problem(_("“{key}” is missing.").format(key="mode"), did_you_mean("", _MODES))
    if refusal.kind in _SURPLUS:
        keys = keys_at(refusal.path[:-1], table)
        return Problem(_("There is no key “{key}” here.").format(key=key), did_you_mean(str(key), keys))
    if refusal.kind == "union_tag_invalid":
        found = refusal.context["tag"]
        return Problem(_("There is no mode “{found}”.").format(found=found), did_you_mean(found, _MODES))
    return _refused_value(refusal, key, table)


def _refused_value(refusal: _Refusal, key: str, table: dict[str, Any]) -> Problem:
    found = _shown(refusal.found)
    if refusal.path == ("schema",):
        return Problem(
            _("The file is written in schema {found}.").format(found=found),
            _("This Rung reads schema 1: schema = 1."),
        )
    choices = choices_at(refusal.path, table)
    if choices and isinstance(refusal.found, str):
        near = did_you_mean(refusal.found, choices)
        listed = _("It takes {wanted}.").format(wanted=wanted_at(refusal.path, table))
        hint = near if near.endswith("?") else listed
        return Problem(_("“{key}” cannot be {found}.").format(key=key, found=found), hint)
    if refusal.kind in {"too_short", "string_too_short"}:
        return Problem(_("“{key}” is empty.").format(key=key), _takes(wanted_at(refusal.path, table)))
    hint = _bound(refusal) or _spelling(refusal) or _takes(wanted_at(refusal.path, table))
    return Problem(_("“{key}” cannot be {found}.").format(key=key, found=found), hint)


def _bound(refusal: _Refusal) -> str:
    match refusal.kind:
        case "greater_than":
            return _("It must be more than {bound}.").format(bound=refusal.context["gt"])
        case "greater_than_equal":
            return _("It must be {bound} or more.").format(bound=refusal.context["ge"])
        case "less_than":
            return _("It must be less than {bound}.").format(bound=refusal.context["lt"])
        case "less_than_equal":
            return _("It must be {bound} or less.").format(bound=refusal.context["le"])
        case "decimal_max_places":
            return _("It may have {n} decimals at most.").format(n=refusal.context["decimal_places"])
        case "string_too_long":
            return _("It may have {n} characters at most.").format(n=refusal.context["max_length"])
    return ""


def _spelling(refusal: _Refusal) -> str:
    if refusal.kind == "string_too_short":
        return _("It must not be empty.")
    if refusal.kind != "string_pattern_mismatch":
        return ""
    if refusal.path == ("id",):
        return _("Write the sector, a point and a name, in small letters: bank.credit-tiers.")
    return _("Write letters a to z, digits and underscores, no digit first.")


def _takes(wanted: str) -> str:
    return _("It takes {wanted}.").format(wanted=wanted) if wanted else ""


def _last(path: KeyPath) -> str:
    """Return a path's last key as it is called in a message, with the positions after it."""
    start = max((at for at, part in enumerate(path) if isinstance(part, str)), default=0)
    named = path[start:]
    return str(named[0]) if len(named) == 1 else written_key(named)


def _shown(found: Any) -> str:
    match found:
        case bool():
            return "true" if found else "false"
        case str():
            return f"“{found}”" if len(found) <= _LONGEST else f"“{found[:_LONGEST]}…”"
        case dict():
            return _("a table")
        case list() | tuple():
            return _("a list") if found else _("an empty list")
        case date():
            return found.isoformat()
    return str(found)

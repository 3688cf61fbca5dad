"""What whoever takes a policy over is asked, in order: open choices first, then every assumed number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from rung.policy.assumed import assumptions
from rung.policy.keys import KeyPath, written_key
from rung.policy.model import Basis, Policy
from rung.policy.named import name_key, name_of
from rung.text import Text, _

__all__ = ["SCORE", "Step", "StepKind", "named_key", "steps_of"]

SCORE: Final = "score"
"""In place of a measure: the score itself is what is cut."""


class StepKind(StrEnum):
    """What is asked."""

    CHOICE = "choice"
    """A parameter."""
    NUMBER = "number"
    """A number, or a cell or span with one in it."""
    ACCEPT = "accept"
    """Whether suggested service comes into force."""


@dataclass(frozen=True, slots=True)
class Step:
    """One question."""

    path: KeyPath
    part: KeyPath
    """The part of the policy it belongs to: a criterion, a rule, the terms of a grade."""
    kind: StepKind
    title: str
    """What the part is called."""
    key: str
    """The key as a person writes it."""
    because: Text | None = None
    choices: tuple[Any, ...] = ()
    measure: str | None = None
    """The value of a customer it cuts or compares, if any."""
    is_required: bool = False
    used_at: KeyPath | None = None
    """Where a parameter is first read."""

    @property
    def place(self) -> KeyPath:
        """Where the value does its work."""
        return self.used_at or self.path


_WORDS: Final = frozenset(
    {
        *("id", "title", "reason", "because", "basis", "text", "about", "describes", "label", "use"),
        *("measure", "level", "by", "to", "essence", "kind", "grade", "formula", "missing", "rank", "mode"),
        *("unit", "stated", "accepted", "choose", "choices", "set", "at_most", "at_least", "score_decimals"),
        *("within_field", "ties", "how", "hit", "collect", "otherwise", "axes", "cells", "approval"),
        *("decimals", "dated_by", "phase", "code", "key", "facts", "script", "requires"),
    }
)
_DIGIT: Final = re.compile(r"\d")


def steps_of(policy: Policy, table: Mapping[str, Any]) -> tuple[Step, ...]:
    """Return the questions of a policy; ``table`` says the same with parameters standing as ``${name}``."""
    found: dict[KeyPath, Step] = {}
    for step in (*_choices(policy, table), *_numbers(policy, table), *_suggestions(policy, table)):
        found.setdefault(step.path, step)
    parameters = [each for each in found.values() if each.kind is StepKind.CHOICE]
    rest = [each for each in found.values() if each.kind is not StepKind.CHOICE]
    parameters.sort(key=lambda step: not step.is_required)
    return (*parameters, *sorted(rest, key=lambda step: _order(step, policy)))


def _order(step: Step, policy: Policy) -> tuple[int, str, int]:
    """Criteria before what is made of them; a grade's terms together, their acceptance last."""
    rooms = (
        *("criteria", "rules", "derived", "grading", "hysteresis", "gates", "flags", "service"),
        *("outcomes", "alarms"),
    )
    room = rooms.index(str(step.path[0])) if step.path[0] in rooms else len(rooms)
    if step.path[0] == "service":
        return room, f"{policy.grades.index(str(step.path[1])):05}", step.kind is StepKind.ACCEPT
    return room, "", 0


def named_key(table: Mapping[str, Any], path: KeyPath) -> str:
    """Return a path as people write it, members of lists by their names: ``criteria.assets.weight``."""
    parts: list[str] = []
    at: Any = table
    for number, part in enumerate(path):
        if isinstance(part, int):
            if isinstance(at, Mapping):
                continue
            name = name_of(at[part], name_key(path[:number]))
            parts.append(name or str(part))
        else:
            parts.append(written_key((part,)))
        at = at[part] if not isinstance(at, Mapping) or part in at else None
    return ".".join(parts)


def _choices(policy: Policy, table: Mapping[str, Any]) -> Iterator[Step]:
    for name, parameter in policy.parameters.items():
        if parameter.choose or parameter.basis is Basis.ASSUMED:
            path: KeyPath = ("parameters", name, "value")
            used_at, measure = _use_of(name, table)
            yield Step(
                path,
                path[:2],
                StepKind.CHOICE,
                str(parameter.title or name),
                named_key(table, path),
                parameter.because,
                parameter.choices,
                measure,
                is_required=parameter.choose,
                used_at=used_at,
            )


def _numbers(policy: Policy, table: Mapping[str, Any]) -> Iterator[Step]:
    for assumed in assumptions(policy):
        part = assumed.path
        if part and part[0] in {"parameters", "tests"}:
            continue
        at = _at(table, part)
        for path, _value in _leaves(at, part):
            if not _is_idle(policy, path):
                yield Step(
                    path,
                    part,
                    StepKind.NUMBER,
                    _title(table, policy, part),
                    named_key(table, path),
                    assumed.because,
                    measure=_measure(table, path),
                )


def _is_idle(policy: Policy, path: KeyPath) -> bool:
    """Return whether a number decides nothing: the last share is always 100."""
    return path[:2] == ("grading", "shares") and path[-1] == policy.grades[-1]


def _suggestions(policy: Policy, table: Mapping[str, Any]) -> Iterator[Step]:
    for grade, terms in policy.service.items():
        if not terms.stated and terms.obligations():
            path: KeyPath = ("service", grade, "accepted")
            yield Step(
                path,
                path[:2],
                StepKind.ACCEPT,
                _title(table, policy, path[:2]),
                named_key(table, path),
            )
    for number, flag in enumerate(policy.flags):
        if flag.service is not None and not flag.service.stated and flag.service.obligations():
            path = ("flags", number, "service", "accepted")
            yield Step(path, path[:2], StepKind.ACCEPT, str(flag.title), named_key(table, path))


def _leaves(at: Any, path: KeyPath) -> Iterator[tuple[KeyPath, Any]]:
    if isinstance(at, Mapping):
        for key, inner in at.items():
            if key not in _WORDS or (len(path) > 1 and "when" in path):
                yield from _leaves(inner, (*path, key))
    elif isinstance(at, list):
        for number, inner in enumerate(at):
            yield from _leaves(inner, (*path, number))
    elif _is_number(at, path):
        yield path, at


def _is_number(value: Any, path: KeyPath) -> bool:
    if isinstance(value, bool):
        return False
    if isinstance(value, str):
        if "zh" in path or "en" in path or "${" in value:
            return False  # what a parameter fills in is asked as that parameter
        return bool(_DIGIT.search(value)) and not re.fullmatch(r"[A-Za-z_]\w*", value)
    return isinstance(value, int) or hasattr(value, "as_tuple")


def _at(table: Any, path: KeyPath) -> Any:
    at = table
    for part in path:
        if isinstance(part, int) and isinstance(at, Mapping):
            continue
        if isinstance(at, Mapping) and part not in at:
            return None
        at = at[part]
    return at


def _title(table: Mapping[str, Any], policy: Policy, part: KeyPath) -> str:
    if part[:1] == ("grading",):
        return _("The way grades are found")
    if part[:1] == ("override",):
        return _("Overruling a grade")
    if part[:1] == ("correction",):
        return _("Correcting data")
    if part[:1] == ("judgement",):
        return _("Judging")
    if part[:1] == ("service",) and len(part) > 1:
        return _("Service of {grade}").format(grade=policy.grade_title(str(part[1])))
    for length in range(len(part), 0, -1):
        at = _at(table, part[:length])
        for key in ("title", "reason", "text"):
            words = at.get(key) if isinstance(at, Mapping) else None
            if isinstance(words, str):
                return words
            if isinstance(words, Mapping) and {"zh", "en"} <= words.keys():
                return str(Text(str(words["zh"]), str(words["en"])))
    return written_key(part)


def _measure(table: Mapping[str, Any], path: KeyPath) -> str | None:
    match path:
        case ("criteria", int(number), "bands", *_rest):
            return str(table["criteria"][number].get("measure"))
        case ("grading", "cutoffs", *_rest):
            return SCORE
        case ("grading", "shares", *_rest):
            return str(table["grading"].get("by"))
    if "when" in path or "applies" in path:
        names = [part for part in path if isinstance(part, str)]
        return names[-1] if names[-1] not in {"when", "applies", "all", "any", "not"} else None
    return None


def _use_of(name: str, table: Mapping[str, Any]) -> tuple[KeyPath | None, str | None]:
    """Return where a parameter is compared with a customer's value, and with which."""
    wanted = f"${{{name}}}"
    parameter = table["parameters"][name].get("value")
    for path, text in _texts({key: each for key, each in table.items() if key != "parameters"}, ()):
        if wanted not in text:
            continue
        if path in {("grading", "by"), ("criteria", *path[1:2], "measure")}:
            return path, str(parameter)
        measure = _measure(table, path)
        if measure and "${" not in measure:
            return path, measure
    return None, None


def _texts(at: Any, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(at, Mapping):
        for key, inner in at.items():
            yield from _texts(inner, (*path, key))
    elif isinstance(at, list):
        for number, inner in enumerate(at):
            yield from _texts(inner, (*path, number))
    elif isinstance(at, str):
        yield path, at

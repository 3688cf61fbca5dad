"""Walks two policies side by side and yields what they say differently."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from rung.durations import Duration
from rung.policy.conditions import AllOf, AnyOf, Cell, Condition, Not
from rung.policy.diff.alignment import Pair, by_content, by_name
from rung.policy.diff.difference import Area, Difference, Kind, Step, Subject
from rung.policy.diff.sense import cell_sense, condition_sense, formula_sense, span_sense
from rung.policy.keys import KeyPath
from rung.policy.model import Alarm, Band, Criterion, ServiceTerms
from rung.policy.parts import Part
from rung.text import Text
from rung.vocabulary import Quantity

__all__ = ["diff"]

_ITSELF: Final = frozenset(
    {"id", "version", "schema_", "extends", "change", "history", "published", "written_by", "tests"}
)
# Which policy it is, how it came about, and its examples: none of that moves anybody.
_TOP: Final = {
    **dict.fromkeys(("title", "purpose", "guide", "family", "meaning"), Area.WORDS),
    **dict.fromkeys(("effective_from", "effective_to"), Area.DAYS),
    **dict.fromkeys(("service", "roles", "procedures", "alarms", "outcomes"), Area.SERVICE),
    **dict.fromkeys(("judgement", "correction", "override"), Area.OVERRULING),
    "parameters": Area.PARAMETERS,
}
_INSIDE: Final = {
    **dict.fromkeys(("basis", "because"), Area.BASIS),
    **dict.fromkeys(("service", "service_class"), Area.SERVICE),
    "hard": Area.OVERRULING,
}
_CONDITION: Final = (Cell, AllOf, AnyOf, Not)


@dataclass(frozen=True, slots=True)
class _At:
    """Where the walk stands in both policies, and what cells there are asked of."""

    area: Area
    names: tuple[Mapping[str, Quantity], Mapping[str, Quantity]]
    trail: tuple[Step, ...] = ()
    before: KeyPath = ()
    after: KeyPath = ()
    asked: tuple[Quantity | None, Quantity | None] = (None, None)
    """What the cells of a criterion's bands are asked of."""

    def into(self, key: str) -> _At:
        """Return the way to a key of a part."""
        area = _INSIDE.get(key, self.area) if self.trail else _TOP.get(key, self.area)
        # Made outright, for it is made for every key of both policies and ``replace`` takes thrice as long.
        way = (*self.trail, Step(key)), (*self.before, key), (*self.after, key)
        return _At(area, self.names, *way, self.asked)

    def member(self, step: Step, before: str | int | None, after: str | int | None) -> _At:
        """Return the way to a member of a table or list; where it is not there, the table or list."""
        return replace(
            self,
            trail=(*self.trail, step),
            before=self.before if before is None else (*self.before, before),
            after=self.after if after is None else (*self.after, after),
        )

    def difference(self, kind: Kind, before: object, after: object) -> Difference:
        """Return a difference here; of a text it is one of words, unless the text is what is promised."""
        is_word = isinstance(before, Text) or isinstance(after, Text)
        area = Area.WORDS if is_word and self.area in (Area.GRADES, Area.OVERRULING) else self.area
        return Difference(kind, area, self.trail, before, after, self.before, self.after, self.asked)


def diff(before: Subject, after: Subject) -> tuple[Difference, ...]:
    """Return everything two policies say differently, in the order of the model; empty where they agree.

    Compared is what they mean: however numbers, cells, conditions and spans are spelled, whether a default
    is written out, and which file or library a value comes from do not count. Id, version and tests are no
    part of it. Members of lists are known by their names; bands, and promises without an id, by what they
    say and where they stand.
    """
    at = _At(Area.GRADES, (before.quantities, after.quantities))
    return tuple(_Walk(before, after).parts(before.policy, after.policy, at))


class _Walk:
    """Compares one pair of policies."""

    def __init__(self, before: Subject, after: Subject) -> None:
        self._subjects = before, after

    def parts(self, before: Part, after: Part, at: _At) -> Iterator[Difference]:
        """Yield what differs between two parts, key by key; they may be of two kinds."""
        if isinstance(before, Criterion) and isinstance(after, Criterion):
            asked = (at.names[0].get(before.measure), at.names[1].get(after.measure))
            at = replace(at, asked=asked)
        alarms = (before, after) if isinstance(before, Alarm) and isinstance(after, Alarm) else None
        for key in dict.fromkeys((*type(before).model_fields, *type(after).model_fields)):
            if (not at.trail and key in _ITSELF) or (key == "use" and isinstance(before, Criterion)):
                continue
            inner = at.into(key)
            if alarms and key == "when":
                inner = replace(inner, names=(self._columns(alarms[0], 0), self._columns(alarms[1], 1)))
            yield from self._values(getattr(before, key, None), getattr(after, key, None), inner)

    def _columns(self, alarm: Alarm, side: int) -> Mapping[str, Quantity]:
        """Return the columns of an alarm's event table, which its own condition is over."""
        table = self._subjects[side].events.get(alarm.on)
        return {column.id: column for column in table.columns} if table else {}

    def _values(self, before: Any, after: Any, at: _At) -> Iterator[Difference]:
        if isinstance(before, ServiceTerms) or isinstance(after, ServiceTerms):
            # Nothing promised is no other kind of thing than something: each promise is told alone.
            before, after = _promised(before, after), _promised(after, before)
        if isinstance(before, Part) and isinstance(after, Part):
            yield from self.parts(before, after, at)
        elif isinstance(before, Mapping) or isinstance(after, Mapping):
            yield from self._tables(_or(before, {}), _or(after, {}), at)
        elif _is_list(before) or _is_list(after) or (_is_matrix(at) and None not in (before, after)):
            yield from self._lists(_or(before, ()), _or(after, ()), at)
        elif isinstance(before, _CONDITION) and isinstance(after, _CONDITION):
            yield from _conditions(before, after, at)
        elif self._sense(before, at, 0) != self._sense(after, at, 1):
            yield at.difference(_kind(before, after), before, after)

    def _tables(self, before: Mapping[str, Any], after: Mapping[str, Any], at: _At) -> Iterator[Difference]:
        for name in dict.fromkeys((*before, *after)):
            old, new = before.get(name), after.get(name)
            title = self._title(name, new if new is not None else old)
            known = (at.names[0].get(name), at.names[1].get(name))
            is_fact = at.trail[0].key == "outcomes"
            if is_fact:
                title = next((each.title for each in reversed(known) if each is not None), title)
            inner = at.member(
                Step(name, title), name if name in before else None, name if name in after else None
            )
            yield from self._values(old, new, replace(inner, asked=known) if is_fact else inner)

    def _title(self, name: str, value: object) -> Text | None:
        """Return what a member of a table is called: a grade by its meaning, others by their own title."""
        title = getattr(value, "title", None)
        if isinstance(title, Text):
            return title
        policies = [subject.policy for subject in reversed(self._subjects)]
        known = (policy.grade_title(name) for policy in policies if name in policy.grades)
        return next(known, value if isinstance(value, Text) else None)

    def _lists(self, before: Sequence[Any], after: Sequence[Any], at: _At) -> Iterator[Difference]:
        names = [_names(members) for members in (before, after)]
        is_named = names[0] is not None and names[1] is not None
        for pair in self._paired(before, after, names, at):
            old = None if pair.before is None else before[pair.before]
            new = None if pair.after is None else after[pair.after]
            member = old if new is None else new
            place = pair.before if pair.after is None else pair.after
            assert place is not None
            step = Step(_name(member) or place if is_named else place, _called(member))
            inner = at.member(step, pair.before, pair.after)
            if pair.is_moved and pair.before is not None and pair.after is not None:
                yield inner.difference(Kind.MOVED, pair.before + 1, pair.after + 1)
            yield from self._values(old, new, inner)

    def _paired(
        self, before: Sequence[Any], after: Sequence[Any], names: Sequence[list[str] | None], at: _At
    ) -> tuple[Pair, ...]:
        if names[0] is not None and names[1] is not None:
            return by_name(names[0], names[1])
        if _is_matrix(at):  # a row or column keeps its place
            return by_content(*((None,) * len(members) for members in (before, after)))
        return by_content(
            *(
                [self._member_sense(each, at, side) for each in members]
                for side, members in enumerate((before, after))
            )
        )

    def _member_sense(self, member: object, at: _At, side: int) -> Hashable:
        """Return what tells a member of a list without names from the others: a band by its values alone."""
        if isinstance(member, Band):
            cell = None if member.when is None else cell_sense(member.when, at.asked[side])
            return cell, member.top
        return getattr(member, "id", None) or self._sense(member, at, side)

    def _sense(self, value: Any, at: _At, side: int) -> Hashable:
        """Return what a single value means."""
        key = at.trail[-1].key
        match value:
            case Duration():
                return span_sense(value)
            case Cell() | AllOf() | AnyOf() | Not():
                return condition_sense(value, at.names[side])
            case str() if key == "formula":
                result = at.names[side].get(str(at.trail[-2].key))
                return formula_sense(value, result, at.names[side])
            case bool():
                return "true" if value else "false"  # True would equal 1
            case _ if key == "when" and value is not None and at.asked[side] is not None:
                return cell_sense(value, at.asked[side])
        hashable: Hashable = value
        return hashable


def _conditions(before: Condition, after: Condition, at: _At) -> Iterator[Difference]:
    """Yield cell by cell what two conditions ask differently; whole ones where they join otherwise."""
    if condition_sense(before, at.names[0]) == condition_sense(after, at.names[1]):
        return
    old, new = _cells(before), _cells(after)
    if old is None or new is None:
        yield at.difference(Kind.CHANGED, before, after)
        return
    for name in dict.fromkeys((*old, *new)):
        asked = tuple(names.get(name) for names in at.names)
        one, other = old.get(name), new.get(name)
        if one and other and cell_sense(one.raw, asked[0]) == cell_sense(other.raw, asked[1]):
            continue
        quantity = asked[1] or asked[0]
        step = Step(name, quantity.title if quantity else None)
        inner = at.member(step, name if one else None, name if other else None)
        inner = replace(inner, asked=(asked[0], asked[1]))
        yield inner.difference(_kind(one, other), one, other)


def _cells(condition: Condition) -> dict[str, Cell] | None:
    """Return a condition's cells by name where all must hold and none is asked twice."""
    parts = condition.parts if isinstance(condition, AllOf) else (condition,)
    cells = {part.name: part for part in parts if isinstance(part, Cell)}
    return cells if len(cells) == len(parts) else None


def _or(value: Any, nothing: Any) -> Any:
    return nothing if value is None else value


def _kind(before: object, after: object) -> Kind:
    return Kind.ADDED if before is None else Kind.REMOVED if after is None else Kind.CHANGED


def _promised(terms: ServiceTerms | None, other: ServiceTerms | None) -> ServiceTerms:
    if terms is not None:
        return terms
    assert other is not None
    return ServiceTerms(stated=other.stated, accepted=other.accepted)


def _is_list(value: object) -> bool:
    """Return whether a value is a list of parts, or of lists: its members are compared one by one."""
    return isinstance(value, tuple) and any(isinstance(each, Part) for each in value)


def _is_matrix(at: _At) -> bool:
    """Return whether the walk is at the cells of a matrix, or at one row of them."""
    keys = [step.key for step in at.trail]
    return keys[:2] == ["grading", "cells"] and len(keys) <= 3


def _names(members: Sequence[Any]) -> list[str] | None:
    """Return the names of all members; ``None`` where one has none, or two the same."""
    names = [_name(member) for member in members]
    known = [name for name in names if name is not None]
    return known if len(set(known)) == len(members) else None


def _name(member: object) -> str | None:
    name = getattr(member, "level", None) or getattr(member, "id", None)
    return name if isinstance(name, str) else None


def _called(member: object) -> Text | None:
    title = getattr(member, "title", None) or getattr(member, "label", None)
    return title if isinstance(title, Text) else None

"""A policy as a tree to walk: its parts in the order one thinks of them, every value with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from rung.adopting.answers import shown
from rung.policy.diff.key_words import key_word, member_word, mode_word, section_word
from rung.policy.keys import KeyPath
from rung.policy.service_words import alarm_words, obligation_words
from rung.policy.wording import cell_words
from rung.text import _
from rung.workspace.drafting.matrix import matrix_node
from rung.workspace.drafting.texts import retold, text_named
from rung.workspace.drafting.tree_parts import (
    CUTS,
    PARAMETER,
    Node,
    Settled,
    because_of,
    effect_of,
    hoisted,
    is_list,
    is_text,
    join_word,
    other_of,
    plain,
    standing_at,
    summed,
    text_of,
)
from rung.workspace.drafting.typed import is_cell

if TYPE_CHECKING:
    from rung.policy.model import Policy
    from rung.workspace.drafting.draft import PolicyDraft

__all__ = ["Node", "policy_tree"]


_ORDER: Final = (
    *("parameters", "grading", "criteria", "rules", "derived", "gates", "flags", "hysteresis", "service"),
    *("alarms", "outcomes", "override", "correction", "judgement", "procedures"),
)
_ABOUT: Final = ("title", "purpose", "guide", "roles")
# What a policy says of itself and of those who serve, a part of its own.
_SAID: Final = frozenset(
    {
        *(
            "id",
            "use",
            "title",
            "reason",
            "text",
            "about",
            "describes",
            "label",
            "essence",
            "basis",
            "because",
        ),
        *("remove", "after_all", "kind", "choices", "choose", "level"),
    }
)
# What names or explains a part; it is shown with the part, not below it.
_FIXED: Final = frozenset(
    {"mode", "measure", "formula", "by", "to", "unit", "axes", "on", "dated_by", "code", "stated", "requires"}
)
# Names of other things: to change one is to write another policy.
_LETTERS: Final = 2
# Characters up to which an id is what everybody calls the grade: A, C2; a longer one goes by its title.
_ROOM: Final = 40
# Characters of a text that fit in its line.
_HEADS: Final = ("title", "reason", "text", "label")
_PROMISES: Final = frozenset(
    {
        *("contact", "respond", "review", "owner", "approve", "resource", "benefit", "handling"),
        *("release", "escalate", "stop", "promise"),
    }
)


def policy_tree(draft: PolicyDraft) -> tuple[Node, ...]:
    """Return the parts of a policy as the draft has them."""
    table = draft.adoption.wanted
    grower = _Grower(draft)
    parts = (grower.section(name, table[name]) for name in _ORDER if table.get(name))
    about = tuple(grower.section(name, table[name]) for name in _ABOUT if table.get(name))
    whole = (*parts, Node(("texts",), _("What the policy says of itself"), children=about))
    return tuple(retold(draft, each) for each in whole)


class _Grower:
    """Makes the nodes of one draft."""

    def __init__(self, draft: PolicyDraft) -> None:
        self._draft: Final = draft
        self._policy: Final[Policy] = draft.sound.policy

    def section(self, name: str, value: Any) -> Node:
        """Return a top-level part."""
        if is_text(value) or isinstance(value, str):
            return self._text((name,), section_word(name), value)
        children = self._members((name,), value, "")
        if name == "grading":
            children = (*self._grades(), *(each for each in children if each.path[-1] not in CUTS))
        because = because_of(value) if isinstance(value, Mapping) else ""
        return summed(Node((name,), section_word(name), because=because, children=tuple(children)))

    def _grades(self) -> Iterator[Node]:
        """Yield the grades, each with the cut-off or share that gives it."""
        grading = self._draft.adoption.wanted["grading"]
        name = next((each for each in CUTS if each in grading), None)
        because = because_of(grading)
        for grade in self._policy.grades:
            meaning = self._policy.meaning.get(grade)
            title = self._policy.grade_title(grade)
            node = Node(
                ("meaning", grade),
                grade
                if str(title) == grade
                else f"{grade}  {title}"
                if len(grade) <= _LETTERS
                else str(title),
                "" if meaning is None else other_of(title),
                about="" if meaning is None or meaning.essence is None else str(meaning.essence),
            )
            if name is not None and grade in grading[name]:
                path: KeyPath = ("grading", name, grade)
                unit = "%" if name == "shares" else ""
                written = f"{shown(grading[name][grade])}{unit}"
                words = _("score ≥ {value}") if name == "cutoffs" else _("share {value}")
                node = replace(self._edited(node, path, because), value=words.format(value=written))
            elif name is not None:
                node = replace(node, value=_("the rest"))
            yield summed(node)

    def _members(self, path: KeyPath, value: Any, because: str) -> tuple[Node, ...]:
        """Return what stands in a table or list."""
        if isinstance(value, Mapping):
            because = because_of(value) or because
            found = (
                self._node((*path, key), key, each, because)
                for key, each in value.items()
                if key not in _SAID or (len(path) > 1 and path[-1] == "when")
            )
        else:
            found = (self._node((*path, place), place, each, because) for place, each in enumerate(value))
        return tuple(inner for each in found if each is not None for inner in hoisted(each))

    def _node(self, path: KeyPath, key: str | int, value: Any, because: str) -> Node | None:
        if is_text(value):
            return self._text(path, text_named(str(key)), value)
        if isinstance(value, Mapping):
            return summed(self._part(path, key, value, because))
        if path == ("grading", "cells"):
            return matrix_node(self._draft, path, value, self._edited, because)
        if isinstance(value, list) and any(isinstance(each, Mapping) for each in value):
            children = self._members(path, value, because)
            words = join_word(str(key)) or key_word(str(key)) or str(key)
            words = _("levels of approval") if key == "levels" and path[0] != "criteria" else words
            return summed(Node(path, words, children=children))
        return self._leaf(path, key, value, because)

    def _text(self, path: KeyPath, name: str, value: Any) -> Node:
        """Return the line of a text that is a value of its own."""
        text = text_of(value)
        written = self._filled(str(text))
        about = written if len(written) > _ROOM else ""
        return Node(path, name, self._filled(other_of(text)), written, about=about)

    def _part(self, path: KeyPath, key: str | int, value: Mapping[str, Any], because: str) -> Node:
        words = next((text_of(value[each]) for each in _HEADS if each in value), None)
        because = because_of(value) or because
        about = next((str(text_of(value[each])) for each in ("about", "describes") if each in value), "")
        node = Node(
            path,
            self._filled(str(words)) if words is not None else self._called(path, key),
            self._filled(other_of(words)),
            because=because,
            about=about,
            children=self._members(path, value, because),
        )
        match path:
            case ("criteria", int(), "bands", int(band)):
                return self._band(node, band, value)
            case ("criteria", int(), "levels", int()) if "points" in value:
                rest = tuple(each for each in node.children if each.path[-1] != "points")
                return self._valued(replace(node, children=rest), (*path, "points"), _("{value} points"))
            case ("criteria", int()):
                return self._criterion(node, value)
            case ("parameters", str()):
                return self._valued(replace(node, children=()), (*path, "value"), "{value}")
            case ("gates", int()):
                return replace(node, value=effect_of(value))
            case ("rules", int()):
                return replace(node, value=str(value.get("grade") or value.get("points") or ""))
            case ("alarms", int(number)):
                return self._alarm(node, number)
            case ("service", str(grade)) if grade in self._policy.service:
                return self._terms(node, path, value)
            case ("flags", int(), "service"):
                return self._terms(node, path, value)
        if len(path) > 1 and (path[-1] in _PROMISES or path[-2] in _PROMISES):
            return self._promise(node, path)
        return node

    def _called(self, path: KeyPath, key: str | int) -> str:
        if path[0] == "service" and len(path) == 2:
            return str(self._policy.grade_title(str(key)))
        if isinstance(key, int):
            return member_word(str(path[-2])).format(n=key + 1)
        return join_word(key) or key_word(key) or key

    def _criterion(self, node: Node, value: Mapping[str, Any]) -> Node:
        lists = [each for each in node.children if each.path[-1] in ("bands", "levels")]
        rest = [each for each in node.children if each.path[-1] not in ("bands", "levels", "weight")]
        inner = tuple(child for each in lists for child in each.children)
        node = replace(node, children=(*inner, *rest))
        if self._draft.sound.has_score or "weight" in value:
            return self._valued(node, (*node.path, "weight"), _("weight {value}"), usual=Decimal(1))
        return node

    def _band(self, node: Node, band: int, value: Mapping[str, Any]) -> Node:
        words = member_word("bands").format(n=band + 1)
        label = text_of(value["label"]) if "label" in value else None
        key = "when" if "when" in value else "top"
        points = value.get("points", value.get("grade"))
        ending = "" if points is None else f" → {shown(points)}"
        rest = tuple(each for each in node.children if each.path[-1] != key)
        title = words if label is None else f"{words}  {label}"
        node = replace(node, title=title, other=other_of(label), children=rest)
        form = "{value}%" if key == "top" else "{value}"
        node = self._valued(node, (*node.path, key), form)
        return replace(node, value=node.value + ending)

    def _terms(self, node: Node, path: KeyPath, value: Mapping[str, Any]) -> Node:
        children = tuple(
            child
            for each in node.children
            for child in (each.children if each.path[-1] in _PROMISES and is_list(each) else (each,))
            if child.path[-1] not in ("stated", "accepted")
        )
        node = replace(node, children=children)
        if value.get("stated", True):
            return node
        told = _("accepted") if value.get("accepted") else _("suggested, not in force")
        return replace(self._edited(node, (*path, "accepted"), node.because), value=told)

    def _promise(self, node: Node, path: KeyPath) -> Node:
        kind = next(str(part) for part in reversed(path) if part in _PROMISES)
        place = path[-1] if isinstance(path[-1], int) else 0
        terms: Any = None
        match path:
            case ("service", str(grade), *_rest):
                terms = self._policy.service.get(grade)
            case ("flags", int(number), "service", *_rest):
                terms = self._policy.flags[number].service
        owed: Sequence[Any] = getattr(terms, kind, ())
        if place >= len(owed):
            return node
        words = obligation_words(owed[place], self._policy.roles)
        return replace(node, title=words, other="", about=words if len(words) > _ROOM else node.about)

    def _alarm(self, node: Node, number: int) -> Node:
        alarm = self._policy.alarms[number]
        return replace(node, about="; ".join(alarm_words(alarm, self._policy.roles)))

    # Values

    def _leaf(self, path: KeyPath, key: str | int, value: Any, because: str) -> Node | None:
        words = self._cell_title(path, key)
        node = Node(path, words, value=self._shown(path, value), because=because)
        if isinstance(value, str) and "${" in value:
            return self._lent(node, value)
        if isinstance(key, int) or key in _FIXED or path[0] == "procedures":
            return node if value != "" else None
        return summed(replace(self._edited(node, path, because), value=node.value))

    def _lent(self, node: Node, written: str) -> Node:
        """Return a value that parameters fill in; of one alone that is what is changed here."""
        names = tuple(dict.fromkeys(PARAMETER.findall(written)))
        if len(names) != 1:
            return node
        path: KeyPath = ("parameters", names[0], "value")
        return replace(self._edited(node, path, node.because), value=node.value, settled=Settled())

    def _filled(self, text: str) -> str:
        """Return a text with the parameters in it as they stand."""
        named = self._draft.adoption.wanted.get("parameters", {})
        return PARAMETER.sub(lambda found: plain(named.get(found[1], {}).get("value", found[0])), text)

    def _cell_title(self, path: KeyPath, key: str | int) -> str:
        quantity = self._draft.quantity_at(path) if is_cell(path) else None
        if quantity is not None and path[-1] != "when":
            return str(quantity.title)
        if isinstance(key, int):
            return member_word(str(path[-2])).format(n=key + 1)
        return key_word(key) or key

    def _shown(self, path: KeyPath, value: Any) -> str:
        value = self._filled(value) if isinstance(value, str) else value
        if is_cell(path):
            quantity = self._draft.quantity_at(path)
            raw = tuple(value) if isinstance(value, list) else value
            if quantity is not None:
                unit = f" {quantity.unit}" if quantity.unit and not isinstance(raw, bool | tuple) else ""
                return f"{cell_words(raw, quantity)}{unit}"
        if path == ("grading", "mode"):
            return mode_word(str(value))
        if path[-1] in ("measure", "by") and path[0] in ("criteria", "grading"):
            known = self._draft.sound.quantities.get(str(value))
            return str(value) if known is None else str(known.title)
        match value:
            case bool():
                return _("yes") if value else _("no")
            case int() | Decimal():
                return f"{value:,}"
            case date():
                return value.isoformat()
        return shown(value)

    def _valued(self, node: Node, path: KeyPath, form: str, usual: Any = None) -> Node:
        """Return a node that shows and changes the value at ``path``."""
        value = self._draft.value(path)
        value = usual if value is None else value
        written = self._shown(path, value)
        if isinstance(value, str) and "${" in value:
            return replace(self._lent(node, value), value=form.format(value=written))
        return replace(self._edited(node, path, node.because), value=form.format(value=written))

    def _edited(self, node: Node, path: KeyPath, because: str) -> Node:
        draft = self._draft
        was, now = standing_at(draft.adoption.before, path), draft.value(path)
        told = "" if was == now else _("none") if was is None else self._shown(path, was)
        step = draft.steps.get(path)
        settled = Settled() if step is None else Settled(int(draft.is_settled(step)), 1)
        return replace(node, edit=path, was=told, because=because, settled=settled)

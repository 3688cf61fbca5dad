"""The texts of a policy in both languages: which ones a part has, what is typed for one, what was changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from rung.errors import Problem, RungError
from rung.policy.diff.key_words import key_word, section_word
from rung.policy.keys import KeyPath
from rung.text import Text, _, inert
from rung.workspace.drafting.tree_parts import Node, is_text, standing_at, text_of

if TYPE_CHECKING:
    from rung.workspace.drafting.draft import PolicyDraft
    from rung.workspace.drafting.kept_draft import Edit

__all__ = ["PartText", "put_text", "retold", "text_named", "texts_at", "try_text"]

_KEYS: Final = (
    *("title", "label", "text", "reason", "essence", "about", "describes", "what", "documents", "channel"),
    *("until", "aim", "script", "purpose", "because"),
)
# What may be a text where it is written for both languages at once, as one string.
_HEADS: Final = ("title", "text", "label", "reason")
# What a part goes by, the first that it has.


@dataclass(frozen=True, slots=True)
class PartText:
    """One text of a part of a policy."""

    path: KeyPath
    name: str
    """What it is: its title, its reason."""
    text: Text | None
    """None where the part may have one and has none."""


def text_named(key: str) -> str:
    """Return what a text of a part is called."""
    named = {
        "title": _("Title"),
        "label": _("label"),
        "text": _("text"),
        "reason": _("reason"),
        "essence": _("what it stands for"),
        "about": _("explanation"),
        "describes": _("description"),
        "because": _("why it is assumed"),
        "use_when": _("when to use it"),
        "data": _("data it takes"),
        "change_first": _("what to change first"),
        "monday": _("what to do on Monday"),
    }
    word = key_word(key)
    return named.get(key) or (section_word(key) if word == key else word)


def texts_at(draft: PolicyDraft, path: KeyPath) -> tuple[PartText, ...]:
    """Return the texts of the part at a path, what it goes by first; those it lacks and may have last."""
    part = standing_at(draft.adoption.wanted, path)
    if is_text(part) or (path in (("title",), ("purpose",)) and isinstance(part, str)):
        return (_found(path, part),)
    if not isinstance(part, Mapping):
        part = {}
        if not _may_have(path):
            return ()
    written = [
        key for key, value in part.items() if is_text(value) or (key in _KEYS and isinstance(value, str))
    ]
    order = {key: place for place, key in enumerate(_KEYS)}
    has = sorted(written, key=lambda key: order.get(key, len(order)))
    lacks = [key for key in _may_have(path) if key not in part]
    return tuple(_found((*path, key), part.get(key)) for key in (*has, *lacks))


def _found(path: KeyPath, value: Any) -> PartText:
    return PartText(path, text_named(str(path[-1])), None if value is None else text_of(value))


def _may_have(path: KeyPath) -> tuple[str, ...]:
    """Return the texts that a part may be given, by where it stands."""
    match path:
        case ("meaning", str()):
            return ("title", "essence")
        case ("criteria", int(), "bands", int()):
            return ("label",)
        case ("criteria", int()):
            return ("title", "about")
    return ()


def try_text(draft: PolicyDraft, path: KeyPath, text: Text) -> tuple[Problem, ...]:
    """Return what speaks against a text typed for a place, in the policy's own checks; changes nothing.

    What was wrong with the draft before does not count.
    """
    problems = [
        Problem(message, _("Where both languages say the same, write it twice."))
        for message, typed in (
            (_("The Chinese text is empty."), text.zh),
            (_("The English text is empty."), text.en),
        )
        if not _plain(typed)
    ]
    if problems:
        return tuple(problems)
    tried = draft.tried_value(*_placed(draft, path, text))
    return tuple(each for each in tried.problems if each not in draft.problems)


def put_text(draft: PolicyDraft, path: KeyPath, text: Text) -> Edit | None:
    """Change a text and return the edit, None where it says that already.

    Raises RungError with what speaks against it, and where the draft cannot be kept.
    """
    problems = try_text(draft, path, text)
    if problems:
        raise RungError.all(problems)
    now = standing_at(draft.adoption.wanted, path)
    if now is not None and text_of(now) == Text(_plain(text.zh), _plain(text.en)):
        return None
    draft.put(*_placed(draft, path, text))
    return draft.edits[-1]


def _plain(typed: str) -> str:
    return inert(typed).strip()


def _placed(draft: PolicyDraft, path: KeyPath, text: Text) -> tuple[KeyPath, Any]:
    """Return where a text is written, with the part around it where that is not there yet."""
    value: Any = {"zh": _plain(text.zh), "en": _plain(text.en)}
    while len(path) > 1 and standing_at(draft.adoption.wanted, path[:-1]) is None:
        path, value = path[:-1], {str(path[-1]): value}
    return path, value


def retold(draft: PolicyDraft, node: Node) -> Node:
    """Return a line of the tree and all below it, each with what it was called before the draft."""
    children = tuple(retold(draft, each) for each in node.children)
    node = replace(node, children=children)
    for key in ("", *_HEADS):
        path = (*node.path, key) if key else node.path
        now, was = draft.value(path), standing_at(draft.adoption.before, path)
        if now is None or not (is_text(now) or (key and isinstance(now, str))):
            continue
        if now == was:
            return node
        return replace(node, said=_("none") if was is None else str(text_of(was)))
    return node

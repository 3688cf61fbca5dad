"""One kind of forms that are kept: where they lie, and how they go to disk and come back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, MutableMapping
from dataclasses import asdict, dataclass, fields, is_dataclass
from typing import Any

__all__ = ["Drawer", "drawers_of"]


@dataclass(frozen=True, slots=True)
class Drawer:
    """A mode's forms begun, by what each is about.

    A desk joins by a method ``drawers()`` that gives one of these for each kind of form it has. Keys are
    texts or tuples of texts; a form is a text, a dict of texts, or a frozen dataclass of texts, None and
    tuples of texts.
    """

    name: str
    """The mode's id, and behind a colon which of its kinds where it has several."""
    forms: MutableMapping[Any, Any]
    form: type = dict
    """What a form is made of again."""
    secret: Callable[[Any], Collection[str]] = lambda _key: ()
    """Names of what of a dict of texts, by its key, is not for the disk."""

    def packed(self) -> list[list[Any]]:
        """Return the forms as JSON can hold them; those nobody filled in are left out."""
        kept = ((key, self._kept(key, form)) for key, form in list(self.forms.items()))
        return [
            [list(key) if isinstance(key, tuple) else key, _packed(form)]
            for key, form in kept
            if not _is_blank(form)
        ]

    def unpack(self, packed: list[list[Any]]) -> list[Hashable]:
        """Put forms back that are not there, and return what they are about; what no longer fits is left."""
        found: list[Hashable] = []
        for written, content in packed:
            key = tuple(written) if isinstance(written, list) else written
            form = self._made(content)
            if form is not None and key not in self.forms:
                self.forms[key] = form
                found.append(key)
        return found

    def _kept(self, key: Any, form: Any) -> Any:
        secret = self.secret(key) if isinstance(form, Mapping) else ()
        return {name: value for name, value in form.items() if name not in secret} if secret else form

    def _made(self, content: Any) -> Any:
        if is_dataclass(self.form):
            if not isinstance(content, dict):
                return None
            known = {each.name for each in fields(self.form)}
            given = {name: _unpacked(value) for name, value in content.items() if name in known}
            try:
                return self.form(**given)
            except (TypeError, ValueError):
                return None
        return content if isinstance(content, self.form) else None


def drawers_of(desk: object) -> tuple[Drawer, ...]:
    """Return what a desk wants kept."""
    asked: Callable[[], tuple[Drawer, ...]] | None = getattr(desk, "drawers", None)
    return () if asked is None else asked()


def _packed(form: Any) -> Any:
    if is_dataclass(form) and not isinstance(form, type):
        return asdict(form)
    return dict(form) if isinstance(form, Mapping) else form


def _unpacked(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _is_blank(form: Any) -> bool:
    if isinstance(form, str):
        return not form.strip()
    if isinstance(form, Mapping):
        return not any(str(each).strip() for each in form.values())
    return bool(getattr(form, "is_blank", False))

"""Keeps the drafts of the running program: writes them as they change, puts back what was left behind."""

from __future__ import annotations

from asyncio import get_running_loop
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from rung_tui.drafts.drawer import Drawer, drawers_of
from rung_tui.drafts.store import Packed, Store
from rung_tui.language import _
from rung_tui.modes.mode import QUEUE, mode_of

if TYPE_CHECKING:
    from rung_tui.app import ReviewApp

__all__ = ["Keeper"]

_EVERY: Final = 1.0
# Seconds of typing a power cut may take.
_NAMED: Final = 3
# Customers a notice names.


class Keeper:
    """What the program asks to keep its drafts; beside the screen, on one thread."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._found: Packed = {}
        """Left behind, and wanted by no desk opened so far."""
        self._app: ReviewApp | None = None
        self._has_begun = False
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="drafts")

    async def begin(self, app: ReviewApp) -> None:
        """Put back what was left behind and say so; keep what is typed from here on."""
        self._app = app
        try:
            self._found = await get_running_loop().run_in_executor(self._thread, self._store.begin)
        except OSError:
            return  # no place to keep anything in: nobody is kept from working by that
        self._has_begun = True
        told = _told(self._found)
        self.hand_over()
        app.set_interval(_EVERY, self._keep)
        if told:
            message = _("Typed before the program ended, and kept: {what}. It is there where it was typed.")
            app.notify(message.format(what=told), markup=False, timeout=8)

    def hand_over(self) -> None:
        """Give desks what they had; one opened later gets it then."""
        for drawer in self._drawers():
            drawer.unpack(self._found.pop(drawer.name, []))

    def _drawers(self) -> list[Drawer]:
        if self._app is None:
            return []
        from rung_tui.override.form import Form

        overrides = Drawer(QUEUE.id, self._app.review.drafts, Form)
        return [overrides, *(each for desk in self._app.desks.values() for each in drawers_of(desk))]

    def _packed(self) -> Packed:
        return {**self._found, **{each.name: each.packed() for each in self._drawers()}}

    async def _keep(self) -> None:
        packed = self._packed()
        with suppress(OSError):
            await get_running_loop().run_in_executor(self._thread, self._store.write, packed)

    def end(self, *, is_done: bool) -> None:
        """Write for the last time; ``is_done``: whoever typed it has let it go."""
        self._thread.shutdown(wait=True)
        with suppress(OSError):
            if self._has_begun:
                self._store.write(self._found if is_done else self._packed())
            self._store.end()


def _told(found: Packed) -> str:
    """Return in which modes something was left behind, and about whom."""
    about: dict[str, dict[str, None]] = {}
    for name, forms in found.items():
        with suppress(KeyError):
            title = mode_of(name.partition(":")[0]).title()
            about.setdefault(title, {}).update((_about(name, key), None) for key, _form in forms)
    return _("; ").join(
        f"{title} {', '.join(list(names)[:_NAMED])}{'…' if len(names) > _NAMED else ''}"
        for title, names in about.items()
    )


def _about(name: str, key: Any) -> str:
    """Return the customer or the record a form is about."""
    if isinstance(key, list) and key:
        return str(key[min(1, len(key) - 1)])
    return str(key).split(":", 2)[-1] if name.startswith("records") else str(key)

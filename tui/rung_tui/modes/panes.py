"""What the screens of modes with a pane share with the queue: its size, by keys or the mouse, or it alone."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from textual import events
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widget import Widget

from rung_tui.acts import Act, bindings_of
from rung_tui.language import _
from rung_tui.table import VirtualTable

__all__ = ["PANE_ACTS", "WithPane"]

_LEAST, _MOST, _STEP = 20, 80, 4
# Per cent of the screen the pane has.
_PANE: Final = "-mode-pane"
_ONLY_PANE: Final = "-only-pane"
_ONLY_LIST: Final = "-only-list"

PANE_ACTS: Final[tuple[Act, ...]] = (
    Act("zoom", lambda: _("This pane alone"), "z alt+z", hint=False, about=lambda: _("or both again")),
    Act("resize(1)", lambda: _("Pane wider"), "< ctrl+left", hint=False),
    Act("resize(-1)", lambda: _("Pane narrower"), "> ctrl+right", hint=False),
)
"""The same keys in every mode that has a pane."""


class WithPane(Screen[None]):
    """A screen whose ``#body`` holds a list and, last, a pane: beside it in a wide terminal, else below."""

    MODE: ClassVar[str] = ""
    PANE: ClassVar[str] = ""
    """Selects the pane; "" where there is none."""
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(PANE_ACTS)]
    DEFAULT_CSS = """
    WithPane.-only-pane #body > * { display: none !important; }
    WithPane.-only-pane #body > .-mode-pane {
        display: block !important; width: 1fr !important; height: 1fr !important; max-height: 100% !important;
    }
    WithPane.-only-list #body > .-mode-pane { display: none !important; }
    """
    _drags = False

    @classmethod
    def shared_acts(cls) -> tuple[Act, ...]:
        """Return what can be done with the pane, for the page of keys and the palette."""
        return PANE_ACTS if cls.PANE else ()

    @property
    def _at_side(self) -> Widget:
        return self.query_one(self.PANE)

    @property
    def is_zoomed(self) -> bool:
        """Whether the list or the pane is alone on the screen."""
        return self.has_class(_ONLY_PANE) or self.has_class(_ONLY_LIST)

    @property
    def _is_beside(self) -> bool:
        return self.has_class("-wide")

    @property
    def _memory(self) -> Any:
        return getattr(self.app, "settings", None)

    @property
    def _kept_as(self) -> str:
        return f"pane.{self.MODE}.{'beside' if self._is_beside else 'below'}"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what is done with a pane where there is one."""
        if action in ("zoom", "resize"):
            return bool(self.PANE)
        if action == "unzoom":
            return self.is_zoomed
        return super().check_action(action, parameters)

    def lay_pane(self) -> None:
        """Give the pane the size it was left with."""
        if self.PANE:
            self._at_side.add_class(_PANE)
            self._bind_back()
            settings = self._memory
            kept = None if settings is None else settings.memory.get(self._kept_as)
            self._give(kept if isinstance(kept, int) else None)

    def _bind_back(self) -> None:
        """Have Esc show both again before it does what it does in the mode: a class keeps one of them."""
        keys = self._bindings.key_to_bindings
        back = Binding("escape", "unzoom", show=False, priority=True)
        keys["escape"] = [back, *(each for each in keys.get("escape", ()) if each.action != back.action)]

    def _give(self, share: int | None) -> None:
        styles = self._at_side.styles
        styles.clear_rule("width")
        styles.clear_rule("height")
        if share is not None:
            part = f"{max(_LEAST, min(_MOST, share))}%"
            if self._is_beside:
                styles.width = part
            else:
                styles.height = part

    def _has_size(self, share: int) -> None:
        share = max(_LEAST, min(_MOST, share))
        self._give(share)
        if self._memory is not None:
            self._memory.memory.put(self._kept_as, share)

    def action_resize(self, direction: int) -> None:
        """Make the pane wider or narrower, higher or lower where it is below the list."""
        pane, body = self._at_side, self.query_one("#body")
        if not pane.display or self.is_zoomed or not body.size:
            return
        now = (
            pane.outer_size.width / body.size.width
            if self._is_beside
            else pane.outer_size.height / max(1, body.size.height)
        )
        self._has_size(round(100 * now) + direction * _STEP)

    def action_zoom(self) -> None:
        """Have list or pane alone, whichever is in focus, or both again; the pane where it has no room."""
        if self.is_zoomed:
            self.action_unzoom()
        elif not any(len(table.source) for table in self.query(VirtualTable) if table.display):
            return  # a pane about nothing
        elif self._is_in_pane or not self._at_side.display:
            self.add_class(_ONLY_PANE)
            self.call_after_refresh(self._to_pane)
        else:
            self.add_class(_ONLY_LIST)

    @property
    def _is_in_pane(self) -> bool:
        return self.focused is not None and self._at_side in self.focused.ancestors_with_self

    def _to_pane(self) -> None:
        pane = self._at_side
        if not self._is_in_pane:
            inside = [pane, *(each for each in pane.query("*") if each.can_focus)]
            next((each for each in inside if each.can_focus), pane).focus()

    def action_unzoom(self) -> None:
        """Have both on the screen again."""
        was_pane = self.has_class(_ONLY_PANE)
        self.remove_class(_ONLY_PANE, _ONLY_LIST)
        if was_pane:
            self.call_after_refresh(self._to_list)

    def _to_list(self) -> None:
        for table in self.query(VirtualTable):
            if table.display and not self._at_side.display:
                table.focus()

    # The mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the line between list and pane."""
        if not self.PANE or not self._is_beside or self.is_zoomed or not self._at_side.display:
            return
        region = self._at_side.region
        if event.screen_x == region.x and region.y <= event.screen_y < region.bottom:
            self._drags = True
            self.capture_mouse()
            event.stop()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag it along."""
        if self._drags and self.size.width:
            self._give(round(100 * (self.size.width - event.screen_x) / self.size.width))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go of it where it is, and remember that."""
        if self._drags:
            self._drags = False
            self.release_mouse()
            self._has_size(round(100 * (self.size.width - event.screen_x) / self.size.width))

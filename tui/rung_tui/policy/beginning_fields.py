"""The fields of a policy begun from a table: what they ask, and what is filled in so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input

from rung_tui.acts import acts_on, key_of
from rung_tui.customer.layout import paragraph
from rung_tui.dialog import Dialog
from rung_tui.drawn import Line, line
from rung_tui.key_hints import KeyHints
from rung_tui.language import _, words
from rung_tui.lines import Lines
from rung_tui.override.pickers import Picker
from rung_tui.policy.begun_form import Begun
from rung_tui.policy.column_marks import ColumnMarks, LinePicker
from rung_tui.problems import objection_lines
from rung_tui.prompt import Prompt

if TYPE_CHECKING:
    from rung.errors import Problem
    from rung_tui.beside import Beside

__all__ = ["BeginFields"]

_MOST: Final = 6
# Problems told at once.


class BeginFields(Dialog[Any]):
    """The form of the dialog; what is typed in it is kept in ``Begun``."""

    DEFAULT_CSS = """
    BeginFields > Vertical { width: 92; max-height: 100%; padding: 0 1; }
    BeginFields VerticalScroll { height: auto; max-height: 100%; scrollbar-size-vertical: 1; }
    BeginFields Horizontal { height: auto; }
    BeginFields Lines { background: $surface; }
    BeginFields .label { width: 12; height: 1; }
    BeginFields Prompt { width: 1fr; background: $background; }
    BeginFields #told { dock: bottom; }
    """

    def __init__(self, begun: Begun) -> None:
        super().__init__()
        self._begun = begun
        self._against: Mapping[str, Problem] = {}
        self._problems: Sequence[Problem] = ()
        self._under_way: Beside[Any] | None = None

    # Layout

    def heading(self) -> str:
        """Return the title, in the language of now."""
        return _("New policy from a table")

    def compose(self) -> ComposeResult:
        """Lay out the fields, top to bottom as they are filled in."""
        begun = self._begun
        with self.box(), VerticalScroll(can_focus=False):
            yield from self._field("table", lambda: _("Table"), begun.table)
            yield from self._labelled(lambda: _("Way"), LinePicker(self._ways, begun.mode, widget_id="mode"))
            yield from self._field("title", lambda: _("Title"), begun.title)
            yield from self._field("id", lambda: _("Id"), begun.id)
            sector = LinePicker(self._sectors, self._begun.sector_place, widget_id="sector")
            yield from self._labelled(lambda: _("Sector"), sector)
            yield from self._field("grades", lambda: _("Grades"), begun.grades)
            yield Lines(lambda width: self._about_columns(width), widget_id="about_columns")
            yield ColumnMarks(widget_id="columns")
            yield Lines(lambda width: self._problem("columns", width), classes="against")
            yield Lines(self._told, widget_id="told")
        yield KeyHints()

    def _labelled(self, title: Callable[[], str], widget: LinePicker | Prompt) -> ComposeResult:
        with Horizontal():
            yield Lines(lambda _width: [line((title(), "muted"))], classes="label")
            yield widget

    def _field(self, name: str, title: Callable[[], str], value: str) -> ComposeResult:
        yield from self._labelled(title, Prompt(value, id=name))
        yield Lines(lambda width: self._problem(name, width), classes="against")

    def on_mount(self) -> None:
        """Begin with the table; what was filled in before is there again."""
        self._show_columns()
        self._entitle()
        self.query_one("#table", Prompt).focus()

    def relabel(self) -> None:
        """Write everything anew, in the language of now."""
        super().relabel()
        self._entitle()
        self.query_one(ColumnMarks).refresh(layout=True)

    def _entitle(self) -> None:
        self.query_one("#table", Prompt).placeholder = _("the file of your customers; Enter reads it")

    def _write(self) -> None:
        for widget in self.query("#told, .against, #about_columns"):
            widget.refresh(layout=True)

    # Words

    def _ways(self) -> list[str]:
        return [
            _("score: points for every column, added up"),
            _("count: shares of the customers, by one column"),
            _("value: shares of the sum of one column, as in ABC"),
            _("combine: the worst of the columns' grades"),
        ]

    def _sectors(self) -> list[str]:
        return [_("none: the table's own columns alone"), *(words(each) for _id, each in self._begun.sectors)]

    def _about_columns(self, width: int) -> list[Line]:
        told = _("Graded by: Space marks a column, the arrows say whether more or less is better.")
        return paragraph([(told, "muted")], max(2, width)) if self._begun.columns else []

    def _problem(self, name: str, width: int) -> list[Line]:
        problem = self._against.get(name)
        return [] if problem is None or width < 4 else objection_lines([problem], width)

    def _told(self, width: int) -> list[Line]:
        if width < 4:
            return []
        at_work = self._under_way
        if at_work is not None:
            far = f"{at_work.done:,}" if at_work.whole is None else f"{at_work.done:,}/{at_work.whole:,}"
            told = f"{at_work.stage or _('Working…')} {far if at_work.done else ''}".strip()
            stops = _("{key} stops it; nothing is written then").format(key=key_of(acts_on(self), "leave"))
            return [line((told, "pending"), (f"  {stops}", "muted"))]
        return objection_lines(self._problems[:_MOST], width)

    # What is filled in

    @on(Input.Changed)
    @on(Picker.Picked)
    @on(ColumnMarks.Marked)
    def _changed(self) -> None:
        begun = self._begun
        marks = self.query_one(ColumnMarks)
        begun.table, begun.title, begun.id, begun.grades = (
            self.query_one(f"#{name}", Prompt).value.strip() for name in ("table", "title", "id", "grades")
        )
        begun.mode = self.query_one("#mode", LinePicker).picked or 0
        begun.pick_sector(self.query_one("#sector", LinePicker).picked or 0)
        begun.chosen, begun.less = marks.chosen, marks.less
        if marks.is_single != begun.is_single:
            self._show_columns()
        self._against, self._problems = {}, ()
        self._write()

    def _show_columns(self) -> None:
        begun, marks = self._begun, self.query_one(ColumnMarks)
        marks.is_single = begun.is_single
        offered = begun.offered()
        marks.show(offered, begun.chosen, begun.less)

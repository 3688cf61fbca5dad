"""The dialog that begins a policy from a table: what is typed stays until it is written, or thrown away."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from rich.text import Text as RichText
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input

from rung.errors import Problem
from rung_tui.acts import Act, bindings_of, key_of
from rung_tui.beside import Beside, StoppedError
from rung_tui.customer.layout import paragraph
from rung_tui.drawn import Line, line
from rung_tui.key_hints import KeyHints
from rung_tui.language import _, words
from rung_tui.lines import Lines
from rung_tui.override.pickers import Picker
from rung_tui.policy.begun_form import Begun
from rung_tui.policy.column_marks import ColumnMarks, LinePicker
from rung_tui.problems import objection_lines, told_problems
from rung_tui.prompt import Prompt
from rung_tui.working import work

if TYPE_CHECKING:
    from datetime import date

    from rung.adopting.first_scheme import BegunScheme
    from rung.progress import Progress
    from rung.workspace import Workspace

__all__ = ["BeginScreen"]

_TICK: Final = 0.2
# Seconds between two looks at how far a work is.
_MOST: Final = 6
# Problems told at once.


class BeginScreen(ModalScreen[Any]):
    """Gives the id of the policy written, None where there is none."""

    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("save", lambda: _("Write"), "ctrl+s f10"),
        Act("app.focus_next", lambda: _("Next field"), "tab"),
        Act("leave", lambda: _("Back"), "escape"),
        Act("app.help", lambda: _("Keys"), "f1"),
    )
    ALLOWS_HELP: ClassVar[bool] = True
    """Keys and palette may be opened over it."""
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(ACTS)]
    DEFAULT_CSS = """
    BeginScreen { align: center middle; background: $background 60%; }
    BeginScreen Vertical {
        width: 92; max-width: 100%; height: auto; max-height: 100%; padding: 0 1;
        border: round $primary; background: $surface;
        border-title-color: $primary; border-title-style: bold;
    }
    BeginScreen VerticalScroll { height: auto; max-height: 100%; scrollbar-size-vertical: 1; }
    BeginScreen Horizontal { height: auto; }
    BeginScreen Lines { background: $surface; }
    BeginScreen .label { width: 12; height: 1; }
    BeginScreen Prompt { width: 1fr; background: $background; }
    BeginScreen #told { dock: bottom; }
    """

    def __init__(
        self,
        workspace: Workspace,
        begun: Begun,
        today: date,
        beside: Callable[[Callable[[], Any]], Awaitable[Any]],
    ) -> None:
        """``beside`` does short work on the desk's thread."""
        super().__init__()
        self._workspace, self._begun, self._today, self._beside = workspace, begun, today, beside
        self._against: Mapping[str, Problem] = {}
        self._problems: Sequence[Problem] = ()
        self._under_way: Beside[Any] | None = None
        self._made = ""

    # Layout

    def compose(self) -> ComposeResult:
        """Lay out the fields, top to bottom as they are filled in."""
        begun = self._begun
        with Vertical() as box, VerticalScroll(can_focus=False):
            box.border_title = RichText(_("New policy from a table"))
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
        begun = self._begun
        self._show_columns()
        self._entitle()
        self.query_one("#table", Prompt).focus()
        self.set_interval(_TICK, self._tick)
        if not begun.sectors:
            self._find_sectors()

    def relabel(self) -> None:
        """Write everything anew, in the language of now."""
        self.query_one(Vertical).border_title = RichText(_("New policy from a table"))
        self._entitle()
        for widget in self.query("Lines, Bar, LinePicker, ColumnMarks"):
            widget.refresh(layout=True)

    def _entitle(self) -> None:
        self.query_one("#table", Prompt).placeholder = _("the file of your customers; Enter reads it")

    @work(group="sectors")
    async def _find_sectors(self) -> None:
        from rung.workspace.drafting.begun import sectors_known

        begun = self._begun
        begun.sectors = await self._beside(lambda: sectors_known(self._workspace))
        self.query_one("#sector", LinePicker).offer(self._begun.sector_place)

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
            stops = _("{key} stops it; nothing is written then").format(key=key_of(self.ACTS, "leave"))
            return [line((told, "pending"), (f"  {stops}", "muted"))]
        return objection_lines(self._problems[:_MOST], width)

    def _tick(self) -> None:
        if self._under_way is not None:
            self._write()

    def _write(self) -> None:
        for widget in self.query("#told, .against, #about_columns"):
            widget.refresh(layout=True)

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

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        if event.input.id == "table":
            self._read()
        else:
            self.focus_next()

    # Reading the table

    @work(group="table", exclusive=True)
    async def _read(self) -> None:
        if self._under_way is None:
            await self._has_read()

    async def _has_read(self) -> bool:
        """Read the table typed, if it is not the one read; return whether its columns are known."""
        from rung.workspace.drafting.begun import proposed_name, read_table

        begun, typed = self._begun, self._begun.table
        if not typed:
            self._against = {"table": Problem(_("No table is named."))}
            self._write()
            return False
        if typed == begun.read:
            return True
        path = Path(typed).expanduser()
        try:
            found = await self._done(lambda report: read_table(path, self._today, report))
            name = await self._beside(lambda: proposed_name(self._workspace, path))
        except StoppedError:
            return False
        except Exception as error:  # whatever is wrong with the file, the dialog goes on
            self._against = {"table": told_problems(error)[0]}
            self._write()
            return False
        begun.take(typed, found)
        self._show_columns()
        for field_, proposed in (("title", path.stem), ("id", name)):
            prompt = self.query_one(f"#{field_}", Prompt)
            if not prompt.value.strip():
                prompt.value = proposed
        self._write()
        self.query_one("#mode").focus()
        return True

    async def _done(self, work_: Callable[[Progress], Any]) -> Any:
        self._under_way = Beside(work_)
        self._write()
        try:
            return await self._under_way.result()
        finally:
            self._under_way = None
            if self.is_attached:
                self._write()

    # Writing the policy

    @work(group="save", exclusive=True)
    async def action_save(self) -> None:
        """Write the policy, unless something speaks against it."""
        from rung.workspace.drafting.begun import begin_policy, objections

        if self._under_way is not None or not await self._has_read():
            return
        begun, wanted = self._begun, self._begun.wanted()
        self._against = await self._beside(lambda: objections(self._workspace, wanted))
        self._write()
        if self._against:
            self.query_one(f"#{next(iter(self._against))}").focus()
            return
        data, columns = Path(begun.read).expanduser(), begun.columns
        try:
            made: BegunScheme = await self._done(
                lambda report: begin_policy(self._workspace, data, columns, wanted, self._today, report)
            )
        except StoppedError:
            self._problems = (Problem(_("Stopped: nothing was written.")),)
        except Exception as error:  # whatever it is, what was typed must not go with it
            self._problems = told_problems(error)
        else:
            told = _("Written: {file}").format(file=made.policy.name)
            if made.mapping is not None:
                row_numbers = _("No column is the customer's id: {file} says that the row's number is.")
                told = f"{told} {row_numbers.format(file=made.mapping.name)}"
            self.notify(told, markup=False, timeout=10)
            self._made = wanted.id
            self.on_screen_resume()
            return
        self._write()

    def on_screen_resume(self) -> None:
        """Close now if the policy was written while another screen lay over this one."""
        if self._made and self.app.screen is self:
            self.dismiss(self._made)

    def action_leave(self) -> None:
        """Stop what is under way, else close the dialog; what was typed is there when it is opened anew."""
        if self._under_way is not None:
            self._under_way.stop()
        else:
            self.dismiss(None)

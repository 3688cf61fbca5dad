"""The dialog that begins a policy from a table: what is typed stays until it is written, or thrown away."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import on
from textual.binding import BindingType
from textual.widgets import Input

from rung.errors import Problem
from rung_tui.acts import Act, bindings_of
from rung_tui.beside import Beside, StoppedError
from rung_tui.language import _
from rung_tui.policy.beginning_fields import BeginFields
from rung_tui.policy.begun_form import Begun
from rung_tui.policy.column_marks import LinePicker
from rung_tui.problems import told_problems
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


class BeginScreen(BeginFields):
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

    def __init__(
        self,
        workspace: Workspace,
        begun: Begun,
        today: date,
        beside: Callable[[Callable[[], Any]], Awaitable[Any]],
    ) -> None:
        """``beside`` does short work on the desk's thread."""
        super().__init__(begun)
        self._workspace, self._today, self._beside = workspace, today, beside
        self._made = ""

    def on_mount(self) -> None:
        """Tell how far a work is, and which sectors there are."""
        self.set_interval(_TICK, self._tick)
        if not self._begun.sectors:
            self._find_sectors()

    def _tick(self) -> None:
        if self._under_way is not None:
            self._write()

    @work(group="sectors")
    async def _find_sectors(self) -> None:
        from rung.workspace.drafting.begun import sectors_known

        begun = self._begun
        begun.sectors = await self._beside(lambda: sectors_known(self._workspace))
        self.query_one("#sector", LinePicker).offer(self._begun.sector_place)

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

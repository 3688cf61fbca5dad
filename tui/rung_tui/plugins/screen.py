"""The mode's screen: the plugins, and the one under the cursor beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from rung.errors import RungError
from rung_tui.acts import Act, bindings_of
from rung_tui.beside import Beside, StoppedError
from rung_tui.chooser import Choice, Chooser
from rung_tui.drawn import Line
from rung_tui.key_hints import KeyHints
from rung_tui.language import _
from rung_tui.modes.bar import ModeBar
from rung_tui.modes.screen import ModeScreen
from rung_tui.plugins.bars import PluginsStatus, PluginsTitle
from rung_tui.plugins.desk import PluginsDesk
from rung_tui.plugins.lines import plugin_lines
from rung_tui.plugins.table import PluginRows, PluginsTable, plugin_columns
from rung_tui.plugins.words import can_be_switched
from rung_tui.sheet import Made, Page, Sheet
from rung_tui.table import VirtualTable
from rung_tui.working import work

if TYPE_CHECKING:
    from rung.workspace.installed import InstalledPlugin

__all__ = ["PluginsScreen"]

_TICK: Final = 0.2
# Seconds between two looks at how far the check is.


class PluginsScreen(ModeScreen[PluginsDesk]):
    """Plugins."""

    MODE: ClassVar[str] = "plugins"
    PANE: ClassVar[str] = "#pane"
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("open", lambda: _("In full"), "enter", about=lambda: _("what it supplies, what is wrong")),
        Act("check", lambda: _("Check all"), "c f11", about=lambda: _("load every plugin, look for faults")),
        Act("switch", lambda: _("Disable, enable"), "space f5", about=lambda: _("in this workspace")),
        Act("again", lambda: _("Read again"), "r f2", hint=False),
        Act("leave", lambda: _("Queue"), "escape"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(ACTS)]
    DEFAULT_CSS = """
    PluginsScreen #body { height: 1fr; layout: horizontal; }
    PluginsScreen #pane { display: none; }
    PluginsScreen.-wide #pane { display: block; width: 44%; height: 1fr; border-left: vkey $panel; }
    """

    @property
    def table(self) -> PluginsTable:
        """The plugins."""
        return self.query_one(PluginsTable)

    @property
    def pane(self) -> Sheet:
        """The plugin under the cursor, where there is room."""
        return self.query_one("#pane", Sheet)

    @property
    def is_at_work(self) -> bool:
        """Whether plugins are being looked at."""
        return self.desk.under_way is not None

    def compose(self) -> ComposeResult:
        """Lay out the lines, the table and the pane."""
        yield ModeBar()
        yield PluginsTitle(self.desk, len(self.review.manifest.faults))
        with Container(id="body"):
            rows = PluginRows(self.desk.plugins)
            yield PluginsTable(plugin_columns(), rows, empty=lambda: _("No plugin is installed."))
            yield Sheet(widget_id="pane")
        yield PluginsStatus(self.desk)
        yield KeyHints()

    def on_mount(self) -> None:
        """Paint first, then read."""
        super().on_mount()
        self.table.focus()
        self.set_interval(_TICK, self._tick)
        self.action_again()

    def _tick(self) -> None:
        if self.is_at_work:
            self.query_one(PluginsStatus).refresh()

    def relabel(self) -> None:
        """Write everything anew, in the language of now."""
        super().relabel()
        self.pane.lay_out()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done now."""
        if action in ("open", "switch") and not self.desk.plugins:
            return False
        if action == "check":
            return not self.is_at_work
        return super().check_action(action, parameters)

    # What there is

    @work(group="plugins", exclusive=True)
    async def action_again(self) -> None:
        """Read what is installed."""
        try:
            plugins = await self.desk.work(self.desk.read)
        except RungError as error:
            self.refuse(error)
            return
        self._show(plugins)

    def _show(self, plugins: Sequence[InstalledPlugin]) -> None:
        desk, before = self.desk, self.table.plugin
        desk.plugins = tuple(plugins)
        keys = [(each.kind, each.id, each.distribution) for each in plugins]
        key = None if before is None else (before.kind, before.id, before.distribution)
        self.table.show(PluginRows(desk.plugins), cursor=keys.index(key) if key in keys else 0)
        for bar in self.query("Bar"):
            bar.refresh()

    @on(VirtualTable.Moved)
    @on(VirtualTable.Late)
    def _moved(self) -> None:
        plugin = self.table.plugin
        if plugin is None:
            self.pane.tell()
        else:
            self.pane.tell(self._lines(plugin))

    def _lines(self, plugin: InstalledPlugin) -> Made:
        def made(width: int) -> list[Line]:
            return plugin_lines(plugin, self.review.manifest.faults, width)

        return made

    @on(VirtualTable.Chosen)
    def action_open(self) -> None:
        """Show the plugin under the cursor in full."""
        plugin = self.table.plugin
        if plugin is not None:
            self.app.push_screen(Page(lambda: plugin.id, self._lines(plugin)))

    # The check

    @work(group="work")
    async def action_check(self) -> None:
        """Load every plugin and look for faults."""
        desk = self.desk
        beside = desk.under_way = Beside(desk.check)
        self._refresh_bars()
        try:
            plugins = await beside.result()
        except StoppedError:
            self.notify(_("Stopped: not every plugin was looked at."), markup=False)
            plugins = await desk.work(desk.read)
        except Exception as error:  # whatever a plugin does, the screen goes on
            self.refuse(error)
            return
        else:
            desk.is_checked = True
            self.notify(_told(plugins), markup=False)
        finally:
            desk.under_way = None
            self._refresh_bars()
        if self.is_attached:
            self._show(plugins)

    def _refresh_bars(self) -> None:
        if self.is_attached:
            for bar in self.query("Bar"):
                bar.refresh()

    def action_stop(self) -> None:
        """Stop the check."""
        if self.desk.under_way is not None:
            self.desk.under_way.stop()

    # Doing without one

    @work(group="switch", exclusive=True, opens=True)
    async def action_switch(self) -> None:
        """Disable the plugin under the cursor in this workspace, or enable it again."""
        plugin, desk = self.table.plugin, self.desk
        if plugin is None:
            return
        if not can_be_switched(plugin):
            told = _("A verb belongs to no workspace: to do without it, uninstall its distribution.")
            self.notify(told, markup=False)
            return
        off = plugin.state != "disabled"
        try:
            objection = await desk.work(desk.objection)
            if objection is not None:
                raise RungError.all([objection])
            if off and not await self._is_sure(plugin.id, await desk.work(lambda: desk.runs_with(plugin.id))):
                return
            await desk.work(lambda: desk.switch(plugin.id, off=off))
            plugins = await desk.work(desk.read)
        except RungError as error:
            self.refuse(error)
            return
        self._show(plugins)
        told = _("“{name}” is disabled here.") if off else _("“{name}” is enabled here.")
        self.notify(told.format(name=plugin.id), markup=False)

    async def _is_sure(self, name: str, runs: int) -> bool:
        def question() -> str:
            told = _("Do without the plugin {name}? Runs made with it: {count}")
            return told.format(name=name, count=f"{runs:,}")

        def choices() -> list[Choice]:
            about = _("its runs stay; they are not explained meanwhile")
            return [
                Choice("keep", _("Keep it")),
                Choice("off", _("Disable it here"), about, "warning"),
            ]

        chosen = await self.app.push_screen_wait(Chooser(question, choices, "keep"))
        return chosen == "off"

    def action_leave(self) -> None:
        """Stop the check, else go back to the table, else to the queue."""
        if self.is_at_work:
            self.action_stop()
        elif self.focused is self.pane:
            self.table.focus()
        else:
            self.dismiss(None)


def _told(plugins: Sequence[InstalledPlugin]) -> str:
    faults = sum(len(each.faults) for each in plugins)
    return _("Faults found: {count}.").format(count=faults) if faults else _("No faults.")

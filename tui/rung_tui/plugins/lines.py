"""One plugin in full: where it comes from, what it supplies, what is wrong with it, and what was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from rung_tui.drawn import Line, line, padded, wrap
from rung_tui.language import _, words
from rung_tui.plugins.words import can_be_switched, kind_words, origin_words, state_role, state_words

if TYPE_CHECKING:
    from rung.workspace.installed import InstalledPlugin, PluginFault, Supplied

__all__ = ["fault_lines", "plugin_lines"]

_LABEL: Final = 12


def plugin_lines(plugin: InstalledPlugin, of_run: Sequence[str], width: int) -> list[Line]:
    """Return everything about a plugin; ``of_run`` are the faults there were when the run was made."""
    lines = [
        *_fact(_("Plugin"), plugin.id, width, "strong"),
        *_fact(_("For"), kind_words(plugin.kind), width),
        *_fact(_("From"), origin_words(plugin), width),
        *_fact(_("State"), state_words(plugin.state), width, state_role(plugin.state)),
    ]
    if plugin.hooks:
        lines += _fact(_("Hooks"), _(", ").join(plugin.hooks), width)
    if plugin.load_ms is not None:
        lines += _fact(_("Loaded in"), f"{plugin.load_ms:,.0f} ms", width)
    if plugin.supplied is not None:
        lines += _supplied(plugin.supplied, width)
    elif plugin.state == "not loaded":
        told = _("It was not needed yet. Checking loads every plugin, and tells what it supplies.")
        lines += [(), *wrap(line((told, "muted")), width)]
    if plugin.state == "disabled":
        told = _("This workspace does without it: nobody grades with it, and its runs are not explained.")
        lines += [(), *wrap(line(("! ", "warning"), told), width, 2)]
    if not can_be_switched(plugin):
        told = _("A verb belongs to no workspace: to do without it, uninstall its distribution.")
        lines += [(), *wrap(line((told, "muted")), width)]
    lines += [(), *fault_lines(_("Faults now"), plugin.faults, width)]
    return [*lines, (), *_told(_("Faults when the run was made"), of_run, width)]


def fault_lines(title: str, faults: Sequence[PluginFault], width: int) -> Iterator[Line]:
    """Yield faults, each with what to do about it."""
    yield line((title, "title"))
    if not faults:
        yield line((_("none"), "muted"))
    for fault in faults:
        yield from wrap(line(("✗ ", "error"), (f"{fault.stage}: ", "muted"), fault.message), width, 2)
        if fault.hint:
            yield from wrap(line("  ", (fault.hint, "muted")), width, 2)


def _told(title: str, faults: Sequence[str], width: int) -> Iterator[Line]:
    yield line((title, "title"))
    if not faults:
        yield line((_("none"), "muted"))
    for fault in faults:
        yield from wrap(line(("! ", "error"), fault), width, 2)


def _supplied(found: Supplied, width: int) -> Iterator[Line]:
    yield ()
    about = "" if found.about is None else f"  {words(found.about)}"
    yield from wrap(line((words(found.title), "strong"), about), width, 2)
    parts = (
        (_("Policies"), found.policies),
        (_("Fields"), found.fields),
        (_("Events"), found.events),
        (_("Features"), found.features),
        (_("Measures"), found.measures),
        (_("Outcomes"), found.outcomes),
        (_("Records"), found.records),
        (_("Options"), found.options),
        (_("Endings"), found.endings),
        (_("Sectors"), found.sectors),
    )
    for label, ids in parts:
        if ids:
            yield from _fact(f"{label} {len(ids)}", _(", ").join(ids), width)


def _fact(label: str, said: str, width: int, role: str = "") -> list[Line]:
    return wrap(line(padded(label, _LABEL, "muted"), " ", (said, role)), width, _LABEL + 1)

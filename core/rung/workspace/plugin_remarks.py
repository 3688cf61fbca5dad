"""What the doctor says of a plugin that loads: mistakes that show at work, and what may go wrong later."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rung import hooks
from rung.errors import Problem, RungError, Severity, did_you_mean
from rung.plugins import SECTOR, Extra, PluginHost, State
from rung.plugins.aside import printed_aside
from rung.plugins.faults import described
from rung.text import _
from rung.workspace.secret_remarks import shared_secrets

if TYPE_CHECKING:
    from rung.plugins.claims import Claim
    from rung.vocabulary import Sector
    from rung.workspace.installed import InstalledPlugin

__all__ = ["GROUPS", "SLOW_MS", "remarks_on", "stray_groups"]

SLOW_MS: Final = 100
"""A plugin that takes longer to load is remarked on: every run with it waits as long."""

GROUPS: Final = {
    "rung_sector": hooks.GROUP,
    "rung_source": hooks.SOURCE_GROUP,
    "rung_exporter": hooks.EXPORTER_GROUP,
    "rung_panel": hooks.PANEL_GROUP,
    "rung_alarm_raised": hooks.ALARM_GROUP,
}
"""Hook → the group of entry points whose plugins it is called for."""

_KNOWN: Final = (*GROUPS.values(), hooks.VERB_GROUP)
_OURS: Final = re.compile(r"rung\b(?![-_.])", re.IGNORECASE)
_SAMPLES: Final = (1, 20)


def remarks_on(host: PluginHost, plugin: InstalledPlugin) -> tuple[Problem, ...]:
    """Return what there is to say of a plugin besides its faults; nothing of one that is not loaded.

    Errors among them cost whoever uses the plugin something; warnings may do so one day. The sample is
    made, the measures are tried and the policies are read.
    """
    if plugin.state != State.LOADED:
        return ()
    claim = next(
        each
        for each in host.claims()
        if (each.name, each.distribution) == (plugin.id, plugin.distribution)
        and each.group == _group_of(plugin.kind)
    )
    found: list[Problem] = []
    if plugin.kind == SECTOR:
        found = [*_sector(host, host.sector(plugin.id))]
    elif plugin.kind == Extra.SOURCE:
        found = [*shared_secrets(host, plugin.id)]
    return (*found, *_hooks(host, plugin, claim), *_edition(claim), *_requirement(plugin), *_slow(plugin))


def stray_groups(host: PluginHost) -> tuple[Problem, ...]:
    """Return the entry points in groups that only sound like Rung's: nobody looks there."""
    return tuple(
        _warning(
            _("{distribution} announces “{name}” in the group “{group}”, which is none of Rung's.").format(
                distribution=claim.distribution, name=claim.name, group=claim.group
            ),
            did_you_mean(claim.group, _KNOWN) or _("Groups: {names}.").format(names=", ".join(_KNOWN)),
        )
        for claim in host.claims()
        if claim.group not in _KNOWN
    )


def _group_of(kind: str) -> str:
    return {
        SECTOR: hooks.GROUP,
        Extra.SOURCE: hooks.SOURCE_GROUP,
        Extra.EXPORTER: hooks.EXPORTER_GROUP,
        Extra.PANEL: hooks.PANEL_GROUP,
        Extra.ALARM: hooks.ALARM_GROUP,
        Extra.VERB: hooks.VERB_GROUP,
    }[kind]


def _warning(message: str, hint: str = "") -> Problem:
    return Problem(message, hint, severity=Severity.WARNING)


def _sector(host: PluginHost, sector: Sector) -> Iterator[Problem]:
    try:
        folder = host.policies_folder(sector.id)
    except RungError as error:
        folder = None
        yield from error.problems
    files = [] if folder is None else sorted(folder.glob("*.toml"))
    if folder is not None and not files:
        yield _warning(_("Its folder of policies, {folder}, holds none.").format(folder=folder))
    yield from _policies(host, sector, files)
    yield from _unread_events(sector, files)
    yield from _sample(sector)
    yield from _measures(sector)


def _policies(host: PluginHost, sector: Sector, files: list[Path]) -> Iterator[Problem]:
    from rung.grading.check import examine
    from rung.policy.heading import read_heading
    from rung.policy.library import LIBRARY_FILE
    from rung.policy.shelf import Shelf

    shelf = Shelf(host)
    for file in (each for each in files if each.name != LIBRARY_FILE):
        try:
            problems = examine(file, shelf)
        except RungError as error:
            problems = error.problems
        yield from (each for each in problems if each.severity is Severity.ERROR)
        name = read_heading(file).id
        if not name.startswith(f"{sector.id}."):
            message = _("{file}: the policy's id “{name}” does not begin with “{sector}.”.")
            yield Problem(
                message.format(file=file, name=name, sector=sector.id), _("So it cannot be found by its id.")
            )


def _unread_events(sector: Sector, files: list[Path]) -> Iterator[Problem]:
    read = {feature.events for feature in sector.features}
    texts = [file.read_text(encoding="utf-8", errors="replace") for file in files]
    for table in sector.events:
        word = re.compile(rf"\b{re.escape(table.id)}\b")
        if table.id not in read and not any(map(word.search, texts)):
            yield _warning(
                _("The event table “{name}” is read by no feature, and by none of its policies.").format(
                    name=table.id
                ),
                _("Declare a feature over it, or leave it out."),
            )


def _sample(sector: Sector) -> Iterator[Problem]:
    from rung.vocabulary import Sample

    if sector.sample is None:
        return
    for count in _SAMPLES:
        try:
            with printed_aside():
                made: object = sector.sample(count, 1)
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            message = _("Its sample of {n} fails: {message}")
            yield Problem(
                message.format(n=count, message=described(error)), _("Report it to the plugin's author.")
            )
            return
        if not isinstance(made, Sample):
            message = _("Its sample is {found}; a Sample is wanted.")
            told = _("Its author returns rung.sdk.Sample(customers=…, events=…, as_of=…).")
            yield Problem(message.format(found=type(made).__name__), told)
            return


def _measures(sector: Sector) -> Iterator[Problem]:
    if not sector.measures:
        return
    from rung.intake.measures import fault_on_nothing

    inputs = {each.id: each for each in (*sector.fields, *sector.features)}
    for measure in sector.measures:
        fault = fault_on_nothing(measure, inputs)
        if fault is not None:
            message = _("Its measure “{name}” fails: {message}")
            yield Problem(
                message.format(name=measure.id, message=fault.message),
                _("Customers of policies that use it are left without a grade."),
            )


def _hooks(host: PluginHost, plugin: InstalledPlugin, claim: Claim) -> Iterator[Problem]:
    announced = {
        each.group
        for each in host.claims()
        if each.distribution == claim.distribution
        and each.entry_point.value.partition(":")[0] == claim.entry_point.value.partition(":")[0]
    }
    for hook in plugin.hooks:
        group = GROUPS.get(hook)
        if group is not None and group not in announced:
            message = _("It implements {hook}, but announces it nowhere: it is never called.")
            told = _("Add an entry point of the group {group} to its pyproject.toml.")
            yield _warning(message.format(hook=hook), told.format(group=group))


def _edition(claim: Claim) -> Iterator[Problem]:
    module = sys.modules.get(claim.entry_point.module)
    theirs = getattr(module, "RUNG_API", None)
    if isinstance(theirs, int) and theirs < hooks.API_EDITION:
        message = _("It was written for edition {theirs} of the plugin interface; the newest is {newest}.")
        yield _warning(
            message.format(theirs=theirs, newest=hooks.API_EDITION),
            _("It works for now; a later Rung will take it no more."),
        )


def _requirement(plugin: InstalledPlugin) -> Iterator[Problem]:
    from importlib import metadata

    if _OURS.fullmatch(plugin.distribution):
        return
    needs: list[str] | None = None
    with suppress(Exception):  # a broken METADATA names nothing, and is no reason to stop
        needs = metadata.requires(plugin.distribution)
    if not any(map(_OURS.match, needs or ())):
        yield _warning(
            _("{distribution} does not say that it needs Rung.").format(distribution=plugin.distribution),
            _('Its author writes dependencies = ["rung"] in pyproject.toml.'),
        )


def _slow(plugin: InstalledPlugin) -> Iterator[Problem]:
    if plugin.load_ms is not None and plugin.load_ms > SLOW_MS:
        yield _warning(
            _("It takes {ms} ms to load.").format(ms=f"{plugin.load_ms:,.0f}"),
            _("Its author imports what is heavy where it is used, within functions."),
        )

"""Loads sectors, data sources, exporters and panels, and finds every mistake in what they declare at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import astuple
from typing import Any, Final, TypeVar

from rung.errors import Problem
from rung.plugins.claims import Claim
from rung.plugins.faults import Stage
from rung.plugins.loading import Loaded, PluginError, load_supplied, stage
from rung.plugins.quantities import quantity_problems, repeated
from rung.plugins.sectors import sector_problems
from rung.plugins.shapes import shape_problems
from rung.supplies import DataSource, Exporter, Panel
from rung.text import Text, _
from rung.vocabulary import Field, Sector

__all__ = ["load_exporter", "load_panel", "load_sector", "load_source"]

T = TypeVar("T", DataSource, Exporter, Panel)

_ENDING: Final = re.compile(r"(\.[a-z0-9]{1,12}){1,2}")
_OWN_FORMATS: Final = frozenset({"csv", "xlsx", "parquet", "jsonl", "json", "arrow", "html"})
_OWN_ENDINGS: Final = frozenset(f".{name}" for name in _OWN_FORMATS)
_ID: Final = re.compile(r"[a-z][a-z0-9_-]{0,63}")


def load_sector(claim: Claim) -> Loaded[Sector]:
    """Import a claim's plugin and return the sector its hook registers; raises PluginError."""
    loaded = load_supplied(claim, "rung_sector", Sector)
    with stage(Stage.DATA, _("Report it to the plugin's author.")):
        problems = sector_problems(loaded.found, claim.name)
    if problems:
        raise PluginError(Stage.DATA, *problems)
    return loaded


def load_source(claim: Claim) -> Loaded[DataSource]:
    """Import a claim's plugin and return the data source it supplies; raises PluginError."""
    return _checked(claim, load_supplied(claim, "rung_source", DataSource), _source_problems)


def load_exporter(claim: Claim) -> Loaded[Exporter]:
    """Import a claim's plugin and return the exporter it supplies; raises PluginError."""
    return _checked(claim, load_supplied(claim, "rung_exporter", Exporter), _exporter_problems)


def load_panel(claim: Claim) -> Loaded[Panel]:
    """Import a claim's plugin and return the panel it supplies; raises PluginError."""
    return _checked(claim, load_supplied(claim, "rung_panel", Panel), _panel_problems)


def _checked(claim: Claim, loaded: Loaded[T], problems_of: Callable[[T], Iterator[Problem]]) -> Loaded[T]:
    with stage(Stage.DATA, _("Report it to the plugin's author.")):
        problems = [*_named(claim, loaded.found), *problems_of(loaded.found)]
    if problems:
        raise PluginError(Stage.DATA, *problems)
    return loaded


def _named(claim: Claim, found: DataSource | Exporter | Panel) -> Iterator[Problem]:
    if not _ID.fullmatch(claim.name):
        yield Problem(
            _("“{name}” is no name for a plugin.").format(name=claim.name),
            _("Write small letters, digits, hyphens and underscores, a letter first."),
        )
    if found.id != claim.name:
        message = _("What it supplies is called “{found}”, its entry point “{wanted}”.")
        yield Problem(message.format(found=found.id, wanted=claim.name), _("The two must be the same."))
    if not _is_text(found.title):
        yield Problem(_("Its title is no Text."), _('Its author writes title=Text("中文", "English").'))


def _source_problems(source: DataSource) -> Iterator[Problem]:
    if not callable(source.read):
        yield _no_function("read")
    if not _is_text(source.about):
        yield Problem(_("Its about is no Text."), _('Its author writes about=Text("中文", "English").'))
    options: Any = source.options
    if not isinstance(options, tuple) or not all(isinstance(each, Field) for each in options):
        yield Problem(_("Its options are no tuple of Fields."), _("Its author writes options=(Field(…), …)."))
        return
    for option in source.options:
        wrong = tuple(shape_problems(option, _("Option “{name}”").format(name=option.id)))
        if wrong:
            yield from wrong
            continue
        yield from quantity_problems(option, _("Option “{name}”").format(name=option.id))
    yield from repeated(_("an option"), (option.id for option in source.options))


def _exporter_problems(exporter: Exporter) -> Iterator[Problem]:
    if not callable(exporter.write):
        yield _no_function("write")
    if exporter.id in _OWN_FORMATS:
        yield Problem(
            _("The format “{name}” is one of Rung's own.").format(name=exporter.id),
            _("Give it a name of your own."),
        )
    endings: Any = exporter.endings
    if not isinstance(endings, tuple) or not endings:
        yield Problem(_("It names no ending of a file."), _('Its author writes endings=(".sav",).'))
        return
    for ending in endings:
        if not isinstance(ending, str) or not _ENDING.fullmatch(ending):
            yield Problem(
                _("“{ending}” is no ending of a file.").format(ending=ending),
                _("Write a dot and small letters or digits."),
            )
        elif f".{ending.rpartition('.')[2]}" in _OWN_ENDINGS:
            yield Problem(
                _("Files ending in {ending} are written by Rung itself.").format(ending=ending),
                _("Use an ending of your own."),
            )


def _panel_problems(panel: Panel) -> Iterator[Problem]:
    if not callable(panel.show):
        yield _no_function("show")
    if _is_no_tuple_of_ids(panel.sectors):
        yield Problem(_("Its sectors are no tuple of ids."), _('Its author writes sectors=("hotel",).'))


def _is_text(value: object) -> bool:
    return isinstance(value, Text) and all(isinstance(part, str) for part in astuple(value))


def _no_function(name: str) -> Problem:
    hint = _("Its author gives it the name of a function: {name}=_{name}.")
    return Problem(_("Its “{name}” is no function.").format(name=name), hint.format(name=name))


def _is_no_tuple_of_ids(value: object) -> bool:
    return not isinstance(value, tuple) or not all(isinstance(each, str) for each in value)

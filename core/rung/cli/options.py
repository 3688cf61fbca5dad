"""Options that several verbs share, each written once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, tzinfo
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from rung.errors import RungError
from rung.moments import set_zone
from rung.text import _

__all__ = [
    "FORMATS",
    "STANDARD",
    "Day",
    "Moment",
    "as_of_option",
    "event_files",
    "json_option",
    "policies_option",
    "previous_option",
    "promised_policies_option",
    "run_options",
    "settings_option",
    "source_options",
    "workspace_option",
]

STANDARD: Final = "-"
"""Stands for standard input where a table is asked for, and for standard output where a file is."""

FORMATS: Final = ("csv", "jsonl")
"""What a pipe may be said to carry."""

_Verb = TypeVar("_Verb", bound=Callable[..., Any])
_FILE = click.Path(path_type=Path)


def json_option(verb: _Verb) -> _Verb:
    """Give a verb ``--json``."""
    return click.option("--json", "as_json", is_flag=True, help=_("Print JSON instead of tables."))(verb)


def workspace_option(verb: _Verb) -> _Verb:
    """Give a verb ``--workspace``; moments are told, and taken, by the clock of the workspace meant."""
    words = _("The workspace; else the one the current folder lies in.")
    # Eager: a moment among the other options is read by that clock.
    return click.option(
        "--workspace", type=_FILE, metavar="DIR", help=words, is_eager=True, callback=_by_its_clock
    )(verb)


def _by_its_clock(_context: click.Context, _option: click.Parameter, folder: Path | None) -> Path | None:
    set_zone(partial(_zone_in, folder))
    return folder


def _zone_in(folder: Path | None) -> tzinfo | None:
    from rung.workspace import Workspace

    found = Workspace.find(Path(), check=False) if folder is None else Workspace.open(folder, check=False)
    return None if found is None else found.zone


def as_of_option(verb: _Verb) -> _Verb:
    """Give a verb about policies ``--as-of``."""
    words = _("The day whose version is meant, such as 2026-06-30; today if left out.")
    return click.option("--as-of", type=Day(), metavar="DATE", help=words)(verb)


def policies_option(verb: _Verb) -> _Verb:
    """Give a verb ``--policy``, which may be repeated."""
    words = _("Id of a policy, or a policy file; may be repeated; in a workspace its usual one if left out.")
    return click.option("--policy", "policies", multiple=True, metavar="ID-or-FILE", help=words)(verb)


def promised_policies_option(verb: _Verb) -> _Verb:
    """Give a verb about what is promised ``--policy``, which may be repeated."""
    words = _("The policy whose promises are meant; may be repeated; that of the last run if left out.")
    return click.option("--policy", "policies", multiple=True, metavar="ID-or-FILE", help=words)(verb)


def run_options(verb: _Verb) -> _Verb:
    """Give a verb about customers ``--run`` and ``--policy``: where it looks for them."""
    verb = click.option("--policy", metavar="ID-or-FILE", help=_("Look in the last run by this policy."))(
        verb
    )
    words = _("The run to look in; the latest if left out.")
    return click.option("--run", "run_id", metavar="ID", help=words)(verb)


def previous_option(verb: _Verb) -> _Verb:
    """Give a verb ``--previous``."""
    words = _(
        "For a policy that looks back: the run before, by id, or a file of grades; “none” for nobody; "
        "in a workspace the last run by the same policy if left out."
    )
    return click.option("--previous", metavar="RUN-or-FILE", help=words)(verb)


def settings_option(verb: _Verb) -> _Verb:
    """Give a verb ``--set``, the options of a data source."""
    words = _(
        "An option of the data source, before what rung.toml says; may be repeated. Secrets are read from "
        "the environment alone."
    )
    return click.option("--set", "settings", multiple=True, metavar="OPTION=VALUE", help=words)(verb)


def source_options(verb: _Verb) -> _Verb:
    """Give a verb the options that say which data source is asked, and how a source is read."""
    for option in reversed(_source_options()):
        verb = option(verb)
    return verb


def _source_options() -> tuple[Callable[[_Verb], _Verb], ...]:
    return (
        click.option(
            "--from",
            "plugin",
            metavar="ID",
            help=_("In place of a table: the data source of a plugin, such as a CRM, that hands it over."),
        ),
        click.option(
            "--events",
            multiple=True,
            metavar="NAME=FILE",
            help=_("A table of events, by the name the sector gives it; may be repeated."),
        ),
        click.option(
            "--map",
            "mapping",
            type=_FILE,
            metavar="FILE",
            help=_("Mapping file: which header holds which field."),
        ),
        click.option(
            "--as-of",
            type=Day(),
            metavar="DATE",
            help=_("The day the values are looked at from, such as 2026-06-30; today if left out."),
        ),
        click.option(
            "--duplicates",
            type=click.Choice(["refuse", "first", "last", "newest"]),
            help=_("What to do with rows of the same customer; refused if left out."),
        ),
        click.option(
            "--newest-by",
            metavar="FIELD",
            help=_("The date that tells the newest row, for --duplicates newest."),
        ),
        click.option(
            "--format",
            type=click.Choice(FORMATS),
            help=_("What standard input carries where it is the source; found by itself if left out."),
        ),
    )


class Day(click.ParamType[date]):
    """A calendar day, written as 2026-06-30."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read the day; a problem where it is none."""
        if not isinstance(value, str):
            return value
        try:
            return datetime.strptime(value, "%Y-%m-%d").date()
        except ValueError:
            self.fail(_("“{found}” is no date; write it as 2026-06-30.").format(found=value), param, ctx)


class Moment(click.ParamType[datetime]):
    """A moment here: a day, or a day with hours, as 2026-06-30 or “2026-06-30 14:30”.

    ``is_end``: the day, minute or second given is itself within, and the moment just after it is meant.
    """

    name = "moment"

    def __init__(self, *, is_end: bool = False) -> None:
        self._is_end = is_end

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read the moment by the workspace's clock, else this machine's; a problem where it is none."""
        if not isinstance(value, str):
            return value
        from rung.workspace.given_moment import given_moment

        found = given_moment(value, is_end=self._is_end)
        if found is None:
            message = _("“{found}” is no moment; write it as 2026-06-30 or “2026-06-30 14:30”.")
            self.fail(message.format(found=value), param, ctx)
        return found


def event_files(given: tuple[str, ...]) -> dict[str, Path]:
    """Read ``NAME=FILE`` pairs; raises RungError for what is no pair and for a name given twice."""
    files: dict[str, Path] = {}
    for pair in given:
        name, sign, file = pair.partition("=")
        if not (name and sign and file):
            raise RungError.of(
                _("“{found}” names no table of events.").format(found=pair),
                _("Write --events NAME=FILE, such as --events payments=payments.csv."),
            )
        if name in files:
            raise RungError.of(_("The table of events “{name}” is given twice.").format(name=name))
        files[name] = Path(file)
    return files

"""The options of a data source: by the command line, by ``rung.toml``, and secrets by the environment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from types import MappingProxyType
from typing import Any, Final

from rung.errors import Place, Problem, RungError, did_you_mean
from rung.pipeline.sources.hidden import Hidden
from rung.plugins.known import secret_variable
from rung.supplies import DataSource
from rung.text import _
from rung.values import Reading, in_units, parse_value
from rung.vocabulary import Field, Kind

__all__ = ["Given", "Options", "read_options"]

_AS_WRITTEN: Final = Reading(missing=frozenset(), is_exact=True)
# “NA” is a region to a CRM, and 2.5 is no number of days.


@dataclass(frozen=True, slots=True)
class Given:
    """One option as somebody wrote it."""

    value: object
    place: Place | None = None
    """Where it stands in a file; None for the command line."""


@dataclass(frozen=True, slots=True, repr=False)
class Options:
    """The options of one reading."""

    values: Mapping[str, Any]
    """Every option by id, in its units and kind, None for one left out; secrets among them."""
    told: Mapping[str, str]
    """What was chosen, as a manifest may hold it: without secrets, and without what was left out."""
    hidden: Hidden


def read_options(
    source: DataSource,
    given: Mapping[str, Given],
    environment: Mapping[str, str],
    place: Place | None = None,
) -> Options:
    """Return the options; raises RungError with everything wrong with them, each with its place.

    ``given`` holds what was written by option; ``place`` is where the source is declared, if in a file.
    """
    known = {option.id: option for option in source.options}
    problems: list[Problem] = []
    for name, written in given.items():
        problems += _unfit(name, written, known, source)
    values: dict[str, Any] = {}
    hidden: list[str] = []
    for option in source.options:
        try:
            if option.is_sensitive:
                raw = environment.get(secret_variable(source.id, option.id), "")
                hidden += [raw] if raw else []
                values[option.id] = _secret(option, raw, source)
                hidden += _said_otherwise(values[option.id])
            else:
                values[option.id] = _value(option, given.get(option.id), place)
        except RungError as error:
            problems += error.problems
    if problems:
        raise RungError.all(problems)
    told = {
        option.id: _told(values[option.id])
        for option in source.options
        if not option.is_sensitive and values[option.id] is not None
    }
    return Options(MappingProxyType(values), MappingProxyType(told), Hidden(tuple(hidden)))


def _unfit(name: str, written: Given, known: Mapping[str, Field], source: DataSource) -> Iterator[Problem]:
    """Yield what keeps an option from being given here; a secret's value is not quoted."""
    option = known.get(name)
    if option is None:
        message = _("The data source “{source}” has no option “{name}”.").format(source=source.id, name=name)
        hint = did_you_mean(name, tuple(known)) or _("It takes no options.")
        yield Problem(message, hint, written.place)
    elif option.is_sensitive:
        message = _("“{name}” is sensitive: it is read from the environment and from nowhere else.")
        hint = _("Take it out, and set the environment variable {variable}.")
        yield Problem(
            message.format(name=name), hint.format(variable=secret_variable(source.id, name)), written.place
        )


def _value(option: Field, given: Given | None, place: Place | None) -> Any:
    written = "" if given is None else _as_text(option, given)
    if not written.strip():
        if option.is_required:
            message = _("The option “{name}” ({title}) is missing.")
            hint = _("Give it: --set {name}=VALUE, or under options in rung.toml.")
            raise RungError.of(
                message.format(name=option.id, title=option.title), hint.format(name=option.id), place
            )
        return None
    try:
        return _read(written, option)
    except ValueError as error:
        message = _("Option “{name}”: {cause}").format(name=option.id, cause=error)
        raise RungError.of(message, _hint(option), given.place if given else place) from None


def _secret(option: Field, raw: str, source: DataSource) -> Any:
    name = secret_variable(source.id, option.id)
    if not raw.strip():
        if option.is_required:
            message = _("The option “{name}” ({title}) is missing.")
            hint = _("Set the environment variable {variable}.").format(variable=name)
            raise RungError.of(message.format(name=option.id, title=option.title), hint)
        return None
    if option.kind is Kind.TEXT:
        return raw  # a password may begin with a blank
    try:
        return _read(raw, option)
    except ValueError:
        message = _("The environment variable {variable} holds nothing that can be read as {kind}.")
        problem = Problem(message.format(variable=name, kind=option.kind.value), _hint(option))
    raise RungError.all([problem])


def _said_otherwise(secret: object) -> Iterator[str]:
    """Yield how a secret that is no text is written by who was handed it."""
    if isinstance(secret, Decimal):
        yield from {str(secret), f"{secret.normalize():f}"}
    elif isinstance(secret, date):
        yield secret.isoformat()


def _read(written: str, option: Field) -> Any:
    kept = parse_value(written, option, _AS_WRITTEN)
    return None if kept is None else in_units(kept, option)


def _as_text(option: Field, given: Given) -> str:
    """Return what was written as text, which is read exactly; raises RungError for a list or a table."""
    value = given.value
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and isfinite(value):
        return format(Decimal(str(value)), "f")
    if isinstance(value, datetime) and option.kind is Kind.DATE:
        return value.date().isoformat()
    if isinstance(value, int | float | date):
        return str(value)
    raise RungError.of(
        _("Option “{name}” takes one value.").format(name=option.id), _hint(option), given.place
    )


def _hint(option: Field) -> str:
    if option.kind is Kind.CATEGORY:
        return _("One of: {choices}.").format(choices=", ".join(each.id for each in option.choices))
    return _("It is {title}: {kind}.").format(title=option.title, kind=option.kind.value)


def _told(value: object) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)

"""How a person writes a contact on the command line: its moment, the next day, what was learned."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from rung.durations import Duration
from rung.errors import RungError
from rung.text import _

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["NextDay", "TookPlace", "facts_given", "next_day"]

_FORMS = ("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S")


class TookPlace(click.ParamType["datetime | date"]):
    """When a contact took place: a day, or a moment in the workspace's time zone."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read the day or the moment; a problem where it is neither."""
        if not isinstance(value, str):
            return value
        written = value.strip().replace("T", " ")
        try:
            return datetime.strptime(written, "%Y-%m-%d").date()
        except ValueError:
            pass
        for form in _FORMS:
            try:
                return datetime.strptime(written, form)
            except ValueError:
                continue
        try:
            found = datetime.fromisoformat(value.strip())
        except ValueError:
            found = None
        if found is None or found.tzinfo is None:
            message = _("“{found}” is no moment; write it as 2026-06-30 or “2026-06-30 14:30”.")
            self.fail(message.format(found=value), param, ctx)
        return found


class NextDay(click.ParamType["date | Duration"]):
    """The day of the next contact, or how long until then: 2026-06-30, 3d, 2w."""

    name = "day or span"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read the day or the span; a problem where it is neither."""
        if not isinstance(value, str):
            return value
        try:
            return datetime.strptime(value.strip(), "%Y-%m-%d").date()
        except ValueError:
            pass
        try:
            return Duration.parse(value)
        except RungError:
            message = _("“{found}” is neither a day nor a span; write 2026-06-30, 3d, 2w or 1mo.")
            self.fail(message.format(found=value), param, ctx)


def next_day(given: date | Duration | None, today: date) -> date | None:
    """Return the day of the next contact; spans count from today."""
    return given.after(today) if isinstance(given, Duration) else given


def facts_given(pairs: Sequence[str]) -> dict[str, str | None]:
    """Return what was learned by field; raises RungError for what is no pair, and for a field given twice."""
    from rung.cli.data_input import NOT_KNOWN, check_written

    found: dict[str, str | None] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        name = name.strip()
        if not (name and sign):
            raise RungError.of(
                _("“{found}” says no value of a field.").format(found=pair),
                _("Write --fact FIELD=VALUE, such as --fact need=now."),
            )
        if name in found:
            raise RungError.of(_("“{name}” is given twice.").format(name=name))
        check_written(value)
        found[name] = None if value.strip() in NOT_KNOWN else value.strip()
    return found

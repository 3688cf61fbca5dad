"""How a person writes a contact on the command line: its moment, and the next day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import click

from rung.durations import Duration
from rung.errors import RungError
from rung.text import _

__all__ = ["NextDay", "TookPlace"]

_FORMS = ("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S")


class TookPlace(click.ParamType[datetime | date]):
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


class NextDay(click.ParamType[date | Duration]):
    """The day of the next contact, or how long until then: 2026-06-30, 3d, 2w."""

    name = "day or span"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read the day or the span; a problem where it is neither."""
        if not isinstance(value, str):
            return value
        from rung.service.contacts.written import next_day_given

        try:
            return next_day_given(value)
        except RungError as error:
            self.fail(error.problems[0].message, param, ctx)

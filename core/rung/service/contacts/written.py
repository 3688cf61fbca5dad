"""A contact's day and facts as a person writes them: “2026-06-30”, “3d”, “need=now”."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from rung.durations import Duration
from rung.errors import RungError
from rung.ledger.grades.value_texts import NOT_KNOWN, check_written
from rung.text import _

__all__ = ["facts_given", "next_day", "next_day_given"]


def next_day_given(written: str) -> date | Duration:
    """Return the day of the next contact, or how long until then; raises RungError for what is neither."""
    try:
        return datetime.strptime(written.strip(), "%Y-%m-%d").date()
    except ValueError:
        pass
    try:
        return Duration.parse(written)
    except RungError:
        message = _("“{found}” is neither a day nor a span; write 2026-06-30, 3d, 2w or 1mo.")
        raise RungError.of(message.format(found=written)) from None


def next_day(given: date | Duration | None, today: date) -> date | None:
    """Return the day of the next contact; spans count from today."""
    return given.after(today) if isinstance(given, Duration) else given


def facts_given(pairs: Iterable[str]) -> dict[str, str | None]:
    """Return what was learned by field; raises RungError for what is no pair, and for a field given twice."""
    found: dict[str, str | None] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        name = name.strip()
        if not (name and sign):
            raise RungError.of(
                _("“{found}” says no value of a field.").format(found=pair),
                _("Write FIELD=VALUE, such as need=now."),
            )
        if name in found:
            raise RungError.of(_("“{name}” is given twice.").format(name=name))
        check_written(value)
        found[name] = None if value.strip() in NOT_KNOWN else value.strip()
    return found

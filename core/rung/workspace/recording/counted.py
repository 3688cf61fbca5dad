"""Records counted together, in words: the heading, the table of periods, that of causes, who came again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from rung.text import _

if TYPE_CHECKING:
    from rung.service.records.analysis import Analysis, Each, Figures

__all__ = ["Counted", "cause_table", "heading_words", "period_table", "repeat_words"]

_CAUSES: Final = 6
# Causes that have a column of their own beside the periods; all stand in the table of causes.
_REPEAT: Final = 10
# Customers named; the rest is counted.


@dataclass(frozen=True, slots=True)
class Counted:
    """A table of texts; its first column says of what, all others are figures."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    counts: tuple[int, ...]
    """What each row counts, for a bar beside it."""


def heading_words(found: Analysis) -> Iterator[str]:
    """Yield how many there are and of which days, and how long open and how often late they are."""
    words = _("{title}, opened {first} to {last}: {count}, still open {open}")
    whole = found.figures
    yield words.format(
        title=found.title,
        first=found.since.isoformat(),
        last=found.until.isoformat(),
        count=f"{whole.count:,}",
        open=f"{whole.open:,}",
    )
    if whole.mean_days is not None:
        words = _("{days} days open on average, open ones until today; late {late}")
        yield words.format(days=whole.mean_days, late=_late(whole))


def period_table(found: Analysis, causes: int = _CAUSES) -> Counted:
    """Return the periods, oldest first, with the most frequent causes; a cut one is marked by a star."""
    shown = [each for each in found.causes if each.figures.count][:causes]
    headers = (_("period"), _("opened"), _("change"), _("late"), _("days open"))
    rows = []
    for period in found.periods:
        theirs = {each.cause: each for each in period.causes}
        rows.append(
            (
                period.id if period.is_whole else f"{period.id} *",
                f"{period.figures.count:,}",
                _change(period.change, period.figures.count),
                _late(period.figures),
                _days(period.figures),
                *(f"{theirs[each.cause].figures.count:,}" for each in shown),
            )
        )
    counts = tuple(each.figures.count for each in found.periods)
    return Counted((*headers, *(str(each.title) for each in shown)), tuple(rows), counts)


def cause_table(found: Analysis) -> Counted:
    """Return the causes, most first, with their share, and how the last period compares."""
    last = {each.cause: each for each in found.periods[-1].causes} if found.periods else {}
    headers = (_("cause"), _("opened"), _("share"), _("late"), _("days open"), _("last period"), _("change"))
    rows = (
        (
            str(each.title),
            f"{each.figures.count:,}",
            _share(each.share),
            _late(each.figures),
            _days(each.figures),
            f"{last[each.cause].figures.count:,}" if each.cause in last else "",
            _of_cause(last.get(each.cause)),
        )
        for each in found.causes
    )
    return Counted(headers, tuple(rows), tuple(each.figures.count for each in found.causes))


def repeat_words(found: Analysis) -> tuple[tuple[tuple[str, int], ...], int]:
    """Return customers with several records, most first, and how many more there are."""
    named = tuple((each.customer_id, each.count) for each in found.repeat[:_REPEAT])
    return named, max(0, len(found.repeat) - _REPEAT)


def _of_cause(each: Each | None) -> str:
    return "" if each is None else _change(each.change, each.figures.count)


def _change(change: int | None, count: int) -> str:
    """Return a change against the period before, with its share of that one."""
    if change is None:
        return "–"
    before = count - change
    if not before:
        return f"{change:+,}"
    return f"{change:+,} ({round(100 * change / before):+d}%)"


def _late(figures: Figures) -> str:
    if figures.late_share is None:
        return "–"
    return f"{figures.late:,} ({_share(figures.late_share)})"


def _share(share: Decimal | None) -> str:
    return "–" if share is None else f"{share}%"


def _days(figures: Figures) -> str:
    return "–" if figures.mean_days is None else str(figures.mean_days)

"""What is watched, in words: what a rate may mean, how long people wait, who ranked better."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rung.monitor import Alert, Dimension, Meaning, Verdict
from rung.text import _

if TYPE_CHECKING:
    from rung.monitor import Limits, OverridesWatched, Performance, RankingCompared, Rate

__all__ = [
    "alert_words",
    "bounds_words",
    "dimension_words",
    "interval_words",
    "left_words",
    "per_cent",
    "points_words",
    "rate_words",
    "span_words",
    "verdict_words",
]

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


def per_cent(share: float | None) -> str:
    """Return a share in per cent; a dash where there is nobody to have one."""
    return "–" if share is None else f"{100 * share:.1f}%"


def points_words(share: float) -> str:
    """Return a difference of shares in percentage points, signed; a bare 0 for none that shows."""
    found = round(100 * share, 1)
    return f"{found:+.1f}" if found else "0"


def interval_words(rate: Rate) -> str:
    """Return the ends of the interval; nothing where there is nobody."""
    return "" if rate.low is None else f"{per_cent(rate.low)}–{per_cent(rate.high)}"


def rate_words(found: OverridesWatched) -> str:
    """Return how many customers bear a person's grade."""
    rate = found.overruled.rate
    if rate.share is None:
        return _("The model graded nobody in this run: there is no rate of overruling.")
    words = _("Overruled: {events} of {n} graded customers, {share} (95 %: {interval}).")
    return words.format(
        events=f"{rate.events:,}", n=f"{rate.n:,}", share=per_cent(rate.share), interval=interval_words(rate)
    )


def alert_words(found: OverridesWatched) -> Iterator[str]:
    """Yield what a rate outside its bounds may mean; or that it is within, or that too few bear it."""
    rate, limits = found.overruled.rate, found.limits
    match found.overruled.alert:
        case Alert.TOO_HIGH:
            yield _("Above {high} %: so much overruling says that the model wants rebuilding.").format(
                high=_number(limits.high)
            )
        case Alert.TOO_LOW:
            yield _(
                "Below {low} %: perhaps the model serves well, perhaps its grades are rubber-stamped."
            ).format(low=_number(limits.low))
        case _ if rate.share is not None and rate.is_small:
            yield _("Fewer than {n} graded customers: the rate is shown, not judged.").format(
                n=limits.minimum
            )
    told = bounds_words(limits)
    if told:
        yield told


def bounds_words(limits: Limits) -> str:
    """Return the bounds, and where they come from."""
    if limits.low is None and limits.high is None:
        return ""
    if limits.low is None:
        bounds = _("up to {high} %").format(high=_number(limits.high))
    elif limits.high is None:
        bounds = _("from {low} %").format(low=_number(limits.low))
    else:
        bounds = _("{low}–{high} %").format(low=_number(limits.low), high=_number(limits.high))
    return _("Bounds: {bounds}. They are custom, not law; rung.toml sets them under [monitor].").format(
        bounds=bounds
    )


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def span_words(seconds: float | None) -> str:
    """Return a time in the unit a person would choose; a dash where there is none."""
    if seconds is None:
        return "–"
    if seconds < _HOUR:
        return _("{n} min").format(n=f"{seconds / _MINUTE:.0f}")
    if seconds < 2 * _DAY:
        return _("{n} h").format(n=f"{seconds / _HOUR:.1f}")
    return _("{n} days").format(n=f"{seconds / _DAY:,.1f}")


def dimension_words(by: Dimension) -> str:
    """Return what figures are laid side by side by."""
    words = {
        Dimension.PERSON: _("maker"),
        Dimension.REASON: _("reason"),
        Dimension.TEAM: _("team"),
        Dimension.GRADE: _("model grade"),
        Dimension.KIND: _("kind"),
    }
    return words[by]


def verdict_words(ranking: RankingCompared, minimum: int) -> str:
    """Return who ranked the overruled better."""
    words = {
        Verdict.PEOPLE: _("People ranked the overruled better than the model did."),
        Verdict.MODEL: _("The model ranked the overruled better than people did."),
        Verdict.EVEN: _("Neither ranked the overruled clearly better: the difference may be chance."),
        Verdict.TOO_FEW: _(
            "Too few to say who was right: at least {n} overruled, and some with either outcome."
        ).format(n=minimum),
    }
    return words[ranking.verdict]


def left_words(found: Performance, *, with_options: bool = True) -> Iterator[str]:
    """Yield what was left aside, so that nothing looks ahead; with the command's options that change it."""
    left = found.left
    late = _("Took effect only when the outcome was there, and count as not overruled: {n}.")
    if not found.is_dated and not with_options:
        late = _("Took effect after {day}, when the outcome may have been known: {n} count as not overruled.")
    elif not found.is_dated:
        late = _(
            "Took effect after {day}, when the outcome may have been known, and count as not overruled: {n}. "
            "--until DATE moves that day; a column of outcome dates does without."
        )
    counts = (
        (left.late, late),
        (left.early, _("Outcomes of the run's day or before, left aside: {n}.")),
        (left.not_in_run, _("Customers of the table that are not in the run: {n}.")),
        (left.without, _("Customers of the run that are not in the table: {n}.")),
        (left.unread, _("Rows of the table without an outcome that can be read: {n}.")),
    )
    for count, words in counts:
        if count:
            yield words.format(n=f"{count:,}", day=found.until)
    if with_options and found.meaning is Meaning.FEARED:
        yield _("The outcome counts as feared; --outcome-is hoped turns that round.")

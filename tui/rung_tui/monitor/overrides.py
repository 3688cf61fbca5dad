"""Draws what people overrule: how often, which way, why, by whom, how old, and how it turned out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from rung.ledger import InputKind, Suspension
from rung.monitor import Dimension
from rung.text import Text
from rung.workspace.monitor_words import alert_words, dimension_words, per_cent, rate_words, span_words
from rung_tui.charts import BarRow, bar_chart
from rung_tui.customer.layout import paragraph, title
from rung_tui.drawn import Line, padded
from rung_tui.language import _, words
from rung_tui.monitor.turned_out import turned_out
from rung_tui.monitor.written import two_columns
from rung_tui.scale import called

if TYPE_CHECKING:
    from rung.monitor import Group, InputFigures, OverridesWatched
    from rung.monitor.figures import Counted

__all__ = ["overrides_lines"]

Name = Callable[[str], str]
_SHOWN: Final = 8
# People and reasons listed; the command lists all.


def overrides_lines(found: OverridesWatched, width: int, name: Name, scale: Sequence[str] = ()) -> list[Line]:
    """Return every figure; ``name`` tells what the person of an account is called."""
    lines = [title(_("What people overrule"), width)]
    if found.is_empty:
        told = _("No human input under the policy “{policy}” is on record: there is nothing to watch.")
        return [*lines, *paragraph([told.format(policy=found.subject.policy_id)], width)]
    lines += paragraph([(rate_words(found), "bad" if found.overruled.alert else "strong")], width)
    first, *others = [*alert_words(found), ""]
    lines += paragraph([(first, "bad" if found.overruled.alert else "muted")], width)
    for each in others[:-1]:
        lines += paragraph([(each, "muted")], width)
    if found.by is not None:
        return [*lines, (), *_groups(found, found.by, width, name, scale), *turned_out(found, width, scale)]
    return [
        *lines,
        (),
        *two_columns(lambda room: _who_and_why(found, room, name), lambda room: _rest(found, room), width),
        *turned_out(found, width, scale),
    ]


def _who_and_why(found: OverridesWatched, width: int, name: Name) -> list[Line]:
    figures = found.overrides
    if not figures.in_effect:
        return []
    lines = [*_ways(found, width), (), title(_("Why"), width)]
    lines += [*_counted(figures.reasons, width, _titled(found.subject.reasons)), ()]
    lines += [title(_("By whom"), width), *_counted(figures.makers, width, name)]
    return lines + _top(figures, width, name)


def _rest(found: OverridesWatched, width: int) -> list[Line]:
    lines = [title(_("How they stand"), width), *_standing(found, width)]
    if found.overrides.in_effect:
        lines += [(), title(_("How old, in days"), width), *_ages(found.overrides, width)]
    return lines + _data(found.corrections, width) + _data(found.judgements, width)


def _titled(titles: Mapping[str, Text]) -> Name:
    return lambda key: words(titles[key]) if key in titles else key or _("(none)")


def _ways(found: OverridesWatched, width: int) -> list[Line]:
    figures, n = found.overrides, found.overrides.in_effect
    lines = [title(_("Which way and how far"), width)]
    if not found.subject.is_ordered:
        told = _("The policy's grades are no ranks: there are no notches, up or down.")
        return [*lines, *paragraph([told], width)]
    ways = figures.directions
    told = _("▲ {up} up, ▼ {down} down").format(up=f"{ways.up:,}", down=f"{ways.down:,}")
    rows = [
        BarRow(
            f"{step.notches:+d}",
            step.count,
            None,
            (f"{step.count:,}", per_cent(step.count / n)),
            "up" if step.notches > 0 else "down" if step.notches < 0 else "bar",
        )
        for step in figures.notches
    ]
    return [*lines, *paragraph([told], width), *bar_chart(rows, width)]


def _counted(counts: Sequence[Counted], width: int, name: Name) -> list[Line]:
    rows = [
        BarRow(name(each.key), each.count, None, (f"{each.count:,}", per_cent(each.share)))
        for each in counts[:_SHOWN]
    ]
    lines = bar_chart(rows, width)
    if len(counts) > _SHOWN:
        lines += paragraph([(_("… and {n} more").format(n=len(counts) - _SHOWN), "muted")], width)
    return lines


def _top(figures: InputFigures, width: int, name: Name) -> list[Line]:
    top = figures.concentration
    if top.top is None:
        return []
    if top.people == 1:
        told = _("{name} made all of them.").format(name=name(top.top))
    else:
        told = _(
            "{n} people; {name} made {share}; Σ s² = {index}, where {even} is as even as can be."
        ).format(
            n=top.people,
            name=name(top.top),
            share=per_cent(top.top_share),
            index=f"{top.herfindahl:.2f}",
            even=f"{1 / top.people:.2f}",
        )
    return paragraph([(told, "muted")], width)


def _ages(figures: InputFigures, width: int) -> list[Line]:
    rows, since = [], 0
    for each in figures.ages.buckets:
        span = f"≥{since}" if each.up_to is None else f"{since}–{each.up_to}"
        since = (each.up_to or 0) + 1
        rows.append(
            BarRow(span, each.count, None, (f"{each.count:,}",), "open" if each.up_to is None else "bar")
        )
    lines = bar_chart(rows, width)
    ages = figures.ages
    if ages.oldest is not None and ages.median is not None:
        told = _("for {median} days in the median, {oldest} at most ({id})")
        lines += paragraph(
            [
                (
                    told.format(median=f"{ages.median:,.0f}", oldest=f"{ages.oldest:,}", id=ages.oldest_id),
                    "muted",
                )
            ],
            width,
        )
    return lines


def _standing(found: OverridesWatched, width: int) -> list[Line]:
    figures, overruled = found.overrides, found.overruled
    counts = [
        (_("in effect"), figures.in_effect, ""),
        (_("their last day is within 30 days"), figures.expiring, "open"),
        *(
            (_("suspended: {cause}").format(cause=words(Suspension(cause).words)), count, "open")
            for cause, count in overruled.suspended.items()
        ),
        (_("stale: the computed grade has changed since"), overruled.stale, "open"),
        (_("awaiting approval"), figures.awaiting.count, "open"),
        (_("returned to the maker"), figures.returned.count, "open"),
        (
            _("rejected, of {n} proposed").format(n=f"{figures.flow.proposed:,}"),
            figures.flow.rejected.events,
            "",
        ),
        (_("customer not in this run"), overruled.gone, "open"),
    ]
    lines: list[Line] = [
        (
            padded(f"{count:,}", 8, role if count else "muted", right=True),
            padded(f"  {what}", max(1, width - 8)),
        )
        for what, count, role in counts
    ]
    decided = figures.flow.decided
    if decided.n:
        told = _("Decided by others: {n}, half of them within {median}, nine in ten within {p90}.")
        said = told.format(
            n=f"{decided.n:,}",
            median=span_words(decided.median_seconds),
            p90=span_words(decided.p90_seconds),
        )
        lines += paragraph([(said, "muted")], width)
    return lines


def _data(figures: InputFigures, width: int) -> list[Line]:
    if not (figures.flow.proposed or figures.in_effect):
        return []
    ways = figures.directions
    told = _(
        "{n} in effect: {up} moved the grade up, {down} down, {same} not; {expiring} end within 30 days."
    )
    said = told.format(
        n=f"{figures.in_effect:,}",
        up=f"{ways.up:,}",
        down=f"{ways.down:,}",
        same=f"{ways.same + ways.unknown:,}",
        expiring=f"{figures.expiring:,}",
    )
    is_correction = figures.kind is InputKind.CORRECTION
    heading = _("Corrections of data") if is_correction else _("Judgements")
    return [(), title(heading, width), *paragraph([said], width)]


def _groups(
    found: OverridesWatched, by: Dimension, width: int, name: Name, scale: Sequence[str]
) -> list[Line]:
    heads = (
        dimension_words(by),
        _("in effect"),
        _("share"),
        _("up / down"),
        _("stale"),
        _("open"),
        _("rejected"),
    )
    rows = [
        BarRow(
            _key(each, found, by, name, scale),
            each.in_effect,
            None,
            (
                f"{each.in_effect:,}",
                per_cent(each.share),
                f"{each.up:,} / {each.down:,}",
                f"{each.stale:,}",
                f"{each.awaiting + each.returned:,}",
                per_cent(each.rejected.share),
            ),
        )
        for each in found.groups
    ]
    return [
        title(_("Side by side: by {dimension}").format(dimension=heads[0]), width),
        *bar_chart(rows, width, heads=heads),
    ]


def _key(group: Group, found: OverridesWatched, by: Dimension, name: Name, scale: Sequence[str]) -> str:
    if group.key is None:
        return _("not graded") if by is Dimension.GRADE else _("(none)")
    match by:
        case Dimension.PERSON:
            return name(group.key)
        case Dimension.REASON:
            return _titled(found.subject.reasons)(group.key)
        case Dimension.KIND:
            return words(InputKind(group.key).words)
        case Dimension.GRADE:
            return called(group.key, scale)
    return group.key

"""Lays watched overrides out for a terminal: the rate first, then which way, why, by whom, and what waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import astuple
from typing import TYPE_CHECKING, Final

from rung import moments
from rung.cli.rate_cells import bar, rate_cell, rate_style, set_cells, small_words
from rung.cli.render_method import heading
from rung.cli.terminal import grid, line
from rung.ledger import InputKind, Suspension
from rung.monitor import Dimension
from rung.text import Text, _
from rung.workspace.monitor_words import alert_words, dimension_words, per_cent, rate_words, span_words

if TYPE_CHECKING:
    from rich.console import RenderableType

    from rung.monitor import Group, InputFigures, OverridesWatched
    from rung.monitor.figures import Counted, Waiting

__all__ = ["render_overrides"]

_SHOWN: Final = 10
# People, reasons and data listed; --json has all of them.

Name = Callable[[str], str]


def render_overrides(found: OverridesWatched, name: Name) -> Iterator[RenderableType]:
    """Yield the parts to print, in the current language; ``name`` tells what a person is called."""
    from rung.cli.render_outcomes import render_outcomes

    yield from _head(found)
    if found.is_empty:
        words = _("No human input under the policy “{policy}” is on record: there is nothing to watch.")
        yield line(words.format(policy=found.subject.policy_id))
        return
    yield from _rate(found)
    if found.by is not None:
        yield from _groups(found, found.by, name)
    else:
        yield from _ways(found)
        yield from _reasons(found)
        yield from _people(found, name)
        yield from _standing(found)
        yield from _flow(found)
        for figures in (found.corrections, found.judgements):
            yield from _data(found, figures, name)
    yield from render_outcomes(found)


def _head(found: OverridesWatched) -> Iterator[RenderableType]:
    subject = found.subject
    yield line(f"{subject.title}  ({subject.policy_id} {subject.policy_version})", "bold")
    words = _("Run {run} as of {day}, customers: {n}; the ledger as it stood on {moment}")
    yield line(
        words.format(
            run=subject.run_id,
            day=subject.as_of,
            n=f"{subject.customers:,}",
            moment=f"{moments.local(subject.moment):%Y-%m-%d %H:%M}",
        ),
        "dim",
    )


def _rate(found: OverridesWatched) -> Iterator[RenderableType]:
    overruled = found.overruled
    style = "bold red" if overruled.alert else f"bold {rate_style(overruled.rate)}"
    yield line(rate_words(found), style)
    first, *others = [*alert_words(found), ""]
    yield line(first, "red" if overruled.alert else "dim")
    for words in others[:-1]:
        yield line(words, "dim")
    if overruled.not_graded:
        words = _("Given a grade where the model had none, and not counted here: {n}.")
        yield line(words.format(n=f"{overruled.not_graded:,}"))


def _ways(found: OverridesWatched) -> Iterator[RenderableType]:
    figures, n = found.overrides, found.overrides.in_effect
    if not n:
        return
    if not found.subject.is_ordered:
        yield line("")
        yield line(_("The policy's grades are no ranks: there are no notches, up or down."))
    else:
        yield from heading(_("Which way and how far"))
        ways = figures.directions
        words = _("{up} up, {down} down ({share} up)").format(
            up=f"{ways.up:,}",
            down=f"{ways.down:,}",
            share=per_cent(ways.up / (ways.up + ways.down) if ways.up + ways.down else None),
        )
        yield line(words)
        most = max((step.count for step in figures.notches), default=0)
        rows = (
            (f"{step.notches:+d}", f"{step.count:,}", per_cent(step.count / n), bar(step.count, most))
            for step in figures.notches
        )
        yield grid((_("notches"), _("count"), _("share"), ""), rows, right=(0, 1, 2))
    yield from _matrix(found)


def _matrix(found: OverridesWatched) -> Iterator[RenderableType]:
    """Yield who was overruled from which grade (down) to which (across), as recorded."""
    counts = {(cell.overruled, cell.given): cell.count for cell in found.overrides.matrix}
    known: Sequence[str | None] = (*found.subject.graded, None)
    others = {grade for pair in counts for grade in pair} - set(known)
    names = (*known[:-1], *sorted(each for each in others if each is not None), None)
    across = [given for given in names if any(pair[1] == given for pair in counts)]
    yield from heading(_("Grade overruled (down) and given (across)"))
    rows = []
    for overruled in names:
        row = [counts.get((overruled, given), 0) for given in across]
        if any(row):
            rows.append((_grade(overruled), *(f"{each:,}" if each else "·" for each in row), f"{sum(row):,}"))
    headers = ("", *map(_grade, across), _("all"))
    yield grid(headers, rows, right=range(1, len(headers)))


def _grade(grade: str | None) -> str:
    return _("not graded") if grade is None else grade


def _reasons(found: OverridesWatched) -> Iterator[RenderableType]:
    if found.overrides.in_effect:
        yield from heading(_("Why"))
        yield _listed(found.overrides.reasons, _("reason"), lambda key: _title(key, found.subject.reasons))


def _title(key: str, titles: Mapping[str, Text]) -> str:
    return str(titles.get(key, key)) or _("(none)")


def _listed(counts: Sequence[Counted], header: str, told: Name) -> RenderableType:
    most = max((each.count for each in counts), default=0)
    rows = [
        (told(each.key), f"{each.count:,}", per_cent(each.share), bar(each.count, most))
        for each in counts[:_SHOWN]
    ]
    if len(counts) > _SHOWN:
        rows.append((_("… and {n} more").format(n=len(counts) - _SHOWN), "", "", ""))
    return grid((header, _("count"), _("share"), ""), rows, right=(1, 2))


def _people(found: OverridesWatched, name: Name) -> Iterator[RenderableType]:
    figures = found.overrides
    if not figures.in_effect:
        return
    yield from heading(_("Who"))
    yield _listed(figures.makers, _("made by"), name)
    top = figures.concentration
    if top.top is not None and top.people > 1:
        words = _("{n} people; {name} made {share}; Σ s² = {index}, where {even} is as even as can be.")
        told = words.format(
            n=top.people,
            name=name(top.top),
            share=per_cent(top.top_share),
            index=f"{top.herfindahl:.2f}",
            even=f"{1 / top.people:.2f}",
        )
        yield line(told, "dim")
    elif top.top is not None:
        yield line(_("{name} made all of them.").format(name=name(top.top)), "dim")
    if figures.checkers:
        yield line("")
        yield _listed(figures.checkers, _("approved by"), name)


def _standing(found: OverridesWatched) -> Iterator[RenderableType]:
    yield from heading(_("How they stand"))
    figures, overruled = found.overrides, found.overruled
    rows: list[tuple[str, str, str]] = [(_("in effect"), f"{figures.in_effect:,}", _age_words(figures))]
    if figures.in_effect:
        spans = _buckets(figures)
        rows.append((_("  by age in days"), "", spans))
    rows.append((_("  their last day is within 30 days"), f"{figures.expiring:,}", ""))
    rows += [
        (_("suspended: {cause}").format(cause=Suspension(cause).words), f"{count:,}", "")
        for cause, count in overruled.suspended.items()
    ]
    rows.append((_("stale: the computed grade has changed since"), f"{overruled.stale:,}", ""))
    rows += _waiting_rows(figures)
    if overruled.gone:
        rows.append((_("customer not in this run"), f"{overruled.gone:,}", ""))
    yield grid(("", _("count"), ""), rows, right=(1,))


def _waiting_rows(figures: InputFigures) -> list[tuple[str, str, str]]:
    return [
        (_("awaiting approval"), f"{figures.awaiting.count:,}", _waiting_words(figures.awaiting)),
        (_("returned to the maker"), f"{figures.returned.count:,}", _waiting_words(figures.returned)),
    ]


def _age_words(figures: InputFigures) -> str:
    ages = figures.ages
    if ages.oldest is None or ages.median is None:
        return ""
    words = _("for {median} days in the median, {oldest} at most ({id})")
    return words.format(median=f"{ages.median:,.0f}", oldest=f"{ages.oldest:,}", id=ages.oldest_id)


def _buckets(figures: InputFigures) -> str:
    told, since = [], 0
    for each in figures.ages.buckets:
        span = f"≥{since}" if each.up_to is None else f"{since}–{each.up_to}"
        since = (each.up_to or 0) + 1
        if each.count:
            told.append(f"{span}: {each.count:,}")
    return " · ".join(told)


def _waiting_words(waiting: Waiting) -> str:
    if waiting.since is None:
        return ""
    words = _("since {day} the longest ({id})")
    return words.format(day=f"{moments.local(waiting.since):%Y-%m-%d}", id=waiting.oldest_id)


def _flow(found: OverridesWatched) -> Iterator[RenderableType]:
    period = found.subject.period
    if period.since is None and period.until is None:
        title = _("What became of all that were proposed")
    else:
        words = _("What became of those proposed {since} – {until}")
        title = words.format(since=period.since or "…", until=period.until or found.subject.today)
    yield from heading(title)
    yield from _flow_table(found.overrides)
    if found.overrides.flow.rejected.is_small:
        yield line(small_words(found.limits.minimum), "dim")


def _flow_table(figures: InputFigures) -> Iterator[RenderableType]:
    flow = figures.flow
    rows: list[tuple[object, ...]] = [
        (_("proposed"), f"{flow.proposed:,}", ""),
        (_("in effect now, or suspended"), f"{flow.in_effect:,}", ""),
        (_("awaiting approval"), f"{flow.awaiting:,}", ""),
        (_("returned to the maker"), f"{flow.returned:,}", ""),
        (_("rejected"), f"{flow.rejected.events:,}", rate_cell(flow.rejected)),
        (_("withdrawn"), f"{flow.withdrawn.events:,}", rate_cell(flow.withdrawn)),
        (_("superseded"), f"{flow.superseded:,}", ""),
        (_("expired"), f"{flow.expired:,}", ""),
    ]
    yield set_cells(("", _("count"), _("of those proposed")), rows, right=(1,))
    if flow.decided.n:
        words = _("Decided by others: {n}, half of them within {median}, nine in ten within {p90}.")
        yield line(
            words.format(
                n=f"{flow.decided.n:,}",
                median=span_words(flow.decided.median_seconds),
                p90=span_words(flow.decided.p90_seconds),
            )
        )
    if flow.ended != flow.expired:
        words = _("Expired in these days, whenever they were proposed: {n}.")
        yield line(words.format(n=f"{flow.ended:,}"))


def _data(found: OverridesWatched, figures: InputFigures, name: Name) -> Iterator[RenderableType]:
    flow = figures.flow
    if not (flow.proposed or figures.in_effect or figures.awaiting.count or figures.returned.count):
        return
    corrections = figures.kind is InputKind.CORRECTION
    yield from heading(_("Corrections of data") if corrections else _("Judgements"))
    ways = figures.directions
    words = _(
        "{n} in effect: {up} moved the grade up, {down} down, {same} not; {expiring} end within 30 days."
    )
    told = words.format(
        n=f"{figures.in_effect:,}",
        up=f"{ways.up:,}",
        down=f"{ways.down:,}",
        same=f"{ways.same + ways.unknown:,}",
        expiring=f"{figures.expiring:,}",
    )
    yield line(told)
    doubts = found.doubts.get(figures.kind)
    if doubts is not None and any(astuple(doubts)):
        words = _(
            "Of these the source says something new of {stale}, the same by now of {moot}; the run does not "
            "use {idle}, and has no such customer for {gone}."
        )
        told = words.format(
            stale=f"{doubts.stale:,}",
            moot=f"{doubts.moot:,}",
            idle=f"{doubts.idle:,}",
            gone=f"{doubts.gone:,}",
        )
        yield line(told)
    if figures.in_effect:
        header = _("datum corrected") if corrections else _("aspect judged")
        yield _listed(figures.subjects, header, lambda key: _title(key, found.subject.quantities))
        yield line("")
        yield _listed(figures.makers, _("made by"), name)
    yield line("")
    yield from _flow_table(figures)


def _groups(found: OverridesWatched, by: Dimension, name: Name) -> Iterator[RenderableType]:
    words = _("Overrides by {dimension}") if by is not Dimension.KIND else _("Human input by {dimension}")
    yield from heading(words.format(dimension=dimension_words(by)))
    rates, outcomes = by is Dimension.GRADE, found.performance is not None
    rows = [
        (
            _key(each, found, by, name),
            f"{each.in_effect:,}",
            per_cent(each.share),
            *((rate_cell(each.rate) if each.rate else "",) if rates else ()),
            f"{each.up:,} / {each.down:,}",
            "–" if each.mean_notches is None else f"{each.mean_notches:+.2f}",
            f"{each.stale:,}",
            f"{each.suspended:,}",
            f"{each.awaiting + each.returned:,}",
            rate_cell(each.rejected),
            *((rate_cell(each.outcome) if each.outcome else "",) if outcomes else ()),
        )
        for each in found.groups
    ]
    headers = (
        dimension_words(by),
        _("in effect"),
        _("share"),
        *((_("of the customers"),) if rates else ()),
        _("up / down"),
        _("mean"),
        _("stale"),
        _("suspended"),
        _("open"),
        _("rejected"),
        *((_("outcome"),) if outcomes else ()),
    )
    yield set_cells(headers, rows, right=range(1, len(headers)))
    rates_shown = [each.rejected for each in found.groups]
    rates_shown += [rate for each in found.groups for rate in (each.rate, each.outcome) if rate]
    if any(rate.is_small and rate.n for rate in rates_shown):
        yield line(small_words(found.limits.minimum), "dim")


def _key(group: Group, found: OverridesWatched, by: Dimension, name: Name) -> str:
    if group.key is None:
        return _("not graded") if by is Dimension.GRADE else _("(none)")
    match by:
        case Dimension.PERSON:
            return name(group.key)
        case Dimension.REASON:
            return _title(group.key, found.subject.reasons)
        case Dimension.KIND:
            return str(InputKind(group.key).words)
    return group.key

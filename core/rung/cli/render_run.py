"""Lays a run out for a terminal: how many of each grade, who was not graded and why, how good the data is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from typing import TYPE_CHECKING, Final

from rung.cli.render_data import render_data, together
from rung.cli.terminal import grid, line
from rung.text import _
from rung.workspace.source_words import source_words

if TYPE_CHECKING:
    from rich.console import RenderableType

    from rung.grading.compiled import CompiledPolicy
    from rung.runs.manifest import Manifest, PreviousGrades

__all__ = ["render_runs"]

_BAR: Final = 30
# Cells of the longest bar.
_FULL: Final = "█"


def render_runs(runs: Sequence[tuple[Manifest, CompiledPolicy]]) -> Iterator[RenderableType]:
    """Yield the parts of the summary of one run, or of several made together, in the current language.

    What there is to say of the tables is said once, after all grades.
    """
    for number, (manifest, compiled) in enumerate(runs):
        if number:
            yield line("")
        yield from _outcome(manifest, compiled)
    source = runs[0][0].source
    if source is not None:
        yield line("")
        yield line(_("From {source}.").format(source=source_words(source)), "dim")
    yield from render_data(together([manifest.quality for manifest, _compiled in runs]))
    faults = dict.fromkeys(fault for manifest, _compiled in runs for fault in manifest.faults)
    for fault in faults:
        yield line(_("Fault: {fault}").format(fault=fault), "bold red")


def _outcome(manifest: Manifest, compiled: CompiledPolicy) -> Iterator[RenderableType]:
    policy = manifest.policy
    yield line(f"{policy.title}  ({policy.id} {policy.version})", "bold")
    words = _("1 customer, as of {day}") if manifest.rows == 1 else _("{n} customers, as of {day}")
    facts = words.format(n=f"{manifest.rows:,}", day=manifest.as_of.isoformat())
    yield line(facts, "dim")
    held = () if manifest.ranked is None else (_("of: {measure}").format(measure=manifest.ranked.title),)
    heads = (_("grade"), _("name"), _("customers"), _("share"), *held, "")
    yield grid(heads, _grades(manifest), right=tuple(range(2, len(heads) - 1)))
    if any(manifest.flagged.values()):
        yield line("")
        titles = {flag.id: flag.title for flag in manifest.flags}
        rows = ((titles[flag], f"{count:,}") for flag, count in manifest.flagged.items() if count)
        yield grid((_("flag"), _("customers")), rows, right=(1,))
    if manifest.not_graded:
        yield line("")
        yield grid((_("not graded, because"), _("customers")), _causes(manifest, compiled), right=(1,))
    yield from _conflicts(manifest)
    if manifest.previous is not None:
        yield line("")
        for words in _looked_back(manifest.previous):
            yield line(words)


def _looked_back(previous: PreviousGrades) -> Iterator[str]:
    """Say what the grades were measured against, and what came of it."""
    if previous.run_id is not None:
        words = _("Measured against run {run}, as of {day}: {n} with a grade there, {held} held.")
    else:
        words = _("Measured against {file}: {n} with a grade there, {held} held.")
    yield words.format(
        run=previous.run_id,
        file=previous.file,
        day=previous.as_of,
        n=f"{previous.customers:,}",
        held=f"{previous.held:,}",
    )
    if previous.unknown:
        words = _("{n} had a grade the policy no longer has; they are graded as if for the first time.")
        yield words.format(n=f"{previous.unknown:,}")


def _grades(manifest: Manifest) -> Iterator[tuple[object, ...]]:
    most = max([*manifest.counts.values(), 1])
    for grade in manifest.grades:
        count = manifest.counts[grade.id]
        title = "" if str(grade.title) == grade.id else grade.title
        share = _share(count, manifest.rows)
        bar = _FULL * round(_BAR * count / most)
        yield grade.id, title, f"{count:,}", share, *_held(manifest, grade.id), bar
    left = sum(manifest.not_graded.values())
    if left:
        bar = _FULL * round(_BAR * left / most) if left <= most else _FULL * _BAR
        none = () if manifest.ranked is None else ("",)
        yield "–", _("not graded"), f"{left:,}", _share(left, manifest.rows), *none, bar


def _held(manifest: Manifest, grade: str) -> tuple[str, ...]:
    """Return the share a grade holds of what customers are ranked by, where they are."""
    if manifest.ranked is None:
        return ()
    share = manifest.ranked.per_cent(grade)
    return ("" if share is None else f"{share:.1f}%",)


def _share(count: int, rows: int) -> str:
    return f"{100 * count / rows:.1f}%" if rows else ""


def _causes(manifest: Manifest, compiled: CompiledPolicy) -> Iterator[tuple[object, ...]]:
    from rung.grading.reasons import refusal_text

    for code, count in sorted(manifest.not_graded.items(), key=lambda item: -item[1]):
        yield refusal_text(compiled, code), f"{count:,}"


def _paired(one: str, other: str) -> str:
    return _("{one} and {other}").format(one=one, other=other)


def _conflicts(manifest: Manifest) -> Iterator[RenderableType]:
    if not manifest.conflicts:
        return
    yield line("")
    rows = (
        (reduce(_paired, each.rules), f"{each.customers:,}", _(", ").join(each.examples))
        for each in manifest.conflicts
    )
    yield grid((_("rules in conflict"), _("customers"), _("such as")), rows, right=(1,))

"""What taking a policy over shows: customers by grade before and after, and the effect of one answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.cli.terminal import Grid, grid
from rung.text import _

if TYPE_CHECKING:
    from rung.adopting import Adoption, Trial
    from rung.adopting.trial import Counts
    from rung.grading.compiled import CompiledPolicy

__all__ = ["before_and_after", "effect"]


def before_and_after(adoption: Adoption, compiled: CompiledPolicy, tried: Trial) -> Grid:
    """Return customers by grade under the base and as it is wanted now."""
    from rung.grading.compile import compile_policy

    base = adoption.base.policy
    before = tried.counts(compile_policy(base, adoption.shelf.vocabulary(base)))
    after = tried.counts(compiled)
    names = list(dict.fromkeys((*before, *after)))
    names.sort(key=lambda name: name is None)
    rows = [
        (
            _("not graded") if name is None else compiled.policy.grade_title(name),
            f"{before.get(name, 0):,}",
            f"{after.get(name, 0):,}",
            f"{moved:+,}" if (moved := after.get(name, 0) - before.get(name, 0)) else "",
        )
        for name in names
        if name is not None or before.get(None) or after.get(None)
    ]
    return grid((_("Grade"), _("Before"), _("After"), ""), rows, right=(1, 2, 3))


def effect(before: Counts, after: Counts) -> str:
    """Return in one line how many customers are in each grade, and how many more or less than before."""
    told = []
    for name in dict.fromkeys((*after, *before)):
        count, moved = after.get(name, 0), after.get(name, 0) - before.get(name, 0)
        if name is None and not count and not moved:
            continue
        word = _("not graded") if name is None else name
        told.append(f"{word} {count:,}" + (f" ({moved:+,})" if moved else ""))
    return " · ".join(told)

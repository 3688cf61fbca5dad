"""What the grade before did to a grade, in words: what it would have been, and what held it."""

from __future__ import annotations

from decimal import Decimal

from rung.grading.compiled import CompiledPolicy, Hold
from rung.grading.explanation import HeldLine
from rung.grading.row import Assessment
from rung.text import Text

__all__ = ["held_line"]


def held_line(compiled: CompiledPolicy, found: Assessment) -> HeldLine | None:
    """Return the line; ``None`` for a policy that does not look back, and for who has no grade before."""
    hold, previous, unheld, kept = compiled.hold, found.previous, found.unheld, found.ungated
    if hold is None or previous is None or unheld is None or kept is None:
        return None
    return HeldLine(previous, unheld, kept, _because(compiled, hold, previous, unheld, kept))


def _because(compiled: CompiledPolicy, hold: Hold, previous: str, unheld: str, kept: str) -> Text:
    grades = compiled.grades
    if kept == unheld:
        return Text("变动在允许范围内", "the change is within limits")
    rises = grades.index(unheld) < grades.index(previous)
    moved = abs(grades.index(kept) - grades.index(previous))
    most = hold.max_up if rises else hold.max_down
    if most is not None and moved == most:
        zh, en = ("上调", "up") if rises else ("下调", "down")
        notches = "notch" if most == 1 else "notches"
        return Text(f"每次最多{zh}{most}级", f"at most {most} {notches} {en} in one run")
    margin = f"{(Decimal(hold.margin or 0) / compiled.score_scale).normalize():f}"
    return Text(
        f"得分须超过分界线{margin}分等级才变动",
        f"the score must pass a cut-off by {margin} for the grade to change",
    )

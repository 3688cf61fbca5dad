"""How much of a policy its tests exercise, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.text import _

if TYPE_CHECKING:
    from rung.grading.case_coverage import Coverage

__all__ = ["exercised_words"]


def exercised_words(coverage: Coverage) -> str:
    """Return how many parts are exercised, and which kinds not all of."""
    whole, missed = len(coverage.parts), len(coverage.missed)
    if not missed:
        return _("exercised: all {n} parts").format(n=whole)
    kinds = _kinds()
    told = [f"{kinds[kind]} {met}/{count}" for kind, (met, count) in coverage.counts().items() if met < count]
    return _("exercised: {met} of {n} parts; not all of: {kinds}").format(
        met=whole - missed, n=whole, kinds=_(", ").join(told)
    )


def _kinds() -> dict[str, str]:
    return {
        "grade": _("grades"),
        "band": _("bands"),
        "cell": _("cells"),
        "rule": _("rules"),
        "gate": _("gates"),
        "flag": _("flags"),
        "service": _("promises"),
        "alarm": _("alarms"),
        "bound": _("both sides of bounds"),
    }

"""What is watched as JSON: stable names, shares beside the counts they come from; see docs/monitor.md."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rung.monitor.figures import InputFigures
from rung.monitor.overrides import OverridesWatched
from rung.runs.plain import to_plain

__all__ = ["plain_overrides"]


def plain_overrides(found: OverridesWatched, name: Callable[[str], str]) -> dict[str, Any]:
    """Return the figures as plain values; ``name`` tells what the person of an account is called."""
    subject = found.subject
    kinds = (found.overrides, found.corrections, found.judgements)
    return {
        "policy": subject.policy_id,
        "version": subject.policy_version,
        "run": subject.run_id,
        "as_of": subject.as_of.isoformat(),
        "moment": subject.moment.isoformat(),
        "period": to_plain(subject.period),
        "customers": subject.customers,
        "graded": subject.graded_customers,
        "is_ordered": subject.is_ordered,
        "limits": to_plain(found.limits),
        "findings": list(found.findings),
        "overruled": to_plain(found.overruled),
        "overrides": _plain(kinds[0], name),
        "corrections": {**_plain(kinds[1], name), "doubts": to_plain(found.doubts.get(kinds[1].kind))},
        "judgements": {**_plain(kinds[2], name), "doubts": to_plain(found.doubts.get(kinds[2].kind))},
        "by": found.by,
        "groups": to_plain(found.groups),
        "outcomes": _performance(found),
    }


def _plain(figures: InputFigures, name: Callable[[str], str]) -> dict[str, Any]:
    plain: dict[str, Any] = to_plain(figures)
    for part in ("makers", "checkers"):
        plain[part] = [{**each, "name": name(each["key"])} for each in plain[part]]
    return plain


def _performance(found: OverridesWatched) -> dict[str, Any] | None:
    if found.performance is None:
        return None
    plain: dict[str, Any] = to_plain(found.performance)
    del plain["groups"]  # each stands with its group
    return plain

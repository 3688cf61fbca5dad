"""Picks the version of a policy that is meant: the one named, else the one in force on a day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from rung.errors import Place, Problem, RungError, Severity, did_you_mean
from rung.policy.heading import Heading, clashes, days
from rung.text import _

__all__ = ["chosen", "preview", "split_version"]

_VERSIONED: Final = re.compile(r"(?P<id>[a-z0-9_]+(?:\.[a-z0-9_-]+)+)@(?P<version>.+)", re.DOTALL)


def split_version(name: str) -> tuple[str, str | None]:
    """Return id and version of ``my.tiers@2``; no version where none is named."""
    found = _VERSIONED.fullmatch(name)
    return (found["id"], found["version"]) if found else (name, None)


def chosen(headings: Sequence[Heading], day: date, version: str | None) -> Heading:
    """Return one of a policy's versions; once some are published, only those are in force.

    A single version that was never published is taken on any day; ``preview`` warns. Raises RungError
    where no version is meant, or more than one.
    """
    if version is not None:
        return _named(headings, version)
    published = [each for each in headings if each.is_published]
    candidates = published or list(headings)
    for _one, _other, problem in clashes(candidates):
        raise RungError(problem)
    held = [each for each in candidates if each.holds_on(day)]
    if held:
        return held[0]
    if len(candidates) == 1 and not published:
        return candidates[0]
    spans = _(", ").join(
        _("version {version} {days}").format(version=each.version, days=days(each.start, each.end))
        for each in candidates
    )
    first = candidates[0]
    raise RungError.of(
        _("No version of “{name}” is in force on {day}: {spans}.").format(
            name=first.id, day=day, spans=spans
        ),
        _("To look at one all the same, name it: {name}@{version}.").format(
            name=first.id, version=first.version
        ),
    )


def _named(headings: Sequence[Heading], version: str) -> Heading:
    found = [each for each in headings if each.version == version]
    published = [each for each in found if each.is_published]
    if not found:
        known = sorted({each.version for each in headings})
        raise RungError.of(
            _("“{name}” has no version {version}.").format(name=headings[0].id, version=version),
            did_you_mean(version, known),
        )
    if len(found) > 1 and not published:
        raise RungError(*(problem for _one, _other, problem in clashes(found)))
    return (published or found)[0]


def preview(heading: Heading, day: date) -> tuple[Problem, ...]:
    """Return a warning where a version does not hold on the day it is used for."""
    if heading.holds_on(day):
        return ()
    message = _("Version {version} of “{name}” holds {days}; on {day} this is only a preview.")
    return (
        Problem(
            message.format(
                version=heading.version, name=heading.id, days=days(heading.start, heading.end), day=day
            ),
            "",
            Place(str(heading.source)),
            Severity.WARNING,
        ),
    )

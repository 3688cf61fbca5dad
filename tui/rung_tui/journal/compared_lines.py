"""Two runs side by side, and who went from which grade to which."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from rung.moments import local
from rung_tui.drawn import Line, line, padded, wrap
from rung_tui.journal.run_lines import fact, part
from rung_tui.language import _, words
from rung_tui.roles import grade_role

if TYPE_CHECKING:
    from rung.runs import Manifest
    from rung.workspace.runs_compared import GradeCounted, RunsCompared

__all__ = ["compared_lines"]

_COUNT: Final = 11
_GRADE: Final = 6


def compared_lines(found: RunsCompared, width: int) -> list[Line]:
    """Return what differs between two runs."""
    return [*_facts(found, width), *_counts(found, width), *_moves(found, width)]


def _facts(found: RunsCompared, width: int) -> Iterator[Line]:
    for label, manifest in ((_("Earlier"), found.before), (_("Later"), found.after)):
        yield from fact(label, _named(manifest), width, "strong")
    before, after = found.before, found.after
    if before.policy.id != after.policy.id:
        yield from wrap(line((_("Two policies: who moved between them means nothing."), "muted")), width)
    elif before.policy.sha256 != after.policy.sha256:
        yield from wrap(line((_("The policy was changed in between."), "warning")), width)
    if before.input_sha256 == after.input_sha256:
        yield from wrap(line((_("Both read the same tables."), "muted")), width)


def _named(manifest: Manifest) -> str:
    made = f"{local(manifest.created_at):%Y-%m-%d %H:%M}"
    return _("{policy} {version}, as of {day}, made {made}").format(
        policy=words(manifest.policy.title), version=manifest.policy.version, day=manifest.as_of, made=made
    )


def _counts(found: RunsCompared, width: int) -> Iterator[Line]:
    yield from part(_("Customers of each grade"))
    heads = (_("Earlier"), _("Later"), _("Change"))
    room = max(_GRADE, min(24, width - 3 * (_COUNT + 1)))
    yield line(padded("", room), *(padded(each, _COUNT + 1, "muted", right=True) for each in heads))
    graded = [each for each in found.grades if each.grade is not None]
    for place, each in enumerate(found.grades):
        role = "muted" if each.grade is None else grade_role(place, len(graded))
        yield line(
            padded(_label(each), room, role),
            padded(_number(each.before), _COUNT + 1, right=True),
            padded(_number(each.after), _COUNT + 1, right=True),
            padded(_change(each), _COUNT + 1, right=True),
        )
    rows = found.before.rows, found.after.rows
    yield line(
        padded(_("Together"), room, "strong"),
        *(padded(f"{each:,}", _COUNT + 1, "strong", right=True) for each in rows),
        padded(_difference(*rows), _COUNT + 1, "strong", right=True),
    )


def _label(each: GradeCounted) -> str:
    if each.grade is None:
        return _("not graded")
    title = words(each.title)
    if len(each.grade) > 2:
        return title or each.grade
    return each.grade if title in ("", each.grade) else f"{each.grade} {title}"


def _number(count: int | None) -> str:
    return "–" if count is None else f"{count:,}"


def _change(each: GradeCounted) -> str:
    if each.before is None or each.after is None:
        return "–"
    return _difference(each.before, each.after)


def _difference(before: int, after: int) -> str:
    return "=" if before == after else f"{after - before:+,}"


def _moves(found: RunsCompared, width: int) -> Iterator[Line]:
    if found.moves is None:
        return
    yield from part(_("Who went from which grade to which"))
    for sign, role, said, count in (
        ("▲", "up", _("better"), found.better),
        ("▼", "down", _("worse"), found.worse),
        ("=", "muted", _("the same"), found.same),
        ("+", "muted", _("in the later run alone"), found.came),
        ("−", "muted", _("in the earlier run alone"), found.went),
    ):
        yield line((f"{sign} ", role), padded(f"{count:,}", _COUNT, right=True), f"  {said}")
    after = [*(named.id for named in found.after.grades), None]
    before = [*(named.id for named in found.before.grades), None]
    cell = max(_GRADE, min(_COUNT, (width - _GRADE) // max(1, len(after))))
    yield ()
    yield from wrap(line((_("Down: the earlier grade; across: the later one."), "muted")), width)
    yield line(padded("", _GRADE), *(padded(each or "–", cell, "muted", right=True) for each in after))
    for place, was in enumerate(before):
        role = "muted" if was is None else grade_role(place, len(before) - 1)
        counts = (
            padded(_number(found.moves.get((was, now))), cell, "strong" if was == now else "", right=True)
            for now in after
        )
        yield line(padded(was or "–", _GRADE, role), *counts)

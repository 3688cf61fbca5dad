"""Lays out the work that promises make before and after a change of policy: by role, then by promise."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from rung.cli.render_method import heading
from rung.cli.terminal import grid
from rung.grading.condition_words import asked_words
from rung.policy.service_words import obligation_words
from rung.simulation import RoleLoad, by_role
from rung.text import _

if TYPE_CHECKING:
    from rich.console import RenderableType

    from rung.policy.conditions import Condition
    from rung.simulation import Owed, Side, Simulation

__all__ = ["render_load"]


def render_load(simulation: Simulation) -> Iterator[RenderableType]:
    """Yield the parts to print, in the current language; nothing where nothing is promised."""
    sides = simulation.before, simulation.after
    if not any(side.owed for side in sides):
        return
    has_suggestions = any(not owed.is_in_force for side in sides for owed in side.owed)
    for is_in_force in (True, False) if has_suggestions else (True,):
        rows = list(_roles(sides, is_in_force=is_in_force))
        if rows:
            titles = _("Work promised, by role"), _("Work suggested, not in force until accepted, by role")
            yield from heading(titles[0] if is_in_force else titles[1])
            headers = (
                _("role"),
                _("contacts a week"),
                _("contacts a month"),
                _("reviews a month"),
                _("customers owed an answer"),
                _("customers looked after"),
            )
            yield grid(headers, rows, right=range(1, len(headers)))
    promises = list(_promises(sides))
    if promises:
        yield from heading(_("Promises owed to others than before, or otherwise"))
        yield grid((_("to"), _("promise"), _("customers"), _("a week")), promises, right=(2, 3))


def _roles(sides: tuple[Side, Side], *, is_in_force: bool) -> Iterator[tuple[str, ...]]:
    loads = [by_role(each for each in side.owed if each.is_in_force is is_in_force) for side in sides]
    titles = {**sides[0].compiled.policy.roles, **sides[1].compiled.policy.roles}
    for role in dict.fromkeys((*loads[0], *loads[1])):
        one, other = (load.get(role, RoleLoad(role)) for load in loads)
        name = _("(no role named)") if role is None else str(titles.get(role, role))
        yield (
            name,
            _change(_often(one.contacts_a_week), _often(other.contacts_a_week)),
            _change(_often(one.contacts_a_month), _often(other.contacts_a_month)),
            _change(_often(one.reviews_a_month), _often(other.reviews_a_month)),
            _change(f"{one.answers:,}", f"{other.answers:,}"),
            _change(f"{one.owned:,}", f"{other.owned:,}"),
        )


def _promises(sides: tuple[Side, Side]) -> Iterator[tuple[object, ...]]:
    """Yield the promises owed to others than before, or otherwise than before."""
    owed = [{(each.source, each.code): each for each in side.owed} for side in sides]
    for key in dict.fromkeys((*owed[0], *owed[1])):
        one, other = owed[0].get(key), owed[1].get(key)
        told = [each and _promise(each, side) for each, side in zip((one, other), sides, strict=True)]
        counts = [each.customers if each else 0 for each in (one, other)]
        if told[0] == told[1] and counts[0] == counts[1]:
            continue
        shown = other or one
        assert shown is not None
        words = str(told[1] or told[0]) if told[0] == told[1] or not all(told) else " → ".join(map(str, told))
        rates = [
            _often(each.per_week) if each and each.per_week is not None else "–" for each in (one, other)
        ]
        yield shown.title, words, _change(*(f"{count:,}" for count in counts)), _change(*rates)


def _promise(owed: Owed, side: Side) -> str:
    def asked(condition: Condition) -> str:
        return asked_words(condition, side.compiled.quantities)

    words = obligation_words(owed.obligation, side.compiled.policy.roles, asked)
    return words if owed.is_in_force else _("{promise} (suggested, not in force)").format(promise=words)


def _change(before: str, after: str) -> str:
    return before if before == after else f"{before} → {after}"


def _often(often: Fraction) -> str:
    return f"{float(often):,.1f}"

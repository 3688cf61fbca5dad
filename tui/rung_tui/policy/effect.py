"""What a change of the policy does, as lines: grades before and after, who moves where, the work it makes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from rung_tui.charts import BarRow, Heat, bar_chart, heat_map
from rung_tui.customer.layout import paragraph, title
from rung_tui.drawn import Line, line, padded, wrap
from rung_tui.language import _, words
from rung_tui.roles import grade_role
from rung_tui.scale import called, scale_of_policy

if TYPE_CHECKING:
    from rung.errors import Problem
    from rung.simulation import RoleLoad, Side, Simulation

__all__ = ["Effect", "effect_lines", "headline"]

_CAUSES = 5
_COUNT = 9
# Cells of a number of customers: 1,000,000.


@dataclass(frozen=True, slots=True)
class Effect:
    """What is known of it so far."""

    simulation: Simulation | None = None
    of: int = 0
    """Customers of the run."""
    problems: tuple[Problem, ...] = ()
    """Why nothing can be told."""
    is_pending: bool = False
    """Whether better figures are being computed."""
    is_stale: bool = False
    """Whether what stands in the policy now is not sound, and the figures are of what was before."""

    @property
    def is_sample(self) -> bool:
        """Whether not everybody was tried."""
        return self.simulation is not None and self.simulation.customers < self.of


def headline(effect: Effect) -> str:
    """Return in one line how many move, and how sure that is."""
    found = effect.simulation
    if effect.is_stale and found is not None:
        return _("As it stands it cannot grade; before: {told}").format(
            told=headline(replace(effect, is_stale=False))
        )
    if found is None:
        return _("Computing whom it moves …") if effect.is_pending else ""
    if effect.is_sample:
        told = _("A sample of {n}: {moved} move, about {share} %.")
        share = 100 * found.moved / max(1, found.customers)
        words_ = told.format(n=f"{found.customers:,}", moved=f"{found.moved:,}", share=f"{share:.1f}")
        more = _("Everybody is being computed …")
        return f"{words_} {more}" if effect.is_pending else words_
    if not found.moved:
        told = _("Nobody of {n} moves.").format(n=f"{found.customers:,}")
    else:
        told = _("{moved} of {n} move: {how}.").format(
            moved=f"{found.moved:,}", n=f"{found.customers:,}", how=_movements(found)
        )
    return f"… {told}" if effect.is_pending else told


def _movements(found: Simulation) -> str:
    from rung.simulation import movement_text

    signs = {"up": "▲", "down": "▼"}
    return _(", ").join(
        f"{signs.get(kind.value, '')}{words(movement_text(kind))} {cell.customers:,}"
        for kind, cell in found.movements.items()
    )


def effect_lines(effect: Effect, width: int) -> list[Line]:
    """Return the lines for a width."""
    if width < 20:
        return []
    lines: list[Line] = []
    for problem in effect.problems:
        lines += paragraph(
            [("✗ ", "error"), problem.message, (f" {problem.hint}" if problem.hint else "", "muted")],
            width,
            2,
        )
    role = "pending" if effect.is_pending else "strong"
    lines += paragraph([(headline(effect), role)], width)
    found = effect.simulation
    if found is None:
        return lines
    lines += _distribution(found, width)
    for note in found.notes:
        lines += paragraph([(note, "muted")], width)
    if found.moved:
        lines += [(), *_matrix(found, width)]
        lines += [(), *_causes(found, width)]
    load = list(_load(found, width))
    return [*lines, (), *load] if load else lines


def _distribution(found: Simulation, width: int) -> list[Line]:
    """Return a bar a grade: before, after and the difference."""
    grades: list[str | None] = [
        *dict.fromkeys((*found.before.compiled.grades, *found.after.compiled.grades)),
        None,
    ]
    rows = []
    for place, grade in enumerate(grades):
        before, after = (_customers(side, grade) for side in (found.before, found.after))
        if grade is not None or before or after:
            role = "muted" if grade is None else grade_role(place, len(grades) - 1)
            numbers = (f"{after:,}", _difference(after - before), f"{before:,}")
            rows.append(BarRow(_named(grade, found), after, before, numbers, role))
    return bar_chart(rows, width, heads=("", _("after"), "±", _("before")))


def _customers(side: Side, grade: str | None) -> int:
    cell = side.grades.get(grade)
    return 0 if cell is None else cell.customers


def _difference(count: int) -> str:
    return "=" if not count else f"{count:+,}"


def _matrix(found: Simulation, width: int) -> list[Line]:
    """Return customers by grade before (down) and after (across)."""
    rows: list[str | None] = [*found.before.compiled.grades]
    columns: list[str | None] = [*found.after.compiled.grades]
    if any(None in pair for pair in found.matrix):
        rows, columns = [*rows, None], [*columns, None]
    heat = Heat(
        rows=tuple(_named(each, found) for each in rows),
        columns=tuple(_named(each, found) for each in columns),
        cells=tuple(tuple(_moving(found, one, other) for other in columns) for one in rows),
        corner=_("before → after"),
        row_roles=_roles(rows),
        column_roles=_roles(columns),
        is_square=rows == columns,
    )
    return [title(_("From, down; to, across"), width), *heat_map(heat, width)]


def _moving(found: Simulation, before: str | None, after: str | None) -> int:
    cell = found.matrix.get((before, after))
    return 0 if cell is None else cell.customers


def _roles(grades: Sequence[str | None]) -> tuple[str, ...]:
    count = sum(each is not None for each in grades)
    return tuple("muted" if each is None else grade_role(place, count) for place, each in enumerate(grades))


def _named(grade: str | None, found: Simulation) -> str:
    if grade is None:
        return _("not graded")
    after = found.after.compiled.policy
    return called(grade, scale_of_policy(after if grade in after.grades else found.before.compiled.policy))


def _causes(found: Simulation, width: int) -> Iterator[Line]:
    from rung.simulation.causes import cause_text

    yield title(_("What moves them"), width)
    for each in found.causes[:_CAUSES]:
        text = cause_text(each.code, found.before.compiled, found.after.compiled)
        yield from wrap(
            line(padded(f"{each.customers:,}", _COUNT, "strong", right=True), f"  {words(text)}"), width, 11
        )


def _load(found: Simulation, width: int) -> Iterator[Line]:
    """Yield the work the promises make, before and after, by role; suggestions not in force are no work."""
    from rung.simulation import by_role

    before, after = (
        by_role(owed for owed in side.owed if owed.is_in_force) for side in (found.before, found.after)
    )
    roles = dict.fromkeys((*before, *after))
    if not roles:
        if found.after.owed:
            yield title(_("Service"), width)
            told = _("No service is in force: the promises are suggestions nobody accepted.")
            yield from paragraph([(told, "muted")], width)
        return
    yield title(_("Service: what it takes"), width)
    for role in roles:
        titled = found.after.compiled.policy.roles.get(role or "")
        named = words(titled) if titled is not None else role or _("no role named")
        yield from wrap(line((f" {named}", "strong")), width)
        for said in _of_role(before.get(role), after.get(role)):
            yield from wrap(line(f"   {said}"), width, 5)


def _of_role(before: RoleLoad | None, after: RoleLoad | None) -> Sequence[str]:
    from rung.simulation import RoleLoad

    one, other = before or RoleLoad(None), after or RoleLoad(None)
    rows = (
        (_("contacts a week: {before} → {after}"), one.contacts_a_week, other.contacts_a_week),
        (_("reviews a month: {before} → {after}"), one.reviews_a_month, other.reviews_a_month),
        (_("promises of an answer: {before} → {after}"), one.answers, other.answers),
        (_("customers looked after: {before} → {after}"), one.owned, other.owned),
    )
    return [told.format(before=_often(was), after=_often(now)) for told, was, now in rows if was or now]


def _often(often: Fraction | int) -> str:
    if isinstance(often, int) or often.denominator == 1:
        return f"{int(often):,}"
    return f"{float(often):,.1f}"

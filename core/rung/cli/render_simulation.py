"""Lays a simulation out for a terminal: who moves where, why, what it is worth, and the work it makes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Final

from rung.cli.render_load import render_load
from rung.cli.render_method import heading
from rung.cli.terminal import grid, line
from rung.simulation import moved_customers, movement_text
from rung.simulation.causes import cause_text
from rung.simulation.moved_customers import by_value
from rung.text import _, current_language

if TYPE_CHECKING:
    from rich.console import RenderableType

    from rung.simulation import Cell, Simulation

__all__ = ["render_simulation"]

_CAUSES: Final = 10
# Causes listed; the file that --out writes has everybody's.


def render_simulation(simulation: Simulation, shown: int) -> Iterator[RenderableType]:
    """Yield the parts to print, in the current language; ``shown`` customers who move are listed."""
    yield from _head(simulation)
    yield from _moves(simulation)
    yield from _grades(simulation)
    if simulation.moved:
        yield from _matrix(simulation)
        yield from _causes(simulation)
        yield from _movers(simulation, shown)
    yield from _aside(simulation)
    yield from render_load(simulation)


def _head(simulation: Simulation) -> Iterator[RenderableType]:
    policies = (side.compiled.policy for side in (simulation.before, simulation.after))
    yield line(" → ".join(f"{policy.id} {policy.version}" for policy in policies), "bold")
    words = _("{n} customers of {population}, as of {day}")
    population = simulation.population
    facts = words.format(n=f"{simulation.customers:,}", population=population.name, day=population.as_of)
    yield line(facts, "dim")
    for note in simulation.notes:
        yield line(note, "yellow")


def _moves(simulation: Simulation) -> Iterator[RenderableType]:
    if not simulation.moved:
        yield line(_("Nobody moves."), "bold green")
        return
    words = _("1 customer moves ({share}).") if simulation.moved == 1 else _("{n} customers move ({share}).")
    share = _share(simulation.moved, simulation.customers)
    told = [words.format(n=f"{simulation.moved:,}", share=share)]
    value = simulation.population.value
    if value is not None:
        worth = _("{title} of those who move: {value}.")
        told.append(worth.format(title=value.title, value=_worth(simulation.moved_value, simulation)))
    yield line(" ".join(told), "bold")
    rows = (
        (movement_text(movement), f"{cell.customers:,}", *_value(cell, simulation))
        for movement, cell in simulation.movements.items()
    )
    yield grid(("", _("customers"), *_value_header(simulation)), rows, right=(1, 2))


def _grades(simulation: Simulation) -> Iterator[RenderableType]:
    before, after = simulation.before, simulation.after
    names = dict.fromkeys((*before.compiled.grades, *after.compiled.grades, None))
    yield from heading(_("Customers by grade"))
    value = () if simulation.population.value is None else (_("value before"), _("value after"))
    rows = []
    for grade in names:
        one, other = before.grades.get(grade), after.grades.get(grade)
        counts = [cell.customers if cell else 0 for cell in (one, other)]
        if grade is None and not any(counts):
            continue
        rows.append(
            (
                _named(grade),
                *(_count(cell) for cell in (one, other)),
                _signed(counts[1] - counts[0]),
                *(_share(count, simulation.customers) for count in counts),
                *((_worth(cell.value if cell else 0, simulation) for cell in (one, other)) if value else ()),
            )
        )
    headers = (_("grade"), _("before"), _("after"), "±", _("share before"), _("share after"), *value)
    yield grid(headers, rows, right=range(1, len(headers)))


def _matrix(simulation: Simulation) -> Iterator[RenderableType]:
    yield from heading(_("From grade (down) to grade (across), per cent of the row"))
    columns = [grade for grade in simulation.after.grades if _column(simulation, grade)]
    rows = []
    for grade, whole in simulation.before.grades.items():
        if not whole.customers:
            continue
        cells = [simulation.matrix.get((grade, column)) for column in columns]
        told = [
            f"{cell.customers:,} ({_share(cell.customers, whole.customers)})" if cell else "·"
            for cell in cells
        ]
        rows.append((_named(grade), *told, f"{whole.customers:,}"))
    totals = (f"{simulation.after.grades[column].customers:,}" for column in columns)
    rows.append((_("all"), *totals, f"{simulation.customers:,}"))
    headers = ("", *map(_named, columns), _("all"))
    yield grid(headers, rows, right=range(1, len(headers)))


def _column(simulation: Simulation, grade: str | None) -> bool:
    return grade is not None or bool(simulation.after.grades[grade].customers)


def _causes(simulation: Simulation) -> Iterator[RenderableType]:
    yield from heading(_("What moves them"))
    before, after = simulation.before.compiled, simulation.after.compiled
    rows = (
        (
            cause_text(each.code, before, after),
            f"{each.customers:,}",
            _share(each.customers, simulation.moved),
        )
        for each in simulation.causes[:_CAUSES]
    )
    yield grid((_("cause"), _("customers"), _("share")), rows, right=(1, 2))


def _movers(simulation: Simulation, shown: int) -> Iterator[RenderableType]:
    if not shown:
        return
    yield from heading(_("Who moves"))
    value = simulation.population.value
    movers = moved_customers(simulation, current_language())
    rows = (
        (
            row["customer_id"],
            row["customer_name"],
            f"{_named(row['grade_before'])} → {_named(row['grade_after'])}",
            *_scores(row["score_before"], row["score_after"], simulation),
            row["cause_text"],
            row["reason_before_text"],
            row["reason_after_text"],
            *((_amount(worth),) if value is not None else ()),
        )
        for row, worth in islice(zip(movers.iter_rows(named=True), _worths(simulation), strict=True), shown)
    )
    has_score = any(side.compiled.has_score for side in (simulation.before, simulation.after))
    headers = (
        _("customer"),
        _("name"),
        _("grade"),
        *((_("score"),) if has_score else ()),
        _("cause"),
        _("first reason before"),
        _("first reason after"),
        *((str(value.title),) if value is not None else ()),
    )
    right = (len(headers) - 1,) if value is not None else ()
    yield grid(headers, rows, right=right, whole=(0,))
    left = simulation.moved - shown
    if left > 0:
        yield line(_("… and {n} more; --out FILE lists everybody.").format(n=f"{left:,}"), "dim")


def _worths(simulation: Simulation) -> Iterator[Decimal | None]:
    """Yield what the customers who move are worth, in the order they are listed."""
    value = simulation.population.value
    if value is None:
        yield from (None for _row in range(simulation.moved))
        return
    worths = by_value(simulation.movers)["value"]
    yield from (None if each is None else Decimal(each) / value.scale for each in worths)


def _scores(before: float | None, after: float | None, simulation: Simulation) -> tuple[str, ...]:
    if not any(side.compiled.has_score for side in (simulation.before, simulation.after)):
        return ()
    told = ["–" if score is None else f"{score:g}" for score in (before, after)]
    return (told[0] if before == after else " → ".join(told),)


def _aside(simulation: Simulation) -> Iterator[RenderableType]:
    """Say what else differs: causes of not being graded, and flags."""
    from rung.grading.reasons import refusal_text

    sides = simulation.before, simulation.after
    causes = dict.fromkeys((*sides[0].refusals, *sides[1].refusals))
    rows = []
    for code in causes:
        side = next(each for each in reversed(sides) if code in each.refusals)
        counts = [each.refusals.get(code, 0) for each in sides]
        if counts[0] != counts[1]:
            rows.append((refusal_text(side.compiled, code), *(f"{count:,}" for count in counts)))
    if rows:
        yield line("")
        yield grid((_("not graded, because"), _("before"), _("after")), rows, right=(1, 2))
    titles = {flag.id: flag.title for side in sides for flag in side.compiled.policy.flags}
    flags = [
        (title, *(f"{side.flagged.get(flag, 0):,}" for side in sides))
        for flag, title in titles.items()
        if sides[0].flagged.get(flag, 0) != sides[1].flagged.get(flag, 0)
    ]
    if flags:
        yield line("")
        yield grid((_("flag"), _("before"), _("after")), flags, right=(1, 2))


def _named(grade: str | None) -> str:
    return _("not graded") if grade is None else grade


def _count(cell: Cell | None) -> str:
    return "–" if cell is None else f"{cell.customers:,}"


def _signed(number: int) -> str:
    return f"{number:+,}" if number else "0"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else ""


def _value_header(simulation: Simulation) -> tuple[str, ...]:
    value = simulation.population.value
    return () if value is None else (str(value.title),)


def _value(cell: Cell, simulation: Simulation) -> tuple[str, ...]:
    return () if simulation.population.value is None else (_worth(cell.value, simulation),)


def _worth(value: int, simulation: Simulation) -> str:
    quantity = simulation.population.value
    return "" if quantity is None else _amount(Decimal(value) / quantity.scale)


def _amount(value: Decimal | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"

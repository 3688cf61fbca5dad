"""How a policy finds a grade, on a page: grades, each criterion with its bands, rules, matrix, limits."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from rung.cli.method_tables import (
    grades_table,
    how_words,
    if_missing_words,
    matrix_table,
    rules_table,
    worth_columns,
)
from rung.cli.method_words import criterion_words, limits_words
from rung.cli.page import Items, Section, section
from rung.cli.tables import Table, starred, table
from rung.grading.reasons import band_words
from rung.policy.model import Band, Criterion, Level, MatrixGrading, NoGrading, Policy
from rung.policy.wording import cell_words
from rung.text import _

if TYPE_CHECKING:
    from rung.grading.compiled import CompiledPolicy
    from rung.vocabulary import Quantity

__all__ = ["method_sections"]


def method_sections(compiled: CompiledPolicy) -> Iterator[Section]:
    """Yield the grades and what leads to them, in the current language."""
    policy = compiled.policy
    if not isinstance(policy.grading, NoGrading):
        order = _("Best first.") if policy.ordered else _("The grades are no ranks.")
        yield section(starred(_("Grades"), policy.grading.basis), [order, grades_table(policy)])
    yield section(
        _("How the grade is found"),
        [how_words(policy), Items(tuple(limits_words(compiled))), _derived(policy)],
        _parts(compiled),
    )


def _parts(compiled: CompiledPolicy) -> Iterator[Section]:
    policy = compiled.policy
    for criterion in policy.criteria:
        yield _criterion(criterion, compiled)
    if isinstance(policy.grading, MatrixGrading):
        yield section(_("Matrix"), [matrix_table(compiled, policy.grading)])
    yield section(_("Rules"), [rules_table(compiled)])


def _derived(policy: Policy) -> Table:
    rows = ((starred(each.title, each.basis), each.formula) for each in policy.derived.values())
    return table((_("derived value"), _("formula")), rows)


def _criterion(criterion: Criterion, compiled: CompiledPolicy) -> Section:
    quantity, policy = compiled.quantities[criterion.measure], compiled.policy
    weight, worth = worth_columns(policy)
    facts = [_("looks at: {name}").format(name=_measured(quantity))]
    if weight:
        facts.insert(0, _weight(criterion, policy))
    facts.append(_("if missing: {outcome}").format(outcome=if_missing_words(criterion, policy)))
    facts += criterion_words(criterion, compiled)
    return section(
        starred(criterion.title, criterion.basis),
        [
            str(criterion.about) if criterion.about else None,
            Items(tuple(facts)),
            _bands(criterion, quantity, worth),
            _("Told to whoever lost points here: {reason}").format(reason=criterion.reason)
            if criterion.reason
            else None,
        ],
    )


def _measured(quantity: Quantity) -> str:
    return f"{quantity.title} ({quantity.unit})" if quantity.unit else str(quantity.title)


def _weight(criterion: Criterion, policy: Policy) -> str:
    whole = sum((each.weight for each in policy.criteria), Decimal())
    share = (criterion.weight * 100 / whole).quantize(Decimal("0.1")).normalize()
    return _("weight: {weight} of {whole} ({share:f} %)").format(
        weight=criterion.weight, whole=whole, share=share
    )


def _bands(criterion: Criterion, quantity: Quantity, worth: str) -> Table:
    written: tuple[Band | Level, ...] = criterion.bands or criterion.levels
    named = (_("band"), _("value")) if criterion.bands else (_("level"), _("what one sees"))
    headers = (*named, *((_gives(worth),) if worth else ()))
    rows = [
        (
            band_words(criterion, number, quantity),
            _asked(band, quantity),
            *((band.points if worth == "points" else band.grade,) if worth else ()),
        )
        for number, band in enumerate(written, start=1)
    ]
    return table(headers, rows, right=(2,) if worth == "points" else ())


def _gives(worth: str) -> str:
    return _("points") if worth == "points" else _("grade")


def _asked(band: Band | Level, quantity: Quantity) -> object:
    if isinstance(band, Level):
        return band.describes
    return "" if band.when is None or band.when == "-" else cell_words(band.when, quantity)

"""Which values of a run may be corrected, and a customer's values once what people gave is laid in."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from rung.errors import Problem, RungError, did_you_mean
from rung.text import _

if TYPE_CHECKING:
    import polars as pl

    from rung.grading.compiled import CompiledPolicy
    from rung.grading.derive import Row
    from rung.values import Value
    from rung.vocabulary import Measure, Quantity

__all__ = [
    "MeasureFaultError",
    "computed_column",
    "correctable",
    "corrected",
    "laid",
    "recomputable",
    "why_not",
]

_WHO: Final = ("customer_id", "customer_name")


class MeasureFaultError(RungError):
    """A plugin's measure that cannot be computed anew from corrected values."""


def correctable(compiled: CompiledPolicy, measured_columns: Collection[str]) -> Mapping[str, Quantity]:
    """Return the quantities people may give values for, by id, in the order of the run's columns.

    They are what the policy reads from the run's measured values. The customer's name, the grade before,
    the day an answer was given and what could not be followed up in a plugin's measure are not among them.
    """
    return {
        name: compiled.quantities[name]
        for name in measured_columns
        if name in compiled.wanted and why_not(name, compiled, measured_columns) is None
    }


def why_not(subject: str, compiled: CompiledPolicy, measured_columns: Collection[str]) -> Problem | None:
    """Return why no value may be given for a quantity, and for which instead; None where one may."""
    return next(_obstacles(subject, compiled, measured_columns), None)


def _obstacles(subject: str, compiled: CompiledPolicy, columns: Collection[str]) -> Iterator[Problem]:
    from rung.grading.compiled import PREVIOUS_GRADE

    quantity = compiled.quantities.get(subject)
    if subject in (*_WHO, compiled.vocabulary.key, compiled.vocabulary.name):
        yield Problem(_("A customer's id and name are not corrected here."), _("Correct them in the source."))
        return
    if quantity is None:
        message = _("There is no field, feature or measure “{found}” in the policy.").format(found=subject)
        yield Problem(message, did_you_mean(subject, _read(compiled, columns)))
        return
    title = str(quantity.title)
    if subject == PREVIOUS_GRADE and compiled.hold is not None:
        message = _("“{title}” is what the run before gave, and stays.").format(title=title)
        yield Problem(message, _("Override the grade instead."))
    elif sources := _sources(compiled, subject):
        message = _("“{title}” is computed from other values.").format(title=title)
        yield Problem(message, _instead(sources))
    elif subject not in compiled.wanted or subject not in columns:
        message = _("The run's policy does not read “{title}”: no other value would change the grade.")
        heirs = [each.id for each in _measures(compiled, columns) if subject in each.inputs]
        yield Problem(message.format(title=title), _instead(heirs) if heirs else "")
    elif answers := [
        each.quantity.id for each in compiled.criteria if each.expiry and each.expiry.dated_by.id == subject
    ]:
        message = _("“{title}” is the day an answer was given.").format(title=title)
        yield Problem(message, _instead(answers))
    else:
        yield from _unfollowed(subject, title, compiled, columns)


def _read(compiled: CompiledPolicy, columns: Collection[str]) -> list[str]:
    return [name for name in columns if name in compiled.wanted]


def _unfollowed(
    subject: str, title: str, compiled: CompiledPolicy, columns: Collection[str]
) -> Iterator[Problem]:
    """Yield the measures that rest on a value and cannot be computed anew from the run's values."""
    for measure in _measures(compiled, columns):
        lacking = _lacking(measure, compiled, columns) if subject in measure.inputs else []
        if lacking:
            message = _("“{measure}” rests on “{title}” and on {lacking}, which the run does not keep.")
            yield Problem(
                message.format(measure=measure.title, title=title, lacking=", ".join(lacking)),
                _instead([measure.id]),
            )


def _instead(names: Collection[str]) -> str:
    return _("Correct instead: {names}.").format(names=", ".join(names))


def _sources(compiled: CompiledPolicy, subject: str) -> list[str]:
    """Return the measured values a derived one rests on; none for what is not derived."""
    own = {formula.result.id: formula for formula in compiled.derived}
    waiting, found = [subject], list[str]()
    while waiting:
        name = waiting.pop(0)
        if name in own:
            waiting.extend(own[name].names())
        elif name != subject:
            found.append(name)
    return list(dict.fromkeys(found))


def _measures(compiled: CompiledPolicy, columns: Collection[str]) -> list[Measure]:
    """Return the plugin's measures among the run's values."""
    found = compiled.vocabulary.measures
    return [found[name] for name in columns if name in found and compiled.quantities.get(name) is found[name]]


def _lacking(measure: Measure, compiled: CompiledPolicy, columns: Collection[str]) -> list[str]:
    """Return the inputs of a measure that are not kept as they were when it was computed."""
    expiring = {each.quantity.id for each in compiled.criteria if each.expiry}
    return [name for name in measure.inputs if name not in columns or name in expiring]


def recomputable(compiled: CompiledPolicy, columns: Collection[str]) -> list[Measure]:
    """Return the plugin's measures that can be computed anew from a run's values."""
    return [each for each in _measures(compiled, columns) if not _lacking(each, compiled, columns)]


def laid(
    compiled: CompiledPolicy, columns: Collection[str], given: Mapping[str, Value | None]
) -> dict[str, Value | None]:
    """Return those of the values given that have a place among a run's values."""
    return {name: value for name, value in given.items() if why_not(name, compiled, columns) is None}


def corrected(compiled: CompiledPolicy, measured: Row, given: Mapping[str, Value | None]) -> Row:
    """Return a customer's measured values with those given in their place, and what measures make of them.

    What has no place among the measured values is passed over. Raises MeasureFaultError where a plugin's
    measure fails on them.
    """
    values = laid(compiled, measured.keys(), given)
    if not values:
        return measured
    row = {**measured, **values}
    for measure in recomputable(compiled, measured.keys()):
        # One that is itself given a value keeps that.
        if measure.id not in values and not values.keys().isdisjoint(measure.inputs):
            row[measure.id] = _computed(measure, compiled, row)
    return row


def _computed(measure: Measure, compiled: CompiledPolicy, row: Row) -> Value | None:
    import polars as pl

    from rung.intake.kept import dtype_of

    types = {name: dtype_of(compiled.quantities[name]) for name in measure.inputs}
    inputs = pl.DataFrame({name: [row[name]] for name in types}, schema=types)
    found: Value | None = computed_column(inputs, measure).item()
    return found


def computed_column(inputs: pl.DataFrame, measure: Measure) -> pl.Series:
    """Return a measure's values from its inputs; raises MeasureFaultError where the plugin fails."""
    from rung.intake.measures import computed

    try:
        return computed(inputs, measure)
    except Exception as error:  # a plugin's mistake, whatever it is
        message = _("The measure “{measure}” cannot be computed anew: {problem}").format(
            measure=measure.title, problem=f"{type(error).__name__}: {error}"
        )
        raise MeasureFaultError(Problem(message, _("See what is wrong: rung plugins doctor."))) from error

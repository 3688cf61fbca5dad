"""What people write into a form, read and checked: every mistake is told at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from rung.errors import Problem, RungError, did_you_mean
from rung.service.records.form import Form, FormField
from rung.text import MASK, _

__all__ = ["at_fields", "filled", "refilled"]

_ONE = Fraction(1)


def filled(
    form: Form, written: Mapping[str, str], units: Mapping[str, Fraction] | None = None
) -> dict[str, str | None]:
    """Return what a new record holds, by field in the form's order, as the ledger keeps it.

    ``written``: by a field's id, title or alias. ``units``: what numbers of a field are multiplied by, by
    id. Raises RungError with every mistake: fields there are not, values that are none, and what is missing.
    """
    found, problems = _read(form, written, units or {})
    told = {each.id for each in _meant(form, written)}
    problems += [
        Problem(_("{field}: it is needed, and not given.").format(field=each.title), _write(each))
        for each in form.fields
        if each.is_required and found.get(each.id) is None and (each.id not in told or each.id in found)
    ]
    if problems:
        raise RungError.all(problems)
    return {each.id: found[each.id] for each in form.fields if found.get(each.id) is not None}


def refilled(form: Form, written: Mapping[str, str], now: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return what changes in a record that holds ``now``; what stays as it is, is left out.

    Raises RungError with every mistake, as ``filled`` does.
    """
    found, problems = _read(form, written, {})
    for each in form.fields:
        if each.is_required and each.id in found and found[each.id] is None:
            words = _("{field}: it is needed, and cannot be taken out.")
            problems.append(Problem(words.format(field=each.title), _write(each)))
    if problems:
        raise RungError.all(problems)
    return {name: value for name, value in found.items() if value != now.get(name)}


def at_fields(form: Form, written: Mapping[str, str], *, is_new: bool) -> dict[str, Problem]:
    """Return what is wrong with what was written, each mistake by the id of its field, to be told beside it.

    ``written``: by field id. ``is_new``: what is needed and not given is wrong too.
    """
    problems: dict[str, Problem] = {}
    for field in form.fields:
        if field.id not in written:
            if is_new and field.is_required:
                problems[field.id] = Problem(_("This is needed."), _write(field))
            continue
        try:
            kept = field.read(written[field.id])
        except ValueError as error:
            problems[field.id] = Problem(str(error), _write(field))
        else:
            if kept is None and field.is_required:
                problems[field.id] = Problem(_("This is needed."), _write(field))
    return problems


def _meant(form: Form, written: Iterable[str]) -> list[FormField]:
    return [field for field in map(form.field, written) if field is not None]


def _read(
    form: Form, written: Mapping[str, str], units: Mapping[str, Fraction]
) -> tuple[dict[str, str | None], list[Problem]]:
    found: dict[str, str | None] = {}
    problems: list[Problem] = []
    seen: set[str] = set()
    for name, answer in written.items():
        field = form.field(name)
        if field is None:
            message = _("“{title}” has no field “{found}”.").format(title=form.type.title, found=name)
            problems.append(Problem(message, did_you_mean(name, tuple(form.names()))))
        elif field.id in seen:
            problems.append(Problem(_("{field}: it is given twice.").format(field=field.title)))
        else:
            seen.add(field.id)
            try:
                found[field.id] = field.read(answer, units.get(field.id, _ONE))
            except ValueError as error:
                problems.append(_unfit(field, answer, error))
    return found, problems


def _unfit(field: FormField, answer: str, error: ValueError) -> Problem:
    reason = str(error)
    if field.is_sensitive:
        # An error may end in a log, where nobody's clearance is asked for.
        reason = reason.replace(answer.strip(), MASK)
    return Problem(_("{field}: {problem}").format(field=field.title, problem=reason), _write(field))


def _write(field: FormField) -> str:
    return _("Write {how}.").format(how=field.how) if field.how else ""

"""Procedures of a policy in words: each step with its rhythm or deadline and who takes it."""

from __future__ import annotations

from rung.policy.model import Basis, Procedure, Step
from rung.policy.service_words import Roles
from rung.text import _

__all__ = ["records_words", "step_words"]


def step_words(step: Step, roles: Roles) -> str:
    """Return one step in words, with a star where it is assumed."""
    parts = [str(step.text)]
    if step.every is not None:
        parts.append(_("every {span}").format(span=step.every.text()))
    if step.within is not None:
        parts.append(_("within {span}").format(span=step.within.text()))
    if step.by is not None:
        parts.append(_("by: {role}").format(role=roles.get(step.by, step.by)))
    return _("; ").join(parts) + (" *" if step.basis is Basis.ASSUMED else "")


def records_words(procedure: Procedure) -> str:
    """Return the records a procedure keeps."""
    return _("Records: {names}").format(names=_(", ").join(map(str, procedure.records)))

"""What was tested and whether it held: rules, gates, flags, matched and unmatched alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung_tui.customer.layout import Part, conditions, grade_span, held_mark, number, paragraph, title
from rung_tui.customer.told import Told
from rung_tui.drawn import Line, Span
from rung_tui.language import _, words

if TYPE_CHECKING:
    from rung.grading.explanation import FlagLine, GateLine, RuleLine

__all__ = ["flags", "gates", "reasons", "rules"]


def reasons(told: Told, width: int) -> list[Line]:
    """Return the ranked reasons."""
    found = told.explanation.reasons
    if not found:
        return []
    lines = [title(_("Reasons"), width)]
    for place, reason in enumerate(found, start=1):
        lines += paragraph([(f"{place}. ", "key"), words(reason.text)], width, 3)
    return lines


def rules(told: Told, width: int) -> list[Line]:
    """Return the rows of a decision table, the one that decided first."""
    found = told.explanation.rules
    if not found:
        return []
    refusal = told.explanation.not_graded
    in_conflict = [rule for rule in found if rule.held] if refusal and refusal.code == "conflict" else []
    decided = [rule for rule in found if rule.decided]
    others = [rule for rule in found if rule not in decided and rule not in in_conflict]
    lines: list[Line] = []
    for heading, group in (
        (_("Rules in conflict"), in_conflict),
        (_("The rule that decided") if len(decided) == 1 else _("The rules that decided"), decided),
        (_("The other rules, in their order"), others),
    ):
        if group:
            lines.append(title(heading, width))
        for rule in group:
            lines += _rule(rule, told, width)
    return lines


def _rule(rule: RuleLine, told: Told, width: int) -> list[Line]:
    head: list[Part] = [
        Span("→ " if rule.decided else "  ", "key"),
        held_mark(rule.held),
        " ",
        Span(number(rule.points, signed=True))
        if rule.points is not None
        else grade_span(rule.grade, told.grades),
        (f"  {words(rule.reason)}", "strong" if rule.decided else "" if rule.held else "muted"),
    ]
    return paragraph(head, width, 6) + conditions(rule.conditions, width, 8, whole_held=rule.held)


def gates(told: Told, width: int) -> list[Line]:
    """Return the gates: those that fired first."""
    found = sorted(told.explanation.gates, key=lambda gate: gate.fired is not True)
    if not found:
        return []
    lines = [title(_("Gates"), width)]
    for gate in found:
        lines += _gate(gate, told, width)
    return lines


def _gate(gate: GateLine, told: Told, width: int) -> list[Line]:
    effect = {"at_most": _("at most "), "at_least": _("at least "), "set": _("always ")}[gate.effect]
    state = {True: _("fired"), False: _("did not fire"), None: _("open: data missing")}[gate.fired]
    role = "warning" if gate.fired else "open" if gate.fired is None else "muted"
    head: list[Part] = [
        held_mark(gate.fired, good=False) if gate.fired else held_mark(gate.fired),
        (f" {words(gate.reason)}", "strong" if gate.fired else ""),
        (f"  {effect}", "muted"),
        grade_span(gate.grade, told.grades),
        (f"  {state}", role),
    ]
    return paragraph(head, width, 2) + conditions(gate.conditions, width, 4, whole_held=gate.fired)


def flags(told: Told, width: int) -> list[Line]:
    """Return the flags: those that stand first."""
    found = sorted(told.explanation.flags, key=lambda flag: flag.held is not True)
    if not found:
        return []
    lines = [title(_("Flags"), width)]
    for flag in found:
        lines += _flag(flag, width)
    return lines


def _flag(flag: FlagLine, width: int) -> list[Line]:
    head = [held_mark(flag.held), (f" {words(flag.title)}", "cut" if flag.held else "muted")]
    return paragraph(head, width, 2) + conditions(flag.conditions, width, 4, whole_held=flag.held)

"""What the keys of a policy are called where a difference is told: “bound”, “cut-off”, “at most”."""

from __future__ import annotations

from rung.text import _

__all__ = ["key_word", "member_word", "mode_word", "section_word", "words_of_keys"]


def section_word(key: str) -> str:
    """Return the name of a top-level part of a policy."""
    return {
        "title": _("Title"),
        "purpose": _("Purpose"),
        "sector": _("Sector"),
        "family": _("Family"),
        "guide": _("Guide"),
        "effective_from": _("In force from"),
        "effective_to": _("In force until"),
        "grades": _("Grades"),
        "ordered": _("Grades are ranks"),
        "meaning": _("What the grades stand for"),
        "fields": _("Fields"),
        "parameters": _("Parameters"),
        "derived": _("Derived values"),
        "grading": _("How the grade is found"),
        "hysteresis": _("Held by the grade before"),
        "criteria": _("Criteria"),
        "rules": _("Rules"),
        "gates": _("Gates"),
        "flags": _("Flags"),
        "service": _("Service promised"),
        "roles": _("Roles"),
        "procedures": _("Procedures"),
        "alarms": _("Alarms"),
        "outcomes": _("Outcomes of a contact"),
        "judgement": _("Judging"),
        "correction": _("Correcting data"),
        "override": _("Overriding"),
    }.get(key, key)


def member_word(key: str) -> str:
    """Return what the members of a list without names are called, with room for their number ``n``."""
    return {
        "bands": _("band {n}"),
        "levels": _("level {n}"),
        "cells": _("row or column {n}"),
        "phases": _("phase {n}"),
        "steps": _("step {n}"),
        "duties": _("duty {n}"),
        "contact": _("contact {n}"),
        "respond": _("answer {n}"),
        "review": _("review {n}"),
        "owner": _("responsible person {n}"),
        "approve": _("approval {n}"),
        "resource": _("resource {n}"),
        "benefit": _("benefit {n}"),
        "handling": _("handling {n}"),
        "release": _("release {n}"),
        "escalate": _("escalation {n}"),
        "stop": _("end {n}"),
        "promise": _("promise {n}"),
    }.get(key, "{n}")


def key_word(key: str) -> str:
    """Return what a key of a part is called; a name, such as a grade's, as it is."""
    return words_of_keys().get(key, key)


def mode_word(mode: str) -> str:
    """Return what a way of grading is called; the id of one not known, as it is."""
    return {
        "score": _("score"),
        "rules": _("decision table"),
        "count": _("shares of customers"),
        "value": _("shares of value"),
        "matrix": _("matrix"),
        "combine": _("scales combined"),
        "process": _("stages"),
        "none": _("nobody is graded"),
    }.get(mode, mode)


def words_of_keys() -> dict[str, str]:
    """Return every key of a policy's parts with what it is called; empty where the next step says enough."""
    return {
        **_of_grading(),
        **_of_promises(),
        **_of_parts(),
    }


def _of_grading() -> dict[str, str]:
    return {
        "mode": _("way of grading"),
        "hit": _("which rule counts"),
        "collect": _("how points are collected"),
        "cutoffs": _("cut-off"),
        "score_decimals": _("decimals of the score"),
        "otherwise": _("where no rule holds"),
        "by": _("owed by"),
        "shares": _("share"),
        "ties": _("ties"),
        "within": _("within"),
        "axes": _("axes"),
        "cells": _("matrix"),
        "how": _("how scales are combined"),
        "margin": _("margin"),
        "max_up": _("most notches up in one run"),
        "max_down": _("most notches down in one run"),
        "missing": _("if missing"),
        "measure": _("measure"),
        "weight": _("weight"),
        "bands": "",
        "levels": "",
        "rank": _("ranked by"),
        "expires_after": _("answers stand for"),
        "dated_by": _("answers are dated by"),
        "applies": _("applies only where"),
        "when": _("condition"),
        "top": _("top share"),
        "points": _("points"),
        "grade": _("grade"),
        "at_most": _("at most"),
        "at_least": _("at least"),
        "set": _("always"),
        "hard": _("hard"),
        "service_class": _("class of service"),
        "formula": _("formula"),
    }


def _of_promises() -> dict[str, str]:
    return {
        "stated": _("stated by the practice"),
        "accepted": _("suggestion accepted"),
        "contact": "",
        "respond": "",
        "review": "",
        "owner": "",
        "approve": "",
        "resource": "",
        "benefit": "",
        "handling": "",
        "release": "",
        "escalate": "",
        "stop": "",
        "promise": "",
        "service": _("service"),
        "every": _("every"),
        "phases": "",
        "lasts": _("lasts"),
        "no_later_than": _("at the latest after"),
        "no_sooner_than": _("at the earliest after"),
        "until": _("until"),
        "channel": _("channel"),
        "aim": _("aim"),
        "to": _("to"),
        "documents": _("documents"),
        "what": _("what"),
        "amount": _("amount"),
        "unit": _("unit"),
        "batch": _("in one batch"),
        "turn": _("turn"),
        "after": _("after"),
        "warn": _("warned before"),
        "cooling_off": _("not taken again for"),
        "steps": "",
        "records": _("records"),
        "on": _("events"),
        "customers": _("of customers with"),
        "duties": "",
        "escalate_after": _("escalated after"),
        "escalate_to": _("escalated to"),
        "requires": _("starts once there is an open record"),
        "script": _("what is said"),
        "minutes": _("minutes each"),
        "key": _("key"),
        "facts": _("sets"),
        "again": _("next try after"),
        "reached": _("the customer is reached"),
        "ends": _("no more contact until something else is known"),
    }


def _of_parts() -> dict[str, str]:
    return {
        "title": _("title"),
        "essence": _("whom it stands for"),
        "reason": _("reason"),
        "reasons": _("reason"),
        "about": _("explanation"),
        "label": _("label"),
        "describes": _("description"),
        "text": _("text"),
        "basis": _("basis"),
        "because": _("because"),
        "kind": _("kind"),
        "decimals": _("decimals"),
        "aliases": _("other names"),
        "choices": _("choices"),
        "choose": _("left open to choose"),
        "required": _("required"),
        "sensitive": _("sensitive"),
        "value": _("value"),
        "use_when": _("use when"),
        "data": _("data needed"),
        "change_first": _("change first"),
        "monday": _("an ordinary Monday"),
        "max_notches_up": _("most notches up"),
        "max_notches_down": _("most notches down"),
        "approval": _("approval"),
        "up": _("up"),
        "down": _("down"),
        "expires_within": _("lasts at most"),
        "needs_narrative": _("must be written out"),
        "needs_evidence": _("needs evidence"),
        "other_line": _("approved by another reporting line"),
        "notches": _("from so many notches"),
        "direction": _("direction"),
        "review_within": _("looked at again within"),
        "worse": _("where the model has got worse"),
        "other": _("where it has changed otherwise"),
        "may_grade_not_graded": _("may grade who was not graded"),
    }

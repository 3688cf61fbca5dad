"""Draws rating sheets as one HTML file to be printed: a page each where it fits, its head on every page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from rung.html import Markup, document, element, joined, text
from rung.sheet.deciding import deciding
from rung.sheet.facts import assumed, evidence, history, reasons, service, signatures
from rung.sheet.given import human_inputs
from rung.sheet.panels import panels
from rung.sheet.parts import minute
from rung.sheet.ruling import conditions
from rung.sheet.style import style
from rung.sheet.waterfall import patterns
from rung.text import _, current_language, display_width

if TYPE_CHECKING:
    from rung.sheet.sheet import Sheet

__all__ = ["rating_sheets"]

_SHORT: Final = 10
"""Cells a grade's title fills in large print."""


def rating_sheets(sheets: Sequence[Sheet]) -> str:
    """Return a file with one customer's sheet for each policy, in the current language."""
    first = sheets[0].explanation
    title = _("Rating sheet {customer}").format(customer=first.customer_id)
    return document(current_language(), title, style(), (patterns(), *map(_drawn, sheets)))


def _drawn(sheet: Sheet) -> Markup:
    told = sheet.explanation
    body = (
        _top(sheet),
        *deciding(sheet),
        *([conditions(sheet)] if told.gates or told.flags else []),
        element("div", reasons(sheet), evidence(sheet), class_="two"),
        *([human_inputs(sheet)] if sheet.is_in_workspace else []),
        element("div", history(sheet), service(sheet), class_="two"),
        *panels(sheet),
        assumed(sheet),
        signatures(),
        _foot(sheet),
    )
    head = element("thead", element("tr", element("td", _running(sheet))))
    rest = element("tbody", element("tr", element("td", *body)))
    return element("main", element("table", head, rest, class_="layout", role="presentation"), class_="sheet")


def _running(sheet: Sheet) -> Markup:
    told = sheet.explanation
    who = " ".join(dict.fromkeys(each for each in (told.customer_name, told.customer_id) if each))
    words = f"{who} · {told.policy_title} {told.policy_version}"
    return element(
        "div", element("h1", text(_("Rating sheet"))), element("span", text(words)), class_="running"
    )


def _top(sheet: Sheet) -> Markup:
    told, run = sheet.explanation, sheet.manifest
    who = element("div", text(told.customer_name or told.customer_id), class_="who")
    facts = (
        (_("Customer"), told.customer_id, ""),
        (_("As of"), run.as_of.isoformat(), ""),
        (_("Policy"), f"{told.policy_title} · {told.policy_id} {told.policy_version}", "long"),
        (_("Its content"), f"SHA-256 {run.policy.sha256[:16]}", "long"),
        (_("Run"), f"{run.run_id} · {minute(run.created_at)}", "long"),
    )
    pairs = (
        joined((element("dt", text(name)), element("dd", text(value), class_=kind or "short")))
        for name, value, kind in facts
    )
    left = element("div", who, element("dl", *pairs, class_="facts"))
    notices = (element("p", text(each), class_="notice") for each in _notices(sheet))
    return joined((element("div", left, _grades(sheet), class_="top"), *notices))


def _grades(sheet: Sheet) -> Markup:
    found = [(_("Model grade"), sheet.grades.model), (_("Computed grade"), sheet.grades.computed)]
    found.append((_("Effective grade"), sheet.grades.effective))
    if not sheet.is_in_workspace:
        found = [(_("Grade"), sheet.grades.effective)]
    boxes = [
        element(
            "div",
            text(name),
            _grade("–" if grade is None else str(sheet.policy.grade_title(grade))),
            class_="counts" if number == len(found) else "other",
        )
        for number, (name, grade) in enumerate(found, start=1)
    ]
    score = sheet.explanation.score
    if score is not None:
        score_box = element("b", text(f"{score.normalize():f}"))
        boxes.insert(len(found) - 1, element("div", text(_("Score")), score_box, class_="other"))
    return element("div", *boxes, class_="grades")


def _grade(title: str) -> Markup:
    return element("b", text(title), class_="wordy" if display_width(title) > _SHORT else "brief")


def _notices(sheet: Sheet) -> Iterator[str]:
    told = sheet.explanation
    if sheet.notice:
        yield sheet.notice
    if told.not_graded is not None:
        yield _("Not graded: {cause}").format(cause=told.not_graded.text)
    if told.service_class is not None:
        yield _("served as {name}").format(name=told.service_class)
    if told.ungated is not None and told.ungated != told.grade:
        yield _("before gates {grade}").format(grade=sheet.policy.grade_title(told.ungated))


def _foot(sheet: Sheet) -> Markup:
    words = _("Drawn {moment} by {name}, Rung {version}.")
    if not sheet.drawn_by:
        words = _("Drawn {moment}, Rung {version}.")
    version = sheet.manifest.rung_version
    told = [words.format(moment=minute(sheet.drawn_at), name=sheet.drawn_by, version=version)]
    if sheet.head is not None:
        words = _("Ledger: {n} events, head {hash}.")
        told.append(words.format(n=f"{sheet.head.sequence:,}", hash=sheet.head.hash))
    told.append(_("Run's tables: SHA-256 {hash}.").format(hash=sheet.manifest.input_sha256[:16]))
    return element("footer", text(" ".join(told)), class_="foot")

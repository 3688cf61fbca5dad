"""Puts a policy on a page for people who read no TOML: what it is for, how it grades, what it promises."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from rung.cli.assumed_words import assumed_table, remarks_table
from rung.cli.exercised_words import exercised_words
from rung.cli.input_words import input_blocks, input_tables
from rung.cli.method_page import method_sections
from rung.cli.page import Block, Items, Page, Section, section
from rung.cli.policy_tables import (
    alarms_table,
    flags_table,
    gates_table,
    outcomes_table,
    parameters_table,
    scripts_table,
    service_table,
)
from rung.cli.procedure_words import records_words, step_words
from rung.cli.tables import Table, table
from rung.policy.diff.key_words import section_word
from rung.policy.heading import days
from rung.policy.model import Policy
from rung.text import _, current_language

if TYPE_CHECKING:
    from rung.grading.compiled import CompiledPolicy
    from rung.grading.policy_tests import Report
    from rung.policy.reader import LoadedPolicy

__all__ = ["policy_page"]


def policy_page(loaded: LoadedPolicy, compiled: CompiledPolicy, report: Report) -> Page:
    """Return the page of a policy, in the current language."""
    policy = loaded.policy
    return Page(
        name=policy.id,
        version=policy.version,
        language=current_language(),
        title=str(policy.title),
        about=_("{id}, version {version}, in force {days}").format(
            id=policy.id, version=policy.version, days=days(policy.effective_from, policy.effective_to)
        ),
        sections=tuple(each for each in _sections(loaded, compiled, report) if each.blocks or each.within),
        footer=_("Made by rung from policy {id} {version}, content {sha256}").format(
            id=policy.id, version=policy.version, sha256=loaded.sha256
        ),
    )


def _sections(loaded: LoadedPolicy, compiled: CompiledPolicy, report: Report) -> Iterator[Section]:
    policy, assumed = loaded.policy, assumed_table(compiled)
    yield _use(policy)
    yield section(
        _("What to settle first"), [_first(policy), _star(assumed), assumed, remarks_table(compiled)]
    )
    yield section(section_word("parameters"), [parameters_table(compiled)])
    yield from method_sections(compiled)
    yield section(_("Gates"), [_gate_words(policy), gates_table(compiled), _hard(policy)])
    yield section(_("Flags"), [flags_table(compiled)])
    yield section(_("Service promised"), [_force(policy), service_table(compiled), _codes(policy)])
    yield section(_("What is said"), [scripts_table(compiled)])
    yield section(section_word("outcomes"), [_keys(compiled), outcomes_table(compiled)])
    yield section(_("Alarms"), [alarms_table(compiled)])
    yield section(_("Procedures"), [], _procedures(policy))
    for name, rules in input_tables(compiled).items():
        yield section(section_word(name), input_blocks(rules, compiled))
    yield section(_("Tests"), _tests(report))
    yield section(_("Where it comes from"), [_origin(loaded)])


def _use(policy: Policy) -> Section:
    guide = policy.guide
    rows: list[tuple[str, object]] = []
    if guide is not None:
        best = policy.grade_title(policy.grades[0]) if policy.grades else ""
        monday = _("Monday, for customers of grade {grade}") if policy.grades else _("Monday")
        rows = [
            (_("when to use it"), guide.use_when),
            (_("data needed"), guide.data),
            (_("change first"), guide.change_first),
            (monday.format(grade=best), guide.monday),
        ]
    return section(
        _("What it is for"), [str(policy.purpose) if policy.purpose else None, table(("", ""), rows)]
    )


def _first(policy: Policy) -> str | None:
    open_choices = [str(each.title or name) for name, each in policy.parameters.items() if each.choose]
    if not open_choices:
        return None
    return _("The practice leaves these open; choose before anything counts: {names}.").format(
        names=_(", ").join(open_choices)
    )


def _star(assumed: Table) -> str | None:
    return _("* assumed: the practice does not state it. Put in your own.") if assumed.rows else None


def _gate_words(policy: Policy) -> str | None:
    if not policy.gates:
        return None
    return _("Gates come last, in this order, and bind whatever the rest says.")


def _hard(policy: Policy) -> str | None:
    hard = [str(gate.reason) for gate in policy.gates if gate.hard]
    if not hard:
        return None
    told = _("Nobody may overrule these; they yield to a correction of the data alone: {reasons}.")
    return told.format(reasons=_("; ").join(hard))


def _force(policy: Policy) -> str | None:
    terms = list(policy.service.values())
    if not terms:
        return None
    if all(each.stated for each in terms):
        return _("Stated by the practice.")
    if not any(each.is_in_force for each in terms):
        return _("The practice states no service; these are suggestions, and bind once accepted.")
    return _("Suggestions are marked; they bind once accepted. The rest is in force.")


def _keys(compiled: CompiledPolicy) -> str | None:
    if all(each.source == "usual" for each in compiled.outcomes):
        return None
    return _("One key logs a contact; what it sets counts at once, and the customer is graded anew.")


def _codes(policy: Policy) -> str | None:
    classes = [(flag.title, flag.service_class) for flag in policy.flags if flag.service_class is not None]
    if not classes:
        return None
    told = _("While the flag “{flag}” holds, the class of service is {grade}; the grade stands beside it.")
    return " ".join(told.format(flag=flag, grade=grade) for flag, grade in classes)


def _procedures(policy: Policy) -> Iterator[Section]:
    for procedure in policy.procedures:
        steps = Items(tuple(step_words(step, policy.roles) for step in procedure.steps), is_numbered=True)
        yield section(str(procedure.title), [steps, records_words(procedure) if procedure.records else None])


def _tests(report: Report) -> Iterator[Block]:
    passed = len(report.outcomes) - len(report.failed)
    yield _("{passed} of {all} tests passed").format(passed=passed, all=len(report.outcomes))
    yield exercised_words(report.coverage)


def _origin(loaded: LoadedPolicy) -> Block:
    policy, sources = loaded.policy, loaded.sources
    layers = [each.id for each in sources.layers]
    rows: list[tuple[str, object]] = [
        (_("id"), policy.id),
        (_("version"), policy.version),
        (_("in force"), days(policy.effective_from, policy.effective_to)),
        (_("sector"), policy.sector),
        (_("family"), policy.family),
        (_("laid over"), " → ".join(layers)),
        (_("libraries"), _(", ").join(each.id for each in sources.libraries)),
        (_("content hash"), loaded.sha256),
    ]
    changes = ([policy.change] if policy.change else []) + list(policy.history)
    rows += [(_("changed"), _made(each.author, each.date, each.reason)) for each in changes]
    if policy.published is not None:
        published = policy.published
        rows.append((_("published"), _made(published.author, published.date, published.reason)))
        rows.append((_("made from"), _(", ").join(published.made_from)))
    return table(("", ""), [row for row in rows if row[1]])


def _made(author: str, day: date, reason: str) -> str:
    return _("{day}, {author}: {reason}").format(day=day, author=author, reason=reason)

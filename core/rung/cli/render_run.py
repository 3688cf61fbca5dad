"""Lays a run out for a terminal: how many of each grade, who was not graded and why, how good the data is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from rung.cli.terminal import grid, line
from rung.text import _

if TYPE_CHECKING:
    from rich.console import RenderableType

    from rung.grading.compiled import CompiledPolicy
    from rung.runs.manifest import Manifest

__all__ = ["render_run"]

_BAR: Final = 30
# Cells of the longest bar.
_FULL: Final = "█"


def render_run(manifest: Manifest, compiled: CompiledPolicy) -> Iterator[RenderableType]:
    """Yield the parts of a run's summary to print, in the current language."""
    policy = manifest.policy
    yield line(f"{policy.title}  ({policy.id} {policy.version})", "bold")
    words = _("1 customer, as of {day}") if manifest.rows == 1 else _("{n} customers, as of {day}")
    facts = words.format(n=f"{manifest.rows:,}", day=manifest.as_of.isoformat())
    yield line(facts, "dim")
    yield grid((_("grade"), _("name"), _("customers"), _("share"), ""), _grades(manifest), right=(2, 3))
    if any(manifest.flagged.values()):
        yield line("")
        titles = {flag.id: flag.title for flag in manifest.flags}
        rows = ((titles[flag], f"{count:,}") for flag, count in manifest.flagged.items() if count)
        yield grid((_("flag"), _("customers")), rows, right=(1,))
    if manifest.not_graded:
        yield line("")
        yield grid((_("not graded, because"), _("customers")), _causes(manifest, compiled), right=(1,))
    yield from _quality(manifest.quality)
    for fault in manifest.faults:
        yield line(_("Fault: {fault}").format(fault=fault), "bold red")


def _grades(manifest: Manifest) -> Iterator[tuple[object, ...]]:
    most = max([*manifest.counts.values(), 1])
    for grade in manifest.grades:
        count = manifest.counts[grade.id]
        title = "" if str(grade.title) == grade.id else grade.title
        yield grade.id, title, f"{count:,}", _share(count, manifest.rows), _FULL * round(_BAR * count / most)
    left = sum(manifest.not_graded.values())
    if left:
        bar = _FULL * round(_BAR * left / most) if left <= most else _FULL * _BAR
        yield "–", _("not graded"), f"{left:,}", _share(left, manifest.rows), bar


def _share(count: int, rows: int) -> str:
    return f"{100 * count / rows:.1f}%" if rows else ""


def _causes(manifest: Manifest, compiled: CompiledPolicy) -> Iterator[tuple[object, ...]]:
    from rung.grading.reasons import refusal_text

    for code, count in sorted(manifest.not_graded.items(), key=lambda item: -item[1]):
        yield refusal_text(compiled, code), f"{count:,}"


def _quality(quality: Mapping[str, Any]) -> Iterator[RenderableType]:
    """Say what a person should know of the data: rows set aside, values not read, columns not found."""
    words = []
    read = quality["read"]
    for count, one, many in (
        (
            quality["without_id"],
            _("1 row without an id set aside"),
            _("{n} rows without an id set aside"),
        ),
        (
            quality["repeated"],
            _("1 row of a customer already there set aside"),
            _("{n} rows of customers already there set aside"),
        ),
        (
            read["misfits"],
            _("1 row with too many or too few fields set aside"),
            _("{n} rows with too many or too few fields set aside"),
        ),
        (
            read["replaced"],
            _("1 character is no text in the encoding {encoding}"),
            _("{n} characters are no text in the encoding {encoding}"),
        ),
    ):
        if count:
            text = one if count == 1 else many
            words.append(text.format(n=f"{count:,}", encoding=read["encoding"]))
    words += map(_unread, (column for column in quality["columns"] if column["unread"]))
    if quality["absent"]:
        words.append(_("not in the tables: {names}").format(names=_(", ").join(quality["absent"])))
    for table in quality["events"]:
        count = table["of_unknown_customers"]
        if count:
            text = (
                _("1 event in “{table}” is of a customer that is not in the table")
                if count == 1
                else _("{n} events in “{table}” are of customers that are not in the table")
            )
            words.append(text.format(n=f"{count:,}", table=table["id"]))
    if words:
        yield line("")
        yield line(_("The data"), "bold cyan underline")
        for each in words:
            yield line(f"  {each}")


def _unread(column: Mapping[str, Any]) -> str:
    first = column["examples"][0] if column["examples"] else None
    example = _(", such as “{value}” in line {line}").format(**first) if first else ""
    text = (
        _("1 value of “{column}” could not be read{example}")
        if column["unread"] == 1
        else _("{n} values of “{column}” could not be read{example}")
    )
    return text.format(n=f"{column['unread']:,}", column=column["header"] or column["id"], example=example)

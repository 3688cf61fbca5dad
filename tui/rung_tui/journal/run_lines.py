"""One run in full: by which policy, from which tables, what came of it, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from rung.moments import local
from rung_tui.bars import bar
from rung_tui.drawn import Line, line, padded, wrap
from rung_tui.language import _, spoken, words
from rung_tui.roles import grade_role
from rung_tui.scale import called, scale_of_run

if TYPE_CHECKING:
    from rung.errors import Problem
    from rung.runs import Manifest
    from rung.text import Text
    from rung.workspace.runs_listed import ListedRun

__all__ = ["fact", "part", "problem_lines", "run_lines"]

_LABEL: Final = 14
_COUNT: Final = 12


def run_lines(
    listed: ListedRun,
    causes: Mapping[str, Text],
    together: Sequence[str],
    width: int,
    changes: Sequence[Problem] = (),
) -> list[Line]:
    """Return everything about a run; ``together`` are the runs made in the same call.

    ``changes`` tell why its customers may have other grades if they were graded again.
    """
    lines = [*problem_lines(listed.problems, width)]
    manifest = listed.manifest
    if manifest is None:
        return [*fact(_("Run"), listed.run_id, width), *lines]
    for each in changes:
        lines += wrap(line(("! ", "warning"), each.message, "  ", (each.hint, "muted")), width, 2)
    lines += [*_facts(listed, manifest, together, width), (), *_grades(manifest, width)]
    lines += [*_left(manifest, causes, width), *_besides(manifest, width)]
    return lines


def fact(label: str, said: str, width: int, role: str = "") -> list[Line]:
    """Return a line with a label before it, hanging in where it is long."""
    return wrap(line(padded(label, _LABEL, "muted"), " ", (said, role)), width, _LABEL + 1)


def part(title: str) -> list[Line]:
    """Return the heading of a part, a line apart from what is before."""
    return [(), line((title, "title"))]


def problem_lines(problems: Sequence[Problem], width: int) -> Iterator[Line]:
    """Yield what is wrong, and what to do about it."""
    for each in problems:
        yield from wrap(line(("✗ ", "error"), str(each)), width, 2)


def _facts(listed: ListedRun, manifest: Manifest, together: Sequence[str], width: int) -> Iterator[Line]:
    policy, plugin = manifest.policy, manifest.plugin
    yield from fact(_("Policy"), f"{words(policy.title)} ({policy.id} {policy.version})", width, "strong")
    yield from fact(_("As of"), str(manifest.as_of), width)
    made = f"{local(manifest.created_at):%Y-%m-%d %H:%M:%S}, Rung {manifest.rung_version}"
    yield from fact(_("Made"), made, width)
    if listed.owner:
        yield from fact(_("Files of"), listed.owner, width)
    yield from fact(_("Run"), manifest.run_id, width, "muted")
    if manifest.batch is not None:
        yield from fact(
            _("Made with"), _(", ").join(each for each in together if each != listed.run_id), width
        )
    if plugin is not None:
        yield from fact(_("Plugin"), f"{plugin.id} ({plugin.distribution} {plugin.version})", width)
    yield from fact(_("Customers"), f"{manifest.rows:,}", width)
    yield from fact(_("Set aside"), _("{n} rows and values").format(n=f"{manifest.rejected:,}"), width)
    before = manifest.previous
    if before is not None:
        yield from fact(_("Looked back at"), before.run_id or before.file or "–", width)


def _grades(manifest: Manifest, width: int) -> Iterator[Line]:
    whole, most = max(1, manifest.rows), max([1, *manifest.counts.values()])
    room = max(4, min(40, width - 40))
    for place, named in enumerate(manifest.grades):
        count = manifest.counts.get(named.id, 0)
        role, title = grade_role(place, len(manifest.grades)), words(named.title)
        is_word = called(named.id, scale_of_run(manifest)) != named.id
        yield line(
            padded("" if is_word else named.id, 0 if is_word else 6, role),
            padded("" if title == named.id else title, 18 if is_word else 12, role if is_word else ""),
            padded(f"{count:,}", _COUNT, right=True),
            padded(f"{100 * count / whole:.1f}%", 8, "muted", right=True),
            " ",
            *bar(count / most, room),
        )


def _left(manifest: Manifest, causes: Mapping[str, Text], width: int) -> Iterator[Line]:
    if not manifest.not_graded:
        return
    yield from part(_("Not graded, and why"))
    for code, count in sorted(manifest.not_graded.items(), key=lambda item: -item[1]):
        said = words(causes[code]) if code in causes else code
        yield from wrap(line(padded(f"{count:,}", _COUNT, right=True), "  ", said), width, _COUNT + 2)


def _besides(manifest: Manifest, width: int) -> Iterator[Line]:
    from rung.workspace.data_words import data_words
    from rung.workspace.source_words import source_words

    spoken()
    notes = data_words(manifest.quality)
    if notes:
        yield from part(_("The data"))
        for each in notes:
            yield from wrap(line("· ", each), width, 2)
    yield from part(_("Where the data came from"))
    if manifest.source is not None:
        yield from fact(_("Source"), source_words(manifest.source), width)
    rows = {} if manifest.source is None else manifest.source.rows
    for table in manifest.inputs:
        if table.table in rows and manifest.source is not None and table.path == manifest.source.id:
            said = _("{n} rows").format(n=f"{rows[table.table]:,}")
        else:
            said = _("{path}, {size} bytes").format(path=table.path, size=f"{table.size:,}")
        yield from fact(table.table, said, width)
    yield from fact(_("Hash of it"), manifest.input_sha256, width, "muted")
    yield from fact(_("Policy's hash"), manifest.policy.sha256, width, "muted")
    yield from fact(_("Policy's file"), manifest.policy.file, width, "muted")
    if manifest.faults:
        yield from part(_("Faults of plugins"))
        for each in manifest.faults:
            yield from wrap(line(("! ", "error"), each), width, 2)

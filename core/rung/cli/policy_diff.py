"""``rung policy diff``: what two policies, or two versions of one, say differently."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rung.cli.options import as_of_option, json_option, workspace_option
from rung.cli.session import Session, session
from rung.cli.terminal import console, grid, line, print_json
from rung.text import _

if TYPE_CHECKING:
    from rung.policy.diff import Difference, DiffLine, Subject
    from rung.policy.reader import LoadedPolicy

__all__ = ["diff"]


@click.command(
    help=_(
        "Tell what moved from policy A to policy B: which bound, weight, promise, rule. "
        "Compared is what they mean, not how it is written. Ends with 1 where they differ.\n\n"
        "A and B are ids, files, or versions, ID@2026.1. With one policy alone: what it changes of the "
        "policy it is laid over, or of the version in force."
    )
)
@click.argument("a", metavar="A")
@click.argument("b", metavar="[B]", required=False)
@as_of_option
@workspace_option
@json_option
def diff(a: str, b: str | None, as_of: date | None, workspace: Path | None, as_json: bool) -> int:
    """Compare two policies; return 1 where they differ."""
    from rung.policy.diff import compared_with
    from rung.policy.diff import diff as differences_of

    surroundings = session(workspace)
    first = surroundings.policy(a, as_of, is_told=False)
    if b is None:
        before, after = compared_with(first, surroundings.shelf, as_of), first
    else:
        before, after = first, surroundings.policy(b, as_of, is_told=False)
    subjects = _subject(before, surroundings), _subject(after, surroundings)
    found = differences_of(*subjects)
    if as_json:
        print_json(_plain(before, after, found))
    else:
        screen = console()
        for part in _rendered(before, after, subjects, found):
            screen.print(part)
    return 1 if found else 0


def _subject(loaded: LoadedPolicy, surroundings: Session) -> Subject:
    from rung.pipeline import compiled_policy
    from rung.policy.diff import Subject

    compiled = compiled_policy(loaded, surroundings.host)
    return Subject(compiled.policy, compiled.quantities, compiled.vocabulary.events)


def _plain(before: LoadedPolicy, after: LoadedPolicy, found: tuple[Difference, ...]) -> dict[str, Any]:
    from rung.policy.diff import plain_difference

    def head(loaded: LoadedPolicy) -> dict[str, Any]:
        policy = loaded.policy
        return {
            "id": policy.id,
            "version": policy.version,
            "file": loaded.sources.name,
            "effective_from": policy.effective_from,
            "effective_to": policy.effective_to,
        }

    differences = [
        plain_difference(
            each,
            None if each.before_path is None else before.sources.place(each.before_path),
            None if each.after_path is None else after.sources.place(each.after_path),
        )
        for each in found
    ]
    return {"before": head(before), "after": head(after), "differences": differences}


def _rendered(
    before: LoadedPolicy,
    after: LoadedPolicy,
    subjects: tuple[Subject, Subject],
    found: tuple[Difference, ...],
) -> Iterator[Any]:
    from rung.grading.condition_words import asked_words
    from rung.policy.diff import Area, diff_lines

    yield line(" → ".join(f"{each.policy.id} {each.policy.version}" for each in (before, after)), "bold")
    if not found:
        yield line(_("Both say the same."), "green")
        return
    lines = diff_lines(found, *subjects, asked_words)
    wording = [each for each in lines if each.difference.area in (Area.WORDS, Area.BASIS)]
    yield from _sections([each for each in lines if each not in wording])
    if wording:
        yield line("")
        yield line(_("In words alone, or in what they rest on:"), "bold yellow")
        yield from _sections(wording)


def _sections(lines: Sequence[DiffLine]) -> Iterator[Any]:
    for section, group in groupby(lines, lambda each: each.section):
        yield line("")
        yield line(section, "bold cyan underline")
        rows = ((each.what, each.before or "–", each.after or "–") for each in group)
        yield grid(("", _("before"), _("after")), rows)

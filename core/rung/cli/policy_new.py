"""``rung policy new``: a first scheme from a table of one's own customers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rung import moments
from rung.cli.asking import ask_or
from rung.cli.options import workspace_option
from rung.cli.session import session
from rung.cli.terminal import console, line, show_problems
from rung.errors import RungError, Severity, did_you_mean
from rung.text import _

if TYPE_CHECKING:
    from rung.adopting.columns import OwnColumn
    from rung.adopting.scheme import Scheme
    from rung.cli.session import Session

__all__ = ["new"]


@click.command(
    help=_(
        "Begin a scheme of your own from the table named with --data: its headers become fields, the columns "
        "you choose are cut where your customers lie, and grades where their scores lie. Every number is "
        "marked assumed. The file is yours: nothing rewrites it."
    )
)
@click.option("--data", required=True, type=click.Path(path_type=Path), metavar="FILE", help=_("The table."))
@click.option("--id", "own_id", required=True, metavar="ID", help=_("The scheme's id, such as own.buyers."))
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.toml",
    help=_("The policy file to write; one that is there is never overwritten."),
)
@click.option(
    "--mode",
    type=click.Choice(["score", "count", "value", "combine"]),
    help=_("How grades are found: points, shares of customers or of value, the worst of several scales."),
)
@click.option("--sector", metavar="ID", help=_("The sector whose fields the scheme may use besides."))
@click.option("--title", metavar="TEXT", help=_("What the scheme is called; its id if left out."))
@click.option("--grades", metavar="A,B,C", help=_("The grades, best first; A,B,C if left out."))
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="HEADER",
    help=_("A column to grade by; may be repeated; the first numbers of the table if left out."),
)
@click.option(
    "--less",
    "less",
    multiple=True,
    metavar="HEADER",
    help=_("A column of which less is better, such as days overdue; may be repeated."),
)
@click.option("--yes", is_flag=True, help=_("Ask nothing: take what is proposed."))
@workspace_option
def new(
    data: Path,
    own_id: str,
    out: Path,
    mode: str | None,
    sector: str | None,
    title: str | None,
    grades: str | None,
    columns: tuple[str, ...],
    less: tuple[str, ...],
    yes: bool,
    workspace: Path | None,
) -> int:
    """Write a first scheme; return 1 where it has problems."""
    from rung.adopting.columns import own_columns
    from rung.adopting.first_scheme import check_free, read_grades
    from rung.adopting.scheme import Scheme

    surroundings = session(workspace)
    check_free(out)
    if sector is not None:
        surroundings.host.sector(sector)
    found = own_columns(data, moments.today())
    proposed = _proposed(found, (*columns, *less))
    _tell(found, proposed)
    if not yes and sys.stdin.isatty():
        mode = mode or ask_or(_("Grade by score, count, value or combine"), "score")
        grades = grades or ask_or(_("Grades, best first"), "A,B,C")
        if not columns:
            chosen = ask_or(_("Columns to grade by"), ", ".join(each.header for each in proposed))
            proposed = _proposed(found, tuple(chosen.split(", ")))
        if not less:
            less = tuple(filter(None, ask_or(_("Of which is less better"), "").split(", ")))
            _proposed(found, less)
    scheme = Scheme(
        id=own_id,
        title=title or own_id,
        grades=read_grades(grades or "A,B,C"),
        mode=mode or "score",
        columns=found,
        chosen=proposed,
        lower_is_better=frozenset(each.id for each in found if each.header in less),
        sector=sector,
    )
    return _written(scheme, data, out, surroundings)


def _proposed(found: tuple[OwnColumn, ...], headers: tuple[str, ...]) -> tuple[OwnColumn, ...]:
    from rung.adopting.first_scheme import usual_columns
    from rung.vocabulary import Kind

    by_header = {each.header: each for each in found}
    strange = [each for each in headers if each not in by_header]
    if strange:
        known = list(by_header)
        raise RungError(
            *(
                problem
                for each in strange
                for problem in RungError.of(
                    _("The table has no header “{name}”.").format(name=each), did_you_mean(each, known)
                ).problems
            )
        )
    graded = [by_header[each] for each in dict.fromkeys(headers)] or list(usual_columns(found))
    usable = [each for each in graded if each.kind not in {Kind.TEXT, Kind.DATE}]
    if not usable or len(usable) < len(graded):
        bad = ", ".join(each.header for each in graded if each not in usable)
        raise RungError.of(
            _("These columns cannot be cut into bands: {names}.").format(names=bad or "-"),
            _("Choose columns of numbers, or of few words, with --column."),
        )
    return tuple(usable)


def _tell(found: tuple[OwnColumn, ...], proposed: tuple[OwnColumn, ...]) -> None:
    from rung.cli.terminal import grid

    rows = [
        (
            each.header,
            each.kind.value,
            len(set(each.values)),
            each.rows - len(each.values),
            _role(each, proposed),
        )
        for each in found
    ]
    console().print(grid((_("Header"), _("Kind"), _("Different"), _("Missing"), ""), rows, right=(2, 3)))


def _role(column: OwnColumn, proposed: tuple[OwnColumn, ...]) -> str:
    if column.is_key:
        return _("customer's id")
    if column.is_name:
        return _("customer's name")
    return _("graded by") if column in proposed else ""


def _written(scheme: Scheme, data: Path, out: Path, surroundings: Session) -> int:
    from rung.adopting.first_scheme import begin_scheme
    from rung.grading.check import examine

    begun = begin_scheme(scheme, data, out, out.with_suffix(".map.toml"), surroundings.host, moments.today())
    screen = console()
    screen.print(line(_("Written: {file}").format(file=out), "green"), soft_wrap=True)
    from rung.cli.adopt_words import effect

    screen.print(line(_("Grades: {counts}").format(counts=effect(begun.counts, begun.counts))))
    mapped = f" --map {begun.mapping}" if begun.mapping else ""
    screen.print(line(f"rung grade {data} --policy {out}{mapped}", "dim"), soft_wrap=True)
    problems = examine(out, surroundings.shelf)
    show_problems(problems)
    return 1 if any(each.severity is Severity.ERROR for each in problems) else 0

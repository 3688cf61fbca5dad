"""What decided the grade: the waterfall of points, criteria, rules that held, the matrix, the cut-offs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from rung.grading.explained_values import NOBODY
from rung.grading.explanation import CriterionLine, MatrixLine
from rung.grading.held_words import held_words, of_segment
from rung.html import Markup, element, joined, text
from rung.sheet.parts import Column, plain, section, small, starred, table
from rung.sheet.ruling import rules
from rung.sheet.sheet import Sheet
from rung.sheet.waterfall import CutLine, Scale, axis, bars, cut_lines, drawn, total_bar
from rung.text import MASK, Text, _

__all__ = ["deciding"]


def deciding(sheet: Sheet) -> Iterator[Markup]:
    """Yield the sections that say how the method came to its grade."""
    told = sheet.explanation
    if told.criteria:
        if sheet.policy.grading.mode == "score":
            yield section(_("How the score came about"), _scored(sheet), small(_legend()))
        else:
            yield section(_("Criteria"), _banded(sheet))
    if told.matrix is not None:
        yield section(_("Matrix"), _matrix(told.matrix))
    if told.rules:
        yield section(_("Rules that hold"), *rules(sheet))
    if told.cutoffs:
        yield section(_("Where the grades begin"), *_cutoffs(sheet))


def _scored(sheet: Sheet) -> Markup:
    told = sheet.explanation
    steps = bars((each.contribution or Decimal(0), each.lost) for each in told.criteria)
    cuts = cut_lines(told)
    scale = Scale.over(steps, cuts, told.score)
    rows: list[Sequence[Markup]] = [
        (
            _title(sheet, number, each),
            text(each.value),
            text(each.band),
            _of_best(each),
            text(f"{each.weight_share.normalize():f}%"),
            drawn(None if each.contribution is None else step, scale, cuts),
            plain(each.contribution),
            plain(each.lost or None),
        )
        for number, (each, step) in enumerate(zip(told.criteria, steps, strict=True))
    ]
    if told.score is not None:
        rows.append(_total(told.score, sum((each.lost for each in told.criteria), Decimal(0)), scale, cuts))
    columns = (
        Column(_("criterion"), 18),
        Column(_("value"), 13),
        Column(_("band met"), 16),
        Column(_("points"), 7, is_number=True),
        Column(_("weight"), 6, is_number=True),
        Column("", 28, drawing=axis(scale, cuts)),
        Column(_("gives"), 6, is_number=True),
        Column(_("loses"), 6, is_number=True),
    )
    return table(columns, rows, "fall")


def _legend() -> str:
    return _(
        "Bars run from 0 to the score: dark is gained, hatched is lost against the criterion's best. "
        "Dashed lines: where the grades begin. * assumed, see below."
    )


def _total(score: Decimal, lost: Decimal, scale: Scale, cuts: Sequence[CutLine]) -> tuple[Markup, ...]:
    told, nothing = element("b", text(_("Score"))), text("")
    summed = (total_bar(score, scale, cuts), element("b", plain(score)), plain(lost or None))
    return (told, nothing, nothing, nothing, nothing, *summed)


def _title(sheet: Sheet, number: int, line: CriterionLine) -> Markup:
    title = starred(line.title, sheet.is_assumed("criteria", number))
    given = sheet.given_for(line)
    if given is None:
        return title
    return joined((title, element("span", text(given.record.id), class_="tag")), " ")


def _of_best(line: CriterionLine) -> Markup:
    if line.points is None:
        return text("–")
    return text(f"{line.points.normalize():f}/{line.best_points.normalize():f}")


def _banded(sheet: Sheet) -> Markup:
    """Return the criteria of a policy without points: bands, and the grade each one alone would give."""
    is_weighted = any(each.weight_share for each in sheet.explanation.criteria)
    has_grades = any(each.grade for each in sheet.explanation.criteria)
    columns = [Column(_("criterion"), 30), Column(_("value"), 25), Column(_("band met"), 45)]
    if has_grades:
        columns.append(Column(_("grade"), 12))
    if is_weighted:
        columns.append(Column(_("weight"), 10, is_number=True))
    rows = [
        (
            _title(sheet, number, each),
            text(each.value),
            text(each.band),
            *((text(sheet.policy.grade_title(each.grade) if each.grade else ""),) if has_grades else ()),
            *((text(f"{each.weight_share.normalize():f}%"),) if is_weighted else ()),
        )
        for number, each in enumerate(sheet.explanation.criteria)
    ]
    return table(columns, rows)


def _matrix(matrix: MatrixLine) -> Markup:
    """Return the whole matrix, the customer's cell framed."""
    head = [text(f"{matrix.down} ＼ {matrix.across}"), *map(text, matrix.columns)]
    rows = []
    for number, (words, cells) in enumerate(zip(matrix.rows, matrix.cells, strict=True)):
        row = [element("th", text(words), class_="here" if number == matrix.row else "w")]
        row += [
            element("td", text(cell), class_="here" if (number, at) == (matrix.row, matrix.column) else "w")
            for at, cell in enumerate(cells)
        ]
        rows.append(element("tr", *row))
    names = element("thead", element("tr", *(element("th", each) for each in head)))
    return element("table", names, element("tbody", *rows), class_="grid matrix")


def _cutoffs(sheet: Sheet) -> Iterator[Markup]:
    told, policy = sheet.explanation, sheet.policy
    reached = told.held.unheld if told.held else told.ungated
    begins = {each.grade: f"≥ {each.at_least}" for each in told.cutoffs}
    last = told.cutoffs[-1].at_least
    begins.setdefault(
        policy.grades[-1], _("the others") if last in (NOBODY, Text.same(MASK)) else f"< {last}"
    )
    steps = [
        element(
            "div",
            element("b", text(policy.grade_title(grade))),
            text(begins[grade]),
            class_="here" if grade == reached else "step",
        )
        for grade in policy.grades
        if grade in begins
    ]
    yield element("div", *steps, class_="ladder")
    yield from _remarks(sheet)


def _remarks(sheet: Sheet) -> Iterator[Markup]:
    told = sheet.explanation
    remarks: list[str] = []
    if told.measure is not None:
        remarks.append(_("The customer's: {value}").format(value=told.measure))
    if told.population is not None:
        words = _("found among {n} customers").format(n=f"{told.population:,}")
        remarks.append(f"{words}{of_segment(told.segment)}")
    before = held_words(told.held)
    if before is not None:
        remarks.append(before)
    if remarks:
        yield small(" · ".join(remarks))

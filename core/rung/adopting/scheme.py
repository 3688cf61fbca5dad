"""Writes the first scheme of a person's own: a readable policy file, every number in it marked assumed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Final

from rung.adopting.columns import OwnColumn, quoted
from rung.adopting.human_numbers import falling, human
from rung.text import Text, _
from rung.vocabulary import Kind

__all__ = ["MODES", "Scheme", "scheme_text"]

MODES: Final = ("score", "count", "value", "combine")
"""The ways of grading a table alone can begin."""
_POINTS: Final = (100, 70, 40, 10)
_QUANTILES: Final = (75, 50, 25)


@dataclass(frozen=True, slots=True)
class Scheme:
    """What is known of a scheme before it is written."""

    id: str
    title: str
    grades: tuple[str, ...]
    mode: str
    columns: tuple[OwnColumn, ...]
    """Every column of the table."""
    chosen: tuple[OwnColumn, ...]
    """Those graded by."""
    lower_is_better: frozenset[str] = frozenset()
    sector: str | None = None
    cutoffs: Mapping[str, int | Decimal] = field(default_factory=dict)


def scheme_text(scheme: Scheme) -> str:
    """Return the policy file of a scheme; what it says is the person's to change from here on."""
    parts = [_head(scheme), _fields(scheme), _grading(scheme)]
    if scheme.mode in {"score", "combine"}:
        parts += [_criterion(column, scheme) for column in scheme.chosen]
    return "\n".join([*parts, _service(scheme)])


def _comment(text: str) -> str:
    return "".join(f"# {line}\n" for line in text.splitlines())


def _words(text: Text) -> str:
    return f"{{ zh = {quoted(text.zh)}, en = {quoted(text.en)} }}"


def _assumed(text: Text) -> str:
    return f'basis = "assumed"\nbecause = {_words(text)}\n'


def _head(scheme: Scheme) -> str:
    told = _(
        "A first scheme, drawn from the table itself. It is your own file: change what you like.\n"
        "Whatever is marked assumed was read off the spread of your customers; set it to what you mean.\n"
        "rung policy check FILE tells every mistake; rung policy simulate FILE shows whom a change moves."
    )
    lines = ["schema = 1", f"id = {quoted(scheme.id)}", 'version = "1"']
    if scheme.sector:
        lines.append(f"sector = {quoted(scheme.sector)}")
    lines.append(f"title = {quoted(scheme.title)}")
    grades = ", ".join(map(quoted, scheme.grades))
    told_beside = _("best first")
    lines.append(f"grades = [{grades}]  # {told_beside}")
    return _comment(told) + "\n" + "\n".join(lines) + "\n"


def _fields(scheme: Scheme) -> str:
    lines = [_comment(_("The columns read, by their headers.")).rstrip()]
    for column in scheme.columns:
        if column.is_key or column.is_name:
            name = "customer_id" if column.is_key else "customer_name"
            lines.append(f'[fields.{name}]\ntitle = {quoted(column.header)}\nkind = "text"')
        elif column in scheme.chosen:
            lines.append(f'[fields.{column.id}]\ntitle = {quoted(column.header)}\nkind = "{column.kind}"')
        else:
            continue
        lines.append(f"aliases = [{quoted(column.header)}]")
        if column.is_key:
            lines.append("required = true")
        if column.kind is Kind.CATEGORY and not (column.is_key or column.is_name):
            lines += [f"[fields.{column.id}.choices]"]
            lines += [f"choice_{n} = [{quoted(word)}]" for n, word in enumerate(column.choices, start=1)]
        lines.append("")
    return "\n".join(lines)


def _grading(scheme: Scheme) -> str:
    lines = ["[grading]", f'mode = "{scheme.mode}"']
    if scheme.mode == "score":
        cut = scheme.cutoffs or _evenly(scheme.grades)
        lines.append("cutoffs = { " + ", ".join(f"{quoted(g)} = {n}" for g, n in cut.items()) + " }")
        why = Text("由本表客户的得分分布取整", "rounded from how the customers of this table score")
    elif scheme.mode == "combine":
        lines.append('how = "worst"')
        why = Text("以最差一项为准，从严", "the worst of the criteria counts, to be careful")
    else:
        lines.append(f"by = {quoted(scheme.chosen[0].id)}")
        lines.append(
            "shares = { " + ", ".join(f"{quoted(g)} = {n}" for g, n in _shares(scheme).items()) + " }"
        )
        why = Text("ABC分类常用的比例", "the shares usual for ABC")
    return "\n".join(lines) + "\n" + _assumed(why)


def _evenly(grades: Sequence[str]) -> dict[str, int]:
    step = Decimal(100) / len(grades)
    return {grade: int(100 - step * (n + 1)) for n, grade in enumerate(grades[:-1])}


def _shares(scheme: Scheme) -> dict[str, int]:
    usual = {"count": [20, 50, 100], "value": [80, 95, 100]}[scheme.mode]
    size = len(scheme.grades)
    shares = usual if size == 3 else [round(100 * (n + 1) / size) for n in range(size)]
    return dict(zip(scheme.grades, shares, strict=True))


def _criterion(column: OwnColumn, scheme: Scheme) -> str:
    title = quoted(column.header)
    lines = ["[[criteria]]", f'id = "{column.id}"', f"title = {title}", f'measure = "{column.id}"']
    if scheme.mode == "score":
        lines.append("weight = 1")
    lines.append(f'missing = "{"drop" if column.has_missing else "refuse"}"')
    lines.append("bands = [")
    lines += [
        f"    {{ when = {when}, {_worth(n, count, scheme)} }}," for n, count, when in _bands(column, scheme)
    ]
    lines.append("]")
    if column.kind in {Kind.CATEGORY, Kind.BOOLEAN}:
        why = Text(
            "按出现多少排列，只是起点：请改成各项应得的",
            "in order of frequency, only a start: set what each deserves",
        )
    else:
        why = Text("本表客户的四分位，取整", "the quartiles of the customers of this table, rounded")
    return "\n".join(lines) + "\n" + _assumed(why)


def _worth(number: int, count: int, scheme: Scheme) -> str:
    if scheme.mode == "combine":
        place = number * len(scheme.grades) // count
        return f"grade = {quoted(scheme.grades[place])}"
    points = _POINTS[number] if count == len(_POINTS) else round(100 - 90 * number / max(1, count - 1))
    return f"points = {points}"


def _bands(column: OwnColumn, scheme: Scheme) -> list[tuple[int, int, str]]:
    cells = _cells(column, lower=column.id in scheme.lower_is_better)
    return [(number, len(cells), cell) for number, cell in enumerate(cells)]


def _cells(column: OwnColumn, *, lower: bool) -> list[str]:
    if column.kind is Kind.BOOLEAN:
        return ["true", "false"] if not lower else ["false", "true"]
    if column.kind is Kind.CATEGORY:
        return [f'"choice_{n}"' for n in range(1, len(column.choices) + 1)]
    cuts = _cuts(column)
    if not cuts:
        return ['"-"']
    scale = column.quantity().scale
    at = [_number(cut, scale) for cut in cuts]
    inner = [f'"[{low}..{high})"' for high, low in pairwise(at)]
    cells = [f'">= {at[0]}"', *inner, f'"< {at[-1]}"']
    return cells[::-1] if lower else cells


def _number(scaled: int, scale: int) -> str:
    whole, part = divmod(abs(scaled), scale)
    rest = f".{part:0{len(str(scale)) - 1}d}".rstrip("0") if part else ""
    return f"{'-' if scaled < 0 else ''}{whole:_}{rest}"


def _cuts(column: OwnColumn) -> list[int]:
    numbers = column.numbers()
    if not numbers:
        return []
    least = column.quantity().scale if column.kind in {Kind.MONEY, Kind.INTEGER} else 1
    rounded = (human(numbers[len(numbers) * share // 100], least) for share in _QUANTILES)
    return [cut for cut in falling(rounded) if numbers[0] < cut <= numbers[-1]]


def _service(scheme: Scheme) -> str:
    told = _("What each grade is promised: nothing is stated yet. For example:\n{example}").format(
        example='contact = { every = "1mo", text = "…" }'
    )
    tables = "".join(f"[service.{quoted(grade)}]\nstated = false\n\n" for grade in scheme.grades)
    return _comment(told) + tables.rstrip() + "\n"

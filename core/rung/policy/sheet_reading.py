"""Reads a workbook of rules, bands, levels and cut-offs back into a policy's table, cell by cell."""

from __future__ import annotations

import copy
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final

from rung.errors import Place, Problem, RungError, did_you_mean
from rung.policy.grid import Grid, GridRow, read_grid
from rung.policy.keys import KeyPath
from rung.policy.sheets import NESTED, NUMBERS, Sheet, sheets_of
from rung.text import _

__all__ = ["SheetChanges", "read_sheets", "sheet_names"]

_MIDNIGHT: Final = re.compile(r"(\d{4}-\d\d-\d\d)[ T]00:00:00(?:\.0+)?")
# How a spreadsheet hands over a day typed into it.
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_RULE_WORDS: Final = frozenset(
    {"id", "grade", "points", "basis", NESTED, "reason.zh", "reason.en", "because.zh", "because.en"}
)


@dataclass
class SheetChanges:
    """A policy's table with what a workbook changes, and which cell each part came from."""

    table: dict[str, Any]
    cells: dict[KeyPath, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def place(self, path: KeyPath) -> Place | None:
        """Return the cell or row that wrote a key; None where no sheet did."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.cells:
                return self.cells[path[:length]]
        return next((place for each, place in self.cells.items() if each[: len(path)] == path), None)


def read_sheets(path: Path, table: Mapping[str, Any]) -> SheetChanges:
    """Return a policy's table with what the workbook's sheets say; sheets that are not there change nothing.

    A cell left as it was written out changes nothing either. Raises RungError for a file that is no
    workbook; everything wrong inside is among the ``problems``, each at its cell.
    """
    changes = SheetChanges(copy.deepcopy(dict(table)))
    before = {sheet.name: sheet for sheet in sheets_of(table)}
    readers: dict[str, Callable[[Grid, Sheet | None, SheetChanges], None]] = {
        "rules": _read_rules,
        "bands": _read_bands,
        "levels": _read_bands,
        "cutoffs": _read_cutoffs,
    }
    there = sheet_names(path)
    for name, reader in readers.items():
        if name in there:
            try:
                reader(read_grid(path, name), before.get(name), changes)
            except RungError as error:
                changes.problems += error.problems
    return changes


def sheet_names(path: Path) -> list[str]:
    """Return the names of a workbook's sheets; raises RungError for a file that is none."""
    import fastexcel

    try:
        return list(fastexcel.read_excel(str(path)).sheet_names)
    except fastexcel.FastExcelError as error:
        reason = str(error).splitlines()[0]
        raise RungError.of(
            _("The workbook cannot be read: {reason}.").format(reason=reason), "", Place(str(path))
        ) from error


def _read_rules(grid: Grid, before: Sheet | None, changes: SheetChanges) -> None:
    old_rules = {rule.get("id"): rule for rule in changes.table.get("rules", []) if isinstance(rule, dict)}
    old_cells = {cells["id"]: cells for _path, cells in before.rows if "id" in cells} if before else {}
    for header in grid.headers:
        if header and header not in _RULE_WORDS and not _NAME.fullmatch(header):
            _report(
                changes, grid, grid.header_line, header, _("“{name}” is no field's name.").format(name=header)
            )
    rules: list[dict[str, Any]] = []
    for row in grid.rows:
        name = row.cells.get("id")
        if name is None:
            _report(changes, grid, row.line, "id", _("The rule has no id."))
            continue
        if any(rule["id"] == name for rule in rules):
            _report(changes, grid, row.line, "id", _("“{name}” stands twice.").format(name=name))
            continue
        rule = copy.deepcopy(old_rules.get(name, {"id": name}))
        _place(changes, grid, row, ("rules", len(rules)))
        reader = _Row(grid, row, old_cells.get(name, {}), rule, ("rules", len(rules)), changes)
        for header in grid.headers:
            if header in ("grade", "points", "basis"):
                reader.scalar(header)
            elif header == NESTED:
                reader.nested()
            elif header and header not in _RULE_WORDS:
                reader.cell(header)
        reader.texts("reason", "because")
        rules.append(rule)
    changes.table["rules"] = rules


def _read_bands(grid: Grid, before: Sheet | None, changes: SheetChanges) -> None:
    """Read bands, or levels: the rows of one criterion are its list, in their order."""
    name = before.name if before else "bands"
    columns = ("when", "top", "points", "grade") if name == "bands" else ("level", "points", "grade")
    texts = ("label",) if name == "bands" else ("title", "describes")
    known = {
        "criterion",
        "weight",
        *columns,
        *(f"{text}.{language}" for text in texts for language in ("zh", "en")),
    }
    for header in grid.headers:
        if header and header not in known:
            stray = _("There is no column “{name}” here.").format(name=header)
            _report(changes, grid, grid.header_line, header, stray, did_you_mean(header, sorted(known)))
    criteria = [each for each in changes.table.get("criteria", []) if isinstance(each, dict)]
    places = {str(each.get("id")): place for place, each in enumerate(criteria)}
    old = dict(before.rows) if before else {}
    read: dict[str, list[dict[str, Any]]] = {}
    weighed: dict[str, str] = {}
    for row in grid.rows:
        criterion = row.cells.get("criterion", "")
        if criterion not in places:
            _report(
                changes,
                grid,
                row.line,
                "criterion",
                _("There is no criterion “{name}”.").format(name=criterion),
                did_you_mean(criterion, list(places)),
            )
            continue
        place = places[criterion]
        entries = read.setdefault(criterion, [])
        path: KeyPath = ("criteria", place, name, len(entries))
        held = criteria[place].get(name, [])
        entry = copy.deepcopy(held[len(entries)]) if len(entries) < len(held) else {}
        _place(changes, grid, row, path)
        reader = _Row(grid, row, old.get(path, {}), entry, path, changes)
        for column in columns:
            reader.scalar(column)
        reader.texts(*texts)
        entries.append(entry)
        weight = row.cells.get("weight", "")
        if weighed.setdefault(criterion, weight) != weight:
            _report(changes, grid, row.line, "weight", _("The criterion's rows give it several weights."))
        elif len(entries) == 1:
            _Row(grid, row, old.get(path, {}), criteria[place], ("criteria", place), changes).scalar("weight")
    for criterion, entries in read.items():
        criteria[places[criterion]][name] = entries
    for criterion in places.keys() - read.keys():
        if criteria[places[criterion]].get(name):
            message = _("The criterion “{name}” has no row left.").format(name=criterion)
            _report(changes, grid, grid.header_line, "criterion", message)


def _read_cutoffs(grid: Grid, before: Sheet | None, changes: SheetChanges) -> None:
    old = {cells["grade"]: cells for _path, cells in before.rows} if before else {}
    held = changes.table.get("grading", {}).get("cutoffs", {})
    cutoffs: dict[str, Any] = {}
    for row in grid.rows:
        grade = row.cells.get("grade")
        if grade is None or grade in cutoffs:
            _report(changes, grid, row.line, "grade", _("Each row names another grade."))
            continue
        path: KeyPath = ("grading", "cutoffs", grade)
        entry = {"at_least": held[grade]} if grade in held else {}
        _place(changes, grid, row, path)
        _Row(grid, row, old.get(grade, {}), entry, path, changes).scalar("at_least")
        if "at_least" not in entry:
            _report(changes, grid, row.line, "at_least", _("The cut-off is missing."))
        cutoffs[grade] = entry.get("at_least")
    changes.table.setdefault("grading", {})["cutoffs"] = cutoffs


@dataclass
class _Row:
    """Carries one row's cells over into one table of the policy; what was not changed stays as it was."""

    grid: Grid
    row: GridRow
    before: Mapping[str, str]
    entry: dict[str, Any]
    path: KeyPath
    changes: SheetChanges

    def _is_as_it_was(self, header: str) -> bool:
        now, was = self.row.cells.get(header, ""), self.before.get(header, "")
        if header in NUMBERS and now and was:
            try:
                return Decimal(now) == Decimal(was)
            except InvalidOperation:
                return False
        return now == was

    def scalar(self, header: str) -> None:
        """Carry one plain key over."""
        if self._is_as_it_was(header):
            return
        text = self.row.cells.get(header, "")
        if not text:
            self.entry.pop(header, None)
        elif header in NUMBERS:
            self._number(header, text)
        else:
            self.entry[header] = self._value(text) if header == "when" else text
        self.changes.cells[(*self.path, header)] = self.grid.place(self.row.line, header)

    def _number(self, header: str, text: str) -> None:
        try:
            number = Decimal(text)
        except InvalidOperation:
            message = _("“{found}” is no number.").format(found=text)
            _report(self.changes, self.grid, self.row.line, header, message)
            return
        self.entry[header] = int(number) if number == number.to_integral_value() else number

    def cell(self, header: str) -> None:
        """Carry one cell of a rule's condition over."""
        if self._is_as_it_was(header):
            return
        when = self.entry.setdefault("when", {})
        text = self.row.cells.get(header, "")
        if text:
            when[header] = self._value(text)
        else:
            when.pop(header, None)
        self.changes.cells[(*self.path, "when", header)] = self.grid.place(self.row.line, header)

    def nested(self) -> None:
        """Carry over what a rule asks beyond one cell a field."""
        if self._is_as_it_was(NESTED):
            return
        text = self.row.cells.get(NESTED, "")
        try:
            parts = tomllib.loads(text, parse_float=Decimal)
        except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
            message = _("It cannot be read: {reason}.").format(reason=str(error).rstrip("."))
            hint = _('Write all, any or not as in a policy file: any = [{ late = "> 30" }].')
            _report(self.changes, self.grid, self.row.line, NESTED, message, hint)
            return
        when = self.entry.setdefault("when", {})
        for name in ("all", "any", "not"):
            when.pop(name, None)
        for name, part in parts.items():
            if name in when:
                message = _("“{name}” has a column of its own.").format(name=name)
                _report(self.changes, self.grid, self.row.line, NESTED, message)
            when[name] = part
        self.changes.cells[(*self.path, "when")] = self.grid.place(self.row.line, NESTED)

    def texts(self, *names: str) -> None:
        """Carry texts in two languages over; one that is missing is taken from the other."""
        for name in names:
            headers = (f"{name}.zh", f"{name}.en")
            if all(self._is_as_it_was(header) for header in headers):
                continue
            zh, en = (self.row.cells.get(header, "") for header in headers)
            zh, en = zh or en, en or zh
            if not zh:
                self.entry.pop(name, None)
            else:
                self.entry[name] = zh if zh == en else {"zh": zh, "en": en}
            self.changes.cells[(*self.path, name)] = self.grid.place(self.row.line, headers[0])

    def _value(self, text: str) -> Any:
        """Return a condition's cell as a policy file would hold it."""
        midnight = _MIDNIGHT.fullmatch(text)
        if midnight:
            return midnight[1]
        if text in ("true", "false", "TRUE", "FALSE"):
            return text.lower() == "true"
        if text.startswith("["):
            try:
                return tomllib.loads(f"x = {text}", parse_float=Decimal)["x"]
            except tomllib.TOMLDecodeError:
                return text  # a range such as [18..21)
        return text


def _place(changes: SheetChanges, grid: Grid, row: GridRow, path: KeyPath) -> None:
    changes.cells[path] = grid.place(row.line)


def _report(changes: SheetChanges, grid: Grid, line: int, header: str, message: str, hint: str = "") -> None:
    changes.problems.append(Problem(message, hint, grid.place(line, header)))

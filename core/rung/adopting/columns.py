"""What the columns of a person's own table hold: kinds, choices and who the customer is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from rung.intake import IntakeRequest, MappingFile, read_mapping, take_in
from rung.intake.open import open_source
from rung.progress import Progress
from rung.text import Text
from rung.values import parse_value
from rung.vocabulary import Field, Kind, Quantity, Vocabulary
from rung.words import fold

__all__ = ["OwnColumn", "own_columns"]

_FEW: Final = 12
_KEY_WORDS: Final = ("id", "编号", "编码", "客户号", "no", "number", "code")
_NAME_WORDS: Final = ("customer_name", "name", "名称", "姓名", "客户名")
_MONEY_WORDS: Final = (
    "元",
    "金额",
    "销售额",
    "收入",
    "amount",
    "sales",
    "revenue",
    "spend",
    "charges",
    "price",
)


@dataclass(frozen=True, slots=True)
class OwnColumn:
    """One column of the table, as a policy would declare it."""

    id: str
    header: str
    kind: Kind
    values: tuple[str, ...]
    """Every value that is there, as written, in the order of the rows."""
    rows: int
    is_key: bool = False
    is_name: bool = False

    @property
    def choices(self) -> tuple[str, ...]:
        """The words of a column of few words, the most frequent first."""
        counted = {word: self.values.count(word) for word in dict.fromkeys(self.values)}
        return tuple(sorted(counted, key=lambda word: -counted[word]))

    @property
    def has_missing(self) -> bool:
        """Whether a row lacks the value."""
        return len(self.values) < self.rows

    def quantity(self) -> Quantity:
        """Return what numbers of the column are read as."""
        return Quantity(id=self.id, title=Text.same(self.header), kind=self.kind)

    def numbers(self) -> list[int]:
        """Return the values as they are kept, smallest first."""
        quantity = self.quantity()
        read = (parse_value(each, quantity) for each in self.values)
        return sorted(each for each in read if isinstance(each, int))


def own_columns(path: Path, day: date, report: Progress = lambda *_: None) -> tuple[OwnColumn, ...]:
    """Read a table's columns as text and say what each holds; raises RungError for what is no table."""
    headers = [header.name for header in open_source(path).headers]
    ids = {header: _id(header, number) for number, header in enumerate(headers, start=1)}
    ids = _different(ids)
    fields = {
        f"column_{number}": Field(
            id=f"column_{number}", title=Text.same(f"column {number}"), kind=Kind.TEXT, aliases=(header,)
        )
        for number, header in enumerate(headers)
    }
    key = Field(id="customer_id", title=Text.same("customer_id"), kind=Kind.TEXT)
    vocabulary = Vocabulary(fields={"customer_id": key, "customer_name": _no_name(), **fields})
    with TemporaryDirectory(prefix="rung-") as scratch:
        read = take_in(
            IntakeRequest(
                source=path,
                vocabulary=vocabulary,
                as_of=day,
                scratch=Path(scratch),
                mapping=_as_text(headers, Path(scratch)),
            ),
            report,
        )
        frame = read.measured.collect()
    found = []
    for number, header in enumerate(headers):
        texts = frame[f"column_{number}"]
        values = tuple(texts.drop_nulls().to_list())
        found.append(OwnColumn(ids[header], header, _kind(header, values), values, len(texts)))
    return _with_key(found)


def _no_name() -> Field:
    """Return a name no header has, so that every column is looked at as it is."""
    return Field(id="customer_name", title=Text.same("\x00name"), kind=Kind.TEXT)


def _as_text(headers: Sequence[str], scratch: Path) -> MappingFile:
    """Return a mapping that takes the rows' numbers for ids and every header for itself."""
    lines = ["[customers]", "customer_id = { row_number = true }"]
    lines += [f"column_{number} = {quoted(header)}" for number, header in enumerate(headers)]
    file = scratch / "columns.toml"
    file.write_text("\n".join(lines), encoding="utf-8")
    return read_mapping(file)


def quoted(text: str) -> str:
    """Return a text as TOML writes it."""
    import tomli_w

    return tomli_w.dumps({"t": text}).partition("=")[2].strip()


def _id(header: str, number: int) -> str:
    plain = re.sub(r"[^a-z0-9]+", "_", header.lower()).strip("_")[:40]
    if len(re.sub(r"[^\x00-\x7f]", "", header)) < len(header) / 2 or not plain or not plain[0].isalpha():
        return f"column_{number}"
    return plain


def _different(ids: dict[str, str]) -> dict[str, str]:
    taken: set[str] = {"customer_id", "customer_name"}
    made = {}
    for number, (header, name) in enumerate(ids.items(), start=1):
        made[header] = name if name not in taken else f"{name}_{number}"
        taken.add(made[header])
    return made


def _kind(header: str, values: tuple[str, ...]) -> Kind:
    different = tuple(dict.fromkeys(values))
    if not different:
        return Kind.TEXT

    def fits(kind: Kind) -> bool:
        return _all_read(different, kind)

    if len(different) == 2 and fits(Kind.BOOLEAN):
        return Kind.BOOLEAN
    if any("%" in each for each in different[:50]) and fits(Kind.PERCENT):
        return Kind.PERCENT
    if fits(Kind.NUMBER):
        if any(word in fold(header) for word in _MONEY_WORDS):
            return Kind.MONEY
        return (
            Kind.INTEGER
            if all(re.fullmatch(r"\s*-?\d+(\.0+)?\s*", each) for each in different)
            else Kind.NUMBER
        )
    if fits(Kind.DATE):
        return Kind.DATE
    return Kind.CATEGORY if len(different) <= _FEW and len(different) < len(values) / 2 else Kind.TEXT


def _all_read(values: tuple[str, ...], kind: Kind) -> bool:
    quantity = Quantity(id="x", title=Text.same("x"), kind=kind)
    try:
        return all(parse_value(each, quantity) is not None for each in values)
    except ValueError:
        return False


def _with_key(found: list[OwnColumn]) -> tuple[OwnColumn, ...]:
    key = next((each for each in found if _is_unique(each) and _is_named(each, _KEY_WORDS)), None)
    name = next((each for each in found if each is not key and _is_named(each, _NAME_WORDS)), None)
    return tuple(replace(each, is_key=each is key, is_name=each is name) for each in found)


def _is_unique(column: OwnColumn) -> bool:
    return len(column.values) == column.rows == len(set(column.values))


def _is_named(column: OwnColumn, words: Sequence[str]) -> bool:
    header = fold(column.header)
    return any(header.endswith(word) or header.startswith(word) for word in words)

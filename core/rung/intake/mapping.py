"""The mapping file: which header of a table holds which field, where their names do not tell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from rung.errors import Place, Problem, RungError, did_you_mean
from rung.policy.files import parse_toml, read_text
from rung.policy.keys import KeyPath, written_key
from rung.policy.locate import key_lines, line_of
from rung.text import _

__all__ = ["ColumnSpec", "CustomerColumns", "MappingFile", "SourceOptions", "read_mapping"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _exact(value: object) -> object:
    # A TOML float becomes the decimal a person reads, never its binary expansion.
    return Decimal(repr(value)) if isinstance(value, float) else value


Exact = Annotated[Decimal, BeforeValidator(_exact), Field(allow_inf_nan=False)]
Given = bool | int | Exact | date | str


class SourceOptions(_Part):
    """How the source file is read; what is left out is detected."""

    encoding: str | None = None
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] | None = None
    sheet: str | None = None
    missing: tuple[str, ...] | None = None
    """Words for "nothing here", which take the place of the usual ones."""


class ColumnSpec(_Part):
    """Where one field's values come from: a column of the table, a constant, or the line number."""

    column: str | None = None
    unit: str | None = None
    """The column's unit: 万元, 千元, 亿元, %, or ratio for shares between 0 and 1."""
    times: Annotated[Exact, Field(gt=0, le=10**12, decimal_places=6)] | None = None
    values: dict[str, Given] = Field(default_factory=dict)
    """Words of the table → choice ids or values."""
    value: Given | None = None
    row_number: bool = False

    @model_validator(mode="after")
    def _one_origin(self) -> Self:
        if (self.column is not None) + (self.value is not None) + self.row_number != 1:
            raise ValueError(_('Give one of column = "header", value = constant and row_number = true.'))
        if self.column is None and (self.unit or self.times or self.values):
            raise ValueError(_("unit, times and values go with a column."))
        return self


def _named(value: object) -> object:
    return {"column": value} if isinstance(value, str) else value


Spec = Annotated[ColumnSpec, BeforeValidator(_named)]


class CustomerColumns(_Part):
    """Where the customers' fields stand."""

    from_events: str | None = None
    """The event table the source is; the customers are then its distinct customer ids."""
    columns: dict[str, Spec] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _columns_beside(cls, written: Any) -> Any:
        if not isinstance(written, Mapping):
            return written
        columns = {name: value for name, value in written.items() if name != "from_events"}
        return {"from_events": written.get("from_events"), "columns": columns}


class MappingFile(_Part):
    """One mapping file, with where it was read from so that its mistakes can be placed."""

    source: SourceOptions = SourceOptions()
    customers: CustomerColumns = CustomerColumns()
    events: dict[str, dict[str, Spec]] = Field(default_factory=dict)
    file: Annotated[str, Field(exclude=True)] = ""
    text: Annotated[str, Field(exclude=True, repr=False)] = ""

    def place(self, *path: str | int) -> Place:
        """Return where a key of this file stands."""
        return _place(self.file, self.text, path)


def _place(file: str, text: str, path: KeyPath) -> Place:
    return Place(file, line_of(text, path), written_key(path))


def read_mapping(path: Path) -> MappingFile:
    """Read a mapping file.

    Raises RungError with every problem found, each with its line where it is known.
    """
    file = str(path)
    text = read_text(path)
    written = parse_toml(text, file)
    unknown = [name for name in written if name not in ("source", "customers", "events")]
    if unknown:
        raise RungError.all(
            Problem(
                _("“{name}” is no part of a mapping file.").format(name=name),
                _("Its parts are [source], [customers] and [events.<table>]."),
                _place(file, text, (name,)),
            )
            for name in unknown
        )
    try:
        return MappingFile(**written, file=file, text=text)
    except ValidationError as error:
        raise RungError.all(_problems(error, file, text)) from None


def _problems(error: ValidationError, file: str, text: str) -> list[Problem]:
    found: dict[KeyPath, Problem] = {}
    for fault in error.errors():
        path = tuple(part for at, part in enumerate(fault["loc"]) if (at, part) != (1, "columns"))
        # A union reports a fault of each of its branches, under the branch's name: the key above is enough.
        while path and path not in key_lines(text):
            path = path[:-1]
        message, hint = _message(fault, str(path[-1]) if path else "")
        found.setdefault(path, Problem(message, hint, _place(file, text, path)))
    return list(found.values())


def _message(fault: ErrorDetails, key: str) -> tuple[str, str]:
    if fault["type"] == "value_error":
        return fault["msg"].removeprefix("Value error, "), ""
    if fault["type"] == "extra_forbidden":
        known = sorted(SourceOptions.model_fields if fault["loc"][0] == "source" else ColumnSpec.model_fields)
        return _("“{name}” is not known here.").format(name=key), did_you_mean(key, known)
    message = _("{found} does not fit “{name}”.").format(found=repr(fault["input"]), name=key)
    return message, _("For example: {example}").format(example=_EXAMPLES.get(key, _COLUMN_EXAMPLE))


_COLUMN_EXAMPLE: Final = 'assets = "资产总额", assets = { column = "资产总额", unit = "万元" }'
_EXAMPLES: Final = {
    "encoding": 'encoding = "gb18030"',
    "delimiter": 'delimiter = ";"',
    "sheet": 'sheet = "Sheet1"',
    "missing": 'missing = ["", "NA", "-"]',
    "times": "times = 30",
    "values": 'values = { "own" = "owner", "for free" = "free" }',
    "from_events": 'from_events = "contracts"',
}

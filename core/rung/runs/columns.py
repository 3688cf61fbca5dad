"""The columns of an Arrow file as its schema describes them: name, layout, width, dictionary."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from rung.runs.flatbuffer import Damaged, FlatTable

__all__ = ["Column", "Layout", "read_column"]


class Layout(Enum):
    """The shape of a column's buffers."""

    NULL = auto()
    INTEGER = auto()
    FLOAT = auto()
    BOOLEAN = auto()
    STRING = auto()
    LARGE_STRING = auto()
    STRING_VIEW = auto()
    DAY = auto()
    DECIMAL = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """One column as the file's schema describes it."""

    name: str
    layout: Layout
    form: str
    """``struct`` code of one value, where values are of fixed width."""
    scale: int = 0
    """Digits after the point of a decimal."""
    dictionary: int | None = None
    """Id of the dictionary that holds the values; the column itself then holds indices."""
    index_form: str = ""
    """``struct`` code of one index into the dictionary."""

    @property
    def is_string(self) -> bool:
        """Whether rows hold text themselves, not by a dictionary."""
        return self.dictionary is None and self.layout in _STRINGS

    @property
    def buffers(self) -> int:
        """How many buffers a batch holds for the column, a view's data buffers not counted."""
        return _BUFFERS[Layout.INTEGER if self.dictionary is not None else self.layout]


_BUFFERS: Final = {
    Layout.NULL: 0,
    Layout.STRING: 3,
    Layout.LARGE_STRING: 3,
    **dict.fromkeys((Layout.INTEGER, Layout.FLOAT, Layout.BOOLEAN, Layout.STRING_VIEW, Layout.DAY), 2),
    Layout.DECIMAL: 2,
}
_STRINGS: Final = frozenset({Layout.STRING, Layout.LARGE_STRING, Layout.STRING_VIEW})
_TYPES: Final = {1: Layout.NULL, 2: Layout.INTEGER, 3: Layout.FLOAT, 5: Layout.STRING, 6: Layout.BOOLEAN}
_TYPES.update({7: Layout.DECIMAL, 8: Layout.DAY, 20: Layout.LARGE_STRING, 24: Layout.STRING_VIEW})
# Numbers of the union Type in Arrow's Schema.fbs.
_INTEGERS: Final = {8: "b", 16: "h", 32: "i", 64: "q"}
_FLOATS: Final = {1: "f", 2: "d"}


def read_column(field: FlatTable) -> Column:
    """Read one Field of the schema; raises Damaged for a type Rung never writes."""
    name, number, kind = field.text(0), field.int8(2), field.table(3)
    layout = _TYPES.get(number)
    if layout is None or kind is None:
        raise Damaged(f"column {name!r} is of a type unknown here ({number})")
    form, scale = "", 0
    match layout:
        case Layout.INTEGER:
            form = _integer(kind)
        case Layout.FLOAT:
            form = _known(_FLOATS, kind.int16(0), name)
        case Layout.DAY:
            _known({0: "i"}, kind.int16(0, 1), name)
            form = "i"
        case Layout.DECIMAL:
            _known({128: ""}, kind.int32(2, 128), name)
            scale = kind.int32(1)
        case _:
            pass
    encoding = field.table(4)
    if encoding is None:
        return Column(name, layout, form, scale)
    index = encoding.table(1)
    return Column(name, layout, form, scale, encoding.int64(0), "i" if index is None else _integer(index))


def _integer(kind: FlatTable) -> str:
    form = _known(_INTEGERS, kind.int32(0), "integer")
    return form if kind.int8(1) else form.upper()


def _known(table: dict[int, str], number: int, what: str) -> str:
    if number not in table:
        raise Damaged(f"{what}: width or unit {number} is unknown here")
    return table[number]

"""What a person says of the plugin to begin: its name, its titles, and the fields of its customers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rung.errors import Problem, did_you_mean
from rung.text import Text, _
from rung.vocabulary import Choice, Field, Kind

__all__ = ["PluginAnswers", "StartField", "read_field", "usual_fields"]

_GRADED: Final = frozenset({Kind.MONEY, Kind.NUMBER, Kind.INTEGER, Kind.PERCENT, Kind.CATEGORY, Kind.BOOLEAN})


@dataclass(frozen=True, slots=True)
class StartField:
    """One field of the customers, as asked for."""

    id: str
    kind: Kind
    title: Text
    choices: tuple[tuple[str, Text], ...] = ()
    """For a category: id and title of each choice, the best first."""
    is_less_better: bool = False

    @property
    def is_graded(self) -> bool:
        """Whether a criterion looks at it; a text or a day says nothing of itself."""
        return self.kind in _GRADED

    def declared(self) -> Field:
        """Return the field as the plugin will declare it."""
        choices = tuple(Choice(id=name, title=title) for name, title in self.choices)
        return Field(id=self.id, title=self.title, kind=self.kind, choices=choices)


@dataclass(frozen=True, slots=True, kw_only=True)
class PluginAnswers:
    """All that is asked of who begins a plugin."""

    name: str
    """The sector's id; the distribution is called ``rung-NAME``, the package ``rung_NAME``."""
    title: Text
    author: str = ""
    fields: tuple[StartField, ...] = ()

    @property
    def package(self) -> str:
        """The import package's name."""
        return f"rung_{self.name}"

    @property
    def distribution(self) -> str:
        """The distribution's name, and the folder's."""
        return f"rung-{self.name.replace('_', '-')}"


def usual_fields() -> tuple[StartField, ...]:
    """Return the fields a plugin begins with where none are named."""
    return (
        StartField("customer_since", Kind.DATE, Text("首次合作日期", "Customer since")),
        StartField("days_overdue", Kind.INTEGER, Text("逾期天数", "Days overdue"), is_less_better=True),
    )


def read_field(written: str) -> StartField | Problem:
    """Read ``id:kind:中文:English``, with ``:id=中文=English,…`` for the choices of a category.

    Returns the problem where it cannot be read.
    """
    parts = [part.strip() for part in written.replace("：", ":").split(":", 4)]
    if len(parts) < 4 or not all(parts[:4]):
        return Problem(
            _("“{written}” is no field.").format(written=written),
            _("Write id:kind:Chinese title:English title, such as nights:integer:间夜:Nights."),
        )
    kinds = tuple(kind.value for kind in Kind)
    if parts[1] not in kinds:
        message = _("“{kind}” of field “{name}” is no kind.").format(kind=parts[1], name=parts[0])
        return Problem(message, did_you_mean(parts[1], kinds))
    kind = Kind(parts[1])
    choices = tuple(map(_choice, filter(None, parts[4].replace("，", ",").split(",")))) if parts[4:] else ()
    if kind is Kind.CATEGORY and len(choices) < 2:
        return Problem(
            _("Category “{name}” has fewer than two choices.").format(name=parts[0]),
            _("List them last, the best first: {example}.").format(
                example="plan:category:会籍:Plan:yearly=年卡=Yearly,monthly=月卡=Monthly"
            ),
        )
    if choices and kind is not Kind.CATEGORY:
        return Problem(
            _("Field “{name}” has choices, but is no category.").format(name=parts[0]),
            _("Make it a category, or leave the choices out."),
        )
    return StartField(parts[0], kind, Text(parts[2], parts[3]), choices)


def _choice(written: str) -> tuple[str, Text]:
    name, *titles = (part.strip() for part in written.split("="))
    zh, en = (*titles, name)[:2] if titles else (name, name)
    return name, Text(zh or name, en or name)

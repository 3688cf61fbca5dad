"""A panel of the customer page, as data: a title, rows and a chart that every face of Rung draws itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from rung.text import Text

__all__ = ["CustomerSeen", "Panel", "PanelChart", "PanelData", "PanelRow", "Tone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerSeen:
    """The customer a panel is asked about, as whoever looks may see them."""

    sector: str
    """The sector's id."""
    policy: str
    """The policy's id."""
    customer_id: str
    """The customer's id."""
    customer_name: str | None
    """The customer's name, if it has one."""
    as_of: date
    """The day the run graded for."""
    model_grade: str | None
    """The run's grade, by id; ``None`` where not graded."""
    effective_grade: str | None
    """The grade in force, overrides and corrections counted; ``None`` where there is none."""
    values: Mapping[str, Any]
    """Values by field, feature or measure id, in their units (numbers as ``Decimal``, dates as ``date``);
    those missing and those covered for whoever looks are not there, nor what the run did not measure,
    since no policy it was made by asks for it."""


class Tone(StrEnum):
    """How a row is meant, shown by colour and by a sign."""

    PLAIN = ""
    """As it is."""
    GOOD = "good"
    """Speaks for the customer."""
    BAD = "bad"
    """Speaks against the customer."""
    MUTED = "muted"
    """Of little weight."""


@dataclass(frozen=True, slots=True)
class PanelRow:
    """One line of a panel: what it is, its value as written, and a remark."""

    label: Text
    """What it is."""
    value: str | Text
    """Its value, as it is to be read."""
    note: Text | None = None
    """A remark beside it."""
    tone: Tone = Tone.PLAIN
    """How it is meant."""


@dataclass(frozen=True, slots=True)
class PanelChart:
    """A chart beneath the rows: bars, or a line through the points in their order."""

    points: tuple[tuple[str | Text, float], ...]
    """Label and finite value of each, at most 60."""
    is_line: bool = False
    """Whether it is a line through the points; otherwise bars."""
    unit: str = ""
    """The unit of the values."""


@dataclass(frozen=True, slots=True)
class PanelData:
    """What a panel shows of one customer."""

    rows: tuple[PanelRow, ...] = ()
    """The rows, in their order."""
    chart: PanelChart | None = None
    """A chart beneath them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A panel: for which sectors, and the function that says what it shows of a customer.

    ``show(seen)`` returns the data, or ``None`` where there is nothing to show of this customer. It is called
    off the screen's thread, has three seconds, and is asked anew whenever the customer is opened. What it
    raises is told in the panel's place, with the plugin's name.
    """

    id: str
    """The entry point's name."""
    title: Text
    """What stands above it."""
    sectors: tuple[str, ...] = ()
    """The sectors it is for; empty for all."""
    show: Callable[[CustomerSeen], PanelData | None]
    """Says what it shows of one customer; see above."""

"""What a panel hands over is checked whole and made harmless before any face draws it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from rung.supplies import PanelChart, PanelData, PanelRow, Tone
from rung.supplies.shown import ChartShown, PanelDataError, RowShown, settled
from rung.text import Text


def row(label: Any = "a", value: Any = "b", note: Any = None, tone: Any = Tone.PLAIN) -> PanelRow:
    return PanelRow(label, value, note, tone)


def chart(*points: Any, unit: Any = "") -> PanelData:
    return PanelData(chart=PanelChart(points=points, unit=unit))


def test_texts_are_inert_in_one_line_and_no_longer_than_one_reads() -> None:
    hostile = Text("名\x1b[31m称\n次行", "na\u202eme\tnext")
    rows, _chart = settled(PanelData(rows=(row(hostile, "x" * 5000, Text.same("n\r\n")),)))
    assert rows == (
        RowShown(Text("名[31m称 次行", "name next"), Text.same("x" * 299 + "…"), Text.same("n"), Tone.PLAIN),
    )


def test_a_chart_takes_numbers_of_any_kind() -> None:
    found = chart(("一", 1), (Text("二", "two"), Decimal("2.5")), ("three", -3.0), unit="元\n")
    assert settled(found)[1] == ChartShown(
        ((Text.same("一"), 1.0), (Text("二", "two"), 2.5), (Text.same("three"), -3.0)), False, "元"
    )


@pytest.mark.parametrize("empty", [None, PanelData(), chart()])
def test_nothing_is_nothing(empty: PanelData | None) -> None:
    assert settled(empty) == ((), None)


def test_as_much_as_may_be_is_taken() -> None:
    rows, drawn = settled(
        PanelData(rows=(row(),) * 100, chart=PanelChart(points=(("p", 1.0),) * 60, is_line=True))
    )
    assert len(rows) == 100
    assert drawn is not None
    assert (len(drawn.points), drawn.is_line) == (60, True)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ("text", "it returned str, and PanelData or None is wanted"),
        ({"rows": ()}, "it returned dict, and PanelData or None is wanted"),
        (PanelData(rows="ab"), "its rows are str, and a tuple is wanted"),  # type: ignore[arg-type]
        (PanelData(rows=(("a", "b"),)), "row 1 is tuple, and PanelRow is wanted"),  # type: ignore[arg-type]
        (PanelData(rows=(row(), row(label=7))), "the label of row 2 is int, and a text is wanted"),
        (PanelData(rows=(row(value=7),)), "the value of row 1 is int, and a text is wanted"),
        (PanelData(rows=(row(value=None),)), "the value of row 1 is NoneType, and a text is wanted"),
        (PanelData(rows=(row(note=b"n"),)), "the note of row 1 is bytes, and a text is wanted"),
        (PanelData(rows=(row(Text(1, "a")),)), "the label of row 1 is Text"),  # type: ignore[arg-type]
        (PanelData(rows=(row(tone="good"),)), "the tone of row 1 is str, and Tone is wanted"),
        (PanelData(rows=(row(),) * 101), "its rows are 101, and 100 are the most"),
        (PanelData(chart=[1]), "its chart is list, and PanelChart is wanted"),  # type: ignore[arg-type]
        (chart(*((("p", 1.0),) * 61)), "its chart's points are 61, and 60 are the most"),
        (chart("p"), "point 1 is no pair of label and value"),
        (chart(("p", 1, 2)), "point 1 is no pair of label and value"),
        (chart((1, 1)), "the label of point 1 is int, and a text is wanted"),
        (chart(("p", "1")), "the value of point 1 is no finite number"),
        (chart(("p", True)), "the value of point 1 is no finite number"),
        (chart(("p", None)), "the value of point 1 is no finite number"),
        (chart(("p", 1.0), ("p", float("nan"))), "the value of point 2 is no finite number"),
        (chart(("p", float("-inf"))), "the value of point 1 is no finite number"),
        (chart(("p", Decimal("sNaN"))), "the value of point 1 is no finite number"),
        (chart(("p", 10**400)), "the value of point 1 is no finite number"),
        (chart(("p", 1.1e15)), "the value of point 1 lies beyond 1e+15"),
        (chart(("p", 1.0), unit=3), "the chart's unit is int, and a text is wanted"),
    ],
)
def test_what_is_not_asked_for_is_told_its_author(found: object, words: str) -> None:
    with pytest.raises(PanelDataError, match="^" + words.replace("+", "[+]")):
        settled(found)

"""Whatever a name holds, its cell is exactly as wide as the column, and moves nothing beside it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rung.text import display_width
from rung_tui.table.cells import fit, settled

HOSTILE = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from(
            "\x1b[31m\u202e\u200d\ufe0f\u0301\u3000中文😀👨👩👧🇨🇳🏽é½ｱ（）\t\n\r\u2028\u00ad\ufeff"
        ),
    ),
    max_size=40,
)


@given(text=HOSTILE, width=st.integers(0, 60), right=st.booleans())
def test_a_fitted_text_fills_its_cells_exactly(text: str, width: int, right: bool) -> None:
    assert display_width(fit(text, width, right=right)) == width


@given(text=HOSTILE)
def test_a_settled_text_holds_nothing_that_steers_the_terminal(text: str) -> None:
    assert not [char for char in settled(text) if unicodedata.category(char) in {"Cc", "Cf", "Cs"}]


@given(text=HOSTILE)
def test_the_width_of_a_settled_text_is_the_sum_of_its_characters(text: str) -> None:
    found = settled(text)
    assert display_width(found) == sum(map(display_width, found))


@given(text=HOSTILE)
def test_settling_twice_changes_nothing_more(text: str) -> None:
    assert settled(settled(text)) == settled(text)


@pytest.mark.parametrize(
    ("text", "width", "fitted"),
    [
        ("北京", 4, "北京"),
        ("北京", 6, "北京  "),
        ("北京市", 5, "北京…"),
        ("北京市", 4, "北… "),
        ("北京市", 1, "…"),
        ("北京市", 0, ""),
        ("abc", 2, "a…"),
        ("e\u0301t\u00e9", 4, "e\u0301t\u00e9 "),
        ("👨\u200d👩\u200d👧 家", 9, "👨👩👧 家"),
        ("[red]甲[/red]", 14, "[red]甲[/red] "),
        ("a\tb\nc", 5, "a b c"),
        ("\x1b[31mx", 6, "[31mx "),
        ("🇨🇳", 2, "CN"),
    ],
)
def test_texts_are_cut_and_padded_by_cells(text: str, width: int, fitted: str) -> None:
    assert fit(text, width) == fitted


def test_a_number_stands_at_the_right() -> None:
    assert fit("7.5", 6, right=True) == "   7.5"

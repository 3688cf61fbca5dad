"""The suite of a panel: ``class TestStays(PanelSuite): plugin = "stays"``."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, ClassVar, Final

import pytest

from rung.hooks import PANEL_GROUP
from rung.supplies import CustomerSeen, Panel, PanelData
from rung.supplies.shown import PanelDataError, settled
from rung.testing.hostile import TEXTS
from rung.testing.installed import host
from rung.testing.languages import check_languages
from rung.testing.mistakes import Mistakes
from rung.testing.plugin_suite import PluginSuite
from rung.testing.sector_tests import graded_base

__all__ = ["PanelSuite"]

_PATIENCE: Final = 3.0
_CUSTOMERS: Final = 25
# Each also without each of its values.


class PanelSuite(PluginSuite):
    """What a panel is held to: it is asked about customers of its sectors, with values missing too."""

    sector: ClassVar[str] = ""
    """For a panel of all sectors, the one whose customers it is tried on; else its own are."""
    _group = PANEL_GROUP
    _hook = "rung_panel"

    def _supplied(self) -> Any:
        return host().panel(self.plugin)

    @property
    def _panel(self) -> Panel:
        __tracebackhide__ = True
        found = self._loaded
        assert isinstance(found, Panel)
        return found

    def _customers(self) -> Iterator[CustomerSeen]:
        """Yield customers of the panel's sectors as it may be asked about them."""
        __tracebackhide__ = True
        sectors = self._panel.sectors or ((self.sector,) if self.sector else ())
        known = [name for name in sectors if name in host().ids()]
        if not known:
            cls = type(self).__name__
            pytest.fail(
                f"None of the panel's sectors ({', '.join(sectors) or 'all'}) is installed. Install the "
                f"sector's plugin"
                f' for the tests, or set {cls}.sector = "…" for a panel of all sectors.',
                pytrace=False,
            )
        for name in known:
            yield from _seen(name)

    def test_it_shows_something_of_somebody(self) -> None:
        """Of the customers tried, it has something to show of one at least."""
        if not any(self._panel.show(seen) is not None for seen in self._customers()):
            pytest.fail(
                f"“{self.plugin}” returned None for every customer tried. How to mend: look for the ids of "
                "fields, features and measures in seen.values; numbers are Decimal, in their units.",
                pytrace=False,
            )

    def test_it_shows_customers_with_any_value_missing(self) -> None:
        """With each value missing in turn, with all of them missing, not graded, and with hostile names."""
        mistakes = Mistakes("read values with .get(), and return None where there is nothing to show")
        for seen in self._customers():
            for asked, what in _lacking(seen):
                _shown(self._panel, asked, what, mistakes)
        mistakes.tell()

    def test_it_answers_in_time(self) -> None:
        """Each customer within three seconds, after which Rung goes on without it."""
        mistakes = Mistakes("compute from what is handed over; fetch elsewhere, beforehand")
        for seen in self._customers():
            started = time.perf_counter()
            _shown(self._panel, seen, "", Mistakes(""))
            taken = time.perf_counter() - started
            if taken > _PATIENCE:
                mistakes.add(f"customer {seen.customer_id}", f"{taken:.1f} s", f"{_PATIENCE:g} s at most")
                break
        mistakes.tell()

    def test_its_words_are_in_both_languages(self) -> None:
        """Labels, notes and values that are a Text say something in Chinese and in English."""
        mistakes = Mistakes('write Text("中文", "English"), each in the words of the trade')
        for seen in self._customers():
            found = _shown(self._panel, seen, "", Mistakes(""))
            if found is not None:
                check_languages(found, f"customer {seen.customer_id}", mistakes)
            if mistakes:
                break  # the others say the same
        mistakes.tell()

    def test_it_shows_the_same_each_time(self) -> None:
        """Asked again about the same customer it shows the same, and it changes nothing it was handed."""
        mistakes = Mistakes("compute from what is handed over alone")
        for seen in self._customers():
            before = dict(seen.values)
            first, again = (_shown(self._panel, seen, "", Mistakes("")) for _ in range(2))
            if first != again or dict(seen.values) != before:
                mistakes.add(f"customer {seen.customer_id}", f"{again}", f"{first}")
        mistakes.tell()


def _shown(panel: Panel, seen: CustomerSeen, what: str, mistakes: Mistakes) -> PanelData | None:
    """Ask a panel about a customer; notes what it raises and what cannot be shown."""
    where = f"customer {seen.customer_id}, {what}"
    try:
        found = panel.show(seen)
        settled(found)
    except PanelDataError as error:
        mistakes.add(where, error, "PanelData of texts and finite numbers, 60 points at most, or None")
        return None
    except BaseException as error:
        mistakes.add(where, f"{type(error).__name__}: {error}", "PanelData, or None")
        return None
    return found


def _lacking(seen: CustomerSeen) -> Iterator[tuple[CustomerSeen, str]]:
    from dataclasses import replace

    yield seen, "as it is"
    for name in seen.values:
        others = {other: value for other, value in seen.values.items() if other != name}
        yield replace(seen, values=MappingProxyType(others)), f"without {name}"
    nothing: Mapping[str, Any] = MappingProxyType({})
    yield replace(seen, values=nothing, customer_name=None), "without any value"
    yield replace(seen, model_grade=None, effective_grade=None), "not graded"
    for text in TEXTS:
        yield replace(seen, customer_name=text, customer_id=text), "with a hostile name"


def _seen(sector: str) -> Iterator[CustomerSeen]:
    from rung.workspace.panels import values_seen

    for graded in graded_base(sector)[:1]:
        rows = zip(graded.results.iter_rows(named=True), graded.measured.iter_rows(named=True), strict=True)
        for number, (result, measured) in enumerate(rows):
            if number >= _CUSTOMERS:
                return
            yield CustomerSeen(
                sector=sector,
                policy=graded.policy,
                customer_id=result["customer_id"],
                customer_name=result["customer_name"],
                as_of=graded.manifest.as_of,
                model_grade=result["model_grade"],
                effective_grade=result["model_grade"],
                values=values_seen(graded.scorecard.compiled, measured),
            )

"""Whether a plugin's measures are functions of one row, the same each time, and exact to the ends."""

from __future__ import annotations

import pytest

from rung.testing.measuring import drawn_inputs, extreme_inputs, inputs_frame, values, wide_values
from rung.testing.mistakes import Mistakes
from rung.testing.sector_tests import SectorTests
from rung.vocabulary import Measure, Sector

__all__ = ["MeasuresTests"]

_ROWS = 500
_CHUNK = 7


class MeasuresTests(SectorTests):
    """Measures, evaluated by themselves."""

    def test_a_measure_is_the_same_each_time(self, request: pytest.FixtureRequest) -> None:
        """Equal inputs give equal values, twice and in a frame of another size."""
        mistakes = Mistakes("compute from the inputs alone: no chance, no clock, no state kept between calls")
        for measure, sector in self._measures(request, mistakes):
            frame = inputs_frame(sector, measure, drawn_inputs(sector, measure, _ROWS))
            first = values(measure, frame)
            for again in (values(measure, frame), values(measure, frame)):
                if not first.equals(again):
                    differs = next(n for n in range(_ROWS) if first[n] != again[n])
                    given = f"{first[differs]} and then {again[differs]} for {frame.row(differs, named=True)}"
                    mistakes.add(f"measure {measure.id}", given, "the same value each time")
                    break
        mistakes.tell()

    def test_a_measure_depends_on_its_own_row_alone(self, request: pytest.FixtureRequest) -> None:
        """Backwards, in pieces of seven and one by one, each customer has the value it has among all."""
        mistakes = Mistakes(
            "write an expression of the row: no sum, mean, rank, shift, over or fill of a whole column; what "
            "looks at other rows is a feature, or the policy's grading by shares"
        )
        for measure, sector in self._measures(request, mistakes):
            frame = inputs_frame(sector, measure, drawn_inputs(sector, measure, _ROWS))
            whole = values(measure, frame)
            pieces = [values(measure, frame.slice(start, _CHUNK)) for start in range(0, _ROWS, _CHUNK)]
            ways = {
                "backwards": values(measure, frame.reverse()).reverse().to_list(),
                f"in pieces of {_CHUNK}": [value for piece in pieces for value in piece.to_list()],
                "one by one": [values(measure, frame.slice(place, 1)).item() for place in range(20)],
            }
            for how, found in ways.items():
                differs = next((n for n, value in enumerate(found) if value != whole[n]), None)
                if differs is not None:
                    given = f"{how}, {found[differs]} for {frame.row(differs, named=True)}"
                    mistakes.add(f"measure {measure.id}", given, f"{whole[differs]}, its value among all")
        mistakes.tell()

    def test_a_measure_is_exact_at_the_ends(self, request: pytest.FixtureRequest) -> None:
        """At the bounds of its inputs it gives what it gives in 128 bits, or nothing; it never overflows."""
        mistakes = Mistakes(
            "give the inputs bounds (low, high), divide before multiplying, or keep fewer decimals"
        )
        for measure, sector in self._measures(request, mistakes):
            frame = inputs_frame(sector, measure, extreme_inputs(sector, measure))
            found, exact = values(measure, frame), wide_values(measure, frame)
            differs = next((n for n in range(frame.height) if found[n] != exact[n]), None)
            if differs is not None:
                given = f"{found[differs]} for {frame.row(differs, named=True)}"
                mistakes.add(f"measure {measure.id}", given, f"{exact[differs]}, computed in 128 bits")
        mistakes.tell()

    def _measures(self, request: pytest.FixtureRequest, mistakes: Mistakes) -> list[tuple[Measure, Sector]]:
        """Return the measures that can be evaluated; notes those that cannot."""
        sector = self._asks_for("has_measures", request)
        sound: list[tuple[Measure, Sector]] = []
        for measure in sector.measures:
            try:
                values(measure, inputs_frame(sector, measure, drawn_inputs(sector, measure, 3)))
            except Exception as error:
                given = f"{type(error).__name__}: {error}"
                mistakes.add(f"measure {measure.id}", given, "a narwhals expression over its inputs")
            else:
                sound.append((measure, sector))
        return sound

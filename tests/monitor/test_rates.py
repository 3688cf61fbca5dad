"""A rate carries its n and the Jeffreys interval, by the beta distribution alone."""

from __future__ import annotations

from fractions import Fraction
from math import asin, comb, cos, gamma, pi, sin, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rung.monitor.beta import beta_cdf, beta_quantile
from rung.monitor.limits import Alert, Limits
from rung.monitor.rates import Rate, jeffreys_interval, jeffreys_tail


def test_the_interval_is_the_published_one() -> None:
    """The example of R's ratesci, jeffreysci(x = 5, n = 56): 0.03489147, 0.1846509."""
    low, high = jeffreys_interval(5, 56)
    assert (round(low, 8), round(high, 7)) == (0.03489147, 0.1846509)


def below(x: float, a: float, b: float, steps: int = 2000) -> float:
    """Return the same by Simpson's rule over x = sin² t, where the integrand has no poles."""
    end = asin(sqrt(x))
    step = end / steps

    def density(t: float) -> float:
        return 2 * sin(t) ** (2 * a - 1) * cos(t) ** (2 * b - 1) * gamma(a + b) / (gamma(a) * gamma(b))

    weights = (1 if number in (0, steps) else 4 if number % 2 else 2 for number in range(steps + 1))
    return step / 3 * sum(weight * density(number * step) for number, weight in enumerate(weights))


@pytest.mark.parametrize(("events", "n"), [(1, 7), (3, 7), (1, 10), (5, 10), (2, 40), (39, 40)])
def test_outside_the_interval_lies_a_fortieth_on_either_side(events: int, n: int) -> None:
    low, high = jeffreys_interval(events, n)
    a, b = events + 0.5, n - events + 0.5
    assert (below(low, a, b), below(high, a, b)) == (pytest.approx(0.025), pytest.approx(0.975))


@pytest.mark.parametrize(("events", "n", "low", "high"), [(0, 7, 0.0, 0.292), (7, 7, 0.708, 1.0)])
def test_where_none_or_all_came_about_the_interval_ends_there(
    events: int, n: int, low: float, high: float
) -> None:
    found = jeffreys_interval(events, n)
    assert (round(found[0], 3), round(found[1], 3)) == (low, high)


@pytest.mark.parametrize(
    ("x", "a", "b", "share"),
    [
        (0.25, 0.5, 0.5, 2 / pi * asin(sqrt(0.25))),  # the arcsine distribution
        (0.9, 0.5, 0.5, 2 / pi * asin(sqrt(0.9))),
        (0.3, 1, 4, 1 - 0.7**4),
        (0.3, 4, 1, 0.3**4),
        (0.5, 17.5, 17.5, 0.5),
        (0.0, 2, 3, 0.0),
        (1.0, 2, 3, 1.0),
    ],
)
def test_the_distribution_is_the_one_known_in_closed_form(x: float, a: float, b: float, share: float) -> None:
    assert beta_cdf(x, a, b) == pytest.approx(share, rel=1e-13)


@given(st.integers(1, 60), st.integers(1, 60), st.fractions(0, 1, max_denominator=200))
def test_with_whole_parameters_it_is_a_binomial_sum(a: int, b: int, x: Fraction) -> None:
    """DLMF 8.17.5: I_x(a, b) is the chance of a or more successes in a + b − 1 tries."""
    n = a + b - 1
    exact = sum(comb(n, k) * x**k * (1 - x) ** (n - k) for k in range(a, n + 1))
    assert beta_cdf(float(x), a, b) == pytest.approx(float(exact), rel=1e-10, abs=1e-13)


@given(st.floats(0.01, 0.99), st.floats(0.5, 500), st.floats(0.5, 500))
def test_a_quantile_has_its_share_below_it(share: float, a: float, b: float) -> None:
    assert beta_cdf(beta_quantile(share, a, b), a, b) == pytest.approx(share, abs=1e-9)


@given(st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_rate_and_turns_with_it(counts: tuple[int, int]) -> None:
    events, n = counts
    low, high = jeffreys_interval(events, n)
    assert 0 <= low <= events / n <= high <= 1
    other = jeffreys_interval(n - events, n)
    assert (1 - other[1], 1 - other[0]) == (pytest.approx(low, abs=1e-12), pytest.approx(high, abs=1e-12))


def test_a_million_customers_are_no_harder() -> None:
    low, high = jeffreys_interval(50_000, 1_000_000)
    assert (round(low, 6), round(high, 6)) == (0.049574, 0.050428)


def test_the_tail_says_how_likely_no_more_was_expected() -> None:
    """With D = 0 and N = 1: Beta(½, 3/2), whose part below ½ is ½ + 1/π."""
    assert jeffreys_tail(0.5, 0, 1) == pytest.approx(0.5 + 1 / pi, rel=1e-12)


def test_a_rate_of_nobody_is_none() -> None:
    assert Rate.of(0, 0, 30) == Rate(0, 0, None, None, None, is_small=True)


def test_more_events_than_customers_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="4 of 3"):
        Rate.of(4, 3, 30)


@pytest.mark.parametrize(("n", "is_small"), [(29, True), (30, False)])
def test_below_the_minimum_a_rate_is_small(n: int, is_small: bool) -> None:
    assert Rate.of(1, n, 30).is_small is is_small


@pytest.mark.parametrize(
    ("events", "n", "alert"),
    [
        (19, 1000, Alert.TOO_LOW),
        (20, 1000, None),
        (21, 1000, None),
        (99, 1000, None),
        (100, 1000, None),
        (101, 1000, Alert.TOO_HIGH),
        (29, 29, None),  # too few to judge
        (30, 30, Alert.TOO_HIGH),
        (0, 0, None),
    ],
)
def test_a_rate_on_a_bound_is_within(events: int, n: int, alert: Alert | None) -> None:
    assert Limits().alert(Rate.of(events, n, 30)) is alert


@pytest.mark.parametrize(
    ("limits", "events", "alert"),
    [
        (Limits(low=None), 0, None),
        (Limits(high=None), 100, None),
        (Limits(low=None, high=None), 50, None),
        (Limits(high=15), 15, None),
        (Limits(high=15), 16, Alert.TOO_HIGH),
    ],
)
def test_either_bound_may_be_set_or_left_out(limits: Limits, events: int, alert: Alert | None) -> None:
    assert limits.alert(Rate.of(events, 100, 30)) is alert

"""The beta distribution: how much of it lies below a share, and the share that so much of it lies below."""

from __future__ import annotations

from math import exp, lgamma, log, log1p
from typing import Final

__all__ = ["beta_cdf", "beta_quantile"]

_TINY: Final = 1e-300
# Stands in for a zero that a fraction would be divided by (Lentz).
_PRECISION: Final = 1e-16
_TERMS: Final = 100_000
# About the root of a + b are needed: enough for some hundred million customers.
_STEPS: Final = 200


def beta_cdf(x: float, a: float, b: float) -> float:
    """Return the regularised incomplete beta function I_x(a, b), for a and b above 0.

    By the continued fraction DLMF 8.17.22, evaluated as Lentz does (modified by Thompson and Barnett);
    where it converges slowly, by the symmetry I_x(a, b) = 1 - I_(1-x)(b, a), DLMF 8.17.4.
    """
    if a <= 0 or b <= 0:
        raise ValueError("a and b are above 0")
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    if x > (a + 1) / (a + b + 2):
        return 1.0 - _below(1 - x, b, a)
    return _below(x, a, b)


def _below(x: float, a: float, b: float) -> float:
    ln_front = a * log(x) + b * log1p(-x) + lgamma(a + b) - lgamma(a) - lgamma(b)
    return min(1.0, exp(ln_front) / a / _fraction(x, a, b))


def _fraction(x: float, a: float, b: float) -> float:
    """Return 1 + d_1/(1 + d_2/(1 + …)) of DLMF 8.17.22, by which the first factor is to be divided."""
    value, c, d = 1.0, 1.0, 0.0
    for number in range(1, _TERMS):
        m = number // 2
        if number % 2:
            term = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        else:
            term = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d = 1 / (1 + term * d or _TINY)
        c = 1 + term / c or _TINY
        value *= c * d
        if abs(c * d - 1) < _PRECISION:
            break
    return value


def beta_quantile(share: float, a: float, b: float) -> float:
    """Return the x with I_x(a, b) = share, to 1e-15, by halving."""
    if not 0 <= share <= 1:
        raise ValueError("a share lies between 0 and 1")
    low, high = 0.0, 1.0
    for _step in range(_STEPS):
        middle = (low + high) / 2
        if high - low < _PRECISION or middle in (low, high):
            break
        if beta_cdf(middle, a, b) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2

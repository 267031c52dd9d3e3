"""Statistics of shares and of the differences between them, each by its paper's formula.

Shares are from 0 to 1. `x` of `n` is a share of whole people. Intervals hold the true share in 95 of 100 cases.
"""

from collections.abc import Sequence
from math import exp, lgamma, log, sqrt
from statistics import NormalDist

Interval = tuple[float, float]
_Z = NormalDist().inv_cdf(0.975)


def z_of(confidence: float) -> float:
    """How many standard deviations on both sides hold so much of a normal distribution: 1.96 for 0.95."""
    return NormalDist().inv_cdf((1 + confidence) / 2)


def wilson(x: int, n: int, z: float = _Z) -> Interval:
    """The score interval of a share (Wilson, 1927)."""
    share, square = x / n, z * z
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = z / (1 + square / n) * sqrt(share * (1 - share) / n + square / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def newcombe(x: int, n: int, y: int, m: int, z: float = _Z) -> Interval:
    """The interval of the difference x/n − y/m, from the score intervals of both (Newcombe, 1998, method 10)."""
    first, second = x / n, y / m
    (low, high), (lower, higher) = wilson(x, n, z), wilson(y, m, z)
    gap = first - second
    return (
        gap - sqrt((first - low) ** 2 + (higher - second) ** 2),
        gap + sqrt((high - first) ** 2 + (second - lower) ** 2),
    )


def katz(x: int, n: int, y: int, m: int, z: float = _Z) -> tuple[float, Interval]:
    """The ratio of two shares and its interval on the log scale (Katz and others, 1978); neither x nor y is 0."""
    ratio = (x / n) / (y / m)
    half = z * sqrt(1 / x - 1 / n + 1 / y - 1 / m)
    return ratio, (ratio * exp(-half), ratio * exp(half))


def p_value(x: int, n: int, y: int, m: int) -> float:
    """How often chance alone brings a difference as large: the smallest level at which Newcombe's leaves 0 out."""
    if x / n == y / m:
        return 1.0
    low, high = 0.0, 40.0
    for _ in range(60):
        z = (low + high) / 2
        left, right = newcombe(x, n, y, m, z)
        low, high = (z, high) if left > 0 or right < 0 else (low, z)
    return 2 * (1 - NormalDist().cdf(low))


def holm(values: Sequence[float]) -> list[float]:
    """P values of several comparisons, each as if it were the only one (Holm, 1979), in the order given."""
    order = sorted(range(len(values)), key=values.__getitem__)
    adjusted, largest = [0.0] * len(values), 0.0
    for place, index in enumerate(order):
        largest = max(largest, min(1.0, (len(values) - place) * values[index]))
        adjusted[index] = largest
    return adjusted


def funnel(share: float, n: int, confidence: float = 0.95) -> Interval:
    """The shares between which a group of n lies by chance, where the true share is this (exact binomial)."""
    tail = (1 - confidence) / 2
    return _quantile(share, n, tail) / n, _quantile(share, n, 1 - tail) / n


def _quantile(share: float, n: int, level: float) -> int:
    """The smallest count whose cumulated probability reaches the level."""
    if not 0 < share < 1:
        return round(share * n)
    total, k = _probability(0, n, share), 0
    while total < level and k < n:
        k += 1
        total += _probability(k, n, share)
    return k


def _probability(k: int, n: int, share: float) -> float:
    ways = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
    return exp(ways + k * log(share) + (n - k) * log(1 - share))


def shrunken(x: int, n: int, share: float, weight: float) -> float:
    """The share of a small group drawn towards that of the whole: the mean of a beta-binomial posterior."""
    return (x + weight * share) / (n + weight)


def mantel_haenszel(strata: Sequence[tuple[int, int, int, int]]) -> float | None:
    """The odds ratio of two groups over strata (x, n, y, m), as if each had the same mix; None where it has none.

    Mantel and Haenszel, 1959: a school's gap that comes from which courses people are on goes away in it.
    """
    above = sum(x * (m - y) / (n + m) for x, n, y, m in strata if n + m)
    below = sum(y * (n - x) / (n + m) for x, n, y, m in strata if n + m)
    return above / below if below else None

"""The theme and the settings: nothing from elsewhere, and ten colours that everybody can tell apart."""

import math
import tomllib
from itertools import combinations

import pytest

from tests.tree import ROOT

CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
CHART: list[str] = CONFIG["theme"]["chartCategoricalColors"]
AFCHARTS = ["#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1"]

# How colours look without one kind of cone: Machado, Oliveira and Fernandes 2009, full severity, linear RGB.
SEEN = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "deuteranopia": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "tritanopia": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}


def linear(colour: str) -> tuple[float, ...]:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)


def contrast(colour: str, ground: str = "#FFFFFF") -> float:
    """WCAG's contrast ratio."""
    light, dark = sorted((_luminance(colour), _luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def distance(one: str, other: str, eyes: str) -> float:
    """How far apart two colours look, as CIE76 in Lab; about 2 is just noticeable side by side."""
    return math.dist(_lab(one, eyes), _lab(other, eyes))


def _luminance(colour: str) -> float:
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))


def _lab(colour: str, eyes: str) -> tuple[float, float, float]:
    light = linear(colour)
    seen = [min(1, max(0, sum(a * b for a, b in zip(row, light, strict=True)))) for row in SEEN[eyes]]
    rows = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.95047, 1, 1.08883)
    xyz = [sum(a * b for a, b in zip(row, seen, strict=True)) / w for row, w in zip(rows, white, strict=True)]
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def test_there_are_exactly_ten_chart_colours_and_afcharts_come_first():
    assert len(CHART) == len(set(CHART)) == 10  # with fewer, Plotly falls back to colours of its own
    assert CHART[:6] == AFCHARTS


@pytest.mark.parametrize("colour", CHART)
def test_each_chart_colour_stands_out_from_the_page(colour):
    assert contrast(colour) >= 3


@pytest.mark.parametrize("eyes", SEEN)
def test_our_four_colours_are_told_apart_from_every_other_whatever_the_eyes(eyes):
    ours = set(CHART[6:])
    pairs = [pair for pair in combinations(CHART, 2) if ours & set(pair)]
    assert min(distance(*pair, eyes) for pair in pairs) >= 15


@pytest.mark.parametrize("name", ["primaryColor", "textColor", "linkColor", "redTextColor", "greenTextColor"])
def test_text_is_readable_on_both_grounds(name):
    for ground in ("backgroundColor", "secondaryBackgroundColor"):
        assert contrast(CONFIG["theme"][name], CONFIG["theme"][ground]) >= 4.5


def test_nothing_is_loaded_from_or_told_to_another_host():
    assert "http" not in (ROOT / ".streamlit" / "config.toml").read_text("utf-8")
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert "font" not in CONFIG["theme"]


def test_the_server_keeps_to_itself():
    assert CONFIG["server"]["address"] == "127.0.0.1"
    assert CONFIG["server"]["enableXsrfProtection"] is True
    assert CONFIG["server"]["enableStaticServing"] is False
    assert CONFIG["server"]["fileWatcherType"] == "none"
    assert CONFIG["client"]["showErrorDetails"] == "none"
    assert CONFIG["client"]["toolbarMode"] == "minimal"
    assert CONFIG["runner"]["magicEnabled"] is False

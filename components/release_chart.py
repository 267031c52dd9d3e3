"""What the charts of releases share: their look, and an axis of per cent."""

from typing import Any

import plotly.graph_objects as go
import streamlit as st

from components import palette

FONT = {"family": "Source Sans, Source Sans Pro, sans-serif", "size": 13, "color": palette.INK}
SERIES = (
    palette.DARK_BLUE,
    palette.ORANGE,
    palette.TURQUOISE,
    palette.DARK_PINK,
    palette.LIGHT_PURPLE,
    palette.DARK_GREY,
)
SYMBOLS = ("circle", "diamond", "square", "triangle-up", "x", "star")


def draw(data: list[dict[str, Any]], layout: dict[str, Any], key: str, alt: str) -> None:
    """The figure on the page. It holds what it is given and nothing else, and what it shows is in words in `alt`."""
    figure = go.Figure({"data": data, "layout": layout}, _validate=False)
    st.plotly_chart(figure, key=key, config={"displayModeBar": False}, theme=None, alt=alt)


def base(height: int, *, left: int = 44, right: int = 24, bottom: int = 44) -> dict[str, Any]:
    """A layout without an axis yet, so many pixels high."""
    return {
        "height": height,
        "margin": {"l": left, "r": right, "t": 8, "b": bottom},
        "font": FONT,
        "paper_bgcolor": palette.WHITE,
        "plot_bgcolor": palette.WHITE,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": palette.WHITE, "bordercolor": palette.RULE, "font": FONT, "align": "left"},
        "showlegend": False,
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "traceorder": "normal"},
    }


def per_cent(title: str = "", *, to: float | None = 100) -> dict[str, Any]:
    """An axis of shares, from nought; to as far as the figures go where `to` is None."""
    return {
        "title": {"text": title, "standoff": 8},
        "range": [0, to] if to else None,
        "rangemode": "tozero",
        "ticksuffix": "%",
        "gridcolor": palette.RULE,
        "zerolinecolor": palette.RULE,
        "fixedrange": True,
        "automargin": True,
    }


def groups(names: list[str], *, reverse: bool = True) -> dict[str, Any]:
    """An axis of groups by name, the first on top."""
    return {
        "type": "category",
        "categoryarray": names,
        "categoryorder": "array",
        "autorange": "reversed" if reverse else True,
        "fixedrange": True,
        "ticks": "",
        "automargin": True,
    }

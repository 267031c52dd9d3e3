"""Did it help? The scores before a plan and since: two means side by side, a small chart, and why it is no proof."""

from datetime import date
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from components import palette
from components.plain import plain
from engagement import words
from engagement.standing import points
from support.before_after import ENOUGH, BeforeAfter, Side
from support.party import Party

_STILL = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}
_FONT = {"family": "Source Sans, Source Sans Pro, sans-serif", "size": 13, "color": palette.INK}
_TICKS = 6
_NO_PROOF = (
    "This does not show that the plan helped, or that it did not. A low score rises on average without any help, "
    "and a high one falls, for no week is quite like the next. Each score also looks back over the weeks before it, "
    "so the first ones since the plan still hold days from before. What both of you make of it counts for more."
)


def show(of: BeforeAfter, plan: int, who: Party) -> None:
    """A box that is filled when it is opened, for the card of the plan with that number."""
    box = st.expander(
        "Did it help?", icon=":material/compare_arrows:", on_change="rerun", key=f"effect-{plan}"
    )
    if not box.open:
        return
    with box:
        st.markdown(plain(sentence(of, who)))
        if of.comparable:
            st.markdown(plain(_NO_PROOF))
            st.plotly_chart(chart(of), theme=None, key=f"effect-chart-{plan}", config=_STILL, alt=alt(of))
            if st.toggle("Every week as a table", key=f"effect-table-{plan}"):
                st.table(_rows(of), hide_index=True, border="horizontal", alt="The score of every week")


def sentence(of: BeforeAfter, who: Party) -> str:
    """Both means with their weeks, or what is missing to set them side by side."""
    before, after = of.before, of.after
    if before.mean is None or after.mean is None:
        return (
            "Too few weeks have a score so far to set them side by side: it takes "
            f"{words.small(ENOUGH)} before the plan and {words.small(ENOUGH)} whole weeks since. There are "
            f"{words.small(len(before.scores))} before and {words.small(len(after.scores))} since."
        )
    whose = "your" if who is Party.STUDENT else "the"
    page = "My engagement" if who is Party.STUDENT else "Engagement timeline"
    return (
        f"Before the plan {whose} score was {points(before.mean)} of 100 in the mean of "
        f"{words.of(len(before.scores), 'week')}; since then it was {points(after.mean)} in the mean of "
        f"{words.of(len(after.scores), 'week')}.{_gaps(of)} What each score is made of stands on the page “{page}”."
    )


def chart(of: BeforeAfter) -> go.Figure:
    """A point for each week, a break where a week has no score, and a line where the plan began."""
    weeks = [*of.before.weeks, *of.after.weeks]
    traces = [_line(of.before, palette.DARK_GREY), _line(of.after, palette.DARK_PINK)]
    began = of.began.isoformat()
    layout = {
        "height": 190,
        "margin": {"l": 34, "r": 12, "t": 24, "b": 30},
        "font": _FONT,
        "paper_bgcolor": palette.WHITE,
        "plot_bgcolor": palette.WHITE,
        "dragmode": False,
        "showlegend": False,
        "hoverlabel": {"bgcolor": palette.WHITE, "bordercolor": palette.RULE, "font": _FONT},
        "xaxis": {
            "type": "date",
            "tickformat": "%-d %b",
            "tickvals": [on.isoformat() for on, _ in weeks[:: 1 + len(weeks) // _TICKS]],
            "fixedrange": True,
            "showgrid": False,
            "linecolor": palette.RULE,
        },
        "yaxis": {
            "range": [0, 104],
            "tickvals": [0, 50, 100],
            "fixedrange": True,
            "gridcolor": palette.RULE,
            "zerolinecolor": palette.RULE,
        },
        "shapes": [
            {
                "type": "line",
                "x0": began,
                "x1": began,
                "y0": 0,
                "y1": 1,
                "yref": "paper",
                "line": {"color": palette.QUIET, "width": 1, "dash": "dash"},
            }
        ],
        "annotations": [
            {
                "text": "The plan began",
                "x": began,
                "y": 1,
                "yref": "paper",
                "yanchor": "bottom",
                "xanchor": "left" if len(weeks) > 2 * len(of.before.weeks) else "center",
                "showarrow": False,
            }
        ],
    }
    return go.Figure({"data": traces, "layout": layout}, _validate=False)


def alt(of: BeforeAfter) -> str:
    """The points in words."""
    before, after = _weeks(of.before), _weeks(of.after)
    return f"Line chart of the score by week. Before the plan: {before}; since: {after}."


def _weeks(side: Side) -> str:
    return ", ".join("no score" if score is None else str(points(score)) for _, score in side.weeks)


def _gaps(of: BeforeAfter) -> str:
    gaps = of.before.gaps + of.after.gaps
    if not gaps:
        return ""
    have = "has no score and is" if gaps == 1 else "have no score and are"
    return f" {words.small(gaps).capitalize()} of these weeks {have} left out: missing is not low."


def _line(side: Side, colour: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [on.isoformat() for on, _ in side.weeks],
        "y": [None if score is None else points(score) for _, score in side.weeks],
        "connectgaps": False,
        "line": {"color": colour, "width": 2},
        "marker": {"color": colour, "size": 7},
        "text": [_label(on) for on, _ in side.weeks],
        "hovertemplate": "%{text}: %{y}<extra></extra>",
    }


def _label(on: date) -> str:
    return f"Week of {words.day(on)}"


def _rows(of: BeforeAfter) -> list[dict[str, str]]:
    sides = (("before", of.before), ("since", of.after))
    return [
        {"Week": _label(on), "Plan": name, "Score": "no score" if score is None else str(points(score))}
        for name, side in sides
        for on, score in side.weeks
    ]

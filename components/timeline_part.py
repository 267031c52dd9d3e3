"""The part of a page that shows the timeline: its title, the choices, the chart, its table, and the way to paper."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components import timeline_chart, timeline_choice, timeline_paper, timeline_table
from engagement import looking
from engagement.score_line import Middle
from engagement.timeline import Timeline
from engagement.view import View
from policy import Policy


def chosen(timeline: Timeline, ours: Policy, *, score: bool) -> tuple[DeltaGenerator, View]:
    """The place of the title, and below it what is looked at. With `score` its line is there from the start."""
    return st.container(), timeline_choice.chosen(timeline, ours.calendar, score=score)


def show(
    title: DeltaGenerator,
    timeline: Timeline,
    view: View,
    middle: tuple[Middle, ...],
    ours: Policy,
    *,
    figures: bool,
    own: bool = False,
) -> None:
    """The timeline as the view shows it; `figures` says those behind the title too, where the page has not yet.

    Whose `own` it is finds beside each row of the table the way to correct it.
    """
    seen = looking.at(timeline, view, middle, ours.calendar, ours.engagement)
    with title:
        timeline_chart.title(seen, figures=figures)
    if days := timeline_chart.show(seen, drag=timeline_choice.drags()):
        timeline_choice.go(days, ours.calendar)
        st.rerun()
    timeline_table.show(seen, own=own)
    timeline_paper.link(seen)

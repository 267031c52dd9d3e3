"""How a rating was worked out: all its figures, so that anybody can work it out again by hand."""

from datetime import date

import streamlit as st

from components import correct_link, rating_badge
from components.plain import plain
from engagement import explanation, research_words, words
from engagement.explanation import Line
from engagement.recent import ModuleScore
from engagement.research import ResearchScore
from engagement.standing import Standing
from policy.engagement import Engagement
from privacy.dispute import RESEARCH, TAUGHT


def show(
    standings: tuple[Standing, ...], rules: Engagement, introduction: str = "", *, own: bool = False
) -> None:
    """A box that is filled when it is opened; opening it counts as asking. Its `own` student can correct it."""
    box = st.expander(
        "How this was worked out", icon=":material/calculate:", on_change="rerun", key="worked-out"
    )
    if box.open:
        with box:
            if introduction:
                st.markdown(introduction)
            for standing in standings:
                _standing(standing, rules, own)


def _standing(standing: Standing, rules: Engagement, own: bool) -> None:
    st.subheader(f"{plain(standing.course)}: {rating_badge.words(standing.rating)}", anchor=False)
    if standing.as_of and standing.research:
        _research(standing, standing.research, standing.as_of, rules)
        if own:
            st.markdown(correct_link.below(RESEARCH))
        return
    if standing.as_of is None or standing.recent.window is None:
        st.markdown("No module has been rated lately, so there is nothing to work out.")
        return
    window = standing.recent.window
    st.markdown(
        f"Counted over {window.words}, {words.days(window.first, window.last)}, weekends included; "
        f"vacations and reading weeks are passed over. Rules {plain(standing.rule or '')}."
    )
    _other_rules(standing, rules)
    for one in standing.modules:
        st.markdown(f"**{plain(one.title)}** ({plain(one.code)}, {one.credits} credits)")
        module(one, rules)
        if own:
            st.markdown(correct_link.below(TAUGHT, one.code))
    st.markdown(
        f"**All modules, by their credits:** {explanation.total(standing)}  \n"
        f"**The word:** {explanation.bands(rules)}. So: **{standing.rating}**."
    )
    _weeks(standing)


def _research(standing: Standing, research: ResearchScore, as_of: date, rules: Engagement) -> None:
    st.markdown(
        f"Counted up to {words.day(as_of)}: supervision meetings due in the {research.days} days before, vacations "
        f"included, and milestones due since the year began. Rules {plain(standing.rule or '')}."
    )
    _other_rules(standing, rules)
    _parts(research_words.lines(research, rules.research), "The parts of the score")
    st.markdown(
        f"**Parts by their weights:** {research_words.total(research, rules.research)}  \n"
        f"**The word:** {explanation.bands(rules)}. So: **{standing.rating}**."
    )
    _weeks(standing)


def _other_rules(standing: Standing, rules: Engagement) -> None:
    if standing.rule != rules.version:
        st.markdown(
            f"These figures were made under other rules than today's, which are {plain(rules.version)}."
        )


def module(of: ModuleScore, rules: Engagement) -> None:
    """The parts of one module's score as a table, and their sum below it."""
    _parts(explanation.lines(of, rules), f"The parts of the score of {of.title}")
    st.markdown(f"Parts by their weights: {explanation.module_sum(of, rules)}")


def _parts(lines: list[Line], alt: str) -> None:
    st.table(
        [
            {
                "Part": _weighted(line),
                "What was counted": line.counted,
                "Sum": line.working,
            }
            for line in lines
        ],
        hide_index=True,
        border="horizontal",
        alt=alt,
    )


def _weighted(line: Line) -> str:
    if line.weight == explanation.NOTHING:
        return line.part
    return f"{line.part}  \n:small[:gray[weight {line.weight}]]"


def _weeks(standing: Standing) -> None:
    """The score of each week so far, for the line in the overview."""
    said = [
        f"{words.day(monday)}: {'not enough data' if score is None else words.hundredths(score)}"
        for monday, score in standing.scores
    ]
    st.markdown("**Score in each week**, by its Monday: " + " · ".join(said))

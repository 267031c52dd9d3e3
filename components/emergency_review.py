"""Emergencies as compliance reviews them: who opened what and why, what the review found, and who is told when."""

from collections.abc import Sequence
from datetime import date, datetime

import streamlit as st

from components import day_box
from components.plain import plain
from engagement import words
from policy.days import LONDON
from privacy.break_glass import Hold, Known, Review, Reviewing, State, Tell


def show(of: Sequence[Known], today: date) -> Reviewing | None:
    """Those to be reviewed first, each in a box; what was decided in this run."""
    late = [one for one in of if one.overdue(today)]
    if late:
        st.error(
            f"{words.of(len(late), 'review is', 'reviews are')} past the second working day.",
            icon=":material/alarm:",
        )
    if not of:
        st.info("Nobody has used emergency access.", icon=":material/check_circle:")
    decided: Reviewing | None = None
    for one in of:
        with st.container(border=True):
            st.markdown(summary(one, today))
            for step in one.steps[1:]:
                st.markdown(f"- {_moment(step.at)}, {plain(step.by or 'by itself')}: {plain(step.why)}")
            decided = _decide(one, today) or decided
    return decided


def summary(one: Known, today: date) -> str:
    """Who, when, why, what was opened, and where the review and the telling stand."""
    looked = words.of(one.lines, "line", "lines")
    return (
        f"{_badge(one, today)} **{plain(one.by)}**, {one.role.lower()}, {_moment(one.began_at)} to "
        f"{one.ends_at.astimezone(LONDON):%H:%M}  \n"
        f"{one.ground.words}: {plain(one.why)}  \n"
        f"The student is {one.pseudonym} in the access log, which has {looked} of what was opened. "
        f"{_told(one, today)}"
    )


def _decide(one: Known, today: date) -> Reviewing | None:
    if one.own:
        st.caption("You opened this yourself, so a colleague reviews it.")
        return None
    return (_review(one) if one.state is State.DECLARED else None) or (
        None if one.told_at else _telling(one, today)
    )


def _review(one: Known) -> Review | None:
    found = {State.JUSTIFIED: "It was justified", State.NOT_JUSTIFIED: "It was not justified: an incident"}
    with st.form(f"review-{one.id}", border=False):
        state = st.radio(
            "What did the review find?",
            list(found),
            index=None,
            format_func=found.__getitem__,
            key=f"review-state-{one.id}",
        )
        why = st.text_area("Why", height=80, max_chars=1000, key=f"review-why-{one.id}")
        pressed = st.form_submit_button("Write down the review", type="primary")
    if pressed and state is None:
        st.error("Please choose what the review found.")
    return Review(one.id, state, why or "") if pressed and state else None


def _telling(one: Known, today: date) -> Hold | Tell | None:
    with st.expander("When the student is told"):
        if st.button("Tell the student now", icon=":material/send:", key=f"tell-{one.id}"):
            return Tell(one.id)
        with st.form(f"hold-{one.id}", border=False):
            until = day_box.ask("Not before", today, key=f"hold-until-{one.id}")
            why = st.text_area("Why it must wait", height=80, max_chars=1000, key=f"hold-why-{one.id}")
            if not st.form_submit_button("Hold it back until then"):
                return None
    try:
        return Hold(one.id, day_box.read(until), why or "")
    except ValueError:
        st.error(day_box.HELP)
        return None


def _badge(one: Known, today: date) -> str:
    if one.state is not State.DECLARED:
        return f":{'gray' if one.state is State.JUSTIFIED else 'red'}-badge[{one.state.words}]"
    colour = "red" if one.overdue(today) else "orange"
    return f":{colour}-badge[to be reviewed by {words.day(one.review_by)}]"


def _told(one: Known, today: date) -> str:
    if one.told_at:
        return f"The student was told on {_moment(one.told_at)}."
    if one.held(today) and one.hold_until:
        return f"The student is not told before {words.day(one.hold_until)}."
    return "The student is told with the review, or after its last day."


def _moment(at: datetime) -> str:
    return f"{at.astimezone(LONDON):%-d %B %Y, %H:%M}"

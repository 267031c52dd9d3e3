"""Cover for a tutor who is away: what is arranged, and the form that arranges it."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from components import day_box
from components.people_decisions import Arrange, Decision, End
from components.people_list import by, full
from components.plain import plain
from engagement import words
from privacy.grants import Colleague, Cover, Tutor

_LONGEST = 200


def show(
    covers: Sequence[Cover], tutors: Sequence[Tutor], colleagues: Sequence[Colleague], today: date
) -> Decision | None:
    """What is arranged, and the form; what was decided in this run."""
    st.markdown(
        "While a personal tutor is away, a colleague can see their tutees from one day to another, and not after. "
        "The absent tutor goes on seeing them. Here you see how many tutees there are, never who."
    )
    decided = _arranged(covers, today)
    return _form(covers, tutors, colleagues, today) or decided


def _arranged(covers: Sequence[Cover], today: date) -> Decision | None:
    if not covers:
        st.info("No cover is arranged at present.", icon=":material/event_available:")
    ended: Decision | None = None
    for cover in covers:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            mark = ":blue-badge[now]" if cover.first <= today else ":gray-badge[to come]"
            st.markdown(
                f"**{plain(cover.covering)}** {mark}  \n{plain(cover.reason)}  \n"
                f"{full(cover.first)} – {full(cover.last)} · {words.of(cover.tutees, 'tutee')} "
                f"· arranged {by(cover.given_by)}",
                width="stretch",
            )
            label = "End now" if cover.first <= today else "Call off"
            if st.button(
                label, icon=":material/event_busy:", key=f"end-{cover.id}", help=f"Cover by {cover.covering}"
            ):
                ended = End(cover.id)
    return ended


def _form(
    covers: Sequence[Cover], tutors: Sequence[Tutor], colleagues: Sequence[Colleague], today: date
) -> Arrange | None:
    away = {one.id: f"{one.name}, {words.of(one.tutees, 'tutee')}" for one in tutors}
    able = {
        one.username: f"{one.name} ({one.username})"
        for one in colleagues
        if not one.own and any(given.role == "tutor" for given in one.grants)
    }
    if not away or not able:
        st.markdown(
            "Cover can be arranged once student records name personal tutors, and a colleague other than you "
            "has the role of personal tutor."
        )
        return None
    made = len(covers)  # another form once it is arranged
    with st.form(f"cover-{made}", width=760):
        st.markdown("**Arrange cover**")
        absent = st.selectbox(
            "Who is away",
            list(away),
            index=None,
            format_func=away.__getitem__,
            placeholder="Choose a tutor",
            key=f"absent-{made}",
        )
        covering = st.selectbox(
            "Who covers",
            list(able),
            index=None,
            format_func=able.__getitem__,
            placeholder="Choose a colleague who is a personal tutor",
            key=f"covering-{made}",
        )
        left, right = st.columns(2)
        with left:
            first = day_box.ask("First day", today, key=f"cover-first-{made}", filled=True)
        with right:
            last = day_box.ask("Last day", today, key=f"cover-last-{made}")
        reason = st.text_input("Why", max_chars=_LONGEST, key=f"cover-why-{made}")
        if not st.form_submit_button("Arrange cover", type="primary"):
            return None
    if absent is None or covering is None:
        st.error("Please choose who is away and who covers.")
        return None
    try:
        return Arrange(absent, covering, day_box.read(first), day_box.read(last), reason or "")
    except ValueError:
        st.error(day_box.HELP)
        return None
